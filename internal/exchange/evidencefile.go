package exchange

import (
	"slices"

	"skein/internal/folder"
	"skein/internal/skein"
	"skein/internal/words"
)

// gathering is the evidence of a folder while it is checked. Of each row eight bytes remember the key; none is
// kept.
type gathering struct {
	*reader
	hash *keyHash
	keys *[256][]uint64 // by their first byte
	sure known
	from evidenceFiles
}

// evidenceFiles are checked tables that can be walked again.
type evidenceFiles struct {
	files     files
	spellings *spellings // of the skills, all of which were told of
	tables    []evidenceTable
	skip      map[int]bool // rows that do not count, by their number over all tables
}

// evidenceTable is one of them.
type evidenceTable struct {
	layout
	called string
	sum    string
	// begin looks at the header, and returns what reads a row: it hands out the evidence in it until it is
	// told to stop, which it returns. It is false where the header will not do.
	begin func(*table) (rowReader, bool)
}

type rowReader func(each func(folder.EvidenceRow) bool) (stopped bool)

func (r *reader) gather() *gathering {
	hash := newKeyHash()
	return &gathering{
		reader: r, hash: hash, keys: &[256][]uint64{}, sure: r.everybody(hash.seed),
		from: evidenceFiles{files: r.files, spellings: r.spellings},
	}
}

// add remembers a row that was found right.
func (g *gathering) add(row *folder.EvidenceRow) {
	g.mention(row.Skill)
	key := g.hash.of(&row.Evidence)
	g.keys[key>>56] = append(g.keys[key>>56], key)
}

// finish makes what was checked the folder's evidence.
func (g *gathering) finish() {
	from := g.from
	for i := range from.tables {
		from.tables[i].sum = g.folder.File(from.tables[i].file).SHA256
	}
	broken := slices.ContainsFunc(from.tables, func(t evidenceTable) bool { return g.unsure[t.file] })
	if !broken && g.report.OK() {
		from.skip = g.repeated(&from)
	}
	g.folder.Evidence = func(yield func(folder.EvidenceRow, error) bool) { from.walk(yield) }
}

// repeated finds rows that say of the same evidence another level, or the same again. Of each the
// highest counts, whatever the order of the rows; the others are skipped, by their number.
func (g *gathering) repeated(from *evidenceFiles) map[int]bool {
	again := map[uint64]bool{}
	for _, some := range g.keys {
		slices.Sort(some)
		for i := 1; i < len(some); i++ {
			if some[i] == some[i-1] {
				again[some[i]] = true
			}
		}
	}
	if len(again) == 0 {
		return nil
	}
	type best struct{ row, level int }
	type seen struct {
		called       string
		times, first int
	}
	found, skip := map[skein.Evidence]best{}, map[int]bool{}
	var told []seen
	err := from.each(func(t *table, n int, row folder.EvidenceRow) bool {
		if !again[g.hash.of(&row.Evidence)] {
			return true
		}
		key := keyOf(row.Evidence)
		b, twice := found[key]
		if twice {
			if len(told) == 0 || told[len(told)-1].called != t.called {
				told = append(told, seen{called: t.called, first: t.rec.line})
			}
			told[len(told)-1].times++
		}
		switch {
		case twice && b.level >= row.Level:
			skip[n] = true
			return true
		case twice:
			skip[b.row] = true
		}
		found[key] = best{n, row.Level}
		return true
	})
	if err != nil {
		g.refuse(err.called, "The file "+err.why+".")
	}
	for _, s := range told {
		g.report.note("%s: %s that say the same as another but for the level are counted once, at the highest; the first is on line %d.",
			s.called, words.Counted(s.times, "row"), s.first)
	}
	return skip
}

// walk hands out each row that counts, and fails when a file is no longer the one that was checked.
func (f *evidenceFiles) walk(yield func(folder.EvidenceRow, error) bool) {
	stopped := false
	err := f.each(func(t *table, n int, row folder.EvidenceRow) bool {
		if !t.bad && !f.skip[n] && !ofOneself(&row.Evidence) {
			stopped = !yield(row, nil)
		}
		return !stopped
	})
	if err != nil && !stopped {
		yield(folder.EvidenceRow{}, err)
	}
}

// againError says that a file could not be read as it was before.
type againError struct{ called, why string }

func (e *againError) Error() string { return e.called + " " + e.why }

// each visits all rows with their numbers, without checking what was checked before, until a visit returns false.
func (f *evidenceFiles) each(visit func(t *table, n int, row folder.EvidenceRow) bool) *againError {
	n := 0
	for i := range f.tables {
		stopped, err := f.tables[i].again(f, func(t *table, row folder.EvidenceRow) bool {
			n++
			return visit(t, n, row)
		})
		if stopped || err != nil {
			return err
		}
	}
	return nil
}

// again visits the rows of one table.
func (e *evidenceTable) again(f *evidenceFiles, visit func(*table, folder.EvidenceRow) bool) (stopped bool, _ *againError) {
	source, err := f.files.open(e.file, func(int64, int64) {})
	if err != nil {
		return false, &againError{e.called, "cannot be read again: " + reason(err)}
	}
	defer source.Close()
	changed := &againError{e.called, "was changed while it was being read; try again"}
	var report Report
	t := &table{
		layout: e.layout, called: e.called, sheet: f.files.origin(e.file).sheet != "", mapped: f.files.origin(e.file).mapped,
		report: &report, days: &dayForm{}, spellings: f.spellings,
	}
	if !t.open(source) {
		return false, changed
	}
	row, ok := e.begin(t)
	if !ok {
		return false, changed
	}
	for t.next() {
		if row(func(row folder.EvidenceRow) bool { return visit(t, row) }) {
			return true, nil
		}
	}
	if !report.OK() || source.sum() != e.sum {
		return false, changed
	}
	return false, nil
}
