package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// asking is a world that nobody claimed; noor and kim were asked first, lee and mia come after.
func asking(t *testing.T) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	w.ready = []skein.PersonID{noor, kim, lee, mia}
	w.pass(7 * day)
	w.saw(t, "window.nobody, invite.send", "kim invite by 48h, noor invite by 48h")
	w.stands(t, "open inviting: ")
	return w
}

func TestWhereNobodyClaimedTheBestPlacedAreAskedBandByBand(t *testing.T) {
	t.Parallel()
	w := asking(t)
	if win := w.present(""); !win.ClosesAt.IsZero() {
		t.Errorf("%+v", win)
	}
	w.pass(2*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "invite.lapse, invite.send", "lee invite by 48h, mia invite by 48h")
	for _, i := range w.invites[:2] {
		if i.State != skein.InviteLapsed || !i.AnsweredAt.Equal(w.now) || i.Band != 1 {
			t.Errorf("%+v", i)
		}
	}
	if i := w.invites[2]; i.State != skein.InviteWaiting || i.Band != 2 || !i.MadeAt.Equal(w.now) {
		t.Errorf("%+v", i)
	}
	w.pass(2 * day)
	w.saw(t, "invite.lapse", "ada nobody, sofie nobody")
	w.stands(t, "open open: ")
	w.pass(30*day - 11*day - 1)
	w.saw(t, "", "")
	w.stands(t, "open open: ")
}

func TestANoAsksTheNextBandWhenNobodyIsStillToAnswer(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.must(noor, w.no())
	w.saw(t, "invite.decline", "")
	w.must(kim, w.no())
	w.saw(t, "invite.decline, invite.send", "lee invite by 48h, mia invite by 48h")
	w.refused(t, "conflict", noor, w.no())
	w.refused(t, "conflict", noor, w.yes(true))
}

func TestANoFromOneAndSilenceFromTheOtherAskTheNextBand(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.must(noor, w.no())
	w.forget()
	w.pass(2 * day)
	w.saw(t, "invite.lapse, invite.send", "lee invite by 48h, mia invite by 48h")
}

func TestAYesToAnInvitationIsAClaimAndItsAcceptance(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.must(noor, w.yes(true))
	w.saw(t, "claim.submit, invite.accept, window.close, pick.make", "kim taken/forward, sofie check by 48h")
	w.stands(t, "open picked: noor chosen")
	if win := w.present(""); !win.ClosesAt.IsZero() || !win.ClosedAt.Equal(w.now) || win.Claimed != 1 {
		t.Errorf("%+v", win)
	}
	if !w.read[noor] {
		t.Error("they ticked to have read what is compared")
	}
	w.refused(t, "conflict", kim, w.yes(true))
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer, term.live", "ada led of noor, noor led/you")
}

func TestWhoCameForwardMeanwhileIsComparedToo(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.order(zoe, noor)
	w.claim(zoe)
	w.forget()
	w.must(noor, w.yes(true))
	w.saw(t, "claim.submit, invite.accept, window.close, pick.make", "kim taken/forward, sofie check by 48h")
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "noor notchosen of zoe, zoe offer by 48h")
}

func TestAnInvitationIsForWhoWasAsked(t *testing.T) {
	t.Parallel()
	w := asking(t)
	for _, p := range []skein.PersonID{zoe, lee, ada, skeinItself} {
		w.refused(t, "not found", p, w.yes(true))
		w.refused(t, "not found", p, w.no())
	}
	w.refused(t, "not found", noor, func(l *lead.Lead, by skein.By) error { return l.AcceptInvite(by, "nothing", true) })
}

func TestWhatKeepsAClaimFromBeingSentKeepsAYes(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.refused(t, "invalid read", noor, w.yes(false))
	w.found[noor] = found{stops: "You hold two leads."}
	w.refused(t, "refused", noor, w.yes(true))
	w.found[noor] = found{zone: skein.NotYet}
	w.refused(t, "invalid zone", noor, w.yes(true))
	if w.read[noor] {
		t.Error("nothing of a refused yes is kept")
	}
	w.found[noor] = found{}
	w.read[noor] = true
	w.must(noor, w.yes(false))
}

func TestAYesSendsTheDraftThatWasTyped(t *testing.T) {
	t.Parallel()
	w := asking(t)
	err := w.send(noor, noor, func(s *lead.Sending, by skein.By) error {
		return s.Keep(by, skein.Claim{Why: "I have a boat.", With: wim})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.must(noor, w.yes(true))
	w.saw(t, "claim.submit, invite.accept, window.close, pick.make", "kim taken/forward, sofie check by 48h, wim with/asked of noor")
	if c := w.claimOf(noor); c.Why != "I have a boat." || len(w.claims) != 1 {
		t.Errorf("%+v", w.claims)
	}
}

func TestAYesAfterAClaimWasSentChangesItAlone(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.claim(noor)
	w.forget()
	w.must(noor, w.yes(true))
	w.saw(t, "claim.change, invite.accept, window.close, pick.make", "kim taken/forward, sofie check by 48h")
}

func TestACloseVoidsTheInvitationsThatWait(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.rules.Window = day
	w.claim(zoe)
	w.forget()
	w.pass(day)
	w.saw(t, "window.close, pick.make", "kim taken/forward, noor taken/forward, sofie check by 48h")
	for _, i := range w.invites {
		if i.State != skein.InviteVoid || !i.AnsweredAt.Equal(w.now) {
			t.Errorf("%+v", i)
		}
	}
}

func TestAClaimThatWasTakenBackLeavesTheInvitationsWaiting(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.rules.Window = day
	w.claim(zoe)
	if err := w.send(zoe, zoe, func(s *lead.Sending, by skein.By) error { return s.Withdraw(by) }); err != nil {
		t.Fatal(err)
	}
	w.forget()
	w.pass(day)
	w.saw(t, "", "")
	w.stands(t, "open inviting: zoe withdrawn")
	w.pass(day)
	w.saw(t, "invite.lapse, invite.send", "lee invite by 48h, mia invite by 48h")
}

func TestNobodyIsAskedTwiceInAPhase(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.must(noor, w.yes(true))
	w.must(sofie, w.giveBack("The wrong skill."))
	w.must(noor, withdraw)
	w.forget()
	w.pass(7 * day)
	w.saw(t, "window.nobody, invite.send", "lee invite by 48h, mia invite by 48h")
	if got := w.invites[2].Band; got != 1 {
		t.Errorf("bands are counted in each window: %d", got)
	}
}

func TestWhoLeadsWhoDeclinedAndWhoLetLapseIsNotAsked(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.order(kim, lee)
	w.claim(kim, lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.ready = []skein.PersonID{noor, kim, lee, mia}
	w.must(kim, w.decline(kim))
	w.forget()
	w.pass(2 * day)
	w.saw(t, "term.lapse, window.open, invite.send", "lee lapsed/answer, mia invite by 48h")
}

func TestWhereNobodyIsComparedNobodyIsInvited(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.stewards = append(w.stewards, lead.Steward{Person: zoe, Left: true})
	w.pass(7 * day)
	w.saw(t, "window.nobody", "ada nobody, sofie nobody")
	w.stands(t, "open open: ")
	w.ready = []skein.PersonID{noor}
	by := w.by(skeinItself)
	l := w.load(by, "")
	l.Bind(lead.Port{})
	l.Window.ClosesAt = w.now
	if err := l.Close(by); err != nil || l.Window.State != skein.WindowOpen {
		t.Errorf("without a judge nobody is asked: %v, %s", err, l.Window.State)
	}
}
