package match

import (
	"math"
	"slices"

	"skein/internal/skein"
)

// Brief is what a project's present phase asks for, as the store knows it.
type Brief struct {
	Own         []skein.Requirement // the project's own; one with a practice's skill changes that practice
	Struck      []skein.SkillID     // practices that the project does without
	Situation   skein.Situation
	Trust       skein.Trust // as set on the project; empty is weighed
	HoursNeeded *float64    // a week; nil: not stated
	Rotation    float64     // the circle's: .6 take turns, 0 neutral, -.4 stay with
	LeadsAtOnce int         // the guardrail's number; 0: there is none
	Guardrails  []skein.GuardrailResult
	AsOf        skein.Date // only what was seen before this day counts; see skein.AsOfDay
	Seed        string     // of the lottery: the window's, or Seed(project, as of)

	People       int                   // people in the organisation
	Holders      map[skein.SkillID]int // people with any evidence in the skill, for each skill asked for
	HalfLifeDays map[skein.SkillID]int // of skills that have one of their own
}

// Query is a brief read through a policy: what people are compared against. Make it with NewQuery.
type Query struct {
	Requirements []Requirement // by importance, then skill; this order is also that of every sum
	Setting      Setting
	Trust        skein.Trust // with the floor that the stakes set
	Area         []skein.SkillID
	People       int // in the organisation, against whom rarity is measured
	HoursNeeded  *float64
	Rotation     float64
	LeadsAtOnce  int
	Guardrails   []skein.GuardrailResult
	AsOf         skein.Date
	Seed         string
	Policy       Policy
}

// Requirement is one skill that people are compared in.
type Requirement struct {
	skein.Requirement
	Practice bool    // asked for by the lens
	Counts   float64 // its importance, lowered where practices would together exceed their share
	Rarity   float64 // few people have this, so it counts more
	Holders  int     // how many people have any evidence in it
	Weight   float64 // counts x rarity
	HalfLife float64 // days
}

// NewQuery reads a brief through a policy.
func NewQuery(b Brief, p Policy) Query {
	q := Query{
		Setting: p.Lens.Settle(b.Situation), Trust: b.Trust, Area: slices.Sorted(slices.Values(skein.Area(b.Own))),
		People: b.People, HoursNeeded: b.HoursNeeded, Rotation: b.Rotation, LeadsAtOnce: b.LeadsAtOnce,
		Guardrails: b.Guardrails, AsOf: b.AsOf, Seed: b.Seed, Policy: p,
	}
	q.Trust = p.Holds(b.Trust, b.Situation)
	q.Requirements = requirements(b, q.Setting.Practices)
	share(q.Requirements, p.Lens.PracticeShare)
	for i := range q.Requirements {
		r := &q.Requirements[i]
		r.Holders = b.Holders[r.Skill]
		r.Rarity = Rarity(b.People, r.Holders)
		r.Weight = r.Counts * r.Rarity
		r.HalfLife = p.Trust.HalfLifeDays
		if own := b.HalfLifeDays[r.Skill]; own > 0 {
			r.HalfLife = float64(own)
		}
	}
	return q
}

// Holds is the trust level that holds where one is stated in a situation.
func (p Policy) Holds(stated skein.Trust, s skein.Situation) skein.Trust {
	return p.Trust.Floored(stated, p.Lens.Settle(s).Floor)
}

// Floored is the trust level that holds: the stated one (else weighed), or the floor that the
// stakes set where that is higher, as far as the policy lets floors rise.
func (t TrustTable) Floored(stated, floor skein.Trust) skein.Trust {
	if stated.Notch() < 0 {
		stated = skein.Weighed
	}
	if floor.Above(t.FloorAtMost) {
		floor = t.FloorAtMost
	}
	if floor.Above(stated) {
		return floor
	}
	return stated
}

// requirements joins the project's own with the lens's practices, in the order of every sum.
func requirements(b Brief, practices []skein.Requirement) []Requirement {
	var all []Requirement
	add := func(r skein.Requirement, practice bool) {
		i := slices.IndexFunc(all, func(h Requirement) bool { return h.Skill == r.Skill })
		if r.Level == 0 {
			r.Level = 3
		}
		if i < 0 {
			all = append(all, Requirement{Requirement: r, Practice: practice})
			return
		}
		if !practice { // the same skill named twice: the higher of each holds
			h := &all[i].Requirement
			h.Level, h.Importance, h.Must = max(h.Level, r.Level), max(h.Importance, r.Importance), h.Must || r.Must
		}
	}
	for _, r := range b.Own {
		asked := slices.ContainsFunc(practices, func(p skein.Requirement) bool { return p.Skill == r.Skill })
		add(r, asked)
	}
	for _, p := range practices {
		if !slices.Contains(b.Struck, p.Skill) {
			add(p, true)
		}
	}
	slices.SortFunc(all, func(x, y Requirement) int { return byImportance(x.Requirement, y.Requirement) })
	return all
}

// share lowers the practices' importance so that together they carry at most that share. A phase
// that asks for nothing but practices keeps them whole.
func share(all []Requirement, most float64) {
	var own, practices float64
	for _, r := range all {
		if r.Practice {
			practices += float64(r.Importance)
		} else {
			own += float64(r.Importance)
		}
	}
	scale := 1.0
	if room := own * most / (1 - most); own > 0 && practices > room {
		scale = room / practices
	}
	for i := range all {
		all[i].Counts = float64(all[i].Importance)
		if all[i].Practice {
			all[i].Counts *= scale
		}
	}
}

// Rarity is how much more a skill counts because few of the people have it.
func Rarity(people, holders int) float64 {
	return math.Log(1 + float64(max(people, holders, 1))/float64(1+holders))
}

// SameArea tells whether two projects' areas share a skill.
func SameArea(a, b []skein.SkillID) bool {
	return slices.ContainsFunc(a, func(s skein.SkillID) bool { return slices.Contains(b, s) })
}
