package exchange

import (
	"bytes"
	"hash/maphash"
	"strings"
)

// rowsSeen are rows of a table by what they say, and the lines they stand on. A system that writes a row twice
// means one. Tables whose rows have no id of their own, of which there may be millions, are not looked through so.
type rowsSeen struct {
	seeds [2]maphash.Seed
	lines map[[2]uint64]int
}

// again tells whether an earlier row says the very same: then this one is passed over. Once, it is told.
func (t *table) again(rec *record) bool {
	line, twice := t.seen(rec)
	if twice {
		t.report.noteMany("rows that are there twice", "%s: The same row as on line %d. It is taken once.", t.whereLine(rec.line), line)
	}
	return twice
}

// seen notes what a row says, and finds the earlier row that says the same.
func (t *table) seen(rec *record) (line int, twice bool) {
	if !t.once {
		return 0, false
	}
	if t.rowsSeen.lines == nil {
		t.rowsSeen = rowsSeen{[2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, map[[2]uint64]int{}}
	}
	var key [2]uint64
	for i, seed := range t.rowsSeen.seeds {
		var hash maphash.Hash
		hash.SetSeed(seed)
		for _, f := range rec.fields {
			_, _ = hash.Write(bytes.TrimSpace(f.value)) // it never fails
			_ = hash.WriteByte(0)
		}
		key[i] = hash.Sum64()
	}
	if line, twice = t.rowsSeen.lines[key]; !twice {
		t.rowsSeen.lines[key] = rec.line
	}
	return line, twice
}

// leave notes a row that is left out: by its id, and what else others may name it by.
func (t *table) leave(rec *record) {
	_, _ = t.seen(rec) // the same once more is left out with it
	value := func(c int) string {
		if at := t.at[c]; at >= 0 && at < len(rec.fields) {
			return string(bytes.TrimSpace(rec.fields[at].value))
		}
		return ""
	}
	at := Place{File: t.called, Line: rec.line}
	if !t.once {
		return
	}
	t.report.leave(t.file, value(0), at)
	if t.file == PeopleFile {
		t.report.leave(t.file, strings.ToLower(value(personEmail)), at)
	}
}
