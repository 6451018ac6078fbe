package match

import (
	"slices"

	"skein/internal/skein"
)

// Rule names what decided between claims.
type Rule string

// The rules, in the order in which they are asked.
const (
	RuleOnly    Rule = "only"         // nobody else claimed, or is left
	RuleReady   Rule = "ready"        // one was ready, the others a stretch
	RulePlaced  Rule = "best_placed"  // nobody was within the band of the best
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

// Turn is one place in the order of asking. The next band always starts at the best person left.
type Turn struct {
	Ranked          // Place is the place in the order of asking; one Band was equally placed at the close
	BandSize int    // how many of those left were equally placed, themselves included
	Rule     Rule   // what put this person before the others left
	Sentence string // the rule, said without any name, so that everybody may read it
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

// contender is a claim on its way through the rules.
type contender struct {
	Ranked
	claim  Claimant
	ticket uint64
}

// PickFrom orders the claims that pass the gates: ready before stretch, band by band, and inside
// a band by the tie rules. Witnesses and the nearest change are left out; see Assess.
func PickFrom(q Query, claims []Claimant) Pick {
	p := Pick{Claimed: len(claims)}
	left, barred := contenders(q, claims)
	p.Barred = barred
	best := 0.0
	for _, c := range left {
		best = max(best, c.Fit)
	}
	for i := range left {
		left[i].Order = Order(left[i].Fit, best, left[i].Turn)
	}
	banded(q, left)
	for len(left) > 0 {
		t := nextTurn(q, left)
		t.Sentence = pickSentence(t, claims, len(p.Order) > 0)
		t.Place = len(p.Order) + 1
		p.Order = append(p.Order, t.Turn)
		left = slices.DeleteFunc(left, func(c contender) bool { return c.Person == t.Person })
	}
	return p
}

// contenders assesses the claims and parts those that may take the lead from those that may not,
// both in an order that does not depend on how they came.
func contenders(q Query, claims []Claimant) (left []contender, barred []Ranked) {
	for _, c := range claims {
		a := assess(q, c, false)
		a.Gates = append(a.Gates, coachGate(a.Zone, c.Coached))
		r := contender{Ranked{Assessment: a}, c, Ticket(q.Seed, c.Person)}
		if a.May() {
			left = append(left, r)
		} else {
			barred = append(barred, r.Ranked)
		}
	}
	slices.SortFunc(left, func(a, b contender) int { return compareText(string(a.Person), string(b.Person)) })
	slices.SortFunc(barred, func(a, b Ranked) int { return compareText(string(a.Person), string(b.Person)) })
	return left, barred
}

// banded numbers the bands, those of the ready before those of a stretch.
func banded(q Query, left []contender) {
	slices.SortFunc(left, func(a, b contender) int {
		if a.Zone != b.Zone {
			return b.Zone.rank() - a.Zone.rank()
		}
		if a.Order != b.Order {
			return compareNumber(b.Order, a.Order)
		}
		return compareText(string(a.Person), string(b.Person))
	})
	band, top := 0, 0.0
	for i := range left {
		if i == 0 || left[i].Zone != left[i-1].Zone || !within(left[i].Order, top, q.Setting.Band) {
			band, top = band+1, left[i].Order
		}
		left[i].Band = band
	}
}

// decided is a turn and the claim behind it.
type decided struct {
	Turn
	claim Claimant
}

// nextTurn applies the rules to those left, who come sorted by zone and order.
func nextTurn(q Query, left []contender) decided {
	var zoned, band []contender
	for _, c := range left {
		if c.Zone != left[0].Zone {
			break
		}
		zoned = append(zoned, c)
		if within(c.Order, left[0].Order, q.Setting.Band) {
			band = append(band, c)
		}
	}
	size := len(band)
	var rule Rule
	switch {
	case len(left) == 1:
		rule = RuleOnly
	case len(zoned) == 1:
		rule = RuleReady
	case size == 1:
		rule = RulePlaced
	default:
		band, rule = breakTie(q, band)
	}
	return decided{Turn{Ranked: band[0].Ranked, BandSize: size, Rule: rule}, band[0].claim}
}
