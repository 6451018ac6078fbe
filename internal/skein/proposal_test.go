package skein_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
)

var noon = time.Date(2026, 5, 11, 12, 0, 0, 0, time.UTC)

func by(person skein.PersonID) skein.By { return skein.NewBy(person, noon, time.UTC) }

func hours(n float64) *float64 { return &n }

func TestFiveLinesAreEnoughToPublish(t *testing.T) {
	t.Parallel()
	p := skein.Proposal{Project: skein.Project{
		Title: "Night Pressure", Purpose: "Fewer bursts.", State: skein.Draft, Trust: skein.Weighed,
		HoursPerWeek: hours(4), EndOn: noon.AddDate(0, 3, 0),
	}}
	practices := []skein.Requirement{{Skill: "small-steps", Importance: 3, Level: 3}}
	if err := p.Publishable(practices, skein.Day(noon)); err != nil {
		t.Error(err)
	}
	p.Phase.Struck = []skein.SkillID{"small-steps"}
	var bad skein.Invalid
	if err := p.Publishable(practices, skein.Day(noon)); !errors.As(err, &bad) || bad.On("requirements") == "" {
		t.Errorf("a project that asks for nothing: %v", err)
	}
	p.Phase.Situation.Uncertainty = skein.Unclear
	p.Project.EndOn, p.Project.HoursPerWeek, p.Project.Purpose = noon.AddDate(0, 0, -1), nil, " "
	if err := p.Publishable(nil, skein.Day(noon)); !errors.As(err, &bad) {
		t.Fatal(err)
	}
	for _, field := range []string{"uncertainty", "end", "hours", "purpose"} {
		if bad.On(field) == "" {
			t.Errorf("nothing is said of %s: %v", field, bad)
		}
	}
}

func TestAProposalSaysWhatIsWrongWithItsLists(t *testing.T) {
	t.Parallel()
	good := skein.Project{Title: "Night Pressure", Trust: skein.Weighed}
	tooMuch := hours(2e9)
	for field, p := range map[string]skein.Proposal{
		"title":        {Project: skein.Project{Trust: skein.Weighed}},
		"purpose":      {Project: skein.Project{Title: "x", Trust: skein.Weighed, Purpose: strings.Repeat("x", 1001)}},
		"requirements": {Project: good, Phase: skein.Phase{Requirements: []skein.Requirement{{Skill: "a", Importance: 3, Level: 3}, {Skill: "a", Importance: 1, Level: 1}}}},
		"needs":        {Project: good, Needs: []skein.Need{{Kind: skein.NeedBudget, What: "Money", Amount: tooMuch}}},
		"remit":        {Project: good, Remit: []skein.Remit{{Area: "Spending", Level: "all of it"}}},
		"stakes":       {Project: good, Phase: skein.Phase{Situation: skein.Situation{Stakes: 6}}},
	} {
		var bad skein.Invalid
		if err := p.Check(); !errors.As(err, &bad) || bad.On(field) == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := (skein.Proposal{Project: good}).Check(); err != nil {
		t.Error(err)
	}
}

func TestWhoeverProposedItChangesItUntilSomebodyLeads(t *testing.T) {
	t.Parallel()
	p := skein.Proposal{Project: skein.Project{ProposedBy: "ada", State: skein.OpenForLead}}
	var refused skein.Refused
	switch {
	case p.Edit(by("ada"), false) != nil:
		t.Error("its proposer may not")
	case p.Edit(by("ben"), true) != nil:
		t.Error("a steward may not")
	case !errors.As(p.Edit(by("ben"), false), &refused) || refused.Who == "":
		t.Error("anybody may, or the refusal does not say who can")
	}
	p.Project.State = skein.Led
	var conflict skein.Conflict
	if !errors.As(p.Edit(by("ada"), true), &conflict) {
		t.Error("it is changed over the lead's head")
	}
	p.Project.State, p.Project.ProposedBy = skein.Draft, ""
	if p.Edit(skein.By{}, false) == nil {
		t.Error("nobody changes what nobody proposed")
	}
}

func TestOnlyWhatClaimsAreSentForMovesThem(t *testing.T) {
	t.Parallel()
	was := skein.Proposal{
		Project: skein.Project{Title: "A", HoursPerWeek: hours(4)},
		Phase:   skein.Phase{Requirements: []skein.Requirement{{Skill: "a", Importance: 3, Level: 3}}},
		Needs:   []skein.Need{{ID: "1", Kind: skein.NeedHours, What: "Hours", Amount: hours(4)}},
	}
	for name, change := range map[string]func(*skein.Proposal){
		"the title":        func(p *skein.Proposal) { p.Project.Title = "B" },
		"who is asked":     func(p *skein.Proposal) { p.Needs[0].AskedOf = "ben" },
		"the remit":        func(p *skein.Proposal) { p.Remit = []skein.Remit{{Area: "Spending"}} },
		"nothing":          func(*skein.Proposal) {},
		"how it is judged": func(p *skein.Proposal) { p.Project.JudgedBy = "x" },
	} {
		p := was.Clone()
		change(&p)
		if p.Moved(was) {
			t.Errorf("%s moves it", name)
		}
	}
	for name, change := range map[string]func(*skein.Proposal){
		"the hours":       func(p *skein.Proposal) { p.Project.HoursPerWeek = hours(5) },
		"the situation":   func(p *skein.Proposal) { p.Phase.Situation.Stakes = 4 },
		"a requirement":   func(p *skein.Proposal) { p.Phase.Requirements[0].Must = true },
		"a struck one":    func(p *skein.Proposal) { p.Phase.Struck = []skein.SkillID{"b"} },
		"a need's kind":   func(p *skein.Proposal) { p.Needs[0].Kind = skein.NeedTools },
		"a need's amount": func(p *skein.Proposal) { p.Needs[0].Amount = nil },
		"one need less":   func(p *skein.Proposal) { p.Needs = nil },
	} {
		p := was.Clone()
		change(&p)
		if !p.Moved(was) {
			t.Errorf("%s does not move it", name)
		}
		if len(p.Differences(was)) == 0 {
			t.Errorf("the log does not say what %s was", name)
		}
	}
}

func TestAProjectEndsByWhoeverItIs(t *testing.T) {
	t.Parallel()
	var refused skein.Refused
	var invalid skein.Invalid
	open := skein.Project{ProposedBy: "ada", State: skein.OpenForLead}
	if err := open.Cancel(by("ben"), false, "why"); !errors.As(err, &refused) {
		t.Error(err)
	}
	if err := open.Cancel(by("ada"), false, " "); !errors.As(err, &invalid) {
		t.Error(err)
	}
	if err := open.Cancel(by("ben"), true, "why"); err != nil || open.State != skein.Cancelled {
		t.Error(err)
	}
	led := skein.Project{ProposedBy: "ada", State: skein.Led}
	if err := led.Cancel(by("ada"), true, "why"); !errors.As(err, &refused) {
		t.Error(err)
	}
	if err := led.Complete(by("ada"), "ben", true); !errors.As(err, &refused) {
		t.Error(err)
	}
	if err := led.HandOver(by("ben"), "ben"); err != nil || led.State != skein.HandingOver {
		t.Error(err)
	}
	if err := led.HandOver(by("ben"), "ben"); err == nil {
		t.Error("it was handed on twice")
	}
	if err := led.Complete(by("ben"), "ben", false); err != nil || led.State != skein.Completed {
		t.Error(err)
	}
}

func TestGuardrailsSayWhoCanChangeThem(t *testing.T) {
	t.Parallel()
	clocks := skein.Clocks{Window: 7 * 24 * time.Hour}
	long := skein.Project{EndOn: skein.Day(noon).AddDate(1, 0, 0)}
	for _, c := range []struct {
		g    skein.Guardrail
		p    skein.Project
		pass bool
	}{
		{skein.Guardrail{Kind: skein.PriorityNamed}, skein.Project{}, false},
		{skein.Guardrail{Kind: skein.PriorityNamed}, skein.Project{Priority: "leaks"}, true},
		{skein.Guardrail{Kind: skein.LongestTerm, Number: 9}, long, false},
		{skein.Guardrail{Kind: skein.LongestTerm, Number: 12}, long, true},
		{skein.Guardrail{Kind: skein.ShortestWindow, Number: 2}, long, true},
		{skein.Guardrail{Kind: skein.LeadsAtOnce, Number: 2}, long, true},
	} {
		r := c.g.OfProject(c.p, skein.Answers{OwnerName: "Judith Amadi"}, clocks, 3, by(""))
		if r.Pass != c.pass || r.Why == "" || !strings.Contains(r.Who, "Judith Amadi") {
			t.Errorf("%s %d: %+v", c.g.Kind, c.g.Number, r)
		}
	}
	if r := (skein.Guardrail{Kind: skein.PriorityNamed}).OfProject(long, skein.Answers{}, clocks, 3, by("")); !strings.Contains(r.Who, "xecutives") {
		t.Errorf("nobody answers for it: %q", r.Who)
	}
}

func TestTheLogKeepsWhatBearsOnClaimsOldAndNew(t *testing.T) {
	t.Parallel()
	hours, money := 4.0, 2500.0
	from := skein.Proposal{
		Project: skein.Project{Trust: skein.Weighed, Circle: "leaks", HoursPerWeek: &hours},
		Phase:   skein.Phase{Situation: skein.Situation{Stakes: 3}},
	}
	p := from
	p.Project.Trust, p.Project.Circle, p.Project.HoursPerWeek = skein.Verified, "network", nil
	p.Phase.Situation.Stakes = 5
	p.Phase.Requirements = []skein.Requirement{{Skill: "pumps", Importance: 4, Level: 3}, {Skill: "maps", Importance: 2, Level: 3, Must: true}}
	p.Needs = []skein.Need{{Kind: skein.NeedTools, What: "a boat"}, {Kind: skein.NeedBudget, What: "money", Amount: &money}}
	want := map[string][2]any{
		"trust": {skein.Weighed, skein.Verified}, "team": {skein.CircleID("leaks"), skein.CircleID("network")},
		"hours": {4.0, 0.0}, "stakes": {3, 5}, "asks": {[]string(nil), []string{"pumps 4, level 3", "maps 2, level 3, must"}},
		"needs": {[]string(nil), []string{"tools: a boat", "budget: money, 2500"}},
	}
	if got := p.Differences(from); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	if got := from.Differences(from); len(got) > 0 {
		t.Errorf("nothing differs: %v", got)
	}
}
