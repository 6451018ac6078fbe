package exchange

import (
	"fmt"

	"skein/internal/folder"
)

// problem notes what is wrong with the present row's value in column c.
func (t *table) problem(c int, why string, args ...any) {
	t.bad = true
	t.report.add(t.ofCell(c, t.placed(t.start(c), t.names[c], fmt.Sprintf(why, args...))))
}

// ofValue notes what the value is or has that it must not: "is blank.".
func (t *table) ofValue(c int, says string, args ...any) {
	t.bad = true
	problem := t.here(c)
	problem.Value = fmt.Sprintf(says, args...)
	problem.Why = "It " + problem.Value
	t.report.add(problem)
}

// missing notes that the value names something of a file that is nowhere.
func (t *table) missing(c int, file, of, why string) {
	t.bad = true
	t.report.add(t.here(c).missing(t.report, file, of, why))
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
