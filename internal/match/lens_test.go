package match_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

func TestADimensionThatIsNotStatedAddsNothing(t *testing.T) {
	t.Parallel()
	l := match.DefaultLens()
	got := l.Settle(skein.Situation{})
	want := match.Setting{
		Band: .15, ReadyShare: .6, StretchShare: .35, Floor: skein.Open, Window: 7 * 24 * time.Hour,
		OpenClock: 24 * time.Hour, CheckInDays: 14, Remit: l.Remit,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTheLensNarrowsAsStakesRise(t *testing.T) {
	t.Parallel()
	before := match.DefaultLens().Settle(skein.Situation{Stakes: 1})
	for stakes := 2; stakes <= 5; stakes++ {
		now := match.DefaultLens().Settle(skein.Situation{Stakes: stakes})
		if now.Band > before.Band || now.StretchShare <= before.StretchShare || before.Floor.Above(now.Floor) {
			t.Errorf("stakes %d: %+v is wider than %+v", stakes, now, before)
		}
		before = now
	}
	if before.Band != .05 || before.Floor != skein.Verified {
		t.Errorf("at the highest stakes: %+v", before)
	}
}

func TestStakesRaiseTheTrustLevelNoFurtherThanThePolicyLetsThem(t *testing.T) {
	t.Parallel()
	p := match.DefaultPolicy()
	at := func(trust skein.Trust, stakes int) skein.Trust {
		b := brief(trust, needs("leaks", 1, 3))
		b.Situation.Stakes = stakes
		return match.NewQuery(b, p).Trust
	}
	for _, c := range []struct {
		stated skein.Trust
		stakes int
		want   skein.Trust
	}{
		{"", 0, skein.Weighed},
		{skein.Open, 0, skein.Open},
		{skein.Open, 4, skein.Weighed},
		{skein.Open, 5, skein.Weighed},
		{skein.Zero, 1, skein.Zero},
		{"nonsense", 1, skein.Weighed},
	} {
		if got := at(c.stated, c.stakes); got != c.want {
			t.Errorf("%q with stakes %d: %s, want %s", c.stated, c.stakes, got, c.want)
		}
	}
	p.Trust.FloorAtMost = skein.Zero
	if got := at(skein.Open, 5); got != skein.Verified {
		t.Errorf("once the floor may rise: %s, want verified", got)
	}
}

func TestTheHigherFloorHolds(t *testing.T) {
	t.Parallel()
	l := match.DefaultLens()
	l.Rows = []match.LensRow{
		{Dimension: skein.DimStakes, Value: 1, Floor: skein.Verified, Reason: "for the test"},
		{Dimension: skein.DimReach, Value: 1, Floor: skein.Weighed, Reason: "for the test"},
	}
	if got := l.Settle(skein.Situation{Stakes: 1, Reach: 1}).Floor; got != skein.Verified {
		t.Errorf("floor %s, want verified", got)
	}
}

func TestUrgencyShortensTheClocks(t *testing.T) {
	t.Parallel()
	s := match.DefaultLens().Settle(skein.Situation{Urgency: 5})
	if s.Window != 24*time.Hour || s.OpenClock != time.Hour {
		t.Errorf("window %v, on trust %v", s.Window, s.OpenClock)
	}
}

func TestPracticesCarryAtMostAQuarter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := drawBrief(t)
		b.Situation = skein.Situation{Uncertainty: skein.Complex, Stakes: 5, Urgency: 5, Expertise: 5, Commitment: 5, Reach: 5, Readiness: 1}
		var practices, all float64
		for _, r := range match.NewQuery(b, match.DefaultPolicy()).Requirements {
			all += r.Counts
			if r.Practice {
				practices += r.Counts
			}
		}
		if practices > .25*all+1e-9 || math.Abs(practices/all-.25) > 1e-9 {
			t.Fatalf("practices carry %v of %v", practices, all)
		}
	})
}

func TestAProjectMayChangeOrStrikeAPractice(t *testing.T) {
	t.Parallel()
	b := brief(skein.Weighed, needs("leaks", 5, 3), must(match.SmallSteps, 1, 4))
	b.Situation = skein.Situation{Uncertainty: skein.Complex, Commitment: 4}
	b.Struck = []skein.SkillID{match.Hearing}
	q := match.NewQuery(b, match.DefaultPolicy())
	if len(q.Requirements) != 2 {
		t.Fatalf("asks for %v", q.Requirements)
	}
	if r := q.Requirements[1]; r.Skill != match.SmallSteps || !r.Practice || !r.Must || r.Level != 4 || r.Importance != 1 {
		t.Errorf("the changed practice is %+v", r)
	}
}

func TestAQueryPutsRequirementsInOrderAndInRange(t *testing.T) {
	t.Parallel()
	b := brief(skein.Weighed, needs("valves", 2, 0), needs("maps", 5, 4), needs("leaks", 5, 2), must("valves", 1, 4))
	b.HalfLifeDays = map[skein.SkillID]int{"maps": 700}
	b.Holders = map[skein.SkillID]int{"maps": 60, "leaks": 2} // more holders than people is no trouble
	q := match.NewQuery(b, match.DefaultPolicy())
	var order []skein.SkillID
	for _, r := range q.Requirements {
		order = append(order, r.Skill)
	}
	if !slices.Equal(order, []skein.SkillID{"leaks", "maps", "valves"}) {
		t.Errorf("order %v", order)
	}
	if v := q.Requirements[2]; v.Level != 4 || v.Importance != 2 || !v.Must {
		t.Errorf("named twice: %+v", v)
	}
	if q.Requirements[1].HalfLife != 700 || q.Requirements[0].HalfLife != 180 {
		t.Error("half-lives are not each skill's own")
	}
	if got, want := q.Requirements[0].Rarity, math.Log(1+50./3); math.Abs(got-want) > 1e-12 {
		t.Errorf("two of fifty have it: rarity %v, want %v", got, want)
	}
	if q.Requirements[0].Rarity <= q.Requirements[1].Rarity || q.Requirements[1].Rarity <= 0 {
		t.Errorf("rarity of few %v, of many %v", q.Requirements[0].Rarity, q.Requirements[1].Rarity)
	}
	if !slices.Equal(q.Area, []skein.SkillID{"leaks", "maps"}) {
		t.Errorf("area %v", q.Area)
	}
	if !match.SameArea(q.Area, []skein.SkillID{"maps"}) || match.SameArea(q.Area, []skein.SkillID{"valves"}) {
		t.Error("areas that share a skill are the same")
	}
}

func TestThePolicyIsKeptAsJSON(t *testing.T) {
	t.Parallel()
	p := match.DefaultPolicy()
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back match.Policy
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(p, back); d != "" {
		t.Error(d)
	}
}

func TestAPolicyOutOfRangeIsRefused(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*match.Policy){
		"half_life_days":     func(p *match.Policy) { p.Trust.HalfLifeDays = 0 },
		"w0":                 func(p *match.Policy) { p.Trust.W0 = math.NaN() },
		"turn_half_life":     func(p *match.Policy) { p.Trust.TurnHalfLifeDays = -1 },
		"turn_most":          func(p *match.Policy) { p.Trust.TurnMost = -1 },
		"reciprocal_days":    func(p *match.Policy) { p.Trust.ReciprocalDays = -1 },
		"most_terms_running": func(p *match.Policy) { p.Trust.MostTermsRunning = 0 },
		"floor_at_most":      func(p *match.Policy) { p.Trust.FloorAtMost = "high" },
		"trust.zero":         func(p *match.Policy) { delete(p.Trust.Levels, skein.Zero) },
		"trust.open.self":    func(p *match.Policy) { p.Trust.Levels[skein.Open] = match.TrustRow{Self: 2} },
		"lens.band":          func(p *match.Policy) { p.Lens.Band = 0 },
		"lens.practice_share": func(p *match.Policy) {
			p.Lens.PracticeShare = 1
		},
		"lens.window_hours": func(p *match.Policy) { p.Lens.WindowHours = 0 },
		"lens.rows.0":       func(p *match.Policy) { p.Lens.Rows[0].Reason = "" },
		"lens.rows.1":       func(p *match.Policy) { p.Lens.Rows[1].Practices = ask9() },
		"lens.rows.2":       func(p *match.Policy) { p.Lens.Rows[2].Value = 6 },
	} {
		p := match.DefaultPolicy()
		spoil(&p)
		err, _ := p.Check().(skein.Invalid)
		if err.On(field) == "" {
			t.Errorf("%s: got %v", field, err)
		}
	}
}

func ask9() []skein.Requirement { return []skein.Requirement{{Skill: "x", Importance: 9, Level: 3}} }

func TestEveryPracticeThatTheLensAsksForIsListed(t *testing.T) {
	t.Parallel()
	used := map[skein.SkillID]bool{}
	for _, row := range match.DefaultLens().Rows {
		for _, p := range row.Practices {
			used[p.Skill] = true
		}
	}
	for _, p := range match.Practices() {
		if p.Kind != skein.Practice || p.Name == "" || !used[p.ID] {
			t.Errorf("%+v is not a practice in use", p)
		}
		delete(used, p.ID)
	}
	if len(used) > 0 {
		t.Errorf("asked for but not listed: %v", used)
	}
}

func TestTemplatesFillInWhatNobodyWasAsked(t *testing.T) {
	t.Parallel()
	all := match.Templates()
	if len(all) != 5 {
		t.Fatalf("%d templates, want five", len(all))
	}
	for _, tmpl := range all {
		f := match.DefaultLens().Fill(tmpl)
		if err := f.Situation.Check(); err != nil {
			t.Errorf("%s: %v", tmpl.ID, err)
		}
		for _, d := range skein.Dimensions {
			if f.Situation.Value(d) == 0 {
				t.Errorf("%s does not say %s", tmpl.ID, d)
			}
		}
		if f.Trust != skein.Weighed || f.TermMonths < 1 || f.TermMonths > 9 || len(f.Setting.Practices) == 0 || len(f.Setting.Remit) < 6 {
			t.Errorf("%s: %+v", tmpl.ID, f)
		}
		kinds := map[skein.NeedKind]bool{}
		for _, n := range f.Needs {
			if kinds[n.Kind] || n.What == "" {
				t.Errorf("%s: need %+v twice or without words", tmpl.ID, n)
			}
			kinds[n.Kind] = true
		}
		if !kinds[skein.NeedHours] {
			t.Errorf("%s asks for no hours", tmpl.ID)
		}
		if found, ok := match.TemplateByID(tmpl.ID); !ok || found.Name != tmpl.Name {
			t.Errorf("%s is not found by its id", tmpl.ID)
		}
	}
	if _, ok := match.TemplateByID("other"); ok {
		t.Error("a template that is none was found")
	}
}

func TestTheNarrowerRemitHolds(t *testing.T) {
	t.Parallel()
	s := match.DefaultLens().Settle(skein.Situation{Stakes: 5, Commitment: 5, Reach: 4, Readiness: 1})
	want := map[string]skein.RemitLevel{
		match.AreaWork: skein.DecideAlone, match.AreaScope: skein.ByAgreement, match.AreaPeople: skein.AfterAdvice,
		match.AreaMoney: skein.AfterAdvice, match.AreaRelease: skein.ByAgreement, match.AreaOutside: skein.ProposeAbove,
	}
	for _, r := range s.Remit {
		if r.Level != want[r.Area] {
			t.Errorf("%s: %s, want %s", r.Area, r.Level, want[r.Area])
		}
	}
	if !slices.Contains(s.Needs, skein.NeedSponsor) || !slices.Contains(s.Needs, skein.NeedCoach) {
		t.Errorf("needs %v", s.Needs)
	}
}
