package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"text/tabwriter"

	"skein/internal/evaluate"
	"skein/internal/exchange"
	"skein/internal/folder"
)

// evaluateCommand measures the matching on an organisation's own past.
type evaluateCommand struct {
	Dir         string `arg:"" type:"path" help:"The folder of CSV files."`
	NoCalibrate bool   `name:"no-calibrate" help:"Keep the default half-life, w0 and no rotation, instead of choosing them on the middle part of the past."`
	Scores      string `type:"path" placeholder:"FILE" help:"Also write project,person,score for every tested project and candidate."`
	JSON        bool   `name:"json" help:"Print one JSON object."`
}

// Run evaluates, and prints the figures.
func (c *evaluateCommand) Run(con *console) error {
	meter := newMeter(con)
	past, err := readPast(c.Dir, meter)
	if err != nil {
		return err
	}
	opts := evaluate.Options{Calibrate: !c.NoCalibrate, Told: meter.bar}
	finish := func() error { return nil }
	if c.Scores != "" {
		if opts.Scores, finish, err = writeScores(c.Scores); err != nil {
			return err
		}
	}
	result := past.Run(opts)
	if err := finish(); err != nil {
		return fmt.Errorf("the scores could not be written: %w", err)
	}
	if c.JSON {
		return json.NewEncoder(con.out).Encode(result)
	}
	return printResult(con.out, result)
}

// readPast reads a folder, or says the first thing that is wrong with it.
func readPast(dir string, meter *meter) (*evaluate.Past, error) {
	folder, report := exchange.Read(dir, folder.Known{}, meter.read)
	meter.clear()
	if report.OK() {
		return evaluate.NewPast(folder)
	}
	more := ""
	if n := len(report.Problems) - 1 + report.More; n > 0 {
		more = fmt.Sprintf(" Further problems: %d; skein import --dry-run lists them.", n)
	}
	return nil, fmt.Errorf("%v%s", report.Problems[0], more)
}

// writeScores opens a file for scores; finish flushes and closes it.
func writeScores(path string) (write func(evaluate.Score), finish func() error, err error) {
	file, err := os.Create(path) //nolint:gosec // the file is the operator's choice
	if err != nil {
		return nil, nil, fmt.Errorf("the scores cannot be written: %w", err)
	}
	buffer := bufio.NewWriter(file)
	out := csv.NewWriter(buffer)
	_ = out.Write([]string{"project", "person", "score"}) // an error stays, and finish returns it
	write = func(s evaluate.Score) {
		_ = out.Write([]string{string(s.Project), string(s.Person), strconv.FormatFloat(s.Score, 'g', -1, 64)})
	}
	finish = func() error {
		out.Flush()
		return errors.Join(out.Error(), buffer.Flush(), file.Close())
	}
	return write, finish, nil
}

// printResult prints the figures for people, each method a line.
func printResult(out io.Writer, r evaluate.Result) error {
	fmt.Fprintf(out, "%d projects tested, the newest 40 %%; candidates at the median %g; leads among the candidates %.1f %%.\n",
		r.Projects, r.CandidatesMedian, 100*r.Ceiling)
	how := "the defaults"
	if r.Calibrated {
		how = fmt.Sprintf("chosen on %d earlier projects", r.Tuned)
	}
	fmt.Fprintf(out, "Half-life %g days, w0 %g, rotation %g, room for first leads %g: %s.\n\n",
		r.Settings.HalfLifeDays, r.Settings.W0, r.Settings.Rotation, r.Settings.FirstLead, how)
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', tabwriter.AlignRight)
	lines := func(title string, of map[string]evaluate.Figures, ahead map[string]evaluate.Range) error {
		fmt.Fprintln(table, title+"\trecall@1\t@5\t@10\t@20\tMRR\tnDCG@10\tskein ahead: @10\tMRR\t")
		for _, m := range evaluate.Methods {
			fmt.Fprintln(table, m+figures(of[m])+between(ahead, m, 2)+between(ahead, m, 4))
		}
		return table.Flush()
	}
	if err := lines("all", r.Methods, r.Ahead); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nOf these, the %d whose lead had not led before; among the candidates %.1f %% of them:\n",
		r.FirstTime.Projects, 100*r.FirstTime.Ceiling)
	if err := lines("first time", r.FirstTime.Methods, r.FirstTime.Ahead); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nAhead: skein less the method, project by project; 95 % of the mean over projects drawn anew 1,000 times.")
	_, err := fmt.Fprintf(out, "Rank correlation of skein's order with tenure: %+.2f. %s\n", r.TenureCorrelation, r.Note)
	return err
}

func figures(f evaluate.Figures) string {
	return fmt.Sprintf("\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t", f.Recall[0], f.Recall[1], f.Recall[2], f.Recall[3], f.MRR, f.NDCG)
}

// between is the interval by which skein is ahead of a method in one figure; empty where none was made.
func between(ahead map[string]evaluate.Range, method string, figure int) string {
	in, ok := ahead[method]
	if !ok {
		return "\t"
	}
	low, high := in.Low.List()[figure], in.High.List()[figure]
	return fmt.Sprintf("%+.3f to %+.3f\t", low, high)
}
