package match

import "skein/internal/words"

// came is how many claims were compared, those that may not take the lead included, and whether some
// are of two people together.
type came struct {
	claims   int
	together bool
}

// pickSentence says how the turn came about, without any name.
func pickSentence(t Turn, all came, later bool) string {
	if all.claims == 1 {
		return "One claim was compared, and it may take the lead."
	}
	begin := all.words()
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
		if t.Compared.LastLed == neverLedDay {
			return join(begin, equal+"whoever led longest ago; here to somebody who has not yet held one.")
		}
		return join(begin, equal+"whoever led longest ago.")
	case RuleWish:
		return join(begin, equal+"whoever wants to grow in a skill asked for here, once leads held and time since the last are the same.")
	}
	return join(begin, words.UpperFirst(words.Spell(t.BandSize))+" were in the same step and alike in all that counts, so the lottery decided.")
}

// words counts what was compared: claims without a score came in too.
func (c came) words() string {
	if c.together {
		return words.UpperFirst(words.Spell(c.claims)) + " claims were compared."
	}
	return words.UpperFirst(words.Spell(c.claims)) + " people were compared."
}
