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
	once     bool // each row has an id of its own
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
	taken   int   // rows
	said    []int // by place, in how many rows a column says something
	pieces  int   // of evidence, of a skills matrix
	bad     bool  // the present row has a problem
	broken  bool  // many rows could not be read: what they would have named is not known

	garbled     int     // rows that are not in the encoding that the file is read in
	garbledFrom Problem // the first of them

	ids       recent[string] // that were found right
	skills    recent[spelled]
	spellings *spellings
	rowsSeen  rowsSeen
	tooMany   func() error    // refuses a row beyond what may be read; nil: all may
	salvage   func(id string) // takes the id of a row that is otherwise unreadable
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
			t.report.add(Problem{File: t.called, Line: 1, Column: 1, Why: t.empty(), Sheet: t.sheet})
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
	if t.report.asking {
		t.report.note("%s: columns that Skein keeps but the matching cannot see: %s.", t.called, strings.Join(names, ", "))
		return
	}
	t.report.note("%s: unknown columns are kept as attributes, which matching never sees: %s.", t.called, strings.Join(names, ", "))
}

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
			t.leave(rec)
			continue
		}
		if t.again(rec) {
			continue
		}
		t.rec, t.bad = rec, false
		t.taken++
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
		t.count()
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
	t.report.add(Problem{File: t.called, Line: t.rows.line(), Column: 1, Why: "The file cannot be read on: " + reason(err) + ".", Sheet: t.sheet})
}

// about sums up the file for those who load it.
func (t *table) about() folder.File {
	file := folder.File{Name: t.file, Called: t.called, Sheet: t.sheet, Rows: t.taken, Fields: t.fields(), Pieces: t.pieces}
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
