package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"

	"skein/internal/bench"
)

// benchCommand makes organisations of a given size and measures Skein on them, beside something
// that others know.
type benchCommand struct {
	Rank benchRankCommand `cmd:"" help:"The best 20 of many people, beside one SQL statement."`
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
func (c *benchRankCommand) Run(ctx context.Context, con *console, cfg *config) (err error) {
	db, err := openDatabase(ctx, cfg, con, "bench", toUse)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close(ctx)) }()
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
}
