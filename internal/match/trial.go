package match

import (
	"math"
	"slices"

	"skein/internal/skein"
)

// trial meets requirements anew after steps. A step touches one requirement, so only that one is
// met again; the others are kept.
type trial struct {
	query Query
	claim Claimant
	met   []Met        // as it is now
	once  map[Step]Met // the requirement that a step touches, after it
	alone map[skein.SkillID]Claimant
}

func newTrial(q Query, c Claimant, met []Met, steps []Step) trial {
	t := trial{q, c, slices.Clone(met), make(map[Step]Met, len(steps)), map[skein.SkillID]Claimant{}}
	for _, s := range steps {
		t.once[s] = t.after(s)
	}
	return t
}

// after meets the one requirement that the steps touch.
func (t *trial) after(steps ...Step) Met {
	i := t.touches(steps[0])
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

func (t *trial) touches(s Step) int {
	return slices.IndexFunc(t.query.Requirements, func(r Requirement) bool { return r.Skill == s.Skill })
}

// smallest returns the smallest change that leads further than a zone; among equals the one with
// the greatest fit, then the first.
func (t *trial) smallest(changes [][]Step, from Zone) (Change, bool) {
	var best Change
	size := math.MaxInt
	for _, steps := range changes {
		if sizeOf(steps) > size {
			continue
		}
		to, fit := t.try(steps)
		if to.rank() > from.rank() && (sizeOf(steps) < size || fit > best.Fit) {
			best, size = Change{steps, to, fit}, sizeOf(steps)
		}
	}
	return best, size < math.MaxInt
}

// try is where one or two steps lead.
func (t *trial) try(steps []Step) (Zone, float64) {
	kept := make([]Met, 0, 2)
	for _, s := range steps {
		i := t.touches(s)
		kept = append(kept, t.met[i])
		t.met[i] = t.once[s]
	}
	if len(steps) == 2 && steps[0].Skill == steps[1].Skill {
		t.met[t.touches(steps[0])] = t.after(steps...)
	}
	to, fit := zone(t.query, t.met), addShares(t.met)
	for k := len(steps) - 1; k >= 0; k-- {
		t.met[t.touches(steps[k])] = kept[k]
	}
	return to, fit
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
