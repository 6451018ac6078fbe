package exchange

import "bytes"

// Mend is what is done to a table that somebody looks at, besides saying what its columns are: it is part of a
// Mapping.
type Mend struct {
	// Instead replaces values, by the kind's column and by what stands there without the space around it.
	Instead map[string]map[string]string
	// Empty are values that are read as blank, by the line that a row begins on and by the kind's column.
	Empty map[int]map[string]bool
	// Without are lines that are left out, with the whole row that stands on them.
	Without map[int]bool
}

// leftOut tells whether a row is left out that takes the lines from one to before another.
func (m *Mapping) leftOut(from, before int) bool {
	if m == nil || len(m.Without) == 0 {
		return false
	}
	for line := from; line < max(before, from+1); line++ {
		if m.Without[line] {
			return true
		}
	}
	return false
}

// replace puts what is to be read instead into the present row.
func (t *table) replace() {
	if t.mapped == nil || len(t.mapped.Instead)+len(t.mapped.Empty) == 0 {
		return
	}
	empty := t.mapped.Empty[t.rec.line]
	for c, at := range t.at {
		with := t.mapped.Instead[t.columns[c]]
		if at >= 0 && empty[t.columns[c]] {
			t.rec.fields[at].value = nil
			continue
		}
		if at < 0 || len(with) == 0 {
			continue
		}
		field := &t.rec.fields[at]
		if value, there := with[string(bytes.TrimSpace(field.value))]; there {
			field.value = []byte(value)
		}
	}
}

// Cell is which value a problem is about: the kind's column, and what stands there.
type Cell struct{ Column, Value string }

// cellAt is where a value stands.
type cellAt struct {
	file         string
	line, column int
}

// Cell is the value that a problem is about, where it is one of a table that has a Mapping.
func (r *Report) Cell(p Problem) (Cell, bool) {
	cell, there := r.cells[cellAt{p.File, p.Line, p.Column}]
	return cell, there
}

// Whole tells whether a table, by how messages call it, cannot be told apart into its rows: leaving out rows that have
// problems does not help.
func (r *Report) Whole(called string) bool { return r.whole[called] }

// Garbled tells whether a file is not in the encoding that it was read in.
func (r *Report) Garbled() bool { return r.garbled }

// Telling has up to that many problems told one by one.
func Telling(most int) Option { return func(f *files) { f.most = most } }

// ofCell notes which value of the present row a problem is about, for whoever mends it.
func (t *table) ofCell(c int, p Problem) Problem {
	if t.mapped == nil || t.at[c] < 0 {
		return p
	}
	if t.report.cells == nil {
		t.report.cells = map[cellAt]Cell{}
	}
	t.report.cells[cellAt{p.File, p.Line, p.Column}] = Cell{t.columns[c], string(t.trimmed(c))}
	return p
}

// judge notes of a table that was read whether it could be told apart into rows.
func (r *Report) judge(t *table, opened bool) {
	if opened && !t.broken {
		return
	}
	if r.whole == nil {
		r.whole = map[string]bool{}
	}
	r.whole[t.called] = true
}
