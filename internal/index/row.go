package index

import (
	"hash/maphash"
	"time"

	"skein/internal/comparison"
	"skein/internal/skein"
)

// row is one piece of evidence in twelve bytes. A person's rows stand together, sorted by skill.
// Evidence that expires, or that names a giver and a source, takes a second row behind it.
type row struct {
	skill uint32
	from  uint32 // whose word it is, in the texts: the giver, else the source; 0: not said
	day   uint16 // seen on, as days since 1970; in a second row the expiry, 0: never
	bits  uint16
}

// The bits of a row.
const (
	levelBits = 1<<3 - 1 // 1 to 5
	kindShift = 3        // two bits: the kind, in the order of skein.EvidenceKinds
	isSource  = 1 << 5   // from is a source
	asSelf    = 1 << 6   // a colleague's word that counts as one's own
	hasSecond = 1 << 7   // the next row is this one's second
	isSecond  = 1 << 8
	tangled   = 1 << 9 // of this skill's rows some replace others: let the engine add them up
)

func (r row) level() int { return int(r.bits & levelBits) }

// kind is what the row counts as: a colleague's word may count as one's own.
func (r row) kind() int {
	if r.bits&asSelf != 0 {
		return 0
	}
	return r.written()
}

// written is the kind as it was written down.
func (r row) written() int { return int(r.bits>>kindShift) & 3 }

// dayOf counts the days since 1970; false for what is no day, or is too far off for a row.
func dayOf(d skein.Date) (uint16, bool) {
	s := d.Unix()
	n := s / 86400
	return uint16(n), n > 0 && n <= 65535 && s%86400 == 0 && d.Nanosecond() == 0
}

func dateOf(day uint16) skein.Date { return time.Unix(int64(day)*86400, 0).UTC() }

// words turns skills and other texts into numbers. It only grows, and only one writer uses it.
type words struct {
	skill  map[skein.SkillID]uint32
	skills []skein.SkillID
	texts  []string
	places []uint32 // by hash: a text's number, 0 where there is none
	seed   maphash.Seed
}

func newWords() *words {
	return &words{
		skill: map[skein.SkillID]uint32{}, texts: []string{""},
		places: make([]uint32, 64), seed: maphash.MakeSeed(),
	}
}

func (w *words) skillNumber(s skein.SkillID) uint32 {
	n, ok := w.skill[s]
	if !ok {
		n = uint32(len(w.skills))
		w.skill[s] = n
		w.skills = append(w.skills, s)
	}
	return n
}

// textNumber finds a text's number in a table of numbers alone: a map would hold every text twice,
// and there are as many as people.
func (w *words) textNumber(s string) uint32 {
	if s == "" {
		return 0
	}
	if 3*len(w.texts) > 2*len(w.places) {
		w.places = make([]uint32, 2*len(w.places))
		for i, t := range w.texts[1:] {
			w.places[w.place(t)] = uint32(i + 1)
		}
	}
	at := w.place(s)
	if w.places[at] == 0 {
		w.places[at] = uint32(len(w.texts))
		w.texts = append(w.texts, s)
	}
	return w.places[at]
}

// place is where a text's number is, or where it goes.
func (w *words) place(s string) int {
	last := len(w.places) - 1 // a power of two, less one
	at := int(maphash.String(w.seed, s)) & last
	for w.places[at] != 0 && w.texts[w.places[at]] != s {
		at = (at + 1) & last
	}
	return at
}

// pack appends the rows of one piece of evidence; false when rows cannot hold it.
func (w *words) pack(rows []row, e comparison.Seen, asOf skein.Date) ([]row, bool) {
	kind := -1
	for i, k := range skein.EvidenceKinds {
		if k == e.Kind {
			kind = i
		}
	}
	day, ok := dayOf(e.ObservedOn)
	if !ok || kind < 0 || e.Level < 1 || e.Level > 5 || !e.ObservedOn.Before(asOf) {
		return rows, false
	}
	var until uint16
	if !e.ExpiresOn.IsZero() {
		if until, ok = dayOf(e.ExpiresOn); !ok {
			return rows, false
		}
	}
	r := row{skill: w.skillNumber(e.Skill), day: day, bits: uint16(e.Level) | uint16(kind)<<kindShift}
	if e.AsSelf {
		r.bits |= asSelf
	}
	second := row{skill: r.skill, day: until, bits: isSecond}
	if e.GivenBy != "" {
		r.from, second.from = w.textNumber(string(e.GivenBy)), w.textNumber(e.Source)
	} else if e.Source != "" {
		r.from, r.bits = w.textNumber(e.Source), r.bits|isSource
	}
	if second.from == 0 && until == 0 {
		return append(rows, r), true
	}
	r.bits |= hasSecond
	return append(rows, r, second), true
}

// unpack is the evidence that begins at rows[i], and where the next one begins.
func (b *base) unpack(person skein.PersonID, i uint32) (comparison.Seen, uint32) {
	r := b.rows[i]
	e := comparison.Seen{
		Evidence: skein.Evidence{
			Person: person, Skill: b.skills[r.skill], Kind: skein.EvidenceKinds[r.written()],
			Level: r.level(), ObservedOn: dateOf(r.day),
		},
		AsSelf: r.bits&asSelf != 0,
	}
	if r.bits&isSource != 0 {
		e.Source = b.texts[r.from]
	} else {
		e.GivenBy = skein.PersonID(b.texts[r.from])
	}
	if r.bits&hasSecond == 0 {
		return e, i + 1
	}
	second := b.rows[i+1]
	if second.from != 0 {
		e.Source = b.texts[second.from]
	}
	if second.day != 0 {
		e.ExpiresOn = dateOf(second.day)
	}
	return e, i + 2
}
