package evaluate

import (
	"skein/internal/match"
	"skein/internal/skein"
)

// The methods that are compared. All but skein are what others do, or nothing at all.
const (
	Skein     = "skein"
	Random    = "random"
	Tenure    = "tenure"     // longest with the organisation
	MostLed   = "most_led"   // most projects led before
	Count     = "count"      // required skills held, at any level
	BestLevel = "best_level" // importance times the best level ever seen
)

// Methods lists them in the order in which they are printed.
var Methods = []string{Skein, Random, Tenure, MostLed, Count, BestLevel}

// scores is what each candidate gets from a method; more is better.
func (p *Past) scores(method string, o *occasion, s Settings) []float64 {
	if method == Skein {
		return p.rank(o, s)
	}
	out := make([]float64, len(o.people))
	for i, person := range o.people {
		switch method {
		case Tenure:
			out[i] = -float64(p.tenure[person].Unix())
		case MostLed:
			out[i] = float64(p.leadsBefore(person, o.brief.AsOf))
		case Count:
			out[i] = p.skillsHeld(person, o)
		case BestLevel:
			out[i] = p.bestLevel(person, o)
		}
	}
	return out
}

// skillsHeld counts the required skills of which somebody has any evidence.
func (p *Past) skillsHeld(person skein.PersonID, o *occasion) float64 {
	n := 0.0
	for _, r := range o.Requirements {
		if p.best(person, r.Skill, o.brief.AsOf) > 0 {
			n++
		}
	}
	return n
}

func (p *Past) bestLevel(person skein.PersonID, o *occasion) float64 {
	sum := 0.0
	for _, r := range o.Requirements {
		sum += float64(r.Importance * p.best(person, r.Skill, o.brief.AsOf))
	}
	return sum
}

// best is the highest level seen before a day; 0: none.
func (p *Past) best(person skein.PersonID, skill skein.SkillID, day skein.Date) int {
	level := 0
	for _, e := range p.evidence[person][skill] {
		if e.ObservedOn.Before(day) {
			level = max(level, e.Level)
		}
	}
	return level
}

// place is the lead's place by some scores, ties by lots drawn from the project's seed.
func (o *occasion) place(scores []float64) int {
	tickets := make([]uint64, len(o.people))
	for i, person := range o.people {
		tickets[i] = match.Ticket(o.brief.Seed, person)
	}
	return placeOf(scores, tickets, o.lead)
}

// chance is what drawing lots comes to in one project, over all the orders there could be.
func (o *occasion) chance() Figures {
	if o.lead < 0 {
		return Figures{}
	}
	even := make([]Figures, len(o.people))
	for i := range even {
		even[i] = figuresOf(i + 1)
	}
	return average(even)
}
