package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"skein/internal/chooser"
	"skein/internal/evaluate"
	"skein/internal/match"
	"skein/internal/words"
)

// calibrateCommand proposes settings from an organisation's own past.
type calibrateCommand struct {
	filesRead
	Accept bool `help:"Take the proposal over into the organisation: new tables are published, with the rotation of whoever chose none."`
	JSON   bool `name:"json" help:"Print one JSON object."`
}

// Run proposes, and says what the proposal does on newer projects, to first primary leads too, and
// where it makes things worse. Nothing changes unless it is accepted.
func (c *calibrateCommand) Run(ctx context.Context, con *console, cfg *config) error {
	meter := newMeter(con)
	past, err := readPast(c.filesRead, meter)
	if err != nil {
		return err
	}
	p := past.Propose(meter.bar)
	if c.JSON {
		err = json.NewEncoder(con.out).Encode(p)
	} else {
		err = c.print(con, p)
	}
	if err != nil || !c.Accept {
		return err
	}
	return accept(ctx, con, cfg, p)
}

// print says what is proposed beside what an organisation starts with.
func (c *calibrateCommand) print(con *console, p evaluate.Proposal) error {
	fmt.Fprintf(con.out, "Chosen on %d earlier projects, tried on the %d newest.\n\n", p.Tuned, p.Projects)
	table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tat first\tproposed\t")
	row := func(what string, now, then float64) { fmt.Fprintf(table, "%s\t%g\t%g\t\n", what, now, then) }
	row("half-life, days", p.Now.Settings.HalfLifeDays, p.Proposed.Settings.HalfLifeDays)
	row("w0", p.Now.Settings.W0, p.Proposed.Settings.W0)
	row("rotation", p.Now.Settings.Rotation, p.Proposed.Settings.Rotation)
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(con.out)
	printed{con.out, table}.calibration(p)
	said := p.Note
	if !c.Accept {
		said += " Nothing has been changed: an administrator accepts this with --accept, or not."
	}
	_, err := fmt.Fprintln(con.out, "\n"+said)
	return err
}

// accept publishes what was proposed, for an organisation that is there.
func accept(ctx context.Context, con *console, cfg *config, p evaluate.Proposal) error {
	return withDatabase(ctx, cfg, con, "calibrate", toUse, func(db *database) error {
		org, err := db.store.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		s := p.Proposed.Settings
		chosen, err := chooser.New(db.store).Publish(ctx, org.Itself(time.Now()), s.Rotation,
			fmt.Sprintf("Chosen on %d projects of the past, tried on %d newer ones.", p.Tuned, p.Projects),
			func(t *match.TrustTable) { t.HalfLifeDays, t.W0 = s.HalfLifeDays, s.W0 })
		if err != nil {
			return fmt.Errorf("nothing was changed: %w", err)
		}
		con.say("accepted: the tables hold from now on, and the rotation wherever no " + org.CircleWord + " chose its own")
		if chosen > 0 {
			con.say(words.Counted(chosen, org.CircleWord) + " chose how leads rotate there, and keep that")
		}
		return nil
	})
}
