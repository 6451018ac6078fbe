package match

import (
	"math"
	"slices"

	"skein/internal/skein"
	"skein/internal/words"
)

// breakTie goes through the rules until one person is left, and names the rule that left them.
func breakTie(q Query, band []contender) ([]contender, Rule) {
	rules := []struct {
		name Rule
		of   func(contender) float64 // the smallest stays
	}{
		{RuleFewest, func(c contender) float64 { return float64(held(c.claim)) }},
		{RuleLongest, func(c contender) float64 { return lastLed(q, c.claim) }},
		{RuleWish, func(c contender) float64 { return wishes(q, c.claim) }},
	}
	for _, r := range rules {
		if band = smallest(band, r.of); len(band) == 1 {
			return band, r.name
		}
	}
	slices.SortFunc(band, func(a, b contender) int {
		if c := compareNumber(a.ticket, b.ticket); c != 0 {
			return c
		}
		return compareText(string(a.Person), string(b.Person))
	})
	return band[:1], RuleLottery
}

func smallest(band []contender, of func(contender) float64) []contender {
	least := math.Inf(1)
	for _, c := range band {
		least = min(least, of(c))
	}
	var kept []contender
	for _, c := range band {
		if of(c) == least {
			kept = append(kept, c)
		}
	}
	return kept
}

// held counts the leads of whoever is busier of a claim's people.
func held(c Claimant) int {
	if c.With != nil {
		return max(c.Leads, c.With.Leads)
	}
	return c.Leads
}

// lastLed is the day when a claim's people last led: now, while they hold a lead, and the earliest
// of all days when they never did.
func lastLed(q Query, c Claimant) float64 {
	if held(c) > 0 {
		return float64(q.AsOf.Unix())
	}
	if neverLed(c) {
		return math.Inf(-1)
	}
	last := c.LastLed
	if c.With != nil && c.With.LastLed.After(last) {
		last = c.With.LastLed
	}
	return float64(last.Unix())
}

func neverLed(c Claimant) bool {
	return c.NeverLed() && (c.With == nil || c.With.NeverLed())
}

// wishes is 0 when one of a claim's people wants to grow in a skill asked for here, else 1.
func wishes(q Query, c Claimant) float64 {
	wanted := c.Wishes
	if c.With != nil {
		wanted = slices.Concat(wanted, c.With.Wishes)
	}
	asked := func(s skein.SkillID) bool {
		return slices.ContainsFunc(q.Requirements, func(r Requirement) bool { return r.Skill == s })
	}
	if slices.ContainsFunc(wanted, asked) {
		return 0
	}
	return 1
}

// pickSentence says how the turn came about, without any name.
func pickSentence(t decided, claims []Claimant, later bool) string {
	if len(claims) == 1 {
		return "One claim came in, and it may take the lead."
	}
	begin := claimedWords(claims)
	if later {
		begin += " This is the next in the order."
	}
	equal := words.UpperFirst(words.Spell(t.BandSize)) + " were equally placed. Between equals the lead goes to "
	switch t.Rule {
	case RuleOnly:
		if later {
			return begin + " Nobody else is left."
		}
		return begin + " Only one of the claims may take the lead."
	case RuleReady:
		return begin + " One was ready; for the others it would have been a stretch."
	case RulePlaced:
		return begin + " One was better placed than the others."
	case RuleFewest:
		return join(begin, equal+"whoever holds the fewest leads.")
	case RuleLongest:
		if neverLed(t.claim) {
			return join(begin, equal+"whoever led longest ago; here to somebody who has not yet held one.")
		}
		return join(begin, equal+"whoever led longest ago.")
	case RuleWish:
		return join(begin, equal+"whoever wants to grow in a skill asked for here, once leads held and time since the last are the same.")
	}
	return join(begin, words.UpperFirst(words.Spell(t.BandSize))+" were equally placed and alike in all that counts, so the lottery decided.")
}

func claimedWords(claims []Claimant) string {
	if slices.ContainsFunc(claims, func(c Claimant) bool { return c.With != nil }) {
		return words.UpperFirst(words.Spell(len(claims))) + " claims came in."
	}
	return words.UpperFirst(words.Spell(len(claims))) + " people claimed."
}
