package match

import "skein/internal/skein"

// Assessment is one person against one query, with the terms that it was made from.
type Assessment struct {
	Person   skein.PersonID
	With     skein.PersonID // claims together with
	Met      []Met          // one for each requirement of the query, in its order
	Fit      float64        // 0 to 1: the shares, added up in their order
	Zone     Zone
	Gates    []Gate
	Earlier  float64     // how much they have led in this area lately, 0 to 1.5
	Turn     float64     // what turns add to the order; see TurnAdds
	NeverLed bool        // has not led anything yet
	Nearest  *Change     // the smallest step into the next zone; only Assess looks for it
	AsOf     skein.Date  // the day it was made for
	Trust    skein.Trust // the trust level it was made at
}

// Met says how one requirement is met.
type Met struct {
	Requirement
	Standing     Standing
	Corroborated bool    // enough others say so for this trust level
	LevelShown   float64 // what the evidence says, 0 to 5
	Strength     float64 // how much of it there is
	Capability   float64 // a level that has been earned more than once
	Satisfied    float64 // min(1, capability / level)
	Share        float64 // of the fit
	By           skein.PersonID
	Witnesses    []Witness // who says so, newest first; only Assess fills it
	// RanOut is the last day on which what others said counted, where nothing counts any more because it ran
	// out; only Assess fills it.
	RanOut skein.Date `json:",omitzero"`
}

// Witness is one piece of evidence that counts: who says so, and when.
type Witness struct {
	Kind   skein.EvidenceKind
	Person skein.PersonID // who said it; empty: not said
	Source string         // what it came from; empty: not said
	Level  int
	On     skein.Date
	Fresh  float64 // what age has left of it, 1 down to 0
	Counts float64 // what it counts for now: its kind's weight, aged
}

// Gate is one condition for claiming. Gates never reorder a ranking.
type Gate struct {
	Name string `json:"name"`
	Pass bool   `json:"pass"`
	Why  string `json:"why"` // a whole sentence
	// Skill is the must-have that the sentence speaks of; empty in other gates.
	Skill skein.SkillID `json:"skill,omitempty"`
}

// The names of the gates.
const (
	GateActive     = "active"
	GateHours      = "hours"
	GateLeads      = "leads"
	GateMust       = "must"
	GateGuardrails = "guardrails"
	GateConflict   = "conflict"
	GateTurns      = "turns" // only where the lead may stay with one person
	GateCoach      = "coach" // only when a stretch claims
)

// May tells whether the person may claim: every gate passes, and they are ready or a stretch.
func (a Assessment) May() bool { return a.Open() && a.Zone != NotYet }

// Open tells whether every gate passes.
func (a Assessment) Open() bool {
	for _, g := range a.Gates {
		if !g.Pass {
			return false
		}
	}
	return true
}

// Compare compares one person with a query, without looking for the nearest change.
func Compare(q Query, c Candidate) Assessment { return assess(q, Claimant{Candidate: c}, true) }

// Assess compares one person with a query and looks for the nearest change.
func Assess(q Query, c Candidate) Assessment { return AssessClaim(q, Claimant{Candidate: c}) }

// AssessClaim is Assess for a claim, of one person or of two together.
func AssessClaim(q Query, c Claimant) Assessment {
	a := assess(q, c, true)
	if step, ok := nearest(q, c, a.Met); ok {
		a.Nearest = &step
	}
	return a
}

// assess is the comparison itself; witnesses are gathered only where somebody will read them.
func assess(q Query, c Claimant, witnesses bool) Assessment {
	a := Assessment{Person: c.Person, Met: metAll(q, c.Candidate, witnesses), AsOf: q.AsOf, Trust: q.Trust}
	a.Earlier, a.NeverLed = earlier(q, c.Candidate), c.NeverLed()
	a.Gates = personGates(q, c.Candidate)
	if c.With != nil {
		a.With = c.With.Person
		a.Met = better(a.Met, metAll(q, *c.With, witnesses))
		a.Earlier = max(a.Earlier, earlier(q, *c.With))
		a.NeverLed = a.NeverLed && c.With.NeverLed()
		a.Gates = bothGates(a.Gates, personGates(q, *c.With))
	}
	a.Turn = TurnAdds(q, a.Earlier)
	a.Fit = addShares(a.Met)
	a.Zone = zone(q, a.Met)
	a.Gates = append(a.Gates, mustGate(q, a.Met))
	return a
}

// addShares works out each share of the fit and adds them up in their order.
func addShares(met []Met) float64 {
	var all float64
	for i := range met { // by index: one is large
		all += met[i].Weight
	}
	var fit float64
	for i := range met {
		met[i].Share = shareOf(met[i].Weight, met[i].Satisfied, all)
		fit += met[i].Share
	}
	return fit
}

// fitOf is what addShares returns, without writing the shares down.
func fitOf(met []Met) float64 {
	var all, fit float64
	for i := range met {
		all += met[i].Weight
	}
	for i := range met {
		fit += shareOf(met[i].Weight, met[i].Satisfied, all)
	}
	return fit
}

// shareOf is one requirement's share of the fit, of all weight.
func shareOf(weight, satisfied, all float64) float64 {
	if all > 0 {
		return weight * satisfied / all
	}
	return 0
}

// Parts shows the fit and its shares in whole parts (100 for percent) that add up exactly: each
// share is rounded down, and the parts left over go to the largest remainders.
func (a Assessment) Parts(of int) (fit int, shares []int) {
	shares = make([]int, len(a.Met))
	fit = int(a.Fit*float64(of) + .5)
	left := fit
	for i, m := range a.Met {
		shares[i] = int(m.Share * float64(of))
		left -= shares[i]
	}
	for ; left > 0 && len(a.Met) > 0; left-- {
		most := 0
		for i, m := range a.Met {
			if m.Share*float64(of)-float64(shares[i]) > a.Met[most].Share*float64(of)-float64(shares[most]) {
				most = i
			}
		}
		shares[most]++
	}
	return fit, shares
}
