package match_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

func TestRoomForFirstLeadsPutsThemBeforeEquals(t *testing.T) {
	t.Parallel()
	b := brief(skein.Weighed, needs("leaks", 5, 3))
	b.Rotation = -.4
	p := match.DefaultPolicy()
	p.Trust.FirstLead = .3
	q := match.NewQuery(b, p)
	work := func() skein.Evidence { return saw("leaks", skein.Outcome, 3, 10, "drill") }
	never, elsewhere, here := person("never", work()), person("elsewhere", work()), person("here", work())
	elsewhere.LastLed = ago(50)
	here.LastLed, here.AreaLeads = ago(50), append(here.AreaLeads, ago(50))
	busy := person("busy", work())
	busy.Leads = 1 // leads something now, for the first time
	var order []skein.PersonID
	for _, r := range match.Rank(q, []match.Candidate{elsewhere, busy, never, here}) {
		order = append(order, r.Person)
		if want := r.Fit/r.Fit + r.Turn; r.Order != want {
			t.Errorf("%s: order %v, fit and turn give %v", r.Person, r.Order, want)
		}
		if led := r.Person != "never"; led != (r.Room == -.3) || led == r.NeverLed {
			t.Errorf("%s: room %v", r.Person, r.Room)
		}
	}
	if order[0] != "here" || order[1] != "never" {
		t.Errorf("in the order %v", order)
	}
	x := match.Explain(match.Assess(q, here), match.Names{You: true})
	if !strings.Contains(x.Turn, "stay with those") || !strings.Contains(x.Turn, "room is left for those who never have") {
		t.Errorf("said: %q", x.Turn)
	}
	if x := match.Explain(match.Assess(q, never), match.Names{You: true}); x.Turn != "" {
		t.Errorf("to whoever never led: %q", x.Turn)
	}
}

func TestRoomForFirstLeadsNeverChangesWhoMayOrHowAnybodyFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, people := drawBrief(t), drawPeople(t)
		p := match.DefaultPolicy()
		p.Trust.FirstLead = rapid.Float64Range(0, 1).Draw(t, "first leads")
		with, without := match.NewQuery(b, p), match.NewQuery(b, match.DefaultPolicy())
		for _, c := range people {
			x, y := match.Assess(with, c), match.Assess(without, c)
			if x.Fit != y.Fit || x.Zone != y.Zone || x.May() != y.May() {
				t.Errorf("%s: %v %v %v, without %v %v %v", c.Person, x.Fit, x.Zone, x.May(), y.Fit, y.Zone, y.May())
			}
			if c.NeverLed() && x.Turn != y.Turn || x.Turn > y.Turn {
				t.Errorf("%s: turn %v, without %v", c.Person, x.Turn, y.Turn)
			}
		}
	})
}
