package view

import (
	"strings"
	"testing"

	"skein/internal/board"
	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
)

func key() string { return "key" }

func TestEachThingThatWaitsIsSaidWithItsActs(t *testing.T) {
	t.Parallel()
	tomorrow := in(24)
	for kind, want := range map[homedb.WantedKind]string{
		homedb.WaitOffer:    "You were chosen for Leak Sensors. Answer by 09:00_tomorrow. [Accept, Not this time]",
		homedb.WaitPick:     "Decide who leads Leak Sensors, by tomorrow. [Check]",
		homedb.WaitReview:   "Noor Basri asks for a second look at Leak Sensors, by tomorrow. [Answer]",
		homedb.WaitNeed:     "Noor Basri needs your word for Leak Sensors: GIS, by tomorrow. [Grant it, Less, or no]",
		homedb.WaitLess:     "Say what you make of what Leak Sensors gets: GIS, by tomorrow. [Take it, Look]",
		homedb.WaitShort:    "Say what you make of what Leak Sensors gets: GIS, by tomorrow. [I can do without it, Look]",
		homedb.WaitAsk:      "Noor Basri asks what you can say about GIS, by tomorrow. [Answer, I cannot say]",
		homedb.WaitInvite:   "You are invited to lead Leak Sensors. Answer by 09:00_tomorrow. [Say yes, Not this time]",
		homedb.WaitPlace:    "Noor Basri asks to co-lead Leak Sensors, by tomorrow. [Say yes, Not this time]",
		homedb.WaitCoLead:   "Would you lead Leak Sensors beside Noor Basri? Answer by 09:00_tomorrow. [Say yes, Not this time]",
		homedb.WaitTogether: "Noor Basri would like to claim with you: Leak Sensors, by tomorrow. [Say yes, Not this time]",
		homedb.WaitCoach:    "Noor Basri would like you as a coach for Leak Sensors, by tomorrow. [Say yes, Not this time]",
	} {
		d := Home(ines(), homedb.Home{Waits: 2, Waiters: 1, Waiting: []homedb.Wanted{{
			Kind: kind, ID: "x", Project: "sensors", Title: "Leak Sensors", Who: "Noor Basri", WhoID: "noor", About: "GIS", Need: skein.Need{What: "GIS"}, Until: &tomorrow, Hours: hours(4), First: true,
		}}}, nil, key)
		row := d.Waiting[0]
		var acts []string
		for _, a := range row.Acts {
			acts = append(acts, a.Label)
		}
		say(t, row.Said.Before+row.Said.Link+row.Said.After+" ["+strings.Join(acts, ", ")+"]", want)
		say(t, d.Title+"; "+d.More.Label, "One_person is waiting for you; One_more waits")
	}
}

// Whoever waits for a check is sealed, and an invitation waits for nobody in particular: things are
// counted then, not people.
func TestThingsThatNobodyIsNamedForAreNoPeople(t *testing.T) {
	t.Parallel()
	d := Home(ines(), homedb.Home{Waits: 150, Unnamed: 149, Waiters: 1, Waiting: []homedb.Wanted{{Kind: homedb.WaitInvite}}}, nil, key)
	say(t, d.Title, "150_things are waiting for you")
}

func TestHomeWhenNobodyWaits(t *testing.T) {
	t.Parallel()
	d := Home(ines(), homedb.Home{Leaves: []peopledb.Leave{{ID: "l", From: skein.Day(in(-48))}}}, nil, key)
	say(t, d.Title+". "+d.Purpose+" "+d.Away.Said.Before, "Good morning, Ines. Nobody is waiting for you. You are away.")
	if d := Home(ines(), homedb.Home{}, &page.WelcomeForm{}, key); d.Welcome == nil || !strings.Contains(d.Purpose, "Four questions") {
		t.Errorf("the first sign-in says %q", d.Purpose)
	}
}

func TestWhatOneLeadsAndWhatItLacks(t *testing.T) {
	t.Parallel()
	end := in(24 * 20)
	d := Home(ines(), homedb.Home{Terms: []homedb.HeldTerm{
		{Title: "A", State: skein.TermAccepted, Role: skein.Primary, NeedsBy: &end, Missing: []skein.Need{{What: "travel", Kind: skein.NeedBudget, Amount: ptr(1500.0)}, {What: "a room"}}},
		{Title: "B", State: skein.TermLive, Role: skein.Primary, EndsOn: &end},
		{Title: "C", State: skein.TermLive, Role: skein.Primary, Paused: true},
		{Title: "D", State: skein.TermHandingOver, Role: skein.Primary},
		{Title: "E", State: skein.TermLive, Role: skein.CoLead, Beside: "Noor Basri"},
		{Title: "F", State: skein.TermAccepted, Role: skein.Primary},
	}}, nil, key)
	for i, want := range []string{
		"A, as soon as its needs are settled. What was answered waits for you until 31_May. Still open: £1,500, travel; a room.", "B, until 31_May. Everything it needs is settled.",
		"C. Its decisions pause; you still answer for it.", "D. You hand it on; it stays yours until somebody has taken over.", "F, as soon as it is handed over.",
	} {
		row := d.Leads[i]
		say(t, strings.TrimSpace(row.Said.Link+row.Said.After+" "+row.Note), want)
	}
	if d.Leads[0].Bird != component.Vacant || d.Leads[1].Bird != component.Led || d.Leads[2].Bird != component.Paused {
		t.Error("each lead has its bird")
	}
	say(t, d.In[0].Link+": "+d.In[0].Is, "E: you lead it beside Noor Basri")
}

func TestWhatOneHasBegun(t *testing.T) {
	t.Parallel()
	until := in(24)
	d := Home(ines(), homedb.Home{Unfinished: []leaddb.Unfinished{
		{Title: "A"},
		{Title: "B", Claim: skein.ClaimSubmitted, Decided: true},
		{Title: "C", Claim: skein.ClaimDraft, Until: &until},
		{Title: "D", Claim: skein.ClaimSubmitted},
		{Title: "E", Claim: skein.ClaimSubmitted, Coach: "Noor Basri"},
		{Title: "F", Claim: skein.ClaimSubmitted, Coach: "Noor Basri", With: "Teo Marchi"},
	}}, nil, key)
	for i, want := range []string{
		"A draft of a project. Until it is published only you see it, and its stewards.", "You claimed it. Claims have closed, and it is being decided; you are told as soon as it is.",
		"A claim that is not sent yet. They close tomorrow_09:00.", "You claimed it. Only you can see that until claims close.",
		"You claimed it. Only you and Noor Basri, whom you named, can see that until claims close.",
		"You claimed it. Only you, Teo Marchi and Noor Basri, whom you named, can see that until claims close.",
	} {
		say(t, d.Unfinished[i].Note, want)
	}
}

func TestWhatCouldBeTheirsSaysHoursAgainstHours(t *testing.T) {
	t.Parallel()
	v := ines()
	v.Person.HoursPerWeek = hours(6)
	suggested := board.Suggestion{Wish: "GIS", Ground: true}
	suggested.Title, suggested.HoursPerWeek = "Leak Sensors", hours(4)
	var d page.HomeData
	Suggest(&d, v, homedb.Home{HoursHeld: 5}, []board.Suggestion{suggested}, nil, 1)
	say(t, d.Could[0].Note, "You want to try GIS. 4_hours, not granted yet; you have 1.")
	for open, want := range map[int]string{0: "No lead is open just now.", 3: "Each lead that is open you have claimed, sent away"} {
		var d page.HomeData
		Suggest(&d, v, homedb.Home{}, nil, nil, open)
		if d.Empty == nil || !strings.HasPrefix(d.Empty.Sentence, want) || len(d.Empty.Next) == 0 {
			t.Errorf("%d open: %+v", open, d.Empty)
		}
	}
}

func TestWhoeverIsNewSeesTheNearestThreeAndWhomToAsk(t *testing.T) {
	t.Parallel()
	near := func(way board.Way, title string) board.Near {
		n := board.Near{Way: way}
		n.ID, n.Title, n.LeadName = skein.ProjectID(title), title, "Tomas Orr"
		return n
	}
	ways := []board.Near{near(board.ToLead, "A"), near(board.ToCoLead, "B"), near(board.ToShadow, "C")}
	marta := &homedb.Adviser{ID: "marta", Name: "Marta Oyelaran", Kind: skein.Steward, Circle: "Network"}
	var d page.HomeData
	Suggest(&d, ines(), homedb.Home{Adviser: marta}, nil, ways, 4)
	if len(d.Could) != 4 || d.Empty != nil {
		t.Fatalf("%d rows, empty %v", len(d.Could), d.Empty)
	}
	say(t, d.Could[0].Note, "The nearest to you that is open. Nobody is compared there: somebody who has no part in it decides on what is written.")
	say(t, d.Could[1].Said.Before+d.Could[1].Said.Link+d.Could[1].Said.After, "Co-lead B.")
	say(t, d.Could[2].Note, "Tomas Orr leads it. You look over their shoulder; nobody has to be asked.")
	say(t, d.Could[3].Said.Before+d.Could[3].Said.Link+d.Could[3].Said.After, "Ask Marta Oyelaran, the steward of Network.")

	// Two suit already: one more stands beside them, and whoever has something here is left alone.
	suits := make([]board.Suggestion, 2)
	d = page.HomeData{}
	Suggest(&d, ines(), homedb.Home{Adviser: marta}, suits, ways, 4)
	if len(d.Could) != 4 {
		t.Errorf("%d rows for two that suit", len(d.Could))
	}
	d = page.HomeData{}
	Suggest(&d, ines(), homedb.Home{Adviser: marta, Parts: make([]homedb.Part, 1)}, suits, ways, 4)
	if len(d.Could) != 2 {
		t.Errorf("%d rows for somebody who is in a team", len(d.Could))
	}
	for kind, after := range map[skein.HatKind]string{skein.Administrator: ", who administers Skein.", skein.Executive: ", an executive of "} {
		if row := adviser(homedb.Adviser{Kind: kind}, ines()); !strings.HasPrefix(row.Said.After, after) {
			t.Errorf("%s: %q", kind, row.Said.After)
		}
	}
}

func TestTheBoardsFilterAndItsUndo(t *testing.T) {
	t.Parallel()
	led := board.Row{Own: "lead"}
	for own, says := range map[string]string{"offered": "You are offered it", "accepted": "You said yes", "co": ""} {
		say(t, ownWords(board.Row{Own: own}), says)
	}
	led.WindowState = skein.WindowOpen
	led.ID, led.Title, led.HoursPerWeek, led.OpenedAt = "a", "Leak Sensors", hours(4), in(-48)
	drafted := board.Row{Claim: skein.ClaimDraft}
	drafted.WindowState = skein.WindowOpen
	drafted.ID, drafted.Granted, drafted.HoursPerWeek, drafted.ClosesAt = "b", true, hours(1), in(24)
	sent := board.Row{Claim: skein.ClaimSubmitted}
	sent.ID, sent.EndsOn = "c", skein.Day(in(24*30))
	asks := Asks{"hours": "4", "q": "leaks", "why": "a", "sort": "closing"}
	d := Board(ines(), asks, board.Query{MostHours: hours(4)}, board.Page{
		Open: []board.Row{led, drafted}, Soon: []board.Row{sent}, Next: &board.Key{Value: "2026", ID: "z"}, Counts: board.Counts{Open: 23, Deciding: 1, Soon: 1, Beside: 6},
	}, nil)
	say(t, d.Found+" "+d.Rest, "23 open, one being decided, one opening soon, six_places beside a lead.")
	rows := d.Groups[0].Leads
	say(t, rows[0].State+"; "+rows[0].When+"; "+rows[0].WhenNote+"; "+rows[0].Hours, "You lead it; Until taken; open for two_days; 4_hours a_week, not granted yet")
	say(t, rows[1].State+"; "+rows[1].When+"; "+rows[1].Hours, "You began a claim; Tomorrow_09:00; 1_hour a_week, granted")
	say(t, d.Groups[1].Leads[0].State+"; "+d.Groups[1].Leads[0].When, "You claimed; 10_June")
	if !rows[0].Open || rows[1].Open || len(d.Undo) != 1 || d.Undo[0].Label != "Show everything" {
		t.Errorf("the undo is %+v", d.Undo)
	}
	if !strings.Contains(d.Next, "after=2026+z") || strings.Contains(d.Next, "why") {
		t.Errorf("the next page is %q", d.Next)
	}
	led.HoursPerWeek = hours(9)
	d = Board(ines(), asks, board.Query{MostHours: hours(4)}, board.Page{Nearest: []board.Row{led, drafted}, OpenInAll: 2}, nil)
	say(t, d.Found, "None open of the kind you ask for.")
	say(t, d.Nearest[0].Between, "It asks 9_hours a_week; you asked for 4_hours at most.")
	say(t, d.Nearest[1].Between, "It does not say “leaks”.")
	if d := Board(ines(), Asks{}, board.Query{}, board.Page{}, nil); d.Empty == "" || d.Found != "None open." {
		t.Errorf("an empty board says %q %q", d.Found, d.Empty)
	}
}
