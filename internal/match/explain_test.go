package match_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/match"
	"skein/internal/skein"
)

func plainNames(you bool) match.Names {
	return match.Names{
		Skill: func(s skein.SkillID) string {
			return map[skein.SkillID]string{"leaks": "Listening for leaks", "maps": "Night flows", "valves": "Valve data", "incidents": "Running incidents", "gis": "GIS"}[s]
		},
		Person: func(p skein.PersonID) string {
			return map[skein.PersonID]string{"g": "Dario", "h": "Noor", "i": "Tomas", "j": "Marta"}[p]
		},
		Source: func(s string) string { return map[string]string{"renewal": "Mains Renewal", "desk": "Desk Study"}[s] },
		You:    you,
	}
}

func TestAnAssessmentInTheWordsOfThePages(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("valves", 5, 4), needs("maps", 4, 4), must("incidents", 3, 3), needs("leaks", 1, 3))
	a := match.Assess(q, person("p",
		saw("valves", skein.Peer, 4, 60, "h"), saw("valves", skein.Peer, 5, 70, "g"),
		saw("maps", skein.Peer, 3, 270, "i"), saw("incidents", skein.Self, 3, 20, "")))
	x := match.Explain(a, plainNames(true))
	if x.State != "A stretch, with a coach." {
		t.Errorf("state %q", x.State)
	}
	var lines []string
	for _, l := range x.Lines {
		lines = append(lines, l.Text)
	}
	want := []string{
		"Valve data: Noor and Dario, March.",
		"Night flows: nearly. Tomas, last August.",
		"Running incidents: only your word.",
		"Listening for leaks: nobody has said it of you yet.",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if !x.Lines[2].Must || x.Lines[2].Standing != match.Word {
		t.Errorf("line %+v", x.Lines[2])
	}
	if want := "One term as shadow or co-lead in Running incidents would make you ready."; x.Change != want {
		t.Errorf("change %q, want %q", x.Change, want)
	}
	if len(x.Bars) > 0 || x.Turn != "" {
		t.Errorf("bars %v, turn %q", x.Bars, x.Turn)
	}
}

func lineOf(r skein.Requirement, you bool, rows ...skein.Evidence) string {
	a := match.Assess(asking(skein.Weighed, r), person("p", rows...))
	return match.Explain(a, plainNames(you)).Lines[0].Text
}

func TestLinesForEachKindOfWitness(t *testing.T) {
	t.Parallel()
	r := needs("leaks", 3, 4)
	demoted := saw("leaks", skein.Self, 4, 20, "")
	demoted.GivenBy = "g"
	for name, c := range map[string]struct{ got, want string }{
		"others read it":       {lineOf(r, false, saw("leaks", skein.Self, 4, 20, "")), "only their word."},
		"returned praise":      {lineOf(r, false, demoted), "only their word."},
		"a project and a name": {lineOf(r, true, saw("leaks", skein.Peer, 4, 60, "h"), saw("leaks", skein.Outcome, 4, 130, "renewal")), "Noor, March, and your work in Mains Renewal, January."},
		"an unnamed outcome":   {lineOf(r, true, saw("leaks", skein.Outcome, 4, 130, "x")), "a piece of work of yours, January."},
		"a credential":         {lineOf(r, true, saw("leaks", skein.Credential, 4, 130, "")), "a certificate, January."},
		"two works":            {lineOf(r, false, saw("leaks", skein.Outcome, 4, 9, "renewal"), saw("leaks", skein.Outcome, 4, 130, "desk")), "their work in Mains Renewal and Desk Study, May."},
		"three works": {lineOf(r, true, saw("leaks", skein.Outcome, 4, 9, "renewal"), saw("leaks", skein.Outcome, 4, 130, "desk"),
			saw("leaks", skein.Outcome, 4, 140, "x")), "your work in Mains Renewal and two more, May."},
		"unnamed works":        {lineOf(r, true, saw("leaks", skein.Outcome, 4, 9, "x"), saw("leaks", skein.Outcome, 4, 10, "y")), "two pieces of work of yours, May."},
		"a nameless colleague": {lineOf(r, true, saw("leaks", skein.Peer, 4, 130, "")), "a colleague, January."},
		"four of them": {lineOf(r, true, saw("leaks", skein.Peer, 4, 30, "g"), saw("leaks", skein.Peer, 4, 31, "h"),
			saw("leaks", skein.Peer, 4, 32, "i"), saw("leaks", skein.Peer, 4, 33, "j")), "Dario, Noor and two others, April."},
		"three of them": {lineOf(r, true, saw("leaks", skein.Peer, 4, 30, "g"), saw("leaks", skein.Peer, 4, 31, "h"),
			saw("leaks", skein.Peer, 4, 32, "i")), "Dario, Noor and Tomas, April."},
		"long ago":         {lineOf(r, true, saw("leaks", skein.Peer, 3, 800, "i")), "nearly. Tomas, two years ago."},
		"far below":        {lineOf(r, true, saw("leaks", skein.Peer, 1, 30, "i")), "some way off. Tomas, April."},
		"far below, alone": {lineOf(r, true, saw("leaks", skein.Self, 1, 30, "")), "only your word, and some way off."},
		"one of two words": {lineOf(must("leaks", 3, 4), true, saw("leaks", skein.Peer, 4, 30, "i")), "so far only Tomas, April."},
	} {
		if want := "Listening for leaks: " + c.want; c.got != want {
			t.Errorf("%s: %q, want %q", name, c.got, want)
		}
	}
}

func TestWhatBarsAndWhoseTurn(t *testing.T) {
	t.Parallel()
	b := brief(skein.Weighed, needs("valves", 3, 3), must("leaks", 1, 3))
	b.Rotation = .6
	c := person("p", saw("valves", skein.Outcome, 4, 9, "renewal"))
	c.AreaLeads, c.Active = []skein.Date{ago(30)}, false
	x := match.Explain(match.Assess(match.NewQuery(b, match.DefaultPolicy()), c), plainNames(true))
	want := []string{"The account is not active. An administrator can change that.", "Listening for leaks: the lead must bring it, and nobody says so yet."}
	if x.State != "Not yet." || !slices.Equal(x.Bars, want) {
		t.Errorf("%q, %q", x.State, x.Bars)
	}
	if !strings.HasPrefix(x.Turn, "You led here lately") {
		t.Errorf("turn %q", x.Turn)
	}
	b.Rotation = -.4
	x = match.Explain(match.Assess(match.NewQuery(b, match.DefaultPolicy()), c), plainNames(false))
	if !strings.HasPrefix(x.Turn, "Led here before") {
		t.Errorf("turn %q", x.Turn)
	}
}

func TestChangesInWords(t *testing.T) {
	t.Parallel()
	step := func(k match.StepKind, s skein.SkillID) match.Step { return match.Step{Kind: k, Skill: s} }
	for want, c := range map[string]match.Change{
		"One person who has seen your Listening for leaks would make you ready.":                          {Steps: []match.Step{step(match.StepWord, "leaks")}, To: match.Ready},
		"One level more in GIS would make it a stretch, with a coach.":                                    {Steps: []match.Step{step(match.StepLevel, "gis")}, To: match.Stretch},
		"One person who has seen your Valve data and one level more in Night flows would make you ready.": {Steps: []match.Step{step(match.StepWord, "valves"), step(match.StepLevel, "maps")}, To: match.Ready},
		"One person who has seen your Valve data and the same once more would make you ready.":            {Steps: []match.Step{step(match.StepWord, "valves"), step(match.StepWord, "valves")}, To: match.Ready},
	} {
		if got := match.ChangeWords(c, plainNames(true)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNamesThatNobodyResolvesStayIds(t *testing.T) {
	t.Parallel()
	a := match.Assess(asking(skein.Weighed, needs("leaks", 3, 4)), person("p", saw("leaks", skein.Peer, 4, 9, "g"), saw("leaks", skein.Credential, 4, 9, "exam")))
	if got := match.Explain(a, match.Names{}).Lines[0].Text; got != "leaks: g, and exam, May." {
		t.Errorf("got %q", got)
	}
}

func TestHowMuchAgeHasLeftOfWhatOthersSay(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]string{
		1: "", 180: "Counts about half by now.", 400: "Counts about a quarter by now.",
		800: "Counts little by now.", 1500: "Too old to count for much.", 80: "Counts about three quarters by now.", 30: "",
	} {
		a := match.Assess(asking(skein.Weighed, needs("leaks", 3, 4)), person("p", saw("leaks", skein.Peer, 4, days, "g")))
		if got := match.Explain(a, plainNames(true)).Lines[0].Fresh; got != want {
			t.Errorf("%d days old: %q, want %q", days, got, want)
		}
	}
	several := match.Assess(asking(skein.Weighed, needs("leaks", 3, 4)), person("p",
		saw("leaks", skein.Outcome, 4, 190, "desk"), saw("leaks", skein.Outcome, 4, 700, "renewal"), saw("leaks", skein.Self, 4, 2, "")))
	if got := match.FreshWords(several.Met[0]); got != "The newest counts about half by now." {
		t.Errorf("beside the date of the newest stands %q", got)
	}
	own := match.Assess(asking(skein.Weighed, needs("leaks", 3, 4)), person("p", saw("leaks", skein.Self, 4, 900, "")))
	if got := match.FreshWords(own.Met[0]); got != "" {
		t.Errorf("one's own word is said to be %q", got)
	}
}

func TestAWitnessSaysWhatItCountsFor(t *testing.T) {
	t.Parallel()
	m := match.Assess(asking(skein.Weighed, needs("leaks", 3, 4)), person("p",
		saw("leaks", skein.Peer, 4, 180, "g"), saw("leaks", skein.Outcome, 5, 360, "renewal"), saw("leaks", skein.Self, 2, 0, ""))).Met[0]
	var sum, levels float64
	for _, w := range m.Witnesses {
		sum += w.Counts
		levels += w.Counts * float64(w.Level)
	}
	if math.Abs(sum-m.Strength) > 1e-9 || math.Abs(levels/sum-m.LevelShown) > 1e-9 {
		t.Errorf("witnesses add up to %v at level %v, want %v at %v", sum, levels/sum, m.Strength, m.LevelShown)
	}
}

// What ran out is said to have run out, and not that nobody ever said so.
func TestACertificateThatRanOutIsSaidTo(t *testing.T) {
	t.Parallel()
	asOf := time.Date(2026, 6, 20, 0, 0, 0, 0, time.UTC)
	q := match.Query{Trust: skein.Weighed, AsOf: asOf, Policy: match.DefaultPolicy(), Requirements: []match.Requirement{{
		Requirement: skein.Requirement{Skill: "welding", Importance: 3, Level: 3}, Counts: 3, Weight: 3, HalfLife: 180,
	}}}
	for until, want := range map[string]string{
		"2026-05-31": "welding: ran out in May.", "2025-08-31": "welding: ran out last August.", "": "welding: nobody has said it of them yet.",
	} {
		c := match.Candidate{Person: "ines", Active: true}
		if until != "" {
			day, _ := time.Parse(time.DateOnly, until)
			c.Evidence = []skein.Evidence{{Person: "ines", Skill: "welding", Kind: skein.Credential, Level: 4, ObservedOn: asOf.AddDate(-2, 0, 0), ExpiresOn: day}}
		}
		if got := match.Explain(match.Assess(q, c), match.Names{}).Lines[0].Text; got != want {
			t.Errorf("until %q: %s, want %s", until, got, want)
		}
	}
}
