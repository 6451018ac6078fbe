package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"skein/internal/bench"
)

// benchCommand makes organisations of a given size and measures Skein on them, beside something
// that others know.
type benchCommand struct {
	Rank   benchRankCommand   `cmd:"" help:"The best 20 of many people, beside one SQL statement."`
	Import benchImportCommand `cmd:"" help:"An import, beside COPY of the same files into bare tables."`
	Change benchChangeCommand `cmd:"" help:"From a commit to the ranking of another process."`
	Log    benchLogCommand    `cmd:"" help:"Writes a second while many write at once, beside the same writes with a log that is no chain."`
	Start  benchStartCommand  `cmd:"" help:"From the start of a server until everybody is in memory, beside COPY of the same rows to nowhere."`
	Pages  benchPagesCommand  `cmd:"" help:"Home, board and a project's page, made anew each time while one lead a second changes, beside a bare handler with one query."`
}

// benchRankCommand measures ranking.
type benchRankCommand struct {
	People     []int `default:"10000,100000,1000000" placeholder:"N" help:"How many people; several sizes with commas (default ${default})."`
	Queries    int   `default:"1000" placeholder:"N" help:"How many queries (default ${default})."`
	SQLQueries int   `name:"sql-queries" default:"20" placeholder:"N" help:"How many of them SQL answers, too (default ${default})."`
	JSON       bool  `name:"json" help:"Print one JSON object for each size."`
}

// Validate is called by kong once the flags are read.
func (c *benchRankCommand) Validate() error {
	for _, n := range c.People {
		if n < 1000 || n > 5_000_000 {
			return errors.New("--people must be 1000 to 5000000")
		}
	}
	if c.Queries < 1 || c.SQLQueries < 1 {
		return errors.New("at least one query")
	}
	return nil
}

// Run measures, and prints a line for each size.
func (c *benchRankCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "bench", toOwn, func(db *database) error {
		table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
		if !c.JSON {
			fmt.Fprintln(table, "people\tsums\tmedian ms\tp99 ms\tSQL ms\tratio\tread ms\ttouched\tof\tscored\tbytes a sum\tcores\t")
		}
		for _, people := range c.People {
			r, err := bench.Rank(ctx, db.pool, bench.RankOptions{
				People: people, Queries: c.Queries, SQLQueries: c.SQLQueries, Say: con.say,
			})
			if err != nil {
				return err
			}
			if c.JSON {
				if err := json.NewEncoder(con.out).Encode(r); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(table, "%d\t%d\t%.3f\t%.3f\t%.1f\t%.0f\t%.3f\t%d\t%d\t%d\t%.1f\t%d\t\n",
				r.People, r.Evidence, r.MedianMS, r.P99MS, r.SQLMedianMS, r.Ratio, r.ReadMS,
				r.Touched, r.Present, r.Scored, r.BytesPerSum, r.Cores)
		}
		return table.Flush()
	})
}

// benchImportCommand measures an import. It makes a database of its own and drops it.
type benchImportCommand struct {
	People int  `default:"100000" placeholder:"N" help:"How many people; each has evidence in 20 skills (default ${default})."`
	JSON   bool `name:"json" help:"Print one JSON object."`
}

// Run measures, and prints the result.
func (c *benchImportCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "bench", toOwn, func(db *database) error {
		r, err := bench.Import(ctx, bench.Server{Pool: db.pool, URL: db.at.owner}, c.People, con.say)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(con.out).Encode(r)
		}
		table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "people\tevidence\timport s\tCOPY s\tratio\tagain s\tpeak heap MB\tcores\t")
		fmt.Fprintf(table, "%d\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t%d\t\n",
			r.People, r.Evidence, r.Seconds, r.PeerSeconds, r.Ratio, r.AgainSeconds, r.PeakHeapMB, r.Cores)
		if err := table.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(con.out, "\nwhile people read and claim:")
		fmt.Fprintln(table, "rows that differ\timport s\tviews\tmost ms\tclaims kept\tmost ms\t")
		fmt.Fprintf(table, "%d\t%.1f\t%d\t%.0f\t%d\t%.0f\t\n",
			r.Living.Changed, r.Living.Seconds, r.Living.Views, r.Living.MostViewMS, r.Living.Claims, r.Living.MostSendMS)
		return table.Flush()
	})
}

// benchChangeCommand measures how soon a change is seen. It makes a database of its own, and drops it
// unless told to keep it.
type benchChangeCommand struct {
	People  int  `default:"100000" placeholder:"N" help:"How many people (default ${default})."`
	Changes int  `default:"200" placeholder:"N" help:"How many changes (default ${default})."`
	Keep    bool `help:"Keep the organisation that is made; the next time with as many people it is used again."`
	JSON    bool `name:"json" help:"Print one JSON object."`
}

// Validate is called by kong once the flags are read.
func (c *benchChangeCommand) Validate() error {
	if c.People < 100 || c.Changes < 1 {
		return errors.New("at least 100 people and one change")
	}
	return nil
}

// Run measures, and prints the result.
func (c *benchChangeCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "bench", toOwn, func(db *database) error {
		r, err := bench.Change(ctx, bench.Server{Pool: db.pool, URL: db.at.owner},
			bench.ChangeOptions{People: c.People, Changes: c.Changes, Keep: c.Keep, Say: con.say})
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(con.out).Encode(r)
		}
		table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "people\tchanges\tmedian ms\tp99 ms\tmost ms\tcores\t")
		fmt.Fprintf(table, "%d\t%d\t%.1f\t%.1f\t%.1f\t%d\t\n", r.People, r.Changes, r.MedianMS, r.P99MS, r.MostMS, r.Cores)
		return table.Flush()
	})
}

// benchLogCommand measures what the log's chain costs. It makes a database of its own and drops it.
type benchLogCommand struct {
	Writers int           `default:"32" placeholder:"N" help:"How many write at once (default ${default})."`
	For     time.Duration `default:"5s" placeholder:"TIME" help:"How long each of the four runs lasts (default ${default})."`
	JSON    bool          `name:"json" help:"Print one JSON object."`
}

// Validate is called by kong once the flags are read.
func (c *benchLogCommand) Validate() error {
	if c.Writers < 1 || c.Writers > 80 || c.For < time.Millisecond {
		return errors.New("1 to 80 writers, and some time")
	}
	return nil
}

// Run measures, and prints the result.
func (c *benchLogCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "bench", toOwn, func(db *database) error {
		r, err := bench.Log(ctx, bench.Server{Pool: db.pool, URL: db.at.owner},
			bench.LogOptions{Writers: c.Writers, For: c.For, Say: con.say})
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(con.out).Encode(r)
		}
		table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "writers\twrites/s\twithout chain\tratio\trows verified/s\tcores\t")
		fmt.Fprintf(table, "%d\t%.0f\t%.0f\t%.2f\t%.0f\t%d\t\n", r.Writers, r.PerS, r.WithoutPerS, r.Ratio, r.VerifiedPerS, r.Cores)
		return table.Flush()
	})
}

// benchStartCommand measures a start. It makes a database of its own, and drops it unless told to keep it.
type benchStartCommand struct {
	People int  `default:"100000" placeholder:"N" help:"How many people (default ${default})."`
	Keep   bool `help:"Keep the organisation that is made; the next time with as many people it is used again."`
	JSON   bool `name:"json" help:"Print one JSON object."`
}

// Validate is called by kong once the flags are read.
func (c *benchStartCommand) Validate() error {
	if c.People < 100 {
		return errors.New("at least 100 people")
	}
	return nil
}

// Run measures, and prints the result.
func (c *benchStartCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "bench", toOwn, func(db *database) error {
		r, err := bench.Start(ctx, bench.Server{Pool: db.pool, URL: db.at.owner},
			bench.PageOptions{People: c.People, Projects: 5000, Keep: c.Keep, Say: con.say})
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(con.out).Encode(r)
		}
		table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "people\tevidence\tstart s\tCOPY s\tratio\tcores\t")
		fmt.Fprintf(table, "%d\t%d\t%.1f\t%.1f\t%.1f\t%d\t\n", r.People, r.Evidence, r.Seconds, r.PeerSeconds, r.Ratio, r.Cores)
		return table.Flush()
	})
}

// benchPagesCommand measures pages. It makes a database of its own, and drops it unless told to keep it.
type benchPagesCommand struct {
	People   int           `default:"100000" placeholder:"N" help:"How many people (default ${default})."`
	Projects int           `default:"5000" placeholder:"N" help:"How many projects (default ${default})."`
	Viewers  int           `default:"200" placeholder:"N" help:"How many different people open the pages, by turns (default ${default})."`
	For      time.Duration `default:"5s" placeholder:"TIME" help:"How long each page is opened (default ${default})."`
	Keep     bool          `help:"Keep the organisation that is made; the next time with as many people and projects it is used again."`
	JSON     bool          `name:"json" help:"Print one JSON object for each page."`
}

// Validate is called by kong once the flags are read.
func (c *benchPagesCommand) Validate() error {
	if c.People < 100 || c.Projects < 10 || c.Viewers < 1 || c.Viewers > 10_000 || c.For < time.Millisecond {
		return errors.New("at least 100 people, 10 projects, 1 to 10000 viewers, and some time")
	}
	return nil
}

// Run measures, and prints a line for each page.
func (c *benchPagesCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "bench", toOwn, func(db *database) error {
		pages, err := bench.Pages(ctx, bench.Server{Pool: db.pool, URL: db.at.owner},
			bench.PageOptions{People: c.People, Projects: c.Projects, Viewers: c.Viewers, For: c.For, Keep: c.Keep, Say: con.say})
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
		if !c.JSON {
			fmt.Fprintln(table, "page\tpeople\tprojects\tbytes\tfirst ms\tmedian ms\tp99 ms\ta second\tpeer\tratio\tcores\t")
		}
		for _, r := range pages {
			if c.JSON {
				if err := json.NewEncoder(con.out).Encode(r); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%.3f\t%d\t\n",
				r.Page, r.People, r.Projects, r.Bytes, r.FirstMS, r.MedianMS, r.P99MS, r.PerS, r.PeerPerS, r.Ratio, r.Cores)
		}
		return table.Flush()
	})
}
