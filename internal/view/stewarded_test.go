package view

import (
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
)

func TestAStewardSeesWhoLeadsUntilWhen(t *testing.T) {
	t.Parallel()
	v := ines()
	v.Org.CircleWord = "guild"
	teller := homeTeller{clock: v.Clock()}
	led := func(title, who string, days int) homedb.StewardedLead {
		return homedb.StewardedLead{ID: skein.ProjectID(title), Title: title, State: skein.Led, LeadName: who, EndsOn: v.Today().AddDate(0, 0, days)}
	}
	open := homedb.StewardedLead{ID: "open", Title: "Stop Tap", State: skein.OpenForLead, OpenedAt: in(-48), WindowState: skein.WindowOpen, Takes: true}
	closing := homedb.StewardedLead{ID: "closing", Title: "Night", State: skein.OpenForLead, ClosesAt: in(24), WindowState: skein.WindowOpen, Takes: true}
	closed := homedb.StewardedLead{ID: "closed", Title: "Sensors", State: skein.OpenForLead, ClosesAt: in(-1), WindowState: skein.WindowOpen}
	s := homedb.Stewarded{
		Circles: []string{"Network"}, People: 19, Never: 8, Names: []string{"Dunstan", "Elspeth", "Ines", "Marisol"},
		Leads: []homedb.StewardedLead{led("Quarry Road", "Dario Venn", 25), led("Pipe Bridge", "Kwame Boateng", 300), open, closing, closed},
	}
	for i := range s.Leads {
		s.Leads[i].Total, s.Leads[i].Open, s.Leads[i].Deciding = 9, 2, 1
	}
	team := teller.stewarded(v, s)
	if team.Word != "guild" || team.Of != "Network" {
		t.Errorf("your %s, %s", team.Word, team.Of)
	}
	say(t, team.Said.Before+team.Said.Link+team.Said.After, "Two_leads are open, one_is being decided, and Quarry Road ends in four_weeks.")
	say(t, team.Note, "When it ends, claims open for whoever leads it next.")
	say(t, team.More, "Four_more are on the page of all leads.")
	for i, want := range []string{
		"Dario Venn, until 5_June", "Kwame Boateng, until 7_March", "open for two_days", "open, closes tomorrow_09:00", "closed, being decided",
	} {
		say(t, team.Leads[i].Says, want)
	}
	if first, second := team.Leads[0], team.Leads[1]; !first.Soon || second.Soon || first.Share <= 0 || first.Share >= .2 || second.Share != 1 {
		t.Errorf("the figure ends at %v and %v", first.Share, second.Share)
	}
	say(t, team.NotLed.Said.Before, "Eight of 19 have not led yet.")
	say(t, team.NotLed.Note, "Stop Tap is open, and a word from you may be what somebody waits for: Dunstan, Elspeth, Ines, Marisol and four more. Only stewards see these names.")

	s.Leads = []homedb.StewardedLead{closed}
	s.Leads[0].Total, s.Leads[0].Deciding = 1, 1
	team = teller.stewarded(v, s)
	say(t, team.Said.Before, "One_lead is being decided.")
	say(t, team.NotLed.Note, "") // nothing to ask them
	s.Leads = nil
	say(t, teller.stewarded(v, s).Said.Before, "Nothing is led or open here.")
	if teller.stewarded(v, homedb.Stewarded{}) != nil || teller.stewarded(v, homedb.Stewarded{Circles: []string{"Network"}}) != nil {
		t.Error("whoever is no steward, or of nothing, has a team")
	}
}

func TestTheProjectMayEndWithItsLead(t *testing.T) {
	t.Parallel()
	v := ines()
	teller := homeTeller{clock: v.Clock()}
	lead := homedb.StewardedLead{Title: "Desk", State: skein.Led, LeadName: "Ada", EndsOn: v.Today().AddDate(0, 0, 1), EndOn: v.Today().AddDate(0, 0, 1), Total: 1}
	_, _, note := teller.stewardedSays(v, []homedb.StewardedLead{lead})
	say(t, note, "The project ends with it.")
	lead.State = skein.HandingOver
	_, _, note = teller.stewardedSays(v, []homedb.StewardedLead{lead})
	say(t, note, "It is open for whoever leads it next.")
	lead.State, lead.EndsOn = skein.Led, v.Today().AddDate(0, 3, 0)
	said, acts, _ := teller.stewardedSays(v, []homedb.StewardedLead{lead})
	say(t, said.Before, "Each of its leads is led, and none ends within a month.")
	coming := homedb.StewardedLead{ID: "coming", Title: "Sensors", State: skein.OpenForLead, ComingName: "Noor Basri", Total: 1, Coming: 1, WindowState: skein.WindowTaken}
	said, _, _ = teller.stewardedSays(v, []homedb.StewardedLead{coming})
	say(t, said.Before, "Each of its leads is led, or somebody was chosen for it; none ends within a month.")
	line := teller.stewardedLead(v, coming)
	say(t, line.Says, "Noor Basri was chosen, and begins when what the lead needs is settled")
	if line.Open {
		t.Error("a lead for which somebody was chosen is drawn as open")
	}
	say(t, teller.in(homedb.Part{Kind: homedb.PartProposed, Title: "Sensors", State: skein.OpenForLead, Coming: "Noor Basri"}).Is, "proposed by you; Noor Basri was chosen, and begins when what the lead needs is settled")
	if len(acts) != 0 {
		t.Errorf("%d acts", len(acts))
	}
}
