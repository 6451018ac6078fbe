// Package bench makes organisations of a given size and measures Skein on them beside something
// that others know.
package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

// Today is the day that everything is measured as of.
var Today = time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)

// Organisation is an invented organisation: everybody has evidence in twenty skills, drawn by
// Zipf's law, so that a few skills are common and most are rare.
type Organisation struct {
	Seed   uint64
	People int
	Skills int
	zipf   []float64 // how much the skills up to each weigh together
}

// SkillsEach is in how many skills everybody has evidence.
const SkillsEach = 20

// New returns an organisation of that many people.
func New(seed uint64, people, skills int) *Organisation {
	o := &Organisation{Seed: seed, People: people, Skills: skills, zipf: make([]float64, skills)}
	var sum float64
	for i := range o.zipf {
		sum += 1 / float64(i+1)
		o.zipf[i] = sum
	}
	return o
}

// Skill names a skill by its number; the commonest is 0.
func Skill(n int) skein.SkillID { return skein.SkillID(fmt.Sprintf("s%05d", n)) }

// Person names a person by their number.
func Person(n int) skein.PersonID { return skein.PersonID(fmt.Sprintf("p%07d", n)) }

// skills draws n different skills.
func (o *Organisation) skills(r *rand.Rand, n int) []int {
	drawn := make([]int, 0, n)
	for len(drawn) < n {
		s, _ := slices.BinarySearch(o.zipf, r.Float64()*o.zipf[o.Skills-1])
		if s < o.Skills && !slices.Contains(drawn, s) {
			drawn = append(drawn, s)
		}
	}
	return drawn
}

// Facts are a person's, always the same for the same number.
func (o *Organisation) Facts(n int) comparison.Facts {
	r := rand.New(rand.NewPCG(o.Seed, uint64(n))) //nolint:gosec // made-up people, the same each time
	f := comparison.Facts{Person: Person(n), Active: true, Evidence: make([]comparison.Seen, 0, SkillsEach+4)}
	for _, s := range o.skills(r, SkillsEach) {
		f.Evidence = append(f.Evidence, o.seen(r, f.Person, s, kindOf(r)))
		if r.IntN(8) == 0 {
			f.Evidence = append(f.Evidence, o.seen(r, f.Person, s, kindOf(r)))
		}
	}
	if r.IntN(4) > 0 {
		free := float64(r.IntN(40))
		f.HoursFree = &free
	}
	if r.IntN(20) == 0 {
		began := Today.AddDate(0, 0, -1-r.IntN(900))
		f.LastLed = began.AddDate(0, 0, r.IntN(1+int(Today.Sub(began).Hours()/24)))
		f.Earlier = []comparison.EarlierLead{{Project: "x", Area: []skein.SkillID{Skill(o.skills(r, 1)[0])}, From: began}}
	}
	if r.IntN(50) == 0 {
		from := Today.AddDate(0, 0, -r.IntN(700))
		f.Absences = []skein.Absence{{From: from, Until: from.AddDate(0, 0, r.IntN(200))}}
	}
	return f
}

func kindOf(r *rand.Rand) skein.EvidenceKind {
	switch n := r.IntN(100); {
	case n < 30:
		return skein.Self
	case n < 65:
		return skein.Peer
	case n < 90:
		return skein.Outcome
	}
	return skein.Credential
}

// seen draws one piece of evidence of the last three years.
func (o *Organisation) seen(r *rand.Rand, person skein.PersonID, skill int, kind skein.EvidenceKind) comparison.Seen {
	e := comparison.Seen{Evidence: skein.Evidence{
		Person: person, Skill: Skill(skill), Kind: kind, Level: 1 + (r.IntN(5)+r.IntN(5))/2,
		ObservedOn: Today.AddDate(0, 0, -1-r.IntN(1095)),
	}}
	switch kind {
	case skein.Peer:
		e.GivenBy = Person(r.IntN(o.People))
	case skein.Outcome:
		e.Source = fmt.Sprint("project ", r.IntN(5000))
	case skein.Credential:
		if r.IntN(3) == 0 {
			e.ExpiresOn = e.ObservedOn.AddDate(1+r.IntN(3), 0, 0)
		}
	}
	return e
}

// Everybody is all facts, by person's id.
func (o *Organisation) Everybody() iter.Seq2[comparison.Facts, error] {
	return func(yield func(comparison.Facts, error) bool) {
		for n := range o.People {
			if !yield(o.Facts(n), nil) {
				return
			}
		}
	}
}

// Query draws what a project asks for: so many different skills of the same law.
func (o *Organisation) Query(n, requirements int, population comparison.Population) match.Query {
	r := rand.New(rand.NewPCG(o.Seed+1, uint64(n))) //nolint:gosec // as above
	b := match.Brief{
		AsOf: Today, Seed: fmt.Sprint("query ", n), Trust: skein.Weighed,
		People: population.People, Holders: map[skein.SkillID]int{},
	}
	for _, s := range o.skills(r, requirements) {
		b.Own = append(b.Own, skein.Requirement{Skill: Skill(s), Importance: 1 + r.IntN(5), Level: 2 + r.IntN(3)})
		b.Holders[Skill(s)] = population.Holders(Skill(s))
	}
	return match.NewQuery(b, match.DefaultPolicy())
}

// Candidate is a person's facts as a query's area sees them.
func Candidate(q match.Query) func(comparison.Facts) match.Candidate {
	return func(f comparison.Facts) match.Candidate {
		c := match.Candidate{
			Person: f.Person, Active: f.Active, FreeHours: f.HoursFree, Leads: f.Leads, LastLed: f.LastLed,
			Absences: f.Absences, Evidence: evidenceOf(f),
		}
		for _, e := range f.Earlier {
			if match.SameArea(e.Area, q.Area) {
				c.AreaLeads = append(c.AreaLeads, e.From)
			}
		}
		return c
	}
}

func evidenceOf(f comparison.Facts) []skein.Evidence {
	evidence := make([]skein.Evidence, len(f.Evidence))
	for i, e := range f.Evidence {
		evidence[i] = e.Evidence
	}
	return evidence
}
