package view

import (
	"strings"
	"testing"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
)

// acts are the acts of a panel in the order in which they stand, the plain ones in brackets.
func acts(p page.ProjectPanel) string {
	var all []string
	add := func(b component.Button) {
		if b.Kind == component.Plain {
			b.Label = "(" + b.Label + ")"
		}
		all = append(all, b.Label)
	}
	for _, asked := range p.Asked {
		for _, b := range asked.Answers {
			add(b)
		}
	}
	if p.Button != nil && p.First {
		add(*p.Button)
	}
	all = append(all, "|") // what the panel says besides
	if p.Button != nil && !p.First {
		add(*p.Button)
	}
	for _, b := range p.Ways {
		add(b)
	}
	return strings.Join(all, ", ")
}

// filled is how many acts of a panel are filled.
func filled(p page.ProjectPanel) int {
	n := 0
	for _, asked := range p.Asked {
		if asked.Answers[0].Kind == component.Filled {
			n++
		}
	}
	if p.Button != nil && p.Button.Kind == component.Filled {
		n++
	}
	return n
}

// ledView is a lead of Ada's, with Kim beside her, as somebody meets it.
func ledView(me skein.PersonID, change ...func(*projectView)) projectView {
	x := stands()
	x.Person.ID = me
	day := skein.Day(wall)
	x.p = leaddb.ProjectPage{Terms: []leaddb.TermRow{
		{ID: "t", Person: "ada", Name: "Ada Lund", Role: skein.Primary, State: skein.TermLive, From: day.AddDate(0, -1, 0), WordDue: day},
		{ID: "c", Person: "kim", Name: "Kim Vale", Role: skein.CoLead, State: skein.TermLive, From: day.AddDate(0, -1, 0)},
	}}
	x.p.Project = skein.Project{ID: "p", Title: "Weir", State: skein.Led, EndOn: day.AddDate(1, 0, 0), Circle: "network"}
	x.p.Stewards = []leaddb.PersonRow{{ID: "sue", Name: "Sue Ode"}}
	if me == "sue" {
		x.Stewards = []skein.CircleID{"network"}
	}
	for _, c := range change {
		c(&x)
	}
	return x
}

func TestWhatWaitsForAnAnswerStandsFirstInEveryPanel(t *testing.T) {
	t.Parallel()
	soon := wall.Add(24 * time.Hour)
	standIn := func(who skein.PersonID) func(*projectView) {
		return func(x *projectView) {
			x.p.StandIn = &leaddb.StandInRow{StandIn: skein.StandIn{ID: "s", Person: who, For: "ada", State: skein.StandInAsked, AnswerBy: soon}, Name: "Who Asks", ForName: "Ada Lund"}
		}
	}
	term := func(who skein.PersonID, s skein.TermState) func(*projectView) {
		return func(x *projectView) {
			x.p.Terms = append(x.p.Terms, leaddb.TermRow{ID: "a", Person: who, Name: "Lee Moss", Role: skein.CoLead, State: s, AnswerBy: soon})
		}
	}
	reconsidered := func(x *projectView) {
		x.p.Changed.Reconsidered = &leaddb.Reconsidered{Reconsideration: skein.Reconsideration{ID: "r", Term: "t", State: skein.ReconsiderOpen, Due: soon}}
	}
	remit := func(byLead bool, by, of skein.PersonID) func(*projectView) {
		return func(x *projectView) {
			c := leaddb.RemitChangeRow{}
			c.ID, c.State, c.ByLead, c.ProposedBy, c.AskedOf, c.AnswerBy = "rc", skein.RemitProposed, byLead, by, of, soon
			x.p.Deciding.Changes = []leaddb.RemitChangeRow{c}
		}
	}
	need := func(of skein.PersonID) func(*projectView) {
		return func(x *projectView) {
			x.p.Needs = []skein.Need{{ID: "n", Kind: skein.NeedTools, What: "a boat", AskedOf: of, AnswerBy: soon}}
		}
	}
	advice := func(x *projectView) {
		r := leaddb.DecisionRow{AsksMe: true}
		r.ID, r.State, r.Question, r.AdviceOn = "d", skein.DecisionAsking, "Who digs?", skein.Day(wall)
		x.p.Decisions = []leaddb.DecisionRow{r}
	}
	offered := func(x *projectView) {
		x.p.Terms = []leaddb.TermRow{{ID: "o", Person: "lee", Name: "Lee Moss", Role: skein.Primary, State: skein.TermOffered, Claim: "c", AnswerBy: soon}}
		x.p.Project.State, x.p.Window = skein.OpenForLead, &skein.Window{State: skein.WindowPicked, ClosedAt: wall, ToldAt: wall}
	}
	checks := func(x *projectView) {
		x.p.Terms, x.p.Checks, x.p.Project.State = nil, true, skein.OpenForLead
		x.p.Window = &skein.Window{State: skein.WindowPicked, ClosedAt: wall}
	}
	for name, c := range map[string]struct {
		me    skein.PersonID
		life  []func(*projectView)
		first string
	}{
		"nothing, of a co-lead":              {"kim", nil, "|, Tell the team"},
		"to stand in":                        {"lee", []func(*projectView){standIn("lee")}, "Stand in, (Not this time), |, ("},
		"to stand in, of a co-lead":          {"kim", []func(*projectView){standIn("kim")}, "Stand in, (Not this time), |, (Tell the team)"},
		"to lead beside":                     {"lee", []func(*projectView){term("lee", skein.TermOffered)}, "Lead it together, (Not this time), |, ("},
		"who would lead beside":              {"ada", []func(*projectView){term("lee", skein.TermAsked)}, "Yes, together, (Not this time), |, (Tell the team)"},
		"what becomes of it":                 {"ada", []func(*projectView){reconsidered}, "Say what becomes of it, |, (Tell the team)"},
		"what becomes of it, of a steward":   {"sue", []func(*projectView){reconsidered}, "Say what becomes of it, |, ("},
		"becomes, and who would":             {"ada", []func(*projectView){reconsidered, term("lee", skein.TermAsked)}, "Yes, together, (Not this time), Say what becomes of it, |, ("},
		"what the lead decides":              {"ada", []func(*projectView){remit(false, "pat", "")}, "Agree, or refuse it, |, (Tell the team)"},
		"what the lead decides, by the lead": {"pat", []func(*projectView){remit(true, "ada", "pat")}, "Agree, or refuse it, |, ("},
		"a need":                             {"lee", []func(*projectView){need("lee")}, "Answer, |, ("},
		"a need, of a steward":               {"sue", []func(*projectView){need("")}, "Answer, |, ("},
		"advice":                             {"lee", []func(*projectView){advice}, "Answer, |, ("},
		"advice and a need":                  {"lee", []func(*projectView){advice, need("lee")}, "Answer, Answer, |, ("},
		"an offer":                           {"lee", []func(*projectView){offered}, "Answer, |"},
		"a check":                            {"lee", []func(*projectView){checks}, "Check it, |, ("},
	} {
		panel := ledView(c.me, c.life...).panel()
		if got := acts(panel); !strings.HasPrefix(got, c.first) {
			t.Errorf("%s: %s, want %s first", name, got, c.first)
		}
		if n := filled(panel); n != 1 {
			t.Errorf("%s: %d filled acts: %s", name, n, acts(panel))
		}
	}
}

// What waits for others asks nothing of the viewer.
func TestWhatWaitsForOthersIsNotAskedOfTheViewer(t *testing.T) {
	t.Parallel()
	soon := wall.Add(24 * time.Hour)
	x := ledView("lee", func(x *projectView) {
		x.p.StandIn = &leaddb.StandInRow{StandIn: skein.StandIn{ID: "s", Person: "kim", For: "ada", State: skein.StandInAsked, AnswerBy: soon}, Name: "Kim Vale", ForName: "Ada Lund"}
		x.p.Terms = append(x.p.Terms, leaddb.TermRow{Person: "mia", Name: "Mia Ode", Role: skein.CoLead, State: skein.TermOffered, AnswerBy: soon})
		x.p.Needs = []skein.Need{{ID: "n", Kind: skein.NeedTools, What: "a boat", AskedOf: "sue", AnswerBy: soon}}
	})
	panel := x.panel()
	if len(panel.Asked) > 0 || strings.Contains(strings.Join(panel.Fine, " "), "Mia") {
		t.Errorf("%+v, %q", panel.Asked, panel.Fine)
	}
	if x.Person.ID = "ada"; !strings.Contains(strings.Join(x.panel().Fine, " "), "Mia Ode is asked to lead it beside you, and answers by") {
		t.Errorf("%q", x.panel().Fine)
	}
}

// The three ways out of a lead stand together; that the work is done is no fourth of them.
func TestThatItIsDoneIsNoWayOut(t *testing.T) {
	t.Parallel()
	panel := ledView("ada").panel()
	if got := acts(panel); !strings.Contains(got, "(Hand it on), (I am unavailable), (Step down)") || strings.Contains(got, "It is done") || panel.Done == nil {
		t.Errorf("%s, %+v", got, panel.Done)
	}
	if panel := ledView("kim").panel(); panel.Done != nil {
		t.Errorf("a co-lead says that it is done: %+v", panel.Done)
	}
}
