package match

import (
	"math"
	"slices"
	"strconv"

	"skein/internal/skein"
)

// possibleSteps lists every single step in the skills asked for, in the query's order.
func possibleSteps(q Query, c Claimant) []Step {
	people := []Candidate{c.Candidate}
	if c.With != nil {
		people = append(people, *c.With)
	}
	var out []Step
	for _, who := range people {
		for _, r := range q.Requirements {
			rows := Counting(who.Evidence, r.Skill, q.AsOf)
			said := spokenOf(rows)
			if said > 0 {
				out = append(out, Step{StepWord, r.Skill, said, who.Person})
				if said < 5 {
					out = append(out, Step{StepLevel, r.Skill, said + 1, who.Person})
				}
			}
			out = append(out, Step{StepShadow, r.Skill, min(r.Level, said+1), who.Person})
		}
	}
	return out
}

// spokenOf is the level that somebody who confirms it would speak of: the person's own word, else
// what the others say together.
func spokenOf(rows []skein.Evidence) int {
	sum := 0
	for _, e := range rows {
		if e.Kind == skein.Self && (e.GivenBy == "" || e.GivenBy == e.Person) {
			return e.Level
		}
		sum += e.Level
	}
	if len(rows) == 0 {
		return 0
	}
	return int(math.Floor(float64(sum)/float64(len(rows)) + .5))
}

// taken is the claim after one of its people took a step.
func taken(q Query, c Claimant, s Step) Claimant {
	if c.With != nil && s.Person == c.With.Person && s.Person != c.Person {
		with := stepped(q, *c.With, s)
		c.With = &with
		return c
	}
	c.Candidate = stepped(q, c.Candidate, s)
	return c
}

// stepped is the person after a step: it adds, or raises, evidence as of the day before.
func stepped(q Query, c Candidate, s Step) Candidate {
	c.Evidence = slices.Clone(c.Evidence)
	fresh := skein.Evidence{
		Person: c.Person, Skill: s.Skill, Level: s.Level,
		ObservedOn: q.AsOf.AddDate(0, 0, -1), Source: "step " + strconv.Itoa(len(c.Evidence)),
	}
	switch s.Kind {
	case StepLevel:
		for i, e := range c.Evidence {
			if e.Skill == s.Skill {
				c.Evidence[i].Level = min(5, e.Level+1)
			}
		}
		return c
	case StepShadow:
		fresh.Kind = skein.Outcome
	default:
		fresh.Kind = skein.Peer
		if q.Trust == skein.Zero { // only a credential would say so
			fresh.Kind = skein.Credential
		}
	}
	c.Evidence = append(c.Evidence, fresh)
	return c
}
