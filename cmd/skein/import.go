package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"skein/internal/exchange"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
)

type importCommand struct {
	Dir    string `arg:"" type:"path" help:"The folder with the CSV files."`
	DryRun bool   `name:"dry-run" help:"Check everything and report what would change; load nothing."`
}

// Help is shown beneath the usage.
func (c *importCommand) Help() string {
	return "Reads " + strings.Join(exchange.FileNames, ", ") + ". All of it is loaded, or nothing. " +
		"Rows are matched by their id; those that are not in the files stay as they are."
}

// Run loads the folder.
func (c *importCommand) Run(ctx context.Context, con *console, cfg *config) (err error) {
	if info, err := os.Stat(c.Dir); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s", c.Dir)
	}
	db, err := openDatabase(ctx, cfg, con, "import", toUse)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close(ctx)) }()
	store := postgres.New(db.pool)
	known, err := store.Known(ctx)
	if err != nil {
		return err
	}
	meter := newMeter(con)
	folder, report := exchange.Read(c.Dir, known, meter.read)
	meter.clear()
	for _, note := range append(report.Notes, ahead(folder, time.Now())...) {
		fmt.Fprintln(con.out, "note: "+note)
	}
	if !report.OK() {
		fmt.Fprint(con.out, report)
		return fmt.Errorf("nothing was loaded: %s to mend first", counted(report.Rejected(), "problem"))
	}
	org, err := store.Organisation(ctx)
	if err != nil {
		return err
	}
	loaded, err := store.Import(ctx, skein.By{At: time.Now().Add(org.ClockOffset)}, folder, postgres.ImportOptions{
		DryRun: c.DryRun, Practices: match.Practices(), Told: meter.sent(folder.File(exchange.EvidenceFile).Rows),
	})
	meter.clear()
	if err != nil {
		return fmt.Errorf("nothing was loaded: %w", err)
	}
	return c.sum(con, loaded)
}

// ahead notes leads that end on a day to come: a file says so of terms that are over.
func ahead(f *skein.Folder, now time.Time) []string {
	n := 0
	for _, l := range f.Leads {
		if l.Until.After(now) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s: the until of %s is still to come; the project counts as completed all the same. Leave it blank while somebody leads.",
		exchange.LeadsFile, counted(n, "lead"))}
}

// sum prints what became of the rows.
func (c *importCommand) sum(con *console, l skein.Loaded) error {
	fmt.Fprintf(con.out, "%-11s %9s %9s %9s\n", "", "new", "changed", "same")
	for _, line := range []struct {
		name string
		skein.Tally
	}{
		{"circles", l.Circles},
		{"people", l.People},
		{"skills", l.Skills},
		{"priorities", l.Priorities},
		{"projects", l.Projects},
		{"leads", l.Leads},
		{"evidence", l.Evidence},
	} {
		fmt.Fprintf(con.out, "%-11s %9d %9d %9d\n", line.name, line.New, line.Changed, line.Same)
	}
	if l.Windows > 0 {
		fmt.Fprintf(con.out, "Claims are open for %s without a lead.\n", counted(l.Windows, "project"))
	}
	said := "Loaded."
	switch {
	case c.DryRun:
		said = "This was a dry run: nothing was loaded."
	case l.Nothing():
		said = "Everything was there already: nothing changed."
	}
	_, err := fmt.Fprintln(con.out, said)
	return err
}

// counted is a number and its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// meter shows how far a long import has come, on a terminal and nowhere else.
type meter struct {
	file  *os.File // nil: nobody watches
	last  time.Time
	shown bool
}

func newMeter(con *console) *meter {
	m := &meter{last: time.Now()}
	if file, ok := con.err.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		m.file = file
	}
	return m
}

// read is told how far a file has been read.
func (m *meter) read(file string, done, total int64) {
	if total > 0 {
		m.show(fmt.Sprintf("reading %s: %d %%", file, done*100/total))
	}
}

// sent is told how many pieces of evidence are on their way.
func (m *meter) sent(total int) func(int) {
	return func(n int) {
		if n == total {
			m.last = time.Time{}
			m.show(fmt.Sprintf("all %d rows of evidence sent; the database is putting them in", total))
			return
		}
		m.show(fmt.Sprintf("sending evidence: %d of %d rows", n, total))
	}
}

// bar is told how much of something is done; of nothing: it is over.
func (m *meter) bar(what string, done, total int) {
	if total == 0 {
		m.clear()
		return
	}
	const width = 30
	full := min(width, width*done/total)
	m.show(fmt.Sprintf("%s [%s%s] %d %%", what, strings.Repeat("#", full), strings.Repeat(".", width-full), 100*done/total))
}

// show puts a line in the place of the one before, five times a second at most.
func (m *meter) show(line string) {
	if m.file == nil || time.Since(m.last) < 200*time.Millisecond {
		return
	}
	m.last, m.shown = time.Now(), true
	fmt.Fprintf(m.file, "\r\x1b[K%s", line)
}

// clear takes the line away.
func (m *meter) clear() {
	if m.shown {
		fmt.Fprint(m.file, "\r\x1b[K")
		m.shown = false
	}
}
