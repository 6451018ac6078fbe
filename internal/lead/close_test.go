package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestAtTheCloseTheSituationPicksAndSomebodyChecks(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.order(kim, noor)
	w.claim(noor, kim)
	w.saw(t, "claim.submit, claim.submit", "")
	w.pass(7*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "window.close, pick.make", "sofie check by 48h")
	w.stands(t, "open picked: kim chosen, noor submitted")
	p := w.pick()
	if p.State != skein.PickWaiting || p.Claim != w.claimOf(kim).ID || p.Compared != 2 || p.Number != 1 || p.Rule != "placed" {
		t.Errorf("%+v", p)
	}
	win := w.present("")
	if win.Claimed != 2 || !win.ClosedAt.Equal(w.now) || !win.ToldAt.IsZero() {
		t.Errorf("%+v", win)
	}
	if kept := w.claimOf(noor); !kept.Kept || kept.Judged.Turn != 2 {
		t.Errorf("what was found is kept: %+v", kept)
	}
	w.pass(0)
	w.saw(t, "", "")
}

func TestOnTrustNobodyChecksAndToClaimWasToAccept(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.claim(noor)
	w.pass(day)
	w.saw(t, "claim.submit, window.close, pick.make, term.offer, term.live", "ada led of noor, noor led/you")
	w.stands(t, "led taken: noor live")
	if w.pick().State != skein.PickNotNeeded {
		t.Errorf("%+v", w.pick())
	}
}

func TestWeighedIsCheckedUnlessItIsSwitchedOff(t *testing.T) {
	t.Parallel()
	for weighed, state := range map[bool]skein.PickState{true: skein.PickWaiting, false: skein.PickNotNeeded} {
		w := opened(t, skein.Weighed)
		w.rules.ConfirmWeighed = weighed
		w.claim(noor)
		w.pass(7 * day)
		if got := w.pick().State; got != state {
			t.Errorf("confirmed %v: %s", weighed, got)
		}
	}
}

func TestNobodyIsPickedWhileClaimsGather(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.Close(by) })
	w.claim(noor)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.Close(by) })
	w.saw(t, "claim.submit", "")
	w.stands(t, "open open: noor submitted")
}

func TestWhereAGateStopsEverybodyTheyAreToldAndClaimsGoOn(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor, kim)
	w.forget()
	w.found[noor], w.found[kim] = found{stops: "You hold two leads."}, found{stops: "You are away."}
	w.ready = []skein.PersonID{mia}
	w.pass(7 * day)
	w.saw(t, "window.close, window.open, invite.send",
		"kim notchosen/stopped, mia invite by 48h, noor notchosen/stopped")
	w.stands(t, "open inviting: kim not_chosen, noor not_chosen")
	if !w.present("").ClosesAt.IsZero() || w.present("").Number != 2 || w.windows[0].State != skein.WindowRestarted {
		t.Errorf("it is open until taken: %+v", w.windows)
	}
	if len(w.picks) > 0 {
		t.Errorf("somebody was picked: %+v", w.picks)
	}
}

func TestAStretchIsNotPickedWithoutACoachWhoSaidYes(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{Coach: dario})
	w.claim(kim, lee)
	w.found[noor], w.found[kim] = found{zone: skein.Stretch}, found{zone: skein.NotYet}
	w.pass(7 * day)
	w.stands(t, "open picked: kim submitted, lee chosen, noor submitted")
	if w.claimOf(noor).Coach != dario {
		t.Error("the claim lost whom it names")
	}
	if got := w.claimOf(noor).Judged.Stops; got != "It is a stretch for you, and nobody had said yes to coaching you when claims closed." {
		t.Error(got)
	}
	if got := w.claimOf(kim).Judged.Stops; got != "Too little spoke for you any more when claims closed." {
		t.Error(got)
	}
	w.forget()
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "kim notchosen/stopped, lee offer by 48h, noor notchosen/stopped")
}

func TestWhoWouldClaimAlongCountsOnceTheySaidYes(t *testing.T) {
	t.Parallel()
	for _, yes := range []bool{true, false} {
		w := opened(t, skein.Verified)
		w.claimAs(noor, skein.Claim{With: wim})
		if yes {
			if err := w.send(wim, noor, func(s *lead.Sending, by skein.By) error { return s.Answer(by, true) }); err != nil {
				t.Fatal(err)
			}
		}
		w.pass(7 * day)
		if got := w.judged[0].With == wim; got != yes {
			t.Errorf("said yes %v, counts %v", yes, got)
		}
		if w.claimOf(noor).With != wim {
			t.Error("the claim lost whom it names")
		}
	}
}

func TestClaimsAreComparedByPerson(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.ready = []skein.PersonID{kim}
	w.pass(7 * day) // nobody: kim is asked
	w.claim(noor, ada)
	w.must(kim, func(l *lead.Lead, by skein.By) error { return l.AcceptInvite(by, w.present("").ID, true) })
	var order []skein.PersonID
	for _, c := range w.judged {
		order = append(order, c.Person)
	}
	if len(order) != 3 || order[0] != ada || order[1] != kim || order[2] != noor {
		t.Errorf("%v", order)
	}
}
