package match_test

import (
	"slices"
	"strings"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

// able is somebody who is ready, and the better placed the more outcomes they have.
func able(id skein.PersonID, outcomes int) match.Claimant {
	var rows []skein.Evidence
	for i := range outcomes {
		rows = append(rows, saw("leaks", skein.Outcome, 4, 1, string(rune('a'+i))))
	}
	return match.Claimant{Candidate: person(id, rows...)}
}

func leading(c match.Claimant, leads int, lastLed skein.Date) match.Claimant {
	c.Leads, c.LastLed = leads, lastLed
	return c
}

func wishing(c match.Claimant, s skein.SkillID) match.Claimant {
	c.Wishes = []skein.SkillID{s}
	return c
}

func stretching(id skein.PersonID) match.Claimant {
	return match.Claimant{Candidate: person(id, saw("leaks", skein.Outcome, 3, 1, "a"), saw("leaks", skein.Outcome, 3, 1, "b")), Coached: true}
}

func people(p match.Pick) []skein.PersonID {
	var out []skein.PersonID
	for _, t := range p.Order {
		out = append(out, t.Person)
	}
	return out
}

// pickFrom picks where nobody else is in the organisation than those who claim, each alone.
func pickFrom(q match.Query, claims []match.Claimant) match.Pick {
	return match.PickFrom(q, bestOf(q, claims), claims)
}

func bestOf(q match.Query, claims []match.Claimant) match.Best {
	var all []match.Candidate
	for _, c := range claims {
		all = append(all, c.Candidate)
		if c.With != nil {
			all = append(all, *c.With)
		}
	}
	return match.BestOf(q, all)
}

func TestEachRuleCanDecide(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	for name, c := range map[string]struct {
		claims []match.Claimant
		want   skein.PersonID
		rule   match.Rule
		says   string
	}{
		"one claim":              {[]match.Claimant{able("a", 1)}, "a", match.RuleOnly, "One claim was compared"},
		"one may":                {[]match.Claimant{able("a", 1), able("b", 0)}, "a", match.RuleOnly, "Two people were compared. Only one"},
		"ready before a stretch": {[]match.Claimant{able("a", 1), stretching("b"), stretching("c")}, "a", match.RuleReady, "One was ready"},
		"the best placed":        {[]match.Claimant{able("a", 1), able("b", 6), able("c", 2)}, "b", match.RulePlaced, "a step or more ahead"},
		"fewest leads": {
			[]match.Claimant{leading(able("a", 4), 1, ago(400)), leading(able("b", 4), 0, ago(1)), leading(able("c", 4), 1, ago(900))},
			"b", match.RuleFewest, "Three were in the same step. Between equals the lead goes to whoever holds the fewest leads.",
		},
		"led longest ago": {
			[]match.Claimant{leading(able("a", 4), 0, ago(400)), leading(able("b", 4), 0, ago(1)), leading(able("c", 4), 1, ago(900))},
			"a", match.RuleLongest, "led longest ago.",
		},
		"leading now": {
			[]match.Claimant{leading(able("a", 4), 1, ago(4000)), leading(able("b", 4), 1, ago(1)), wishing(leading(able("c", 4), 1, ago(10)), "leaks")},
			"c", match.RuleWish, "wants to grow",
		},
		"never led": {
			[]match.Claimant{leading(able("a", 4), 0, ago(4000)), able("b", 4)},
			"b", match.RuleLongest, "somebody who has not yet held one",
		},
		"a wish":      {[]match.Claimant{able("a", 4), wishing(able("b", 4), "leaks"), wishing(able("c", 4), "cooking")}, "b", match.RuleWish, "wants to grow"},
		"the lottery": {[]match.Claimant{able("a", 4), able("b", 4)}, "a", match.RuleLottery, "the lottery decided"},
		"a narrow difference is none": {
			[]match.Claimant{leading(able("a", 6), 1, ago(5)), able("b", 5)},
			"b", match.RuleFewest, "Two were in the same step",
		},
	} {
		p := pickFrom(q, c.claims)
		got, ok := p.Chosen()
		if !ok || got.Person != c.want || got.Rule != c.rule || !strings.Contains(got.Sentence, c.says) {
			t.Errorf("%s: got %s by %s, %q; want %s by %s, %q", name, got.Person, got.Rule, got.Sentence, c.want, c.rule, c.says)
		}
	}
}

func TestThePickSaysNoNames(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	for _, turn := range pickFrom(q, []match.Claimant{able("anna-1", 4), able("boris-2", 4), able("cleo-3", 1)}).Order {
		for _, name := range []string{"anna", "boris", "cleo"} {
			if strings.Contains(turn.Sentence, name) {
				t.Errorf("%q names somebody", turn.Sentence)
			}
		}
	}
}

func TestWhenTheChosenDeclinesTheNextOfTheSameOrderIsAsked(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4)) // band .15; k outcomes give k/(k+1)
	claims := []match.Claimant{leading(able("best", 6), 2, ago(1)), leading(able("second", 5), 0, ago(1)), leading(able("third", 3), 1, ago(1)), stretching("coached")}
	p := pickFrom(q, claims)
	if got := people(p); !slices.Equal(got, []skein.PersonID{"second", "third", "best", "coached"}) {
		// 6/7, 5/6 and 3/4 are in the first band: second holds the fewest leads, then third.
		t.Errorf("asked in the order %v", got)
	}
	if next, ok := p.After([]skein.PersonID{"second"}); !ok || next.Person != "third" || next.Place != 2 {
		t.Errorf("after the first declines: %v", next)
	}
	if _, ok := p.After(people(p)); ok {
		t.Error("somebody is left after everybody was asked")
	}
	if !strings.Contains(p.Order[1].Sentence, "next in the order") {
		t.Errorf("second turn says %q", p.Order[1].Sentence)
	}
	if p.Order[0].Band != 1 || p.Order[2].Band != 1 || p.Order[3].Band <= p.Order[1].Band {
		t.Errorf("bands %d %d %d %d", p.Order[0].Band, p.Order[1].Band, p.Order[2].Band, p.Order[3].Band)
	}
}

func TestWhoMayNotTakeTheLeadIsLeftOut(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	alone := stretching("no coach")
	alone.Coached = false
	gone := able("gone", 6)
	gone.Active = false
	p := pickFrom(q, []match.Claimant{alone, gone, able("not yet", 0), able("ready", 1)})
	if got := people(p); !slices.Equal(got, []skein.PersonID{"ready"}) || len(p.Barred) != 3 || p.Claimed != 4 {
		t.Errorf("order %v, barred %d of %d", got, len(p.Barred), p.Claimed)
	}
	if _, ok := pickFrom(q, []match.Claimant{gone}).Chosen(); ok {
		t.Error("somebody inactive was chosen")
	}
	if _, ok := pickFrom(q, nil).Chosen(); ok {
		t.Error("somebody was chosen though nobody claimed")
	}
}

func TestTwoWhoClaimTogether(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4), must("maps", 3, 3))
	knows := person("knows", saw("leaks", skein.Outcome, 4, 9, "a"))
	draws := person("draws", saw("maps", skein.Outcome, 4, 9, "b"))
	pair := match.Claimant{Candidate: knows, With: &draws}
	a := match.AssessClaim(q, pair)
	if a.Zone != match.Ready || a.With != "draws" || !a.May() {
		t.Errorf("together they are %s", a.Zone)
	}
	for _, m := range a.Met {
		if want := map[skein.SkillID]skein.PersonID{"leaks": "knows", "maps": "draws"}[m.Skill]; m.By != want {
			t.Errorf("%s is brought by %s, want %s", m.Skill, m.By, want)
		}
	}
	for _, one := range []match.Candidate{knows, draws} {
		if alone := match.Assess(q, one); alone.Fit >= a.Fit || alone.Zone == match.Ready {
			t.Errorf("%s alone is %s at %v, together %v", one.Person, alone.Zone, alone.Fit, a.Fit)
		}
	}
	draws.AreaLeads = []skein.Date{ago(365)}
	if e := match.AssessClaim(q, pair).Earlier; e != .5 {
		t.Errorf("one of them led here a year ago: earlier %v, want .5", e)
	}
	draws.Active = false
	if match.AssessClaim(q, pair).May() {
		t.Error("a gate fails for one of the two, and yet they may")
	}
	draws.Active, draws.Leads = true, 3
	got, _ := pickFrom(q, []match.Claimant{pair, {Candidate: person("other",
		saw("leaks", skein.Outcome, 4, 9, "a"), saw("maps", skein.Outcome, 4, 9, "b"))}}).Chosen()
	if got.Person != "other" || got.Rule != match.RuleFewest || !strings.HasPrefix(got.Sentence, "Two claims were compared.") {
		t.Errorf("got %s by %s: %q", got.Person, got.Rule, got.Sentence)
	}
}

func TestForTheTieRulesTwoCountAsOne(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	beside := person("beside")
	pair := able("pair", 4)
	pair.With = &beside
	other := leading(able("other", 4), 0, ago(100))
	beside.LastLed = ago(10)
	if got, _ := pickFrom(q, []match.Claimant{pair, other}).Chosen(); got.Person != "other" || got.Rule != match.RuleLongest {
		t.Errorf("one of the two led ten days ago: %s by %s", got.Person, got.Rule)
	}
	beside.LastLed, beside.Wishes = ago(100), []skein.SkillID{"leaks"}
	if got, _ := pickFrom(q, []match.Claimant{pair, other}).Chosen(); got.Person != "pair" || got.Rule != match.RuleWish {
		t.Errorf("one of the two wants to grow: %s by %s", got.Person, got.Rule)
	}
}
