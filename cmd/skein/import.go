package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"skein/internal/chooser"
	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/intake"
	"skein/internal/match"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/words"
)

type importCommand struct {
	filesRead
	DryRun bool `name:"dry-run" help:"Check everything and report what would change; load nothing."`
	Bulk   bool `name:"bulk" help:"Set indexes aside while very many rows are loaded: quicker, but everybody else waits until it is done. Without it others go on; a database without accounts is loaded so by itself."`
}

// Help is shown beneath the usage.
func (c *importCommand) Help() string {
	return "Reads " + strings.Join(exchange.ReadNames, ", ") + ", or workbooks (.xlsx) whose sheets are named so. All of it is loaded, or nothing. " +
		"Rows are matched by their id; those that are not in the files stay as they are."
}

// Run loads the folder.
func (c *importCommand) Run(ctx context.Context, con *console, cfg *config) error {
	if info, err := os.Stat(c.Dir); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s", c.Dir)
	}
	return withDatabase(ctx, cfg, con, "import", toUse, func(db *database) error {
		org, err := db.store.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		by := org.Itself(time.Now())
		compares := chooser.New(db.store)
		known, err := intake.Known(ctx, db.store, compares, by.Day)
		if err != nil {
			return err
		}
		meter := newMeter(con)
		reading := exchange.Start(c.Dir, known, meter.read, c.how)
		checked := func() error { return c.checked(con, meter, reading) }
		if !reading.Promising() { // nothing to begin with; all the rest of what is wrong is told too
			return checked()
		}
		owner, done, err := db.asOwner(ctx)
		if err != nil {
			return err
		}
		defer done()
		loaded, err := db.store.Bulk.Import(ctx, by, reading.Folder, bulkdb.ImportOptions{
			DryRun: c.DryRun, Bulk: c.Bulk, Owner: owner, Practices: match.Practices(), Told: c.told(con, meter), Checked: checked,
			Judge: compares.Judge(),
		})
		meter.clear()
		var refused refusedError
		var last bulkdb.LastAdministratorError
		var late bulkdb.StandsError
		switch {
		case errors.As(err, &late):
			fmt.Fprintln(con.out, late)
			return refusedError{len(late)}
		case errors.As(err, &last):
			fmt.Fprintln(con.out, last)
			return refusedError{1}
		case errors.As(err, &refused):
			return refused
		case err != nil:
			return fmt.Errorf("nothing was loaded: %w", err)
		}
		return c.sum(con, loaded)
	})
}

// told shows how far the import is; whom it shuts out is said where somebody asked for that.
func (c *importCommand) told(con *console, meter *meter) func(bulkdb.ImportStep) {
	said := map[string]bool{}
	return func(s bulkdb.ImportStep) {
		if s.Doing == bulkdb.Shutting && c.Bulk && !said[s.Table] {
			said[s.Table] = true
			meter.clear()
			con.say("indexes are set aside: whoever needs " + tables[s.Table] + " waits until this import is done")
		}
		meter.step(s)
	}
}

// refusedError says that the files were not right. What is wrong with them was told.
type refusedError struct{ problems int }

func (e refusedError) Error() string {
	return fmt.Sprintf("nothing was loaded: %s to mend first", words.Counted(e.problems, "problem"))
}

// checked waits until all files are checked, and tells what there is to say of them.
func (c *importCommand) checked(con *console, meter *meter, reading *exchange.Reading) error {
	report := reading.Wait()
	meter.clear()
	for _, note := range report.Notes {
		fmt.Fprintln(con.out, "note: "+note)
	}
	if report.OK() {
		return nil
	}
	fmt.Fprint(con.out, report)
	return refusedError{report.Rejected()}
}

// sum prints what became of the rows.
func (c *importCommand) sum(con *console, l folder.Loaded) error {
	fmt.Fprintf(con.out, "%-11s %9s %9s %9s\n", "", "new", "changed", "same")
	for _, line := range []struct {
		name string
		folder.Tally
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
		fmt.Fprintf(con.out, "Claims are open for %s without a lead.\n", words.Counted(l.Windows, "project"))
	}
	if l.Restarted > 0 {
		begin := "begin"
		if c.DryRun {
			begin = "would begin"
		}
		fmt.Fprintf(con.out, "Claims %s again for %s: what they are sent for has changed.\n", begin, words.Counted(l.Restarted, "project"))
	}
	if !l.AdministratedUntil.IsZero() {
		fmt.Fprintf(con.out, "note: %s: after %s no administrator can come in. Make somebody an administrator who stays.\n",
			exchange.PeopleFile, l.AdministratedUntil.Format(time.DateOnly))
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
