package view

import (
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
)

// laterView is ines's view of a project that Ben is to lead from a day on; in the other Ada leads it until then.
func laterView(led bool, me skein.PersonID) projectView {
	x := stands()
	x.Person.ID = me
	day := skein.Day(wall)
	x.p = leaddb.ProjectPage{
		Window: &skein.Window{State: skein.WindowPicked, ClosedAt: wall, ToldAt: wall},
		Terms: []leaddb.TermRow{{
			Person: "ben", Name: "Ben Moss", Role: skein.Primary, State: skein.TermAccepted, StartsOn: day.AddDate(0, 1, 0),
		}},
	}
	x.p.Project = skein.Project{ID: "p", State: skein.OpenForLead, EndOn: day.AddDate(1, 0, 0)}
	if led {
		x.p.Project.State = skein.HandingOver
		x.p.Terms = append(x.p.Terms, leaddb.TermRow{
			Person: "ada", Name: "Ada Lund", Role: skein.Primary, State: skein.TermHandingOver, From: day.AddDate(-1, 0, 0), EndsOn: day.AddDate(0, 1, -1),
		})
	}
	return x
}

func TestWhoIsToLeadLaterIsSaidTruthfully(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		led    bool
		me     skein.PersonID
		state  string
		button string // of the ways
		lead   string // what the first of the team does
		note   string
	}{
		{false, "ines", "Ben begins on 11_June.", "Join the team, Shadow", "Ben begins on 11_June", ""},
		{false, "ben", "You lead this from 11_June.", "Step down", "Ben begins on 11_June", ""},
		{true, "ines", "Ada leads this.", "Join the team, Ask to co-lead, Shadow, Ask Ada", "leads until Ben begins on 11_June", "Ada answers for it until Ben begins on 11_June."},
		{true, "ada", "You lead this until Ben begins on 11_June.", "Step down, Something changed", "leads until Ben begins on 11_June", "Ada answers for it until Ben begins on 11_June."},
	} {
		x := laterView(c.led, c.me)
		panel := x.panel()
		var ways []string
		for _, b := range panel.Ways {
			ways = append(ways, b.Label)
		}
		say(t, panel.State, c.state)
		say(t, strings.Join(ways, ", "), c.button)
		say(t, x.team()[0].Does, c.lead)
		say(t, x.team()[1].Name+" "+x.team()[1].Does, "Ben Moss leads from 11_June")
		say(t, x.termsNote(), c.note)
		if panel.Result != "" {
			t.Error("there is nothing to read of how it was decided")
		}
		for _, term := range x.terms().Terms {
			if term.Open || term.HandedOver {
				t.Errorf("%+v", term)
			}
		}
	}
}

// Whom a file has lead on from a later day hands nothing on to themselves: it says so, once, and what stepping down does.
func TestWhoIsToLeadOnIsSaidTruthfully(t *testing.T) {
	t.Parallel()
	for me, state := range map[skein.PersonID]string{"ada": "You lead this, and lead it on from 11_June.", "ines": "Ada leads this."} {
		x := laterView(true, me)
		x.p.Terms[0].Person, x.p.Terms[0].Name = "ada", "Ada Lund"
		panel := x.panel()
		say(t, panel.State, state)
		if fine := strings.Join(panel.Fine, " "); !strings.Contains(fine, "A file says that ") || strings.Contains(fine, "begins") {
			t.Error(fine)
		}
		team := x.team()
		say(t, team[0].Does, "leads, and leads on from 11_June")
		for _, m := range team[1:] {
			if m.Name == "Ada Lund" {
				t.Errorf("twice in the team: %+v", team)
			}
		}
		say(t, x.termsNote(), "Ada leads it on from 11_June, as a file says.")
	}
	x := laterView(true, "ada")
	x.p.Terms[0].Person, x.p.Terms[0].Name = "ada", "Ada Lund"
	once, err := StepDown(x.Viewer, x.p)
	says := strings.Join(once.Says, " ")
	if err != nil || !strings.Contains(says, "you do not lead it on from 11\u00a0June. Nobody leads it until the next is found") ||
		!strings.Contains(says, "You can take it back until") || strings.Contains(says, "begins") || strings.Contains(says, "cannot") {
		t.Errorf("%q, %v", says, err)
	}
	for _, line := range x.next(x.lead()) {
		if strings.Contains(line.What, "begins to lead") {
			t.Errorf("%+v", line)
		}
	}
}

// A chain of leads that a file brought was handed over by nobody that Skein knows of.
func TestAnImportedChainOfLeadsIsNotSaidToBeHandedOver(t *testing.T) {
	t.Parallel()
	x := laterView(false, "ines")
	day := skein.Day(wall)
	x.p.Terms = []leaddb.TermRow{
		{Name: "Ada", Role: skein.Primary, State: skein.TermEnded, From: day.AddDate(-2, 0, 0), Until: day.AddDate(-1, 0, 0)},
		{Name: "Ben", Role: skein.Primary, State: skein.TermEnded, From: day.AddDate(-1, 0, 0), Until: day.AddDate(0, -1, 0), EndReason: skein.EndDue},
		{Name: "Cyd", Role: skein.Primary, State: skein.TermLive, From: day.AddDate(0, -1, 0), EndsOn: day.AddDate(0, 5, 0)},
	}
	x.p.Project.State = skein.Led
	f := x.terms()
	if len(f.Terms) != 3 || f.Terms[0].HandedOver || f.Terms[1].HandedOver || f.Terms[2].Who != "Cyd" {
		t.Errorf("%+v", f.Terms)
	}
	say(t, x.termsHead(f), "Who has led")
	say(t, x.team()[0].Does, "leads until 11_October")
}

func TestAPlaceToComeIsSaidOnHomeOnAccessAndOnTheClaimsPage(t *testing.T) {
	t.Parallel()
	starts := skein.Day(wall).AddDate(0, 1, 0)
	d := Home(ines(), homedb.Home{Terms: []homedb.HeldTerm{{Title: "A", State: skein.TermAccepted, Role: skein.Primary, StartsOn: &starts}}}, nil, key)
	say(t, d.Leads[0].Said.Link+d.Leads[0].Said.After+d.Leads[0].Note, "A, from 11_June.")
	if d.Leads[0].Bird != component.Vacant {
		t.Error(d.Leads[0].Bird)
	}
	p := leaddb.ClaimPage{LeadHead: leaddb.LeadHead{Lead: "ben", LeadName: "Ben Moss", LeadState: skein.TermAccepted, LeadStarts: starts}}
	say(t, closedWords(ines(), p), "Ben Moss leads it from 11_June, so there is nothing to claim.")
}

func TestWhatAFileDecidedWasNotDecidedHere(t *testing.T) {
	t.Parallel()
	for _, state := range []skein.WindowState{skein.WindowPicked, skein.WindowTaken} {
		p := leaddb.ResultPage{Window: &skein.Window{State: state, ClosedAt: wall, ToldAt: wall}}
		p.Title = "Port"
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		say(t, d.Title+". "+d.Says, "Nothing was decided here. Who leads Port was decided outside Skein, without claims.")
	}
}
