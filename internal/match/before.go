package match

import (
	"slices"

	"skein/internal/skein"
)

// One person before many queries: most requirements of different queries are met alike, so each is
// met once and what it comes to is kept; a fit is then some additions. The sums are those of Rank,
// in its order, to the last bit.

// Asked is a requirement as far as meeting it turns on: two that are the same are met alike.
type Asked struct {
	Skill    skein.SkillID
	Level    int
	Must     bool
	HalfLife float64
	Trust    skein.Trust
}

// Asks is what a requirement of a query turns on.
func (q *Query) Asks(r Requirement) Asked {
	return Asked{Skill: r.Skill, Level: r.Level, Must: r.Must, HalfLife: r.HalfLife, Trust: q.Trust}
}

// Meets is what somebody brings to a requirement, as far as a fit and a zone turn on it.
type Meets struct {
	Satisfied float64
	Standing  Standing
}

// Before is one person before many queries of one policy and day.
type Before struct {
	person Candidate
	trust  TrustTable
	away   []span
	asOf   skein.Date
	skills map[skein.SkillID][]skein.Evidence
}

// NewBefore returns a person before whatever is asked of them as of a day.
func NewBefore(c Candidate, t TrustTable, asOf skein.Date) *Before {
	b := &Before{person: c, trust: t, away: leaves(c.Absences, asOf), asOf: asOf, skills: map[skein.SkillID][]skein.Evidence{}}
	for _, e := range c.Evidence {
		b.skills[e.Skill] = append(b.skills[e.Skill], e)
	}
	return b
}

// Skills lists the skills that the person has any evidence in. In all others nothing is met.
func (b *Before) Skills() []skein.SkillID {
	all := make([]skein.SkillID, 0, len(b.skills))
	for s := range b.skills {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}

// Meets meets one requirement.
func (b *Before) Meets(a Asked) Meets {
	c := b.person
	c.Evidence = b.skills[a.Skill]
	r := Requirement{Requirement: skein.Requirement{Skill: a.Skill, Level: a.Level, Must: a.Must}, HalfLife: a.HalfLife}
	m, _ := meet(r, a.Trust, b.trust.W0, c, voices{b.trust.Row(a.Trust), a.HalfLife, b.away, b.asOf})
	return Meets{m.Satisfied, m.Standing}
}

// Tally adds up one query's requirements, in their order.
type Tally struct {
	fit    float64
	weight float64
	zoned  zoned
}

// NewTally begins a query whose requirements weigh so much together, added up in their order.
func NewTally(strict bool, weight float64) Tally {
	return Tally{weight: weight, zoned: zoned{strictly: strict}}
}

// Add adds a requirement and what is brought to it.
func (t *Tally) Add(counts, weight float64, must bool, m Meets) {
	t.zoned.add(counts, must, m.Standing)
	t.fit += shareOf(weight, m.Satisfied, t.weight)
}

// Sum is the fit and the zone that a setting makes of what was added.
func (t *Tally) Sum(set *Setting) (float64, Zone) { return t.fit, t.zoned.zone(*set) }
