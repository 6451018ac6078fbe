package match

import (
	"slices"

	"skein/internal/skein"
)

// Rule names what decided between claims: the first key in which two of them differ.
type Rule string

// The rules, in the order in which they are asked.
const (
	RuleOnly    Rule = "only"         // nobody else claimed, or is left
	RuleReady   Rule = "ready"        // one was ready, the others a stretch
	RulePlaced  Rule = "best_placed"  // nobody else was in the same band
	RuleFewest  Rule = "fewest_leads" // equally placed: holds the fewest leads
	RuleLongest Rule = "longest_ago"  // then: led longest ago, or never
	RuleWish    Rule = "wish"         // then: wants to grow in a skill asked for here
	RuleLottery Rule = "lottery"      // then: the recorded seed decided
)

// Pick is what the published rule made of the claims.
type Pick struct {
	Claimed int      // claims compared, those that may not take the lead included
	Order   []Turn   // the chosen first, then who is asked when the one before declines
	Barred  []Ranked // claims that a gate or the zone keeps out; not in the order
}

// Turn is one place in the order of asking.
type Turn struct {
	Ranked            // Place is the place in the order of asking; those of one Band, from 1, are equally placed
	Compared Compared // all that decided
	BandSize int      // how many of those left are equally placed, themselves included
	Rule     Rule     // what put this person before the next
	Sentence string   // the rule, said without any name, so that everybody may read it
}

// Chosen is the first in the order; false when no claim may take the lead.
func (p Pick) Chosen() (Turn, bool) {
	if len(p.Order) == 0 {
		return Turn{}, false
	}
	return p.Order[0], true
}

// After is whom to ask next, skipping everybody who was asked already.
func (p Pick) After(asked []skein.PersonID) (Turn, bool) {
	for _, t := range p.Order {
		if !slices.Contains(asked, t.Person) {
			return t, true
		}
	}
	return Turn{}, false
}

// Best is where the best placed claim stands: where a claim that a steward calls equal is put. With
// no claim in the order that is before everybody.
func (p Pick) Best() Stand {
	if first, ok := p.Chosen(); ok {
		return Stand{first.Compared.Zone, first.Compared.Band}
	}
	return Stand{Zone: Ready}
}

// contender is a claim that may take the lead.
type contender struct {
	Compared
	ranked Ranked
}

// PickFrom puts the claims that pass the gates in one strict order: ready before stretch, band by
// band, then fewest leads, longest since the last, a wish, a lot. The best of the organisation is
// what they are measured by; see Best. Witnesses and the nearest change are left out; see Assess.
func PickFrom(q Query, best Best, claims []Claimant) Pick {
	p := Pick{Claimed: len(claims)}
	left, barred := contenders(q, best, claims)
	p.Barred = barred
	sorted := make([]Compared, len(left))
	for i, c := range left {
		sorted[i] = c.Compared
	}
	together := slices.ContainsFunc(claims, func(c Claimant) bool { return c.With != nil })
	p.Order = turns(sorted, came{len(claims), together})
	for i := range p.Order {
		t := &p.Order[i]
		t.Assessment = left[i].ranked.Assessment
		t.Zone = t.Compared.Zone
	}
	return p
}

// PickAgain is PickFrom of claims as they were compared before: of each that may take the lead what was
// kept, in any order. Claimed is how many were compared, those that may not take the lead included, and
// together tells whether some of them are of two people. The assessments are left out.
func PickAgain(kept []Compared, claimed int, together bool) Pick {
	return Pick{Claimed: claimed, Order: turns(Sorted(kept), came{claimed, together})}
}

// FactsOf are a claim's facts as they would be compared, measured by the best of the organisation: of a
// claim without a score, what decides between it and its equals.
func FactsOf(q Query, best Best, c Claimant) Compared {
	return compared(q, best, c, assess(q, c, false))
}

// Standing is the claim as a steward put it, who called it equal.
func (x Compared) Standing(at Stand) Compared {
	x.Zone, x.Band, x.Order, x.Equal = at.Zone, at.Band, 0, &at
	return x
}

// turns are the places of sorted claims.
func turns(sorted []Compared, all came) []Turn {
	var order []Turn
	band := 0
	for i, c := range sorted {
		if i == 0 || !equally(sorted[i-1], c) {
			band++
		}
		t := Turn{Compared: c, Rule: RuleOnly}
		t.Person, t.With, t.Zone = c.Person, c.With, c.Zone
		t.Place, t.Band, t.Ranked.Order = i+1, band, float64(c.Order)/1e6
		for t.BandSize < len(sorted)-i && equally(c, sorted[i+t.BandSize]) {
			t.BandSize++
		}
		if i+1 < len(sorted) {
			t.Rule, _ = Decides(c, sorted[i+1])
		}
		t.Sentence = pickSentence(t, all, i > 0)
		order = append(order, t)
	}
	return order
}

// equally tells whether two claims stand in the same zone and band.
func equally(a, b Compared) bool { return a.Zone == b.Zone && a.Band == b.Band }

// contenders assesses the claims and parts those that may take the lead, in their order, from those
// that may not.
func contenders(q Query, best Best, claims []Claimant) (left []contender, barred []Ranked) {
	for _, c := range claims {
		a := assess(q, c, false)
		if c.Equal != nil { // nobody compares what they wrote: a steward read whether they may
			a.Zone = c.Equal.Zone
			a.Gates = slices.DeleteFunc(a.Gates, func(g Gate) bool { return g.Name == GateMust })
		} else {
			a.Gates = append(a.Gates, coachGate(a.Zone, c.Coached))
		}
		r := Ranked{Assessment: a}
		if a.May() {
			left = append(left, contender{compared(q, best, c, a), r})
		} else {
			barred = append(barred, r)
		}
	}
	slices.SortFunc(left, func(a, b contender) int {
		_, c := Decides(a.Compared, b.Compared)
		return c
	})
	slices.SortFunc(barred, func(a, b Ranked) int { return compareText(string(a.Person), string(b.Person)) })
	return left, barred
}
