package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"skein/internal/folder"
	"skein/internal/words"
)

// layout is what one file looks like: its name, its columns, and how many of them it must have.
type layout struct {
	file     string
	columns  []string // those it must have come first
	required int
}

// table is one file being read, row by row. It notes every problem with its place.
type table struct {
	layout
	called  string // the file as it stands in the folder
	report  *Report
	days    *dayForm
	rows    *recordReader
	rec     *record
	at      []int // for each column of the layout, its place in the file; -1 when it is not there
	extra   []extraColumn
	unnamed []int // columns without a name, which hold nothing
	width   int   // up to the last column that has a name
	count   int
	bad     bool // the present row has a problem
	broken  bool // many rows could not be read: what they would have named is not known

	garbled     int     // rows that are not in the encoding that the file is read in
	garbledFrom Problem // the first of them

	ids       recent[string] // that were found right
	skills    recent[spelled]
	spellings *spellings
	salvage   func(id string) // takes the id of a row that is otherwise unreadable
}

type extraColumn struct {
	name string
	at   int
}

// open reads the header. It returns false when the file cannot be understood with it.
func (t *table) open(src *opened) bool {
	t.rows = newRecordReader(src.text)
	t.rows.converted = src.converted
	err := t.rows.settle(t.columns)
	var rec *record
	if err == nil {
		rec, err = t.rows.read()
	}
	if err != nil {
		t.broken = true
		if errors.Is(err, io.EOF) {
			t.report.add(Problem{t.called, 1, 1, "", "The file is empty. Its first line names the columns: " + t.example() + "."})
			return false
		}
		t.unreadable(err)
		return false
	}
	t.rec, t.bad = rec, false
	t.at = make([]int, len(t.columns))
	for i := range t.at {
		t.at[i] = -1
	}
	seen := map[string]bool{}
	for i, f := range rec.fields {
		t.header(i, f, seen)
	}
	for c, at := range t.at[:t.required] {
		if at < 0 && !t.missing(c) {
			break
		}
	}
	t.broken = t.bad
	return !t.bad
}

// close tells what there is to say of the file as a whole.
func (t *table) close() {
	if t.garbled > 1 {
		t.garbledFrom.Why += fmt.Sprintf(" It is so in %d rows.", t.garbled)
	}
	if t.garbled > 0 {
		t.report.add(t.garbledFrom)
	}
	if len(t.extra) == 0 || t.broken {
		return
	}
	names := make([]string, len(t.extra))
	for i, x := range t.extra {
		names[i] = x.name
	}
	t.report.note("%s: unknown columns are kept as attributes, which matching never sees: %s.", t.called, strings.Join(names, ", "))
}

// header takes in one column's name.
func (t *table) header(i int, f field, seen map[string]bool) {
	name := strings.TrimSpace(string(f.value))
	known := strings.ToLower(name)
	switch {
	case name == "":
		t.unnamed = append(t.unnamed, i)
		return
	case seen[known]:
		t.problemAt(f.start, name, "This column is there twice.")
		return
	}
	seen[known], t.width = true, i+1
	for c, column := range t.columns {
		if column == known {
			t.at[c] = i
			return
		}
	}
	t.extra = append(t.extra, extraColumn{name, i})
}

// missing reports a column that must be there. It returns false when the others need not be looked
// for: the columns were not told apart at all.
func (t *table) missing(c int) bool {
	if len(t.rec.fields) == 1 {
		t.problemAt(0, "", "There is only one column. Separate the columns by commas, semicolons or tabs: %s.", t.example())
		return false
	}
	t.problemAt(0, t.columns[c], "The column %s is missing. The file needs %s.", t.columns[c], t.example())
	return true
}

func (t *table) example() string { return strings.Join(t.columns[:t.required], ",") }

// next reads the next row that has as many values as the header has names.
func (t *table) next() bool {
	for {
		rec, err := t.rows.read()
		var bad *flaw
		switch {
		case errors.Is(err, io.EOF):
			return false
		case errors.As(err, &bad):
			t.unreadable(err)
			continue
		case err != nil:
			t.unreadable(err)
			return false
		}
		t.rec, t.bad = rec, false
		t.count++
		if n := len(rec.fields); n < t.width || n > t.width && t.over() {
			if t.salvage != nil && t.at[0] < n {
				t.salvage(string(t.trimmed(0)))
			}
			t.problemAt(0, "", "This row has %s; the header has %d.", words.Counted(n, "value"), t.width)
			continue
		}
		t.between()
		return true
	}
}

// over tells whether the present row has a value behind the last column that has a name. Spreadsheets
// write separators for columns that are empty, too.
func (t *table) over() bool {
	return slices.ContainsFunc(t.rec.fields[t.width:], func(f field) bool { return len(bytes.TrimSpace(f.value)) > 0 })
}

// between reports a value in a column without a name, once a column.
func (t *table) between() {
	t.unnamed = slices.DeleteFunc(t.unnamed, func(at int) bool {
		if at >= t.width || len(bytes.TrimSpace(t.rec.fields[at].value)) == 0 {
			return false
		}
		t.problemAt(t.rec.fields[at].start, "", "Column %d has no name in the header, and a value here.", at+1)
		return true
	})
}

// unreadable notes a row, or the rest of a file, that cannot be read.
func (t *table) unreadable(err error) {
	var bad *flaw
	if errors.As(err, &bad) {
		t.broken = t.broken || t.rows.over
		problem := Problem{t.called, bad.line, bad.column, "", bad.why}
		if !bad.garbled {
			t.report.add(problem)
			return
		}
		if t.garbled++; t.garbled == 1 { // told once: it may be so in every row
			t.broken, t.garbledFrom = true, problem
		}
		return
	}
	t.broken = true
	t.report.add(Problem{t.called, t.rows.next, 1, "", "The file cannot be read on: " + err.Error() + "."})
}

// problem notes what is wrong with the present row's value in column c.
func (t *table) problem(c int, why string, args ...any) {
	t.problemAt(t.start(c), t.columns[c], why, args...)
}

// start is where the present row's value in column c begins.
func (t *table) start(c int) int {
	if at := t.at[c]; at >= 0 {
		return t.rec.fields[at].start
	}
	return 0
}

func (t *table) problemAt(offset int, name, why string, args ...any) {
	t.bad = true
	line, column := t.rec.place(offset)
	t.report.add(Problem{t.called, line, column, name, fmt.Sprintf(why, args...)})
}

// here remembers the place of the present row's value in column c, for what can only be checked
// when the whole file is read.
func (t *table) here(c int) Problem {
	p := Problem{File: t.called, Field: t.columns[c]}
	p.Line, p.Column = t.rec.place(t.start(c))
	return p
}

// spot is where a value of the present row stands, for whoever finds fault with it later.
func (t *table) spot(c int) folder.Place {
	line, column := t.rec.place(t.start(c))
	return folder.Place{Line: line, Column: column}
}

// attributes returns the present row's values in columns that are not Skein's.
func (t *table) attributes() folder.Attributes {
	var kept folder.Attributes
	for _, x := range t.extra {
		value := t.rec.fields[x.at].value
		if len(value) == 0 {
			continue
		}
		if kept == nil {
			kept = make(folder.Attributes, len(t.extra))
		}
		kept[x.name] = string(value)
	}
	return kept
}

// about sums up the file for those who load it.
func (t *table) about() folder.File {
	file := folder.File{Name: t.file, Rows: t.count}
	for c, at := range t.at {
		if at >= 0 {
			file.Columns = append(file.Columns, t.columns[c])
		}
	}
	for _, x := range t.extra {
		file.Attributes = append(file.Attributes, x.name)
	}
	return file
}

// once reports an id that an earlier row has.
func once[T ~string](t *table, c int, first map[T]int, id T) {
	if id == "" {
		return
	}
	if line, twice := first[id]; twice {
		t.problem(c, "%s is there twice: line %d has it already.", shown([]byte(id)), line)
		return
	}
	first[id] = t.rec.line
}
