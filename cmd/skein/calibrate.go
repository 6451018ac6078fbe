package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"skein/internal/evaluate"
)

// calibrateCommand proposes settings from an organisation's own past.
type calibrateCommand struct {
	Dir  string `arg:"" type:"path" help:"The folder of CSV files."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run proposes, and says what the proposal does to first-time leads.
func (c *calibrateCommand) Run(con *console) error {
	meter := newMeter(con)
	past, err := readPast(c.Dir, meter)
	if err != nil {
		return err
	}
	p := past.Propose(meter.bar)
	if c.JSON {
		return json.NewEncoder(con.out).Encode(p)
	}
	fmt.Fprintf(con.out, "Chosen on %d earlier projects, tried on the %d newest.\n\n", p.Tuned, p.Projects)
	table := tabwriter.NewWriter(con.out, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tnow\tproposed\t")
	row := func(what, format string, of func(evaluate.Effect) float64) {
		fmt.Fprintf(table, "%s\t"+format+"\t"+format+"\t\n", what, of(p.Now), of(p.Proposed))
	}
	row("half-life, days", "%g", func(e evaluate.Effect) float64 { return e.Settings.HalfLifeDays })
	row("w0", "%g", func(e evaluate.Effect) float64 { return e.Settings.W0 })
	row("rotation", "%g", func(e evaluate.Effect) float64 { return e.Settings.Rotation })
	row("room for first leads", "%g", func(e evaluate.Effect) float64 { return e.Settings.FirstLead })
	row("lead among the first ten", "%.3f", func(e evaluate.Effect) float64 { return e.All.Recall[2] })
	row("mean of 1 / place", "%.3f", func(e evaluate.Effect) float64 { return e.All.MRR })
	row("first-time lead among the first ten", "%.3f", func(e evaluate.Effect) float64 { return e.FirstTime.Recall[2] })
	row("somebody who never led comes first", "%.3f", func(e evaluate.Effect) float64 { return e.NewFirst })
	if err := table.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "\n%s An administrator accepts this or not: nothing has been changed.\n", p.Note)
	return err
}
