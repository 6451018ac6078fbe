package exchange

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"skein/internal/folder"
	"skein/internal/skein"
)

var evidenceLayout = layout{EvidenceFile, []string{
	"person", "skill", "kind", "level", "observed_on", "expires_on", "given_by", "source",
}, 5, false}

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

// readEvidence checks every row.
func (g *gathering) readEvidence(t *table) {
	var last skein.PersonID // whom the row before is about: files mostly have a person's rows together
	for t.next() {
		row := g.evidence(t, last, g.sure)
		if t.bad {
			continue
		}
		last = row.Person
		if ofOneself(&row.Evidence) {
			g.report.noteMany("rows in which somebody who was here twice speaks for themselves",
				"%s: %s speaks for themselves, by the two ids that they had. This row is left out.", t.where(), shown([]byte(row.Person)))
			continue
		}
		if row.Kind == skein.Self && row.GivenBy != "" && row.GivenBy != row.Person {
			g.report.noteMany("rows in which somebody's own word is given by another",
				"%s: It is %s's own word (self), and given by %s. It counts as their own; what another says is of the kind peer.",
				t.where(), shown([]byte(row.Person)), shown([]byte(row.GivenBy)))
		}
		g.add(&row)
	}
	g.from.tables = append(g.from.tables, evidenceTable{layout: evidenceLayout, called: t.called, begin: func(t *table) (rowReader, bool) {
		return func(each func(folder.EvidenceRow) bool) bool { return !each(t.evidence()) }, true
	}})
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
				t.ofValue(c, "is blank.")
			}
		}
	}
	if ofOneself(&row.Evidence) && slices.Equal(t.trimmed(evidencePerson), t.trimmed(evidenceGiver)) {
		t.problem(evidenceGiver, "Nobody is their own peer. What people say of themselves is of the kind self.")
	}
	if !row.ExpiresOn.IsZero() && row.ExpiresOn.Before(row.ObservedOn) {
		t.ofValue(evidenceExpires, "is before observed_on.")
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
		t.ofValue(evidenceSource, "has at most %d bytes; this one has %d.", maxSource, len(t.raw(evidenceSource)))
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
