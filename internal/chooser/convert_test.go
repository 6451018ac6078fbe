package chooser_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skein/internal/chooser"
	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

func day(month time.Month, d int) skein.Date { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }

func TestAColleaguesWordThatCountsAsOnesOwnIsSelfToTheEngine(t *testing.T) {
	t.Parallel()
	said := skein.Evidence{Person: "ada", Skill: "valves", Kind: skein.Peer, Level: 3, ObservedOn: day(3, 1), GivenBy: "ben"}
	c := chooser.CandidateOf(comparison.Facts{Person: "ada", Evidence: []comparison.Seen{{Evidence: said, AsSelf: true}, {Evidence: said}}}, comparison.Question{})
	if c.Evidence[0].Kind != skein.Self || c.Evidence[1].Kind != skein.Peer {
		t.Errorf("kinds %s and %s", c.Evidence[0].Kind, c.Evidence[1].Kind)
	}
}

func TestOnlyLeadsInTheSameAreaCountForTurns(t *testing.T) {
	t.Parallel()
	q := comparison.Question{
		Requirements: []skein.Requirement{{Skill: "valves", Importance: 5, Level: 3}, {Skill: "maps", Importance: 2, Level: 3}},
		LastLeads:    []skein.PersonID{"ada", "ada", "ben", "ada"},
	}
	c := chooser.CandidateOf(comparison.Facts{Person: "ada", Earlier: []comparison.EarlierLead{
		{Project: "a", Area: []skein.SkillID{"valves"}, From: day(1, 1)},
		{Project: "b", Area: []skein.SkillID{"maps"}, From: day(2, 1)},
	}}, q)
	if d := cmp.Diff([]skein.Date{day(1, 1)}, c.AreaLeads); d != "" {
		t.Error(d)
	}
	if c.TermsRunning != 2 {
		t.Errorf("%d terms running, want 2", c.TermsRunning)
	}
}

func TestAPublishedPolicyReadsBackAsItWas(t *testing.T) {
	t.Parallel()
	own, err := chooser.PolicyOf(comparison.PolicyTables{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(match.DefaultPolicy(), own); d != "" {
		t.Error(d)
	}
	if _, err := chooser.PolicyOf(comparison.PolicyTables{Version: 2, Lens: []byte(`{`), Trust: []byte(`{}`)}); err == nil {
		t.Error("a broken table was taken")
	}
	if len(chooser.Practices(own)) == 0 {
		t.Error("the lens asks for no practice")
	}
}

// Tables published before nobody stepped back for having led any more still load.
func TestAPublishedPolicyWithAFieldThatIsGoneStillLoads(t *testing.T) {
	t.Parallel()
	p, err := chooser.PolicyOf(comparison.PolicyTables{Version: 2, Lens: []byte(`{}`), Trust: []byte(`{"half_life_days": 90, "first_lead": 0.3}`)})
	if err != nil || p.Trust.HalfLifeDays != 90 {
		t.Errorf("%+v, %v", p.Trust, err)
	}
}

func TestHoursOfAPlaceInTheSameProjectDoNotCountAgainstLeadingIt(t *testing.T) {
	t.Parallel()
	free, takes := 1.5, 5.0
	q := comparison.Question{HoursPerWeek: &takes, PlaceHours: []skein.PersonID{"ada", "ben", "ben"}}
	for person, want := range map[skein.PersonID]float64{"ada": 6.5, "ben": 11.5, "cem": 1.5} {
		if c := chooser.CandidateOf(comparison.Facts{Person: person, HoursFree: &free}, q); c.FreeHours == nil || *c.FreeHours != want {
			t.Errorf("%s: %v hours are free, want %v", person, *c.FreeHours, want)
		}
	}
	if c := chooser.CandidateOf(comparison.Facts{Person: "ada"}, q); c.FreeHours != nil {
		t.Errorf("%v hours are free of nobody knows how many", *c.FreeHours)
	}
	if q.HoursPerWeek = nil; *chooser.CandidateOf(comparison.Facts{Person: "ada", HoursFree: &free}, q).FreeHours != free {
		t.Error("a lead whose hours are not stated takes some")
	}
}
