package skein_test

import (
	"testing"

	"skein/internal/skein"
)

func TestWhoAnswersForThePriority(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		p                    skein.PersonID
		here, leads, steward bool
		answers, speaks      bool
	}{
		"whoever answers for it":           {"zoe", true, false, false, true, true},
		"also where they are away":         {"zoe", false, false, false, true, true},
		"not of what they lead":            {"zoe", false, true, true, false, false},
		"a steward in their place":         {"sofie", false, false, true, true, true},
		"a steward where they are there":   {"sofie", true, false, true, true, false},
		"a steward who leads it":           {"sofie", false, true, true, false, false},
		"anybody else":                     {"lee", false, false, false, false, false},
		"nobody":                           {"", false, false, true, false, false},
		"nobody, as nobody answers for it": {"", false, false, false, false, false},
	} {
		owner := skein.PersonID("zoe")
		if c.p == "" {
			owner = ""
		}
		if got := skein.AnswersPriority(c.p, owner, c.leads, c.steward); got != c.answers {
			t.Errorf("%s: answers %v", name, got)
		}
		if got := skein.SpeaksForPriority(c.p, owner, c.here, c.leads, c.steward); got != c.speaks {
			t.Errorf("%s: speaks %v", name, got)
		}
	}
}

func TestAnAnsweredChangeOfARemitIsNotAnsweredAgain(t *testing.T) {
	t.Parallel()
	for _, state := range skein.RemitChangeStates {
		for _, yes := range []bool{true, false} {
			c := skein.RemitChange{State: state}
			err := c.Answer(skein.By{Person: "zoe"}, yes, "No room.")
			if (err == nil) != (state == skein.RemitProposed) {
				t.Errorf("%s: %v", state, err)
			}
			if err != nil && (c.State != state || c.Refusal != "") {
				t.Errorf("%s: %+v", state, c)
			}
		}
	}
}
