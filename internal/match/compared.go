package match

import (
	"cmp"
	"math"
	"slices"

	"skein/internal/skein"
)

// Compared is one claim as it is compared with others. What it says is enough to put claims in their
// order again, without evidence, tables or the day.
type Compared struct {
	Person  skein.PersonID `json:"person"`
	With    skein.PersonID `json:"with,omitempty"`
	Zone    Zone           `json:"zone"`
	Order   int64          `json:"order"`    // in millionths; of an equal claim 0, and not looked at
	Band    int            `json:"band"`     // steps below the best of the organisation, from 0
	Load    int            `json:"load"`     // leads held now in halves: a lead 2, a place as co-lead 1
	LastLed int64          `json:"last_led"` // days since 1970; see neverLedDay
	Wish    bool           `json:"wish"`     // wants to develop a skill asked for here
	Ticket  uint64         `json:"ticket,string"`
	Equal   *Stand         `json:"equal,omitempty"` // where a steward put it, who called it equal
}

// Stand is a zone and a band: where a steward puts a claim without a score that they call equal. It
// is where the best placed claim stood at that moment, and what the steward said from then on.
type Stand struct {
	Zone Zone `json:"zone"`
	Band int  `json:"band"`
}

// neverLedDay stands for never: longer ago than any day.
const neverLedDay = math.MinInt32

// keys are what decides between two claims, the first that differs, and the rule that names it. The
// smaller value comes first.
var keys = []struct {
	rule    Rule
	compare func(a, b *Compared) int
}{
	{RuleReady, func(a, b *Compared) int { return b.Zone.rank() - a.Zone.rank() }},
	{RulePlaced, func(a, b *Compared) int { return cmp.Compare(a.Band, b.Band) }},
	{RuleFewest, func(a, b *Compared) int { return cmp.Compare(a.Load, b.Load) }},
	{RuleLongest, func(a, b *Compared) int { return cmp.Compare(a.LastLed, b.LastLed) }},
	{RuleWish, func(a, b *Compared) int { return cmp.Compare(wishLast(a.Wish), wishLast(b.Wish)) }},
	{RuleLottery, func(a, b *Compared) int {
		return cmp.Or(cmp.Compare(a.Ticket, b.Ticket), cmp.Compare(a.Person, b.Person))
	}},
}

func wishLast(wish bool) int {
	if wish {
		return 0
	}
	return 1
}

// Decides names the first key in which two claims differ, and tells whether a comes before b by it:
// below zero if so. Two claims of different people always differ.
func Decides(a, b Compared) (Rule, int) {
	for _, k := range keys {
		if c := k.compare(&a, &b); c != 0 {
			return k.rule, c
		}
	}
	return RuleLottery, 0
}

// Sorted puts claims in their order. It is strict: of two claims one always comes first, whichever
// others there are.
func Sorted(claims []Compared) []Compared {
	out := slices.Clone(claims)
	slices.SortFunc(out, func(a, b Compared) int {
		_, c := Decides(a, b)
		return c
	})
	return out
}

// compared is a claim's facts as they are compared, measured by the best of the organisation.
func compared(q Query, best Best, c Claimant, a Assessment) Compared {
	x := Compared{
		Person: c.Person, With: a.With, Zone: a.Zone, Order: Millionths(Order(a.Fit, best.Fit, a.Turn)),
		Load: load(c), LastLed: lastLed(q, c), Wish: wishes(q, c), Ticket: Ticket(q.Seed, c.Person),
	}
	x.Band = BandOf(best.Order, x.Order, Millionths(q.Setting.Band))
	if c.Equal != nil {
		return x.Standing(*c.Equal)
	}
	return x
}

// load counts what the busier of a claim's people holds, in halves of a lead.
func load(c Claimant) int {
	of := func(p Candidate) int { return 2*p.Leads + p.CoLeads }
	if c.With != nil {
		return max(of(c.Candidate), of(*c.With))
	}
	return of(c.Candidate)
}

// lastLed is the day when a claim's people last led: today, while they hold a lead, and longer ago
// than any day when they never did.
func lastLed(q Query, c Claimant) int64 {
	of := func(p Candidate) int64 {
		switch {
		case p.Leads > 0:
			return q.AsOf.Unix() / 86400
		case p.LastLed.IsZero():
			return neverLedDay
		}
		return p.LastLed.Unix() / 86400
	}
	if c.With != nil {
		return max(of(c.Candidate), of(*c.With))
	}
	return of(c.Candidate)
}

// wishes tells whether one of a claim's people wants to develop a skill asked for here.
func wishes(q Query, c Claimant) bool {
	wanted := c.Wishes
	if c.With != nil {
		wanted = slices.Concat(wanted, c.With.Wishes)
	}
	return slices.ContainsFunc(wanted, func(s skein.SkillID) bool {
		return slices.ContainsFunc(q.Requirements, func(r Requirement) bool { return r.Skill == s })
	})
}
