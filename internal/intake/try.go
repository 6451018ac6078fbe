package intake

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/match"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// The most rows that are left out, and how often it is read again to see what follows from leaving out some.
const (
	mostRefused = 10_000
	mostPasses  = 12
)

// trial is what is known while an intake is tried.
type trial struct {
	*at

	by    skein.By
	known folder.Known
	teams map[string]string // names by ids
	found Answer
	lines map[int]map[int]bool // that are left out
	said  []Two                // of people who may be one
}

// try reads everything, leaves out what cannot come in, does all the rest in the database, and takes that back. A row
// that names one which is left out is left out too, so that what remains can come in as a whole.
func (a *at) try(ctx context.Context, by skein.By) (Answer, error) {
	t := &trial{at: a, by: by, lines: map[int]map[int]bool{}, found: Answer{Auto: map[int]map[string]map[string]string{}}}
	if !slices.ContainsFunc(a.run.Parts, func(p bulkdb.IntakePart) bool { return p.File != "" }) {
		t.whole(Row{Part: -1, Why: "Nothing tells what kind of file this is. Say it below."})
		return t.found, nil
	}
	var err error
	if t.known, err = Known(ctx, a.DB, a.Chooser, by.Day); err != nil {
		return Answer{}, err
	}
	if t.teams, err = a.DB.Bulk.TeamNames(ctx); err != nil {
		return Answer{}, err
	}
	t.said = Twos(a.run.Intake)
	var refused []Row
	t.found.One, refused = join(a.run.Intake, &t.known)
	for _, row := range refused {
		t.leave(row)
	}
	for range mostPasses {
		done, err := t.pass(ctx)
		if err != nil {
			return Answer{}, err
		}
		if done {
			slices.SortStableFunc(t.found.Refused, func(a, b Row) int {
				if a.Part != b.Part {
					return a.Part - b.Part
				}
				return a.Line - b.Line
			})
			return t.found, nil
		}
	}
	t.whole(Row{Part: -1, Why: "Too many rows hang on others that cannot come in. Mend those that are named, and hand the file in again."})
	return t.found, nil
}

// pass reads once. It is done when what is left is right, or when nothing that could be left out would help.
func (t *trial) pass(ctx context.Context) (done bool, err error) {
	read, report, err := t.read(t.known, t.lines, t.found.Auto)
	if err != nil {
		return false, err
	}
	t.found.Garbled, t.found.Notes = report.Garbled(), report.Notes
	t.ask(t.apart(report.Doubles))
	if !report.OK() {
		return t.refuse(report, read), nil
	}
	t.found.Rows, t.found.Fields = map[int]int{}, map[int][]Field{}
	for _, f := range read.Files {
		part := t.partOf(cmp.Or(f.Called, f.Name))
		t.found.Rows[part] += f.Rows
		for _, field := range f.Fields {
			t.found.Fields[part] = append(t.found.Fields[part], Field{Field: field})
		}
	}
	if t.found.ComesIn() == 0 {
		if len(t.found.Refused) == 0 {
			t.whole(Row{Part: -1, Why: "There is no row in it but the names of the columns."})
		}
		return true, nil
	}
	return t.load(ctx, read)
}

// load does it in the database, and takes it back. Rows that do not fit what stands there are left out like others.
func (t *trial) load(ctx context.Context, read *folder.Folder) (done bool, err error) {
	t.found.Loaded, err = t.DB.Bulk.Import(ctx, t.by, read, bulkdb.ImportOptions{DryRun: true, One: t.found.One, Practices: match.Practices(), Told: t.told, Differs: t.differs})
	var late bulkdb.StandsError
	var last bulkdb.LastAdministratorError
	switch {
	case errors.As(err, &late):
		for _, l := range late {
			t.leave(t.row(l.File, l.At, l.Column, l.Why))
		}
		return false, nil
	case errors.As(err, &last):
		t.leave(t.row(last.File, last.At, last.Field, last.Why()))
		return false, nil
	}
	return true, err
}

// differs notes how many rows say something else than what stands, by column.
func (t *trial) differs(file string, columns map[string]int) {
	for part, fields := range t.found.Fields {
		for n := range fields {
			if part >= 0 && t.run.Parts[part].File == file {
				fields[n].Changed = columns[fields[n].Is]
			}
		}
	}
}

// row is a row that the database refuses.
func (t *trial) row(f folder.File, at folder.Place, column, why string) Row {
	name := cmp.Or(f.Called, f.Name)
	return Row{Part: t.partOf(name), Called: name, Sheet: f.Sheet, Line: at.Line, Column: column, Why: why}
}

// refuse notes what is wrong. It is done where leaving out rows does not help.
func (t *trial) refuse(report *exchange.Report, read *folder.Folder) (done bool) {
	if report.More > 0 {
		t.whole(Row{Part: -1, Why: "More than ten thousand rows cannot come in. It may be that a column is not what it is taken for."})
	}
	auto := false
	var rows []Row
	for _, p := range report.Problems {
		row := Row{Part: t.partOf(p.File), Called: p.File, Sheet: p.Sheet, Line: p.Line, Column: p.Field, Why: p.Why, Of: p.Of, Says: p.Value}
		switch p.Kind {
		case exchange.Missing:
			row.Missing = true
		case exchange.Follows:
			row.Behind = &p.Behind
		}
		if row.Part < 0 || report.Whole(p.File) || p.Line <= 1 {
			t.whole(row)
			continue
		}
		if cell, there := report.Cell(p); there {
			row.Is, row.Value = cell.Column, cell.Value
			auto = row.Behind == nil && t.mendable(&row, read) || auto
		}
		rows = append(rows, row)
	}
	if len(t.found.Whole) > 0 {
		t.found.Refused = append(t.found.Refused, rows...)
		return true
	}
	if auto { // others may be right once these names are read
		return false
	}
	for _, row := range rows {
		t.leave(row)
	}
	return false
}

// whole notes what keeps everything out.
func (t *trial) whole(row Row) { t.found.Whole = append(t.found.Whole, row) }

// leave leaves out a row. Of several reasons for one row all are told that were found at once.
func (t *trial) leave(row Row) {
	leaveOut(t.lines, row)
	t.found.Refused = append(t.found.Refused, row)
}

// mendable notes what could stand in a row's place. It returns true where a name was written for the id of what is
// called so: that is read so from now on.
func (t *trial) mendable(row *Row, read *folder.Folder) (auto bool) {
	kind := columnsOf(t.run.Parts[row.Part].File)
	at := slices.Index(kind.Columns, row.Is)
	row.Blank = at >= kind.Required && row.Value != "" && !kind.Skills && row.Is != "role"
	if row.Is != "circle" && !(row.Is == "parent" && kind.File == exchange.CirclesFile) || row.Value == "" {
		return false
	}
	teams := maps.Clone(t.teams)
	for _, c := range read.Circles {
		teams[string(c.ID)] = c.Name
	}
	row.Team = row.Is == "circle" && t.mayMakeTeams()
	if closed, was := t.known.Closed[skein.CircleID(row.Value)]; was {
		row.Closed = closed
		return false
	}
	row.Near = exchange.Near(row.Value, teams)
	row.NearIs = teams[row.Near]
	if row.Near == "" || !exchange.SameName(row.Value, row.NearIs) && !exchange.SameName(row.Value, row.Near) {
		return false
	}
	of := t.found.Auto[row.Part]
	if of == nil {
		of = map[string]map[string]string{}
		t.found.Auto[row.Part] = of
	}
	if of[row.Is] == nil {
		of[row.Is] = map[string]string{}
	}
	if _, tried := of[row.Is][row.Value]; tried {
		return false
	}
	of[row.Is][row.Value] = row.Near
	return true
}

// has tells whether a table of the intake is of a kind.
func (a *at) has(kind string) bool {
	return slices.ContainsFunc(a.run.Parts, func(p bulkdb.IntakePart) bool { return p.File == kind })
}

// partOf is the part that messages call so; -1 where it is none.
func (a *at) partOf(name string) int {
	return slices.IndexFunc(a.run.Parts, func(p bulkdb.IntakePart) bool { return called(p) == name })
}

// mayMakeTeams tells whether teams may come to be with it: not where a file says which there are.
func (a *at) mayMakeTeams() bool {
	return !a.has(exchange.CirclesFile) &&
		!slices.ContainsFunc(a.run.Parts, func(p bulkdb.IntakePart) bool { return strings.EqualFold(p.Name, exchange.CirclesFile) })
}

// makeTeams writes the teams that are to come to be with it. One that was closed is called as it was.
func (a *at) makeTeams(closed map[skein.CircleID]string) error {
	teams := map[string]string{}
	for _, p := range a.run.Parts {
		maps.Copy(teams, ChoicesOf(p).Make)
	}
	if len(teams) == 0 || !a.mayMakeTeams() {
		return nil
	}
	file, err := os.OpenFile(filepath.Join(a.dir, exchange.CirclesFile), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := csv.NewWriter(file)
	_ = w.Write([]string{"id", "name"}) // Flush says what failed
	for _, id := range slices.Sorted(maps.Keys(teams)) {
		_ = w.Write([]string{id, cmp.Or(closed[skein.CircleID(id)], teams[id])})
	}
	w.Flush()
	return errors.Join(w.Error(), file.Close())
}
