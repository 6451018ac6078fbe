package match_test

import (
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

func standingOf(t skein.Trust, r skein.Requirement, rows ...skein.Evidence) match.Standing {
	return match.Assess(asking(t, r), person("p", rows...)).Met[0].Standing
}

func TestStandingAtEachTrustLevel(t *testing.T) {
	t.Parallel()
	self := func(level int) skein.Evidence { return saw("leaks", skein.Self, level, 20, "") }
	peer := func(level int, giver string) skein.Evidence { return saw("leaks", skein.Peer, level, 20, giver) }
	outcome := func(level int, of string) skein.Evidence { return saw("leaks", skein.Outcome, level, 20, of) }
	card := func(level int) skein.Evidence { return saw("leaks", skein.Credential, level, 20, "exam") }
	expired := card(4)
	expired.ExpiresOn = ago(1)
	type rows = []skein.Evidence
	const s, n, w, m = match.Shown, match.Near, match.Word, match.Missing
	for name, c := range map[string]struct {
		rows          rows
		must          bool
		open, weighed match.Standing
		verif, zero   match.Standing
	}{
		"nothing":                          {rows{}, false, m, m, m, m},
		"own word":                         {rows{self(4)}, false, s, w, m, m},
		"own word, one below":              {rows{self(3)}, false, n, w, m, m},
		"own word, far below":              {rows{self(2)}, false, m, m, m, m},
		"one colleague":                    {rows{peer(4, "g")}, false, s, s, w, m},
		"one colleague, a must":            {rows{peer(4, "g")}, true, s, w, w, m},
		"two colleagues, a must":           {rows{peer(4, "g"), peer(5, "h")}, true, s, s, s, m},
		"one colleague twice, a must":      {rows{peer(4, "g"), saw("leaks", skein.Peer, 4, 90, "g")}, true, s, w, w, m},
		"one colleague, one below":         {rows{peer(3, "g")}, false, n, n, w, m},
		"one outcome, a must":              {rows{outcome(4, "a")}, true, s, s, w, w},
		"two outcomes, a must":             {rows{outcome(4, "a"), outcome(4, "b")}, true, s, s, s, s},
		"one outcome recorded twice":       {rows{outcome(4, "a"), saw("leaks", skein.Outcome, 4, 90, "a")}, false, s, s, w, w},
		"a credential, a must":             {rows{card(4)}, true, s, s, s, s},
		"an expired credential":            {rows{expired}, false, m, m, m, m},
		"outcome and colleague, a must":    {rows{outcome(4, "a"), peer(4, "g")}, true, s, s, s, w},
		"others say far less than oneself": {rows{self(5), outcome(1, "a")}, false, n, w, m, m},
		"one rates oneself below others":   {rows{self(1), outcome(4, "a"), outcome(4, "b")}, false, n, s, s, s},
		"one praises above an old outcome": {rows{saw("leaks", skein.Outcome, 2, 2000, "a"), peer(5, "g")}, true, s, w, w, m},
	} {
		r := needs("leaks", 3, 4)
		r.Must = c.must
		for level, want := range map[skein.Trust]match.Standing{
			skein.Open: c.open, skein.Weighed: c.weighed, skein.Verified: c.verif, skein.Zero: c.zero,
		} {
			if got := standingOf(level, r, c.rows...); got != want {
				t.Errorf("%s at %s: %s, want %s", name, level, got, want)
			}
		}
	}
}

func TestNoOnePersonsWordLiftsAnybodyOverAMust(t *testing.T) {
	t.Parallel()
	r := must("leaks", 3, 4)
	two := []skein.Evidence{saw("leaks", skein.Peer, 5, 5, "g"), saw("leaks", skein.Peer, 3, 5, "h")}
	if got := standingOf(skein.Weighed, r, two...); got != match.Near {
		t.Errorf("5 and 3 for a must of 4: %s, want near, because one word alone makes it 4", got)
	}
	r.Must = false
	if got := standingOf(skein.Weighed, r, two...); got != match.Shown {
		t.Errorf("5 and 3 for 4 where it is no must: %s, want shown", got)
	}
}

func TestTheLowestBarStillAsksForEnoughVoices(t *testing.T) {
	t.Parallel()
	one := saw("leaks", skein.Peer, 5, 5, "g")
	if got := standingOf(skein.Weighed, must("leaks", 3, 1), one); got != match.Word {
		t.Errorf("one voice for a must of 1: %s, want word", got)
	}
	first, second := saw("leaks", skein.Outcome, 4, 5, ""), saw("leaks", skein.Outcome, 4, 9, "")
	if got := standingOf(skein.Zero, needs("leaks", 3, 4), first, second); got != match.Shown {
		t.Errorf("two outcomes of different days: %s, want shown", got)
	}
	second.ObservedOn = first.ObservedOn
	second.GivenBy = "g"
	if got := standingOf(skein.Zero, needs("leaks", 3, 4), first, second); got != match.Word {
		t.Errorf("one outcome noted twice: %s, want word", got)
	}
}

func TestOnesOwnWordIsNoSecondVoiceWhateverItWeighs(t *testing.T) {
	t.Parallel()
	p := match.DefaultPolicy()
	p.Trust.Levels[skein.Verified] = match.TrustRow{Self: .5, Peer: .5, Outcome: 1, Credential: 1}
	q := match.NewQuery(brief(skein.Verified, needs("leaks", 3, 4)), p)
	a := match.Assess(q, person("p", saw("leaks", skein.Self, 4, 5, ""), saw("leaks", skein.Peer, 4, 5, "g")))
	if a.Met[0].Standing != match.Word {
		t.Errorf("got %s, want word", a.Met[0].Standing)
	}
}

func TestVeryOldEvidenceKeepsItsLevelAndLosesItsWeight(t *testing.T) {
	t.Parallel()
	a := match.Assess(asking(skein.Weighed, needs("leaks", 3, 4)), person("p", saw("leaks", skein.Outcome, 4, 400_000, "a")))
	if m := a.Met[0]; m.Standing != match.Shown || m.Capability > 1e-9 {
		t.Errorf("got %s with capability %v", m.Standing, m.Capability)
	}
}
