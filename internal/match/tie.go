package match

import (
	"slices"

	"skein/internal/words"
)

func neverLed(c Claimant) bool {
	return c.NeverLed() && (c.With == nil || c.With.NeverLed())
}

// pickSentence says how the turn came about, without any name.
func pickSentence(t Turn, claim Claimant, claims []Claimant, later bool) string {
	if len(claims) == 1 {
		return "One claim came in, and it may take the lead."
	}
	begin := claimedWords(claims)
	if later {
		begin += " This is the next in the order."
	}
	equal := words.UpperFirst(words.Spell(t.BandSize)) + " were in the same step. Between equals the lead goes to "
	switch t.Rule {
	case RuleOnly:
		if later {
			return begin + " Nobody else is left."
		}
		return begin + " Only one of the claims may take the lead."
	case RuleReady:
		return begin + " One was ready; for the others it would have been a stretch."
	case RulePlaced:
		return begin + " One was a step or more ahead of the others."
	case RuleFewest:
		return join(begin, equal+"whoever holds the fewest leads.")
	case RuleLongest:
		if neverLed(claim) {
			return join(begin, equal+"whoever led longest ago; here to somebody who has not yet held one.")
		}
		return join(begin, equal+"whoever led longest ago.")
	case RuleWish:
		return join(begin, equal+"whoever wants to grow in a skill asked for here, once leads held and time since the last are the same.")
	}
	return join(begin, words.UpperFirst(words.Spell(t.BandSize))+" were in the same step and alike in all that counts, so the lottery decided.")
}

func claimedWords(claims []Claimant) string {
	if slices.ContainsFunc(claims, func(c Claimant) bool { return c.With != nil }) {
		return words.UpperFirst(words.Spell(len(claims))) + " claims came in."
	}
	return words.UpperFirst(words.Spell(len(claims))) + " people claimed."
}
