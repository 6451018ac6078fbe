package view

import (
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// Whoever said yes to lead beside the chosen reads so before they begin, and is offered no other place.
func TestWhoIsToLeadBesideReadsSoAndIsOfferedNoOtherPlace(t *testing.T) {
	t.Parallel()
	for state, want := range map[skein.TermState]string{
		skein.TermOffered:  "You are to lead it beside Ben, if Ben says yes.",
		skein.TermAccepted: "You are to lead it beside Ben: you begin when Ben does.",
	} {
		x := stands()
		x.Person.ID = "ines"
		x.p = leaddb.ProjectPage{
			Window: &skein.Window{State: skein.WindowPicked, ClosedAt: wall, ToldAt: wall},
			Terms: []leaddb.TermRow{{
				Person: "ben", Name: "Ben Moss", Role: skein.Primary, State: state, Claim: "c", With: x.Person.ID, WithName: "Ines Lake",
			}},
			Members: []leaddb.MemberRow{{ID: x.Person.ID, Name: "Ines Lake"}},
		}
		x.p.Project = skein.Project{ID: "p", State: skein.OpenForLead}
		panel := x.panel()
		if got := strings.Join(panel.You, " "); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", state, got)
		}
		if len(panel.Ways) != 1 || panel.Ways[0].Label != "Leave the team" {
			t.Errorf("%s: %+v", state, panel.Ways)
		}
		said := 0
		for _, m := range x.team() {
			if m.Does == "is to lead beside Ben" {
				said++
			}
		}
		if (said == 1) != (state == skein.TermAccepted) {
			t.Errorf("%s: %+v", state, x.team())
		}
	}
	line := homeTeller{}.in(homedb.Part{Kind: homedb.PartBeside, ID: "p", Title: "Weir", Coming: "Ben Moss"})
	if line.Is != "you are to lead it beside Ben Moss" {
		t.Error(line.Is)
	}
}

func TestWhoIsInTheTeamIsNotOfferedToShadow(t *testing.T) {
	t.Parallel()
	x := stands()
	x.Person.ID = "ines"
	x.p = leaddb.ProjectPage{Members: []leaddb.MemberRow{{ID: x.Person.ID}}}
	for _, b := range x.ways() {
		if b.Label == "Shadow" || b.Label == joinTeam {
			t.Errorf("%+v", b)
		}
	}
}
