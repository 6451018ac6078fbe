package match

import (
	"math"
	"slices"

	"skein/internal/skein"
)

// trial meets requirements anew after steps. A step touches one requirement, so only that one is
// met again, and only where it could lead further; the others are kept.
type trial struct {
	query Query
	claim Claimant
	met   []Met // as it is now
	steps []Step
	at    []int // the requirement that each step touches
	once  []Met // that requirement after it, once somebody asked
	asked []bool
	alone map[skein.SkillID]Claimant

	best Change
	size int // of the best change; there is none at first
}

func newTrial(q Query, c Claimant, met []Met, steps []Step) *trial {
	t := &trial{
		query: q, claim: c, met: slices.Clone(met), steps: steps, size: math.MaxInt,
		at: make([]int, len(steps)), once: make([]Met, len(steps)), asked: make([]bool, len(steps)), alone: map[skein.SkillID]Claimant{},
	}
	for i, s := range steps {
		t.at[i] = slices.IndexFunc(q.Requirements, func(r Requirement) bool { return r.Skill == s.Skill })
	}
	return t
}

// smallest returns the smallest change that leads further than a zone: one step, else two, the same
// one twice included. Among equals it is the one with the greatest fit, then the first.
func (t *trial) smallest(from Zone) (Change, bool) {
	for i := range t.steps {
		t.try(from, i)
	}
	if t.size < math.MaxInt {
		return t.best, true
	}
	for i := range t.steps {
		for j := i; j < len(t.steps); j++ {
			t.try(from, i, j)
		}
	}
	return t.best, t.size < math.MaxInt
}

// try keeps a change of one or two steps when it leads further than a zone and no better one is known.
func (t *trial) try(from Zone, change ...int) {
	size := 0
	for _, i := range change {
		size += sizeOf(t.steps[i])
	}
	if size > t.size || !t.could(from, change) {
		return
	}
	first, last := change[0], change[len(change)-1]
	kept, other := t.met[t.at[first]], t.met[t.at[last]]
	if len(change) == 2 && t.at[first] == t.at[last] {
		t.met[t.at[first]] = t.after(t.steps[first], t.steps[last])
	} else {
		t.met[t.at[first]] = t.afterOne(first)
		t.met[t.at[last]] = t.afterOne(last)
	}
	to, fit := zone(t.query, t.met), fitOf(t.met)
	t.met[t.at[first]], t.met[t.at[last]] = kept, other
	if to.rank() > from.rank() && (size < t.size || fit > t.best.Fit) {
		t.best, t.size = Change{To: to, Fit: fit}, size
		for _, i := range change {
			t.best.Steps = append(t.best.Steps, t.steps[i])
		}
	}
}

// could tells whether a change would lead further than a zone if it had all shown that it touches.
func (t *trial) could(from Zone, change []int) bool {
	z := newZoned(t.query)
	for i := range t.met {
		standing := t.met[i].Standing
		for _, step := range change {
			if t.at[step] == i {
				standing = Shown
			}
		}
		z.add(t.met[i].Counts, t.met[i].Must, standing)
	}
	return z.zone(t.query.Setting).rank() > from.rank()
}

func (t *trial) afterOne(step int) Met {
	if !t.asked[step] {
		t.once[step], t.asked[step] = t.after(t.steps[step]), true
	}
	return t.once[step]
}

// after meets the one requirement that the steps touch.
func (t *trial) after(steps ...Step) Met {
	i := slices.IndexFunc(t.query.Requirements, func(r Requirement) bool { return r.Skill == steps[0].Skill })
	q := t.query
	q.Requirements = q.Requirements[i : i+1]
	c, ok := t.alone[steps[0].Skill]
	if !ok {
		c = onlySkill(t.claim, steps[0].Skill)
		t.alone[steps[0].Skill] = c
	}
	for _, s := range steps {
		c = taken(q, c, s)
	}
	return metTogether(q, c)[0]
}

// onlySkill is the claim with the evidence in one skill alone.
func onlySkill(c Claimant, skill skein.SkillID) Claimant {
	c.Evidence = inSkill(c.Evidence, skill)
	if c.With != nil {
		with := *c.With
		with.Evidence = inSkill(with.Evidence, skill)
		c.With = &with
	}
	return c
}

func inSkill(evidence []skein.Evidence, skill skein.SkillID) []skein.Evidence {
	var some []skein.Evidence
	for i := range evidence { // by index: a row is large
		if evidence[i].Skill == skill {
			some = append(some, evidence[i])
		}
	}
	return some
}
