package lead_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestEachClockIsFoundWhenItIsDueAndNotBefore(t *testing.T) {
	t.Parallel()
	due := monday.Add(30 * day)
	today := skein.Day(due)
	for name, c := range map[string]struct {
		lead  lead.Lead
		clock lead.Clock // "": never
		at    time.Time
	}{
		"a window":        {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowOpen, ClosesAt: due}}, lead.ClockWindow, due},
		"while inviting":  {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowInviting, ClosesAt: due}}, lead.ClockWindow, due},
		"without an end":  {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowOpen, OpenedAt: due}}, "", due},
		"a closed window": {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowPicked, ClosesAt: due}}, "", due},
		"no window":       {lead.Lead{}, "", due},
		"a check":         {lead.Lead{Picks: []skein.Pick{{ID: "w", State: skein.PickWaiting, AnswerBy: due}}}, lead.ClockPick, due},
		"a checked pick":  {lead.Lead{Picks: []skein.Pick{{ID: "w", State: skein.PickConfirmed, AnswerBy: due}}}, "", due},
		"an invitation":   {lead.Lead{Invites: []skein.Invite{{Window: "w", State: skein.InviteWaiting, AnswerBy: due}}}, lead.ClockInvite, due},
		"a declined one":  {lead.Lead{Invites: []skein.Invite{{Window: "w", State: skein.InviteDeclined, AnswerBy: due}}}, "", due},
		"an offer":        {lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermOffered, AnswerBy: due}}}, lead.ClockOffer, due},
		"a question":      {lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermAsked, AnswerBy: due}}}, lead.ClockOffer, due},
		"less than asked for": {lead.Lead{
			Needs: []skein.Need{{Answer: skein.NeedLess, AnsweredAt: monday}}, Terms: []skein.Term{{ID: "w", State: skein.TermAccepted, AnswerBy: monday, NeedsBy: due}},
		}, lead.ClockNeeds, due},
		"a need": {lead.Lead{
			Project: skein.Project{State: skein.Led}, Needs: []skein.Need{{ID: "w", AnswerBy: due}},
		}, lead.ClockNeed, due},
		"a need of a draft": {lead.Lead{Project: skein.Project{State: skein.Draft}, Needs: []skein.Need{{ID: "w", AnswerBy: due}}}, "", due},
		"a granted need":    {lead.Lead{Project: skein.Project{State: skein.Led}, Needs: []skein.Need{{ID: "w", AnswerBy: due, GrantedBy: uma}}}, "", due},
		"a refused need":    {lead.Lead{Project: skein.Project{State: skein.Led}, Needs: []skein.Need{{ID: "w", AnswerBy: due, Answer: skein.NeedNo}}}, "", due},
		"while one is asked": {lead.Lead{
			Needs: []skein.Need{{}, {Answer: skein.NeedLess, AnsweredAt: monday}}, Terms: []skein.Term{{ID: "w", State: skein.TermAccepted, AnswerBy: monday}},
		}, "", due},
		"a moved start":    {lead.Lead{Terms: []skein.Term{{ID: "w", Claim: "c", State: skein.TermAccepted, StartsOn: today}}}, lead.ClockStart, today},
		"a declined offer": {lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermDeclined, AnswerBy: due, NeedsBy: due}}}, "", due},
		"a word tomorrow":  {lead.Lead{Terms: []skein.Term{{ID: "w", Role: skein.Primary, State: skein.TermLive, WordDue: today.AddDate(0, 0, 1)}}}, lead.ClockWord, today},
		"a late word": {lead.Lead{Terms: []skein.Term{{
			ID: "w", Role: skein.Primary, State: skein.TermHandingOver, WordDue: today.AddDate(0, 0, -3), WordTold: skein.WordToldLead,
		}}}, lead.ClockWord, today},
		"a word that all were told of": {lead.Lead{Terms: []skein.Term{{
			ID: "w", Role: skein.Primary, State: skein.TermLive, WordDue: today.AddDate(0, 0, -9), WordTold: skein.WordToldSteward,
		}}}, "", due},
		"a co-lead's": {lead.Lead{Terms: []skein.Term{{ID: "w", Role: skein.CoLead, State: skein.TermLive}}}, "", due},
		"the last day": {
			lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermLive, EndsOn: today.AddDate(0, 0, -1), AnswerBy: monday}}}, lead.ClockEnd, today,
		},
		"a last day before it began": {lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermAccepted, EndsOn: today.AddDate(0, 0, -1)}}}, lead.ClockEnd, today},
		"a handing over": {
			lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermHandingOver, EndsOn: today.AddDate(0, 0, -1)}}}, lead.ClockEnd, today,
		},
		"who is away": {
			lead.Lead{
				Picks: []skein.Pick{{ID: "x", AskedOf: "w", State: skein.PickWaiting, AnswerBy: due.Add(2 * day)}},
				Away:  []lead.Here{{Person: "w", AwayUntil: today.AddDate(0, 0, 2)}},
			}, lead.ClockAway, due,
		},
		"who comes back in time": {
			lead.Lead{
				Picks: []skein.Pick{{ID: "x", AskedOf: "w", State: skein.PickWaiting, AnswerBy: due.Add(2 * day)}},
				Away:  []lead.Here{{Person: "w", AwayUntil: today.AddDate(0, 0, 1)}},
			}, "", due,
		},
		"who has left": {lead.Lead{Gone: []skein.PersonID{"w"}}, lead.ClockGone, due},
		"an open project": {
			lead.Lead{
				Project: skein.Project{ID: "w", State: skein.OpenForLead, EndOn: today.AddDate(0, 0, -15)}, EndTold: today.AddDate(0, 0, -15),
			}, lead.ClockPast, today,
		},
		"its last day":         {lead.Lead{Project: skein.Project{ID: "w", State: skein.OpenForLead, EndOn: today}}, lead.ClockLast, today},
		"its last day, told":   {lead.Lead{Project: skein.Project{ID: "w", State: skein.OpenForLead, EndOn: today}, EndTold: today}, "", due},
		"until taken":          {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowOpen, OpenedAt: due.Add(-30 * day)}}, lead.ClockOpen, due},
		"until taken, asked":   {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowOpen, OpenedAt: monday, AskedAt: due.Add(-30 * day)}}, lead.ClockOpen, due},
		"until taken, invited": {lead.Lead{Window: skein.Window{ID: "w", State: skein.WindowInviting, OpenedAt: due.Add(-90 * day)}}, "", due},
		"a led one":            {lead.Lead{Project: skein.Project{ID: "w", State: skein.Led, EndOn: monday.AddDate(0, 0, -99)}}, "", due},
		"a picked one": {lead.Lead{
			Project: skein.Project{ID: "w", State: skein.OpenForLead, EndOn: monday.AddDate(0, 0, -99)}, Window: skein.Window{State: skein.WindowPicked},
		}, "", due},
		"an accepted one": {lead.Lead{
			Project: skein.Project{ID: "w", State: skein.OpenForLead, EndOn: monday.AddDate(0, 0, -99)},
			Terms:   []skein.Term{{Role: skein.Primary, State: skein.TermAccepted}},
		}, "", due},
		"without a last day": {lead.Lead{Project: skein.Project{ID: "w", State: skein.OpenForLead}}, "", due},
		"no last day":        {lead.Lead{Terms: []skein.Term{{ID: "w", State: skein.TermLive}}}, "", due},
		"a review":           {lead.Lead{Reviews: []skein.Review{{ID: "w", AskedOf: uma, AnswerBy: due}}}, lead.ClockReview, due},
		"an answered review": {lead.Lead{Reviews: []skein.Review{{ID: "w", AskedOf: uma, AnswerBy: due, AnsweredAt: due}}}, "", due},
		"who has not answered": {
			lead.Lead{Reconsiderations: []skein.Reconsideration{{ID: "w", State: skein.ReconsiderOpen, Due: due.Add(lead.ReconsiderSoon)}}}, lead.ClockReconsider, due,
		},
		"what is reconsidered": {
			lead.Lead{Reconsiderations: []skein.Reconsideration{{ID: "w", State: skein.ReconsiderOpen, Due: due, Reminded: true}}}, lead.ClockReconsider, due,
		},
		"what was kept":      {lead.Lead{Reconsiderations: []skein.Reconsideration{{ID: "w", State: skein.ReconsiderKept, Due: due}}}, "", due},
		"a review of nobody": {lead.Lead{Reviews: []skein.Review{{ID: "w", AnswerBy: due}}}, "", due},
	} {
		at := func(at time.Time) []lead.Act { return lead.Due(&c.lead, skein.By{At: at, Day: skein.Day(at)}) }
		if acts := at(c.at.Add(-1)); len(acts) > 0 && c.clock != lead.ClockGone && c.clock != lead.ClockAway { // that is found by who is gone
			t.Errorf("%s: due too early", name)
		}
		acts := at(c.at)
		if c.clock == "" {
			if len(acts) > 0 {
				t.Errorf("%s: due", name)
			}
			continue
		}
		if len(acts) != 1 || acts[0].Clock != c.clock || strings.TrimSpace(acts[0].ID) != "w" || acts[0].At.After(c.at) || acts[0].Do == nil {
			t.Errorf("%s: %+v", name, acts)
		}
		if !slices.Contains(lead.Clocks, c.clock) {
			t.Errorf("%s is no clock", c.clock)
		}
	}
}

func TestTheEarliestIsDueFirst(t *testing.T) {
	t.Parallel()
	l := &lead.Lead{
		Window: skein.Window{ID: "w", State: skein.WindowOpen, ClosesAt: monday.Add(5 * hour)},
		Picks: []skein.Pick{
			{ID: "late", State: skein.PickWaiting, AnswerBy: monday.Add(4 * hour)},
			{ID: "early", State: skein.PickWaiting, AnswerBy: monday.Add(hour)},
		},
		Needs: []skein.Need{{Answer: skein.NeedLess, AnsweredAt: monday}},
		Terms: []skein.Term{
			{ID: "over", State: skein.TermLive, EndsOn: monday.AddDate(0, 0, -1)},
			{ID: "open", State: skein.TermAccepted, NeedsBy: monday.Add(2 * hour)},
			{ID: "asked", State: skein.TermAsked, AnswerBy: monday.Add(3 * hour)},
		},
	}
	var order []string
	for _, a := range lead.Due(l, skein.By{At: monday.Add(day), Day: skein.Day(monday.Add(day))}) {
		order = append(order, string(a.Clock)+" "+a.ID)
	}
	want := []string{"end over", "pick early", "needs open", "offer asked", "pick late", "window w"}
	if !slices.Equal(order, want) {
		t.Errorf("%v", order)
	}
}

func TestAnActThatIsNotDueYetChangesNothing(t *testing.T) {
	t.Parallel()
	w := coachless(t)
	w.must(kim, w.askReview(kim, "Why?"))
	w.must(mia, shadow)
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	w.forget()
	before := w.store.clone()
	for _, do := range []verb{
		func(l *lead.Lead, by skein.By) error { return l.Close(by) },
		func(l *lead.Lead, by skein.By) error { return l.PassPick(by, w.pick().ID) },
		func(l *lead.Lead, by skein.By) error { return l.LapseInvites(by) },
		func(l *lead.Lead, by skein.By) error { return l.Lapse(by, w.termOf(noor, skein.Primary).ID) },
		func(l *lead.Lead, by skein.By) error { return l.Lapse(by, w.termOf(mia, skein.Shadow).ID) },
		func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, w.termOf(noor, skein.Primary).ID) },
		func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, w.termOf(mia, skein.Shadow).ID) },
		func(l *lead.Lead, by skein.By) error { return l.PassReview(by, w.reviews[0].ID) },
	} {
		w.must(skeinItself, do)
	}
	w.saw(t, "", "")
	if diff := differs(before, w.store); diff != "" {
		t.Error(diff)
	}
}
