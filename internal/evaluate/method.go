package evaluate

import (
	"math"

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

	AreaNewest  = "area_newest"   // newest evidence in the area
	AreaSum     = "area_sum"      // levels in the area, decayed and added up
	LastLedHere = "last_led_here" // led in the area last

	// The same with a second key, as a table that is sorted by two columns.
	NewestSum  = "newest_sum"  // newest evidence in the area, then the levels added up
	LastNewest = "last_newest" // led in the area last, then newest evidence there
)

// Methods lists them in the order in which they are printed.
var Methods = []string{Skein, Random, Tenure, MostLed, Count, BestLevel, AreaNewest, AreaSum, LastLedHere, NewestSum, LastNewest}

// Two keys in one number: the first in whole days, the second as less than one of them. In seconds the
// second key would be lost to rounding.
const (
	oneDay    = 24 * 60 * 60
	secondKey = 1e6
)

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
		case AreaNewest:
			out[i] = p.areaNewest(person, o)
		case AreaSum:
			out[i] = p.areaSum(person, o)
		case LastLedHere:
			out[i] = p.lastLedHere(person, o)
		case NewestSum:
			out[i] = p.areaNewest(person, o)/oneDay + p.areaSum(person, o)/secondKey
		case LastNewest:
			out[i] = max(p.lastLedHere(person, o), 0)/oneDay + max(p.areaNewest(person, o), 0)/oneDay/secondKey
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

// areaNewest is the day of somebody's newest evidence in the area; who has none comes last.
func (p *Past) areaNewest(person skein.PersonID, o *occasion) float64 {
	newest := math.Inf(-1)
	for _, skill := range o.query.Area {
		for _, e := range p.evidence[person][skill] {
			if e.ObservedOn.Before(o.brief.AsOf) {
				newest = max(newest, float64(e.ObservedOn.Unix()))
			}
		}
	}
	return newest
}

// areaSum adds up the levels of somebody's evidence in the area, each halved with every half-life.
func (p *Past) areaSum(person skein.PersonID, o *occasion) float64 {
	sum := 0.0
	for _, skill := range o.query.Area {
		days := match.DefaultTrust().HalfLifeDays
		if own := p.halfLives[skill]; own > 0 {
			days = float64(own)
		}
		for _, e := range p.evidence[person][skill] {
			if e.ObservedOn.Before(o.brief.AsOf) {
				sum += float64(e.Level) * math.Exp2(-o.brief.AsOf.Sub(e.ObservedOn).Hours()/24/days)
			}
		}
	}
	return sum
}

// lastLedHere is the day when somebody last began to lead in the area; who never did comes last.
func (p *Past) lastLedHere(person skein.PersonID, o *occasion) float64 {
	last := math.Inf(-1)
	for _, began := range p.areaLeads(person, o.query.Area) {
		if began.Before(o.brief.AsOf) {
			last = max(last, float64(began.Unix()))
		}
	}
	return last
}
