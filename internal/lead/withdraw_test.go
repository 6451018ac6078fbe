package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestAfterTheCloseTheOrderGoesOnWithoutWhoWithdrew(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim, lee)
	w.must(kim, withdraw)
	w.saw(t, "claim.withdraw", "")
	w.stands(t, "open picked: kim withdrawn, lee submitted, noor chosen")
	w.must(sofie, w.confirm())
	w.must(noor, w.decline(noor))
	w.saw(t, "pick.confirm, term.offer, term.decline, pick.next, term.offer",
		"lee notchosen of noor, lee offer by 48h, noor offer by 48h")
}

func TestThePickedOneWithdrawsAndTheNextIsPickedWithACheckOfItsOwn(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim, lee)
	w.now = w.now.Add(hour)
	w.must(noor, withdraw)
	w.saw(t, "claim.withdraw, pick.make", "sofie check by 48h")
	w.stands(t, "open picked: kim chosen, lee submitted, noor withdrawn")
	if first := w.picks[0]; first.State != skein.PickVoid || !first.AnsweredAt.Equal(w.now) {
		t.Errorf("%+v", first)
	}
	if p := w.pick(); p.Number != 2 || p.Compared != 2 || p.Claim != w.claimOf(kim).ID || p.Rule != "placed" {
		t.Errorf("%+v", p)
	}
	w.refused(t, "not found", noor, withdraw)
}

func TestWhenThePickedOneWithdrawsWhatWasWrittenIsRead(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim)
	w.must(noor, withdraw)
	w.saw(t, "claim.withdraw, pick.make", "sofie check by 48h")
	if w.pick().Claim != "" {
		t.Errorf("%+v", w.pick())
	}
}

func TestWhenThePickedOneWasAloneClaimsGoOn(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.ready = []skein.PersonID{mia}
	w.must(noor, withdraw)
	w.saw(t, "claim.withdraw, window.open, invite.send", "mia invite by 48h")
	w.stands(t, "open inviting: noor withdrawn")
}

func TestToTakeAnOfferBackIsToDeclineIt(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(noor, withdraw)
	w.saw(t, "term.decline, pick.next, term.offer", "kim offer by 48h")
	w.stands(t, "open picked: kim offered, noor declined")
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: dario}}
	w.must(kim, w.accept(kim))
	w.forget()
	w.must(kim, withdraw)
	w.saw(t, "term.decline, window.open", "ada nobody, sofie nobody")
}

func TestWhoWasNotChosenIsNotOfferedOnceTheyWithdrew(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim, lee)
	w.must(kim, withdraw)
	w.must(noor, w.decline(noor))
	w.saw(t, "claim.withdraw, term.decline, pick.next, term.offer", "lee offer by 48h")
	w.refused(t, "not found", zoe, withdraw)
}

func TestWhoLeadsHasNothingToTakeBack(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.refused(t, "not found", noor, withdraw)
	c := lead.Claim{Claim: skein.Claim{State: skein.ClaimLive}}
	s := lead.Sending{Claim: c}
	if got := sort(s.Withdraw(w.by(noor))); got != "conflict" {
		t.Error(got)
	}
}

func TestADraftIsTakenBackInSilenceEvenAfterTheClose(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	w.must(zoe, withdraw)
	w.saw(t, "", "")
	w.stands(t, "open picked: noor chosen, zoe withdrawn")
}

func TestAClaimInAWindowThatStartedAgainIsTakenBack(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor)
	w.found[noor] = found{stops: "You are away."}
	w.pass(7 * day)
	w.forget()
	w.refused(t, "not found", noor, withdraw)
	if err := w.doIn(w.windows[0].ID, noor, withdraw); err != nil {
		t.Fatal(err)
	}
	w.saw(t, "claim.withdraw", "")
	w.stands(t, "open open: noor withdrawn")
}

func TestACoachMayStillSayNoWhenClaimsHaveClosedAndYes(t *testing.T) {
	t.Parallel()
	for _, state := range []string{"chosen", "offered"} {
		w := opened(t, skein.Verified)
		w.claimAs(noor, skein.Claim{Coach: dario}) // ready: a coach is welcome, and not needed
		w.pass(7 * day)
		if state == "offered" {
			w.must(sofie, w.confirm())
		}
		w.forget()
		w.must(dario, w.answer(noor, true))
		w.saw(t, "claim.beside", "noor coach/yes of dario")
		w.refused(t, "conflict", dario, w.answer(noor, true))
		w.now = w.now.Add(hour)
		w.must(dario, w.answer(noor, false))
		w.saw(t, "claim.beside", "noor coach/no of dario")
		if got := w.claimOf(noor); got.Coach != "" || !got.CoachAgreed.IsZero() {
			t.Errorf("%+v", got)
		}
		w.refused(t, "not found", dario, w.answer(noor, true))
	}
}

func TestAnAnswerAfterTheCloseIsToldLast(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor] = found{zone: skein.Stretch}
	w.claimAs(noor, skein.Claim{Coach: dario, Unscored: true, Why: "I know these pumps."})
	w.pass(7 * day)
	w.must(sofie, w.decide(w.claimOf(noor).ID, "She has the keys."))
	w.must(noor, w.accept(noor))
	w.saw(t, "claim.submit, window.close, pick.make, pick.confirm, term.offer, term.accept",
		"dario coach/asked of noor, dario needs/waits, noor offer by 48h, sofie check by 48h")
	w.must(dario, w.answer(noor, true))
	if last := w.notices[len(w.notices)-1]; last.Kind != skein.NoticeCoach {
		t.Errorf("the answer is told last: %+v", last)
	}
	w.saw(t, "claim.beside, term.live", "ada led of noor, noor coach/yes of dario, noor led/you")
	if n := w.needs[0]; n.GrantedBy != dario || !n.GrantedAt.Equal(w.now) {
		t.Errorf("%+v", n)
	}
}

func TestWhoIsAskedAfterTheCloseForWhat(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario})
	w.claimAs(kim, skein.Claim{With: wim, Coach: dario})
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	w.order(noor, kim)
	w.pass(7 * day)
	w.forget()
	for _, yes := range []bool{true, false} { // the order was worked out without them
		w.refused(t, "conflict", wim, w.answer(kim, yes))
		w.refused(t, "conflict", wim, w.answer(noor, yes))
	}
	w.must(dario, w.answer(kim, true)) // what is not decided still takes a coach's answer
	w.must(sofie, w.confirm())
	w.forget()
	w.refused(t, "conflict", wim, w.answer(noor, true))
	w.refused(t, "conflict", dario, w.answer(kim, true))
	for _, p := range []skein.PersonID{zoe, noor, skeinItself} {
		w.refused(t, "not found", p, w.answer(noor, true))
	}
	w.refused(t, "not found", zoe, w.answer(zoe, true))
	w.refused(t, "not found", dario, w.answer("nobody", true))
}
