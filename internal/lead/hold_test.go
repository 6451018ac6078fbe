package lead_test

import (
	"fmt"
	"slices"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// cannots are the ways in which somebody cannot be given a lead that has to be answered.
var cannots = map[skein.Passed]func(w *world, p skein.PersonID){
	skein.PassedLeads: func(w *world, p skein.PersonID) { w.rules.LeadsAtOnce, w.elsewhere[p] = 2, 2 },
	skein.PassedHours: func(w *world, p skein.PersonID) { w.free[p], w.hours[p] = 20, 12.5 },
	skein.PassedAway:  func(w *world, p skein.PersonID) { w.away[p] = skein.Day(w.now).AddDate(0, 0, 2) },
	skein.PassedGone:  func(w *world, p skein.PersonID) { w.later[p] = true },
}

// cans are the ways in which they just can.
var cans = map[string]func(w *world, p skein.PersonID){
	"one lead is left":            func(w *world, p skein.PersonID) { w.rules.LeadsAtOnce, w.elsewhere[p] = 2, 1 },
	"no guardrail":                func(w *world, p skein.PersonID) { w.elsewhere[p] = 9 },
	"the hours are just enough":   func(w *world, p skein.PersonID) { w.free[p], w.hours[p] = 20, 12 },
	"the hours are not stated":    func(w *world, p skein.PersonID) { w.hours[p] = 60 },
	"the project states no hours": func(w *world, p skein.PersonID) { w.project.HoursPerWeek, w.hours[p], w.free[p] = nil, 9, 1 },
	"back before the answer":      func(w *world, p skein.PersonID) { w.away[p] = skein.Day(w.now).AddDate(0, 0, 1) },
	"back for long":               func(w *world, p skein.PersonID) { w.away[p] = skein.Day(w.now).AddDate(0, 0, -1) },
}

// whys lists whom the log says the lead passed over, and why.
func (w *world) whys() []string {
	var says []string
	for _, e := range w.events {
		if e.Action == "claim.pass_over" {
			says = append(says, fmt.Sprint(w.store.claim(skein.ClaimID(e.NounID)).Person, " ", e.Details["why"]))
		}
	}
	return says
}

func TestWhoCannotHoldItAtTheCloseIsPassedOverAndToldAtTheTelling(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		w := opened(t, skein.Verified)
		w.order(noor, kim, lee)
		w.claim(noor, kim, lee)
		w.now = w.now.Add(7 * day)
		cannot(w, noor)
		w.forget()
		w.pass(0)
		if got := w.whys(); !slices.Equal(got, []string{"noor " + string(why)}) {
			t.Errorf("%s: %v", why, got)
		}
		w.saw(t, "window.close, claim.pass_over, pick.make", "sofie check by 48h")
		w.stands(t, "open picked: kim chosen, lee submitted, noor submitted")
		if got := w.claimOf(noor).Passed; got != why {
			t.Errorf("%s: kept is %q", why, got)
		}
		if p := w.pick(); p.Compared != 3 {
			t.Errorf("%+v", p)
		}
		w.must(sofie, w.confirm())
		w.saw(t, "pick.confirm, term.offer", "kim offer by 48h, lee notchosen of kim, noor notchosen/passed")
	}
}

func TestWhoJustCanIsPicked(t *testing.T) {
	t.Parallel()
	for name, can := range cans {
		w := opened(t, skein.Verified)
		w.claim(noor)
		w.now = w.now.Add(7 * day)
		can(w, noor)
		w.pass(0)
		if got := w.claimOf(noor); got.State != skein.ClaimChosen || got.Passed != "" {
			t.Errorf("%s: %s %q", name, got.State, got.Passed)
		}
	}
}

func TestOnTrustAwayIsNoReason(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.claim(noor)
	w.away[noor] = skein.Day(w.now).AddDate(0, 1, 0) // they have said yes
	w.pass(day)
	w.stands(t, "led taken: noor live")
}

func TestWhereNobodyCanHoldItAtTheCloseClaimsGoOn(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.order(noor, kim)
	w.claim(noor, kim, lee)
	w.found[lee] = found{stops: "You are away."}
	w.rules.LeadsAtOnce, w.elsewhere[noor], w.elsewhere[kim] = 1, 1, 1
	w.ready = []skein.PersonID{mia}
	w.forget()
	w.pass(7 * day)
	w.saw(t, "window.close, claim.pass_over, claim.pass_over, window.open, invite.send",
		"kim notchosen/passed, lee notchosen/stopped, mia invite by 48h, noor notchosen/passed")
	w.stands(t, "open inviting: kim not_chosen, lee not_chosen, noor not_chosen")
	if len(w.picks) > 0 {
		t.Errorf("somebody was picked: %+v", w.picks)
	}
}

func TestWhereNobodyComparedCanHoldItWhatWasWrittenIsRead(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor)
	w.claimAs(kim, skein.Claim{Unscored: true, Why: "I know these pumps."})
	w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1
	w.forget()
	w.pass(7 * day)
	w.saw(t, "window.close, claim.pass_over, pick.make", "sofie check by 48h")
	if p := w.pick(); p.Claim != "" {
		t.Errorf("%+v", p)
	}
	w.must(sofie, w.decide(w.claimOf(kim).ID, "She has the keys."))
	w.saw(t, "pick.confirm, term.offer", "kim offer by 48h, noor notchosen/passed")
}

func TestWhoCannotHoldItWhenTheirPickIsConfirmedIsPassedOver(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		w := picked(t, noor, kim, lee)
		cannot(w, noor)
		w.must(sofie, w.confirm())
		if got := w.whys(); !slices.Equal(got, []string{"noor " + string(why)}) {
			t.Errorf("%s: %v", why, got)
		}
		w.saw(t, "pick.confirm, claim.pass_over, pick.next, term.offer",
			"kim offer by 48h, lee notchosen of kim, noor notchosen/passed")
		w.stands(t, "open picked: kim offered, lee not_chosen, noor not_chosen")
		if p := w.pick(); p.Number != 2 || p.State != skein.PickNotNeeded || p.Compared != 2 || p.Claim != w.claimOf(kim).ID {
			t.Errorf("%+v", p)
		}
		if first := w.picks[0]; first.State != skein.PickConfirmed || first.Claim != w.claimOf(noor).ID {
			t.Errorf("what was checked stays as it was: %+v", first)
		}
	}
}

func TestWhoWasEquallyPlacedWithWhoeverComesNextIsToldSo(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor], w.found[kim], w.found[lee] = found{place: 1, band: 1}, found{place: 2, band: 2}, found{place: 3, band: 2}
	w.claim(noor, kim, lee)
	w.pass(7 * day)
	w.forget()
	w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, claim.pass_over, pick.next, term.offer",
		"kim offer by 48h, lee notchosen/equal of kim, noor notchosen/passed")
}

func TestWhoIsFreeAgainComesFirstAgain(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim, lee)
	w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1
	w.must(sofie, w.confirm())
	w.elsewhere[noor] = 0
	w.forget()
	w.must(kim, w.decline(kim))
	w.saw(t, "term.decline, pick.next, term.offer", "noor offer by 48h")
	if got := w.claimOf(noor); got.Passed != "" || got.State != skein.ClaimOffered {
		t.Errorf("%+v", got)
	}
}

func TestWhyOnceIsForgottenWhenTheirTurnComesAgain(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.order(noor, kim, lee)
	w.claim(noor, kim, lee)
	w.rules.LeadsAtOnce, w.elsewhere[noor], w.elsewhere[kim] = 1, 1, 1
	w.pass(7 * day)
	w.stands(t, "open picked: kim submitted, lee chosen, noor submitted")
	w.elsewhere[noor] = 0
	w.forget()
	w.must(lee, withdraw)
	w.saw(t, "claim.withdraw, pick.make", "sofie check by 48h")
	if got := w.claimOf(noor); got.State != skein.ClaimChosen || got.Passed != "" {
		t.Errorf("%+v", got)
	}
	w.must(sofie, w.giveBack("The wrong skill."))
	if got := w.claimOf(kim); got.State != skein.ClaimSubmitted || got.Passed != "" {
		t.Errorf("%+v", got)
	}
}

func TestWhereNobodyCanHoldItAtTheTellingClaimsGoOn(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	w.rules.LeadsAtOnce, w.elsewhere[noor], w.elsewhere[kim] = 1, 1, 1
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, claim.pass_over, claim.pass_over, window.open",
		"ada nobody, kim notchosen/passed, noor notchosen/passed, sofie nobody")
	w.stands(t, "open open: kim not_chosen, noor not_chosen")
	if old := w.windows[0]; !old.ToldAt.Equal(w.now) || old.State != skein.WindowRestarted {
		t.Errorf("%+v", old)
	}
}

func TestWhatIsReadBecauseThePickedOneCannotHoldItIsToldWhenItIsDecided(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim, lee)
	w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, claim.pass_over, pick.make", "sofie check by 48h")
	w.stands(t, "open picked: kim submitted, lee submitted, noor not_chosen")
	if !w.present("").ToldAt.IsZero() {
		t.Error("nobody knows yet whose it is")
	}
	w.refused(t, "conflict", noor, w.askReview(noor, "Why?"))
	w.now = w.now.Add(hour)
	w.must(sofie, w.decide(w.claimOf(kim).ID, "She has the keys."))
	w.saw(t, "pick.confirm, term.offer", "kim offer by 48h, lee notchosen of kim, noor notchosen/passed")
	if !w.present("").ToldAt.Equal(w.now) {
		t.Error("all are told now")
	}
	w.must(kim, w.decline(kim))
	w.saw(t, "term.decline, claim.pass_over, pick.make", "sofie check by 48h") // lee's is read again
	told := w.present("").ToldAt
	w.now = w.now.Add(hour)
	w.must(sofie, w.decide(w.claimOf(lee).ID, "She has the other keys."))
	w.saw(t, "pick.confirm, term.offer", "lee offer by 48h")
	if !w.present("").ToldAt.Equal(told) {
		t.Error("everybody is told once")
	}
}

func TestWhatIsWrittenByWhoCannotHoldItIsNotDecidedFor(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		w := wrote(t, noor, kim)
		cannot(w, noor)
		w.refused(t, "invalid claim", sofie, w.decide(w.claimOf(noor).ID, "She has the keys."))
		w.must(sofie, w.decide(w.claimOf(kim).ID, "He has the keys."))
		w.saw(t, "pick.confirm, term.offer", "kim offer by 48h, noor notchosen of kim")
		if p := w.pick(); p.BandSize != 0 || p.Rule != "steward" {
			t.Errorf("%s: %+v", why, p)
		}
	}
}

func TestWhoIsFoundEquallyPlacedAndCannotHoldItIsPassedOver(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim)
	w.found[kim], w.found[noor] = found{place: 1}, found{place: 2}
	w.rules.LeadsAtOnce, w.elsewhere[kim] = 1, 1
	w.must(sofie, w.confirm(w.claimOf(kim).ID))
	w.saw(t, "claim.pass_over, pick.confirm, term.offer", "kim notchosen/passed, noor offer by 48h")
	w = mixed(t, noor, kim)
	w.rules.LeadsAtOnce, w.elsewhere[kim], w.elsewhere[noor] = 1, 1, 1
	w.refused(t, "conflict", sofie, w.confirm(w.claimOf(kim).ID))
}

func TestWhereNobodyChecksTheOrderIsLookedThroughToo(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	w.readers = []skein.PersonID{sofie}
	w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1
	w.pass(2 * day)
	w.saw(t, "pick.unchecked, claim.pass_over, pick.next, term.offer", "kim offer by 48h, noor notchosen/passed")
}

func TestWhoIsFullAtTheirOwnYesIsRefusedAndTheOfferKeepsItsClock(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		if why == skein.PassedAway {
			continue // who says yes has answered
		}
		w := offered(t, noor, kim)
		by := w.termOf(noor, skein.Primary).AnswerBy
		w.now = w.now.Add(hour)
		cannot(w, noor)
		w.refused(t, "refused", noor, w.accept(noor))
		if got := w.termOf(noor, skein.Primary); got.State != skein.TermOffered || !got.AnswerBy.Equal(by) || !got.AnsweredAt.IsZero() {
			t.Errorf("%s: %+v", why, got)
		}
		w.pass(2*day - hour)
		w.saw(t, "term.lapse, pick.next, term.offer", "kim offer by 48h, noor lapsed/answer")
	}
	w := offered(t, noor)
	w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1
	w.refused(t, "refused", noor, w.accept(noor))
	w.elsewhere[noor], w.away[noor] = 0, skein.Day(w.now).AddDate(0, 1, 0)
	w.must(noor, w.accept(noor))
	w.stands(t, "led taken: noor live")
}

func TestWhoCannotSayYesIsNotInvited(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		w := opened(t, skein.Verified)
		w.ready = []skein.PersonID{noor, kim, lee, mia}
		w.now = w.now.Add(7 * day)
		cannot(w, noor)
		w.pass(0)
		w.saw(t, "window.nobody, invite.send", "kim invite by 48h")
		if t.Failed() {
			t.Fatal(why)
		}
	}
}

func TestInvitationsThatWaitCountAsLeads(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.ready = []skein.PersonID{noor, kim}
	w.rules.LeadsAtOnce = 3
	w.elsewhere[noor], w.invited[noor] = 1, 2
	w.elsewhere[kim], w.invited[kim] = 1, 1
	w.pass(7 * day)
	w.saw(t, "window.nobody, invite.send", "kim invite by 48h")
	w.invited[kim] = 9 // somebody else's offer is no reason to refuse their yes
	w.must(kim, w.yes(true))
	w.stands(t, "open picked: kim chosen")
}

func TestWhoIsFullWhenTheySayYesToAnInvitationIsRefused(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		if why == skein.PassedAway {
			continue
		}
		w := asking(t)
		w.claim(zoe)
		w.forget()
		cannot(w, noor)
		w.refused(t, "refused", noor, w.yes(true))
		if i := w.invites[1]; i.State != skein.InviteWaiting || w.claimOf(noor).ID != "" {
			t.Errorf("%s: %+v", why, i)
		}
	}
}

func TestWhenABandIsFullTheNextIsAsked(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.ready = []skein.PersonID{noor, kim, lee, mia, zoe}
	w.rules.LeadsAtOnce, w.elsewhere[noor], w.elsewhere[kim], w.elsewhere[mia] = 1, 1, 1, 1
	w.pass(7 * day)
	w.saw(t, "window.nobody, invite.send", "lee invite by 48h")
	if i := w.invites[0]; i.Band != 1 {
		t.Errorf("%+v", i)
	}
	w.elsewhere[kim] = 0 // who was left out was not asked
	w.must(lee, w.no())
	w.saw(t, "invite.decline, invite.send", "kim invite by 48h")
}

func TestWhereEveryBandIsFullClaimsStayOpen(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.rules.LeadsAtOnce = 1
	for i := range 60 {
		p := skein.PersonID(fmt.Sprintf("p%02d", i))
		w.ready, w.elsewhere[p] = append(w.ready, p), 1
	}
	w.now = w.now.Add(7 * day)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.Close(by) })
	w.saw(t, "window.nobody", "ada nobody, sofie nobody")
	w.stands(t, "open open: ")
	if w.tries > 6 { // 2, 4, 8, 16, 32 and all are locked
		t.Errorf("%d tries", w.tries)
	}
}

func TestACoLeadNeedsTheHours(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		w := led(t, noor)
		w.must(wim, askToCoLead)
		w.forget()
		cannot(w, wim)
		if why == skein.PassedLeads || why == skein.PassedAway { // a co-lead counts as no lead, and wim has asked
			w.must(noor, w.answerCoLead(wim, true))
			w.saw(t, "team.answer", "wim led/together")
			continue
		}
		w.refused(t, "refused", noor, w.answerCoLead(wim, true))
		if got := w.termOf(wim, skein.CoLead); got.State != skein.TermAsked {
			t.Errorf("%s: %+v", why, got)
		}
		w.must(noor, w.answerCoLead(wim, false))
		w.saw(t, "team.answer", "wim led/alone")
	}
}

func TestWhoClaimedAlongAndCannotHoldItIsLeftOutAndBothAreTold(t *testing.T) {
	t.Parallel()
	for why, cannot := range cannots {
		w := opened(t, skein.Verified)
		w.claimAs(noor, skein.Claim{With: wim})
		w.answered(wim, noor, true)
		w.pass(7 * day)
		w.must(sofie, w.confirm())
		w.forget()
		cannot(w, wim)
		w.must(noor, w.accept(noor))
		if why == skein.PassedLeads || why == skein.PassedAway {
			w.saw(t, "term.accept, term.live, term.live", "ada led of noor, noor led/you, wim led/beside of noor")
			continue
		}
		e := w.events[len(w.events)-1]
		if e.NounID != string(w.claimOf(noor).ID) || e.Details["why"] != why || e.Details["person"] != wim || e.Details["role"] != skein.CoLead {
			t.Errorf("%s: %+v", why, e)
		}
		w.saw(t, "term.accept, term.live, claim.pass_over", "ada led of noor, noor led/you, noor with/passed of wim, wim with/passed of wim")
		w.stands(t, "led taken: noor live")
		if got := w.termOf(wim, skein.CoLead); got.State != "" {
			t.Errorf("%+v", got)
		}
	}
}

func TestWhoIsAwayForTheWholeTimeIsNotAskedToLook(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor, kim)
	w.order(noor, kim)
	w.now = w.now.Add(7 * day)
	w.away[sofie] = skein.Day(w.now).AddDate(0, 0, 2)
	w.forget()
	w.pass(0)
	w.saw(t, "window.close, pick.make", "uma check by 48h")
	w.must(uma, w.confirm())
	w.away[sofie] = skein.Day(w.now).AddDate(0, 0, 6) // a review takes seven days: they are back in time
	w.forget()
	w.must(kim, w.askReview(kim, "Why?"))
	w.saw(t, "review.ask", "sofie review by 168h")
	w = offered(t, noor, kim)
	w.away[uma] = skein.Day(w.now).AddDate(0, 0, 7)
	w.must(kim, w.askReview(kim, "Why?"))
	w.saw(t, "review.ask", "adam review by 168h")
}

func TestWhoHandsItOnDoesNotClaimIt(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.forget()
	for _, do := range []func(*lead.Sending, skein.By) error{keeping(skein.Claim{}), sending(skein.Claim{}, true)} {
		if got := sort(w.send(noor, noor, do)); got != "conflict" {
			t.Error(got)
		}
	}
	w.ready = []skein.PersonID{noor, kim}
	w.pass(7 * day)
	w.saw(t, "window.nobody, invite.send", "kim invite by 48h")
	w = asking(t)
	w.terms = []skein.Term{{ID: "t", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermHandingOver}} // of a file
	w.refused(t, "conflict", noor, w.yes(true))
}
