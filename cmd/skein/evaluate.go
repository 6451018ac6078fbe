package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"skein/internal/evaluate"
	"skein/internal/exchange"
	"skein/internal/folder"
)

// evaluateCommand measures the matching on an organisation's own past.
type evaluateCommand struct {
	filesRead
	NoCalibrate bool   `name:"no-calibrate" help:"Keep the default half-life, w0 and no rotation, instead of choosing them on the middle part of the past."`
	Scores      string `type:"path" placeholder:"FILE" help:"Also write project,person,score for every tested project and candidate."`
	JSON        bool   `name:"json" help:"Print one JSON object."`
}

// Run evaluates, and prints the figures.
func (c *evaluateCommand) Run(con *console) error {
	meter := newMeter(con)
	past, err := readPast(c.filesRead, meter)
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
func readPast(files filesRead, meter *meter) (*evaluate.Past, error) {
	folder, report := exchange.Read(files.Dir, folder.Known{}, meter.read, files.how)
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
