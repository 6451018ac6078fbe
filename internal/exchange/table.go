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
	sheet   bool   // it is a sheet of a workbook
	mapped  *Mapping
	report  *Report
	days    *dayForm
	rows    rowsIn
	rec     *record
	at      []int    // for each column of the layout, its place in the file; -1 when it is not there
	names   []string // for each column of the layout, how the file calls it
	extra   []extraColumn
	unnamed []int // columns without a name, which hold nothing
	aside   []int // columns that are not to be read
	width   int   // up to the last column that has a name
	count   int
	pieces  int  // of evidence, of a skills matrix
	bad     bool // the present row has a problem
	broken  bool // many rows could not be read: what they would have named is not known

	garbled     int     // rows that are not in the encoding that the file is read in
	garbledFrom Problem // the first of them

	ids       recent[string] // that were found right
	skills    recent[spelled]
	spellings *spellings
	tooMany   func() error    // refuses a row beyond what may be read; nil: all may
	salvage   func(id string) // takes the id of a row that is otherwise unreadable
}

// extraColumn is one that is not the layout's: what it is taken for, how the file calls it, and its place.
type extraColumn struct {
	name, said string
	at         int
}

// open reads the header. It returns false when the file cannot be understood with it.
func (t *table) open(src *opened) bool {
	t.rows = src.rows
	err := t.rows.settle(t.likely())
	var rec *record
	if err == nil {
		rec, err = t.rows.read()
	}
	if err != nil {
		t.broken = true
		if errors.Is(err, io.EOF) {
			t.report.add(Problem{t.called, 1, 1, "", t.empty(), t.sheet})
			return false
		}
		t.unreadable(err)
		return false
	}
	t.rec, t.bad = rec, false
	t.at, t.names = make([]int, len(t.columns)), slices.Clone(t.columns)
	for i := range t.at {
		t.at[i] = -1
	}
	seen := map[string]bool{}
	for i, f := range rec.fields {
		t.header(i, f, seen)
	}
	t.complete()
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
	if n := t.rows.unseen(); n > 0 {
		are := "rows that are hidden are"
		if n == 1 {
			are = "row that is hidden is"
		}
		t.report.note("%s: %d %s read too.", t.called, n, are)
	}
	if len(t.extra) == 0 || t.broken {
		return
	}
	names := make([]string, len(t.extra))
	for i, x := range t.extra {
		names[i] = x.said
	}
	t.report.note("%s: unknown columns are kept as attributes, which matching never sees: %s.", t.called, strings.Join(names, ", "))
}

// header takes in one column's name.
func (t *table) header(i int, f field, seen map[string]bool) {
	name := strings.TrimSpace(string(f.value))
	column, said := t.mapped.column(name)
	known := strings.ToLower(column)
	switch {
	case name == "":
		t.unnamed = append(t.unnamed, i)
		return
	case column == Aside && said:
		t.width, t.aside = i+1, append(t.aside, i)
		return
	case seen[known] && said:
		t.problemAt(f.start, name, "This column is said to be %s, and another is that already.", column)
		return
	case seen[known]:
		t.problemAt(f.start, name, "This column is there twice.")
		return
	}
	seen[known], t.width = true, i+1
	if c := slices.Index(t.columns, known); c >= 0 {
		t.at[c], t.names[c] = i, name
		return
	}
	if said && t.file != MatrixFile {
		t.problemAt(f.start, name, "This column is said to be %s, which %s does not have.", column, t.file)
		return
	}
	t.extra = append(t.extra, extraColumn{column, name, i})
}

// likely are the names that the header may have.
func (t *table) likely() []string {
	names := slices.Clone(t.columns)
	if t.mapped != nil {
		for name := range t.mapped.Columns {
			names = append(names, name)
		}
	}
	return names
}

// mostAbove is how many rows people may have put above the names of the columns, for these to be found.
const mostAbove = 10

// further finds a row further down that names the columns; 0 where none does. Nothing is read of the file after.
func (t *table) further() (line int) {
	first := *t.rec
	first.raw, first.fields = slices.Clone(first.raw), slices.Clone(first.fields)
	defer func() { t.rec = &first }()
	for range mostAbove {
		rec, err := t.rows.read()
		if err != nil {
			return 0
		}
		names := map[string]bool{}
		for _, f := range rec.fields {
			name, _ := t.mapped.column(strings.TrimSpace(string(f.value)))
			names[strings.ToLower(name)] = true
		}
		if !slices.ContainsFunc(t.columns[:t.required], func(column string) bool { return !names[column] }) {
			return rec.line
		}
	}
	return 0
}

// complete reports what the header lacks. Where it stands further down, that is said instead: people put a title
// above their tables.
func (t *table) complete() {
	lacks := func(c int) bool { return t.at[c] < 0 }
	for c := range t.required {
		if !lacks(c) {
			continue
		}
		if line := t.further(); line > 0 {
			t.problemAt(0, "", "This row does not name the columns; row %d does. Delete what is above that.", line)
			return
		}
		break
	}
	for c := range t.required {
		if lacks(c) && !t.missing(c) {
			return
		}
	}
}

// missing reports a column that must be there. It returns false when the others need not be looked
// for: the columns were not told apart at all.
func (t *table) missing(c int) bool {
	if len(t.rec.fields) == 1 {
		t.problemAt(0, "", "There is only one column. Separate the columns by commas, semicolons or tabs: %s.", t.example())
		return false
	}
	t.problemAt(0, t.names[c], "The column %s is missing. The file needs %s.", t.columns[c], t.example())
	return true
}

// empty says that there is nothing.
func (t *table) empty() string {
	if t.required == 0 {
		return "The file is empty. Its first line names the columns."
	}
	return "The file is empty. Its first line names the columns: " + t.example() + "."
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
		case errors.As(err, &bad) && t.mapped.leftOut(bad.line, t.rows.line()) && !t.rows.ended():
			continue
		case errors.As(err, &bad):
			t.unreadable(err)
			continue
		case err != nil:
			t.unreadable(err)
			return false
		case t.mapped.leftOut(rec.line, t.rows.line()):
			continue
		}
		t.rec, t.bad = rec, false
		t.count++
		if t.tooMany != nil {
			if err := t.tooMany(); err != nil {
				t.unreadable(err)
				t.broken = true
				return false
			}
		}
		if n := len(rec.fields); n < t.width || n > t.width && t.over() {
			if t.salvage != nil && t.at[0] < n {
				t.salvage(string(t.trimmed(0)))
			}
			t.misfit(n)
			continue
		}
		t.between()
		t.replace()
		if t.faults() {
			continue
		}
		return true
	}
}

// misfit reports a row of n values, which the header has not.
func (t *table) misfit(n int) {
	if !t.sheet {
		t.problemAt(0, "", "This row has %s; the header has %d.", words.Counted(n, "value"), t.width)
		return
	}
	for i := t.width; i < n; i++ {
		if f := t.rec.fields[i]; !f.blank() {
			t.problemAt(f.start, "", "This column has no name in the header, and a value here.")
			return
		}
	}
}

// faults reports formulas that came to nothing, in columns that are read. Of such a row nothing else is told.
func (t *table) faults() bool {
	if !t.sheet {
		return false
	}
	for i, f := range t.rec.fields[:t.width] {
		if f.is < cellFault || slices.Contains(t.aside, i) || slices.Contains(t.unnamed, i) {
			continue
		}
		why := "This formula has no value yet. Open the workbook in a spreadsheet, which computes it, and save it; or write the value."
		if f.is == cellFault {
			why = fmt.Sprintf("%s is the error of a formula. Mend the formula, or write the value.", f.value)
		}
		t.problemAt(f.start, t.named(i), "%s", why)
	}
	if t.bad && t.salvage != nil && t.at[0] >= 0 {
		t.salvage(string(t.trimmed(0)))
	}
	return t.bad
}

// named is how the file calls a column, by its place.
func (t *table) named(at int) string {
	if c := slices.Index(t.at, at); c >= 0 {
		return t.names[c]
	}
	if x := slices.IndexFunc(t.extra, func(x extraColumn) bool { return x.at == at }); x >= 0 {
		return t.extra[x].said
	}
	return ""
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
		t.broken = t.broken || t.rows.ended()
		problem := bad.problem(t.called, t.sheet)
		if !bad.garbled {
			t.report.add(problem)
			return
		}
		if t.garbled++; t.garbled == 1 { // told once: it may be so in every row
			t.broken, t.garbledFrom, t.report.garbled = true, problem, true
		}
		return
	}
	t.broken = true
	t.report.add(Problem{t.called, t.rows.line(), 1, "", "The file cannot be read on: " + reason(err) + ".", t.sheet})
}

// problem notes what is wrong with the present row's value in column c.
func (t *table) problem(c int, why string, args ...any) {
	t.bad = true
	t.report.add(t.ofCell(c, t.placed(t.start(c), t.names[c], fmt.Sprintf(why, args...))))
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
	t.report.add(t.placed(offset, name, fmt.Sprintf(why, args...)))
}

// here remembers the place of the present row's value in column c, for what can only be checked
// when the whole file is read.
func (t *table) here(c int) Problem {
	return t.ofCell(c, t.placed(t.start(c), t.names[c], ""))
}

// placed is a problem at an offset into the present row.
func (t *table) placed(offset int, name, why string) Problem {
	line, column := t.rec.place(offset)
	return Problem{File: t.called, Line: line, Column: column, Field: name, Why: why, Sheet: t.sheet}
}

// where names the present row.
func (t *table) where() string { return t.whereLine(t.rec.line) }

func (t *table) whereLine(line int) string {
	return folder.At(t.called, t.sheet, folder.Place{Line: line})
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
	file := folder.File{Name: t.file, Called: t.called, Sheet: t.sheet, Rows: t.count, Pieces: t.pieces}
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
