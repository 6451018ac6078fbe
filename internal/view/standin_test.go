package view

import (
	"slices"
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// standing has Kim, who leads it beside Ada, stand in for her, for ten days that begin in so many days.
func standing(in int) func(*projectView) {
	return func(x *projectView) {
		from := x.Today().AddDate(0, 0, in)
		x.p.StandIn = &leaddb.StandInRow{
			StandIn: skein.StandIn{ID: "s", Person: "kim", For: "ada", State: skein.StandInStanding, From: from, Until: from.AddDate(0, 0, 10)},
			Name:    "Kim Vale", ForName: "Ada Lund",
		}
	}
}

// Whoever stands in from a day to come decides nothing by it before: the page says so to them and to the lead.
func TestStandingInFromADayToComeIsNoDecidingToday(t *testing.T) {
	t.Parallel()
	x := ledView("kim", standing(5))
	from := x.clock.Date(x.p.StandIn.From)
	says := func(me skein.PersonID, in int) (string, string) {
		panel := ledView(me, standing(in)).panel()
		return panel.State, strings.Join(panel.Fine, " ")
	}
	state, fine := says("kim", 5)
	if state != "You lead this beside Ada." || strings.Contains(fine, "You decide") {
		t.Errorf("before, %q, %q", state, fine)
	}
	if want := "From " + from + " you decide what the lead decides; until then that is Ada’s. Handing it on, and stepping down as its lead, stay Ada’s own."; !strings.Contains(fine, want) {
		t.Errorf("%q, want %q", fine, want)
	}
	if got := acts(x.panel()); !strings.Contains(got, "Do not stand in after all") {
		t.Error(got)
	}
	if state, fine = says("kim", 0); !strings.HasPrefix(state, "You stand in for Ada until ") || !strings.Contains(fine, "You decide what the lead decides. Handing it on") {
		t.Errorf("while, %q, %q", state, fine)
	}
	if _, fine = says("ada", 5); !strings.Contains(fine, "Until that begins, you decide.") || strings.Contains(acts(ledView("ada", standing(5)).panel()), "I am back") {
		t.Errorf("of the lead, before: %q", fine)
	}
	if _, fine = says("ada", 0); strings.Contains(fine, "you decide") || !strings.Contains(acts(ledView("ada", standing(0)).panel()), "I am back") {
		t.Errorf("of the lead, while: %q", fine)
	}
	row := homeTeller{clock: x.clock}.standsIn(homedb.StandsIn{ID: "s", Project: "p", Title: "Weir", For: "Ada Lund", From: x.p.StandIn.From, Until: x.p.StandIn.Until}, x.Today())
	say(t, row.Note, "You are to stand in for Ada Lund. From that day on you decide what the lead decides.")
}

// Whoever stands in and does not lead it beside the lead reads who leads it, as everybody does.
func TestWhoeverStandsInReadsWhoLeadsIt(t *testing.T) {
	t.Parallel()
	x := ledView("lee", standing(0), func(x *projectView) { x.p.StandIn.Person = "lee" })
	panel := x.panel()
	if panel.Head != "" || !slices.ContainsFunc(panel.Led.Beside, func(s string) bool { return strings.HasPrefix(s, "Ada Lund leads it") }) {
		t.Errorf("%q %q, %q", panel.Head, panel.State, panel.Led.Beside)
	}
}

// The days to come name the first day of standing in as well as the last, and the viewer as such.
func TestWhatComesNextNamesTheFirstDayOfStandingIn(t *testing.T) {
	t.Parallel()
	lines := func(me skein.PersonID, in int) string {
		x := ledView(me, standing(in))
		var all []string
		for _, l := range x.next(x.lead()) {
			all = append(all, l.What)
		}
		return strings.Join(all, ", ")
	}
	for who, want := range map[skein.PersonID]string{"kim": "you stand in", "ada": "Kim stands in"} {
		if got := lines(who, 5); !strings.Contains(got, "the first day on which "+want+", the last day on which "+want) {
			t.Errorf("%s: %s", who, got)
		}
		if got := lines(who, 0); strings.Contains(got, "first day") || !strings.Contains(got, "the last day on which "+want) {
			t.Errorf("%s: %s", who, got)
		}
	}
}

// Whoever stands in stays in the team what they were: before they begin, while they do, and once.
func TestWhoStandsInStaysInTheTeamWhatTheyWere(t *testing.T) {
	t.Parallel()
	member := func(x *projectView) {
		x.p.StandIn.Person, x.p.StandIn.Name = "lee", "Lee Moss"
		x.p.Members = []leaddb.MemberRow{{ID: "lee", Name: "Lee Moss", Brings: "valves"}}
	}
	shadow := func(x *projectView) {
		x.p.StandIn.Person, x.p.StandIn.Name = "lee", "Lee Moss"
		x.p.Terms = append(x.p.Terms, leaddb.TermRow{ID: "h", Person: "lee", Name: "Lee Moss", Role: skein.Shadow, State: skein.TermLive})
	}
	for was, x := range map[string]projectView{
		"leads beside": ledView("ada", standing(5)), "leads beside;": ledView("ada", standing(0)),
		"valves;": ledView("ada", standing(5), member), "shadows;": ledView("ada", standing(5), shadow),
	} {
		n := 0
		for _, m := range x.team() {
			if m.Name == x.p.StandIn.Name {
				if n++; !strings.HasPrefix(m.Does, was) || !strings.Contains(m.Does, "; stands in for Ada") {
					t.Errorf("%s: %q", was, m.Does)
				}
			}
		}
		if n != 1 {
			t.Errorf("%s: %d times in the team", was, n)
		}
	}
}
