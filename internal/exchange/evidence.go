package exchange

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"slices"

	"skein/internal/folder"
	"skein/internal/skein"
	"skein/internal/words"
)

var evidenceLayout = layout{EvidenceFile, []string{
	"person", "skill", "kind", "level", "observed_on", "expires_on", "given_by", "source",
}, 5}

const (
	evidencePerson = iota
	evidenceSkill
	evidenceKind
	evidenceLevel
	evidenceObserved
	evidenceExpires
	evidenceGiver
	evidenceSource
)

// evidenceColumns says in which column stands what a piece of evidence's own checks speak of.
var evidenceColumns = map[string]int{"source": evidenceSource}

// readEvidence checks every row and keeps none: eight bytes a row remember the keys.
func (r *reader) readEvidence(t *table) {
	hash := newKeyHash()
	keys := &[256][]uint64{} // by their first byte
	sure := r.everybody(hash.seed)
	var last skein.PersonID // whom the row before is about: files mostly have a person's rows together
	for t.next() {
		row := r.evidence(t, last, sure)
		if t.bad {
			continue
		}
		last = row.Person
		if ofOneself(&row.Evidence) {
			r.report.noteMany("rows in which somebody who was here twice speaks for themselves",
				"%s:%d: %s speaks for themselves, by the two ids that they had. This row is left out.", t.called, t.rec.line, shown([]byte(row.Person)))
			continue
		}
		r.mention(row.Skill)
		key := hash.of(&row.Evidence)
		keys[key>>56] = append(keys[key>>56], key)
	}
	file := evidenceFile{files: r.files, spellings: r.spellings}
	if !t.broken && r.report.OK() {
		file.skip = r.repeated(file, hash, keys)
	}
	r.folder.Evidence = func(yield func(folder.EvidenceRow, error) bool) {
		file.bytes, file.sum = r.folder.File(EvidenceFile).Bytes, r.folder.File(EvidenceFile).SHA256
		file.walk(yield)
	}
}

// known is a set of ids by their hash: it lies closer together than their texts do. That two of
// them share one of 2^64 hashes is not to be feared, and the database's own keys would still tell.
type known struct {
	seed maphash.Seed
	ids  map[uint64]struct{}
}

func (k known) has(id skein.PersonID) bool {
	_, there := k.ids[maphash.String(k.seed, string(id))]
	return there
}

// everybody is who may be named.
func (r *reader) everybody(seed maphash.Seed) known {
	k := known{seed, make(map[uint64]struct{}, len(r.people)+len(r.known.People))}
	for id := range r.people {
		k.ids[maphash.String(seed, string(id))] = struct{}{}
	}
	for id := range r.known.People {
		k.ids[maphash.String(seed, string(id))] = struct{}{}
	}
	return k
}

// evidence reads and checks one row. That the last person exists was seen already.
func (r *reader) evidence(t *table, last skein.PersonID, sure known) folder.EvidenceRow {
	row := t.evidence()
	if row.Person != last {
		r.checkPerson(t, evidencePerson, row.Person)
	}
	if row.GivenBy != "" && !sure.has(row.GivenBy) {
		r.checkPerson(t, evidenceGiver, row.GivenBy)
	}
	if row.Person == "" || row.Skill == "" || row.Kind == "" || row.Level == 0 || row.ObservedOn.IsZero() {
		for c := evidencePerson; c <= evidenceObserved; c++ {
			if len(t.trimmed(c)) == 0 {
				t.problem(c, "It is blank.")
			}
		}
	}
	if ofOneself(&row.Evidence) && slices.Equal(t.trimmed(evidencePerson), t.trimmed(evidenceGiver)) {
		t.problem(evidenceGiver, "Nobody is their own peer. What people say of themselves is of the kind self.")
	}
	if !row.ExpiresOn.IsZero() && row.ExpiresOn.Before(row.ObservedOn) {
		t.problem(evidenceExpires, "It is before observed_on.")
	}
	return row
}

// ofOneself tells of what one would say as their own peer: an error in a file that says so itself, and left out
// where the file names one person by two ids that they had.
func ofOneself(e *skein.Evidence) bool {
	return e.Kind == skein.Peer && e.GivenBy != "" && e.GivenBy == e.Person
}

// evidence reads one row.
func (t *table) evidence() folder.EvidenceRow {
	row := folder.EvidenceRow{
		Evidence: skein.Evidence{
			Person:     t.person(evidencePerson),
			Skill:      t.skill(evidenceSkill),
			Kind:       choice(t, evidenceKind, skein.EvidenceKinds...),
			Level:      t.whole(evidenceLevel, 1, 5),
			ObservedOn: t.date(evidenceObserved),
			ExpiresOn:  t.date(evidenceExpires),
			GivenBy:    t.person(evidenceGiver),
		},
		Attributes: t.attributes(),
	}
	if len(t.raw(evidenceSource)) > maxSource {
		t.problem(evidenceSource, "It has at most %d bytes; this one has %d.", maxSource, len(t.raw(evidenceSource)))
		return row
	}
	row.Source = string(t.raw(evidenceSource))
	t.invalid(row.Check(), evidenceColumns)
	return row
}

// keyOf is all of a row but its level: what makes it this piece of evidence and no other.
func keyOf(e skein.Evidence) skein.Evidence {
	e.Level, e.Note = 0, ""
	return e
}

// keyHash turns what makes a row this piece of evidence and no other into a number.
type keyHash struct {
	seed maphash.Seed
	text []byte
}

func newKeyHash() *keyHash { return &keyHash{seed: maphash.MakeSeed()} }

// of is the same for the same key. No id has a NUL in it.
func (h *keyHash) of(e *skein.Evidence) uint64 {
	b := append(append(h.text[:0], e.Person...), 0)
	b = append(append(b, e.Skill...), 0)
	b = append(append(b, e.Kind...), 0)
	b = append(append(b, e.GivenBy...), 0)
	b = binary.LittleEndian.AppendUint64(b, uint64(e.ObservedOn.Unix())) //nolint:gosec // bits are bits
	b = binary.LittleEndian.AppendUint64(b, uint64(e.ExpiresOn.Unix()))  //nolint:gosec // as above
	h.text = append(b, e.Source...)
	return maphash.Bytes(h.seed, h.text)
}

// repeated finds rows that say of the same evidence another level, or the same again. Of each the
// highest counts, whatever the order of the rows; the others are skipped, by their number.
func (r *reader) repeated(file evidenceFile, hash *keyHash, keys *[256][]uint64) map[int]bool {
	again := map[uint64]bool{}
	for _, some := range keys {
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
	type best struct{ row, level, line int }
	found, skip, first := map[skein.Evidence]best{}, map[int]bool{}, 0
	_, _, err := file.rows(func(t *table, row folder.EvidenceRow) bool {
		key := keyOf(row.Evidence)
		if !again[hash.of(&row.Evidence)] {
			return true
		}
		b, twice := found[key]
		if twice && first == 0 {
			first = t.rec.line
		}
		if twice && b.level >= row.Level {
			skip[t.count] = true
			return true
		}
		if twice {
			skip[b.row] = true
		}
		found[key] = best{t.count, row.Level, t.rec.line}
		return true
	})
	if err != nil {
		r.report.add(Problem{EvidenceFile, 1, 1, "", "The file cannot be read again: " + reason(err) + "."})
	}
	if len(skip) > 0 {
		r.report.note("%s: %s that say the same as another but for the level are counted once, at the highest; the first is on line %d.",
			EvidenceFile, words.Counted(len(skip), "row"), first)
	}
	return skip
}

// evidenceFile is a checked evidence.csv that can be walked again.
type evidenceFile struct {
	files     files
	spellings *spellings // of the skills, all of which were told of
	bytes     int64
	sum       string
	skip      map[int]bool
}

// walk hands out each row that counts, and fails when the file is no longer the one that was checked.
func (f *evidenceFile) walk(yield func(folder.EvidenceRow, error) bool) {
	stopped := false
	problem, sum, err := f.rows(func(t *table, row folder.EvidenceRow) bool {
		if !t.bad && !f.skip[t.count] && !ofOneself(&row.Evidence) {
			stopped = !yield(row, nil)
		}
		return !stopped
	})
	switch {
	case stopped:
	case err != nil:
		yield(folder.EvidenceRow{}, fmt.Errorf("%s cannot be read again: %s", EvidenceFile, reason(err)))
	case problem || sum != f.sum:
		yield(folder.EvidenceRow{}, fmt.Errorf("%s was changed while it was being read; try again", EvidenceFile))
	}
}

// rows reads the file without checking what was checked before.
func (f *evidenceFile) rows(each func(*table, folder.EvidenceRow) bool) (problem bool, sum string, err error) {
	source, err := f.files.open(EvidenceFile, func(int64, int64) {})
	if err != nil {
		return false, "", err
	}
	defer source.Close()
	var report Report
	t := &table{layout: evidenceLayout, report: &report, days: &dayForm{}, spellings: f.spellings}
	if !t.open(source) {
		return true, "", nil
	}
	for t.next() {
		if !each(t, t.evidence()) {
			return false, "", nil
		}
	}
	return !report.OK(), source.sum(), nil
}
