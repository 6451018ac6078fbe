package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// mixed is a world in which the first was picked by comparing, and the others wrote.
func mixed(t *testing.T, first skein.PersonID, others ...skein.PersonID) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	w.claim(first)
	for _, p := range others {
		w.claimAs(p, skein.Claim{Unscored: true, Why: "I know these pumps."})
	}
	w.pass(7 * day)
	w.forget()
	return w
}

func TestWrittenClaimsCanBeFoundEquallyPlaced(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim, lee)
	w.stands(t, "open picked: kim submitted, lee submitted, noor chosen")
	w.found[kim] = found{place: 1}
	w.must(sofie, w.confirm(w.claimOf(kim).ID))
	w.saw(t, "pick.confirm, term.offer", "kim offer by 48h, lee notchosen of kim, noor notchosen of kim")
	if p := w.pick(); p.Claim != w.claimOf(kim).ID || p.Compared != 2 || p.State != skein.PickConfirmed || p.Rule != "placed" {
		t.Errorf("%+v", p)
	}
}

func TestWhoIsEquallyPlacedIsAmongTheWritten(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim)
	w.refused(t, "invalid equal", sofie, w.confirm("nothing"))
	w.refused(t, "invalid equal", sofie, w.confirm(w.claimOf(noor).ID))
	w.found[noor], w.found[kim] = found{stops: "You are away."}, found{stops: "You hold two leads."}
	w.refused(t, "conflict", sofie, w.confirm(w.claimOf(kim).ID))
	w.must(sofie, func(l *lead.Lead, by skein.By) error {
		return l.Check(by, w.pick().ID, lead.PickAnswer{Return: true, Reason: "Nobody may any more."})
	})
	w.saw(t, "pick.return, window.open", "kim returned, noor returned")
}

func TestOnTrustAWrittenClaimIsRead(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.claimAs(noor, skein.Claim{Unscored: true, Why: "I know these pumps."})
	w.pass(day)
	w.saw(t, "claim.submit, window.close, pick.make", "sofie check by 48h")
}

func TestWhereNobodyIsLeftToReadAllThatWroteAreEqual(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.readers = nil
	w.order(kim, noor)
	for _, p := range []skein.PersonID{noor, kim} {
		w.claimAs(p, skein.Claim{Unscored: true, Why: "I know these pumps."})
	}
	w.forget()
	w.pass(7 * day)
	w.saw(t, "window.close, pick.make, term.offer", "kim offer by 48h, noor notchosen of kim")
	if p := w.pick(); p.State != skein.PickUnchecked || p.Rule != "placed" || p.BandSize != 1 {
		t.Errorf("%+v", p)
	}
}

func TestWhenTheLastReaderIsSilentAllThatWroteAreEqual(t *testing.T) {
	t.Parallel()
	w := wrote(t, noor, kim)
	w.readers = []skein.PersonID{sofie}
	w.pass(2 * day)
	w.saw(t, "pick.unchecked, term.offer", "kim notchosen of noor, noor offer by 48h")
	w.stands(t, "open picked: kim not_chosen, noor offered")
}

func TestWhatIsSentBackIsNotDecidedAnyMore(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim)
	w.must(sofie, w.confirm())
	w.must(noor, w.decline(noor)) // now what kim wrote is read
	w.must(sofie, w.giveBack("The wrong skill."))
	w.forget()
	if c := w.claimOf(kim); c.State != skein.ClaimSubmitted || !c.DecidedAt.IsZero() {
		t.Errorf("%+v", c)
	}
	w.refused(t, "conflict", kim, w.askReview(kim, "Why?"))
}

func TestWhenTheLastWhoWroteTakesItBackClaimsGoOn(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.order(noor, kim, lee)
	for _, p := range []skein.PersonID{noor, kim, lee} {
		w.claimAs(p, skein.Claim{Unscored: true, Why: "I know these pumps."})
	}
	w.found[lee] = found{stops: "You are away."}
	w.pass(7 * day)
	w.must(noor, withdraw)
	w.saw(t, "claim.submit, claim.submit, claim.submit, window.close, pick.make, claim.withdraw", "sofie check by 48h")
	w.ready = []skein.PersonID{mia}
	w.must(kim, withdraw)
	w.saw(t, "claim.withdraw, window.open, invite.send", "lee notchosen/stopped, mia invite by 48h")
	w.stands(t, "open inviting: kim withdrawn, lee not_chosen, noor withdrawn")
	if p := w.pick(); p.State != skein.PickVoid {
		t.Errorf("%+v", p)
	}
	old := w.pick()
	err := w.doIn(old.Window, sofie, func(l *lead.Lead, by skein.By) error { return l.Return(by, old.ID, "Nobody is left.") })
	if got := sort(err); got != "conflict" {
		t.Error(got)
	}
}

func TestWhoAGateStopsIsToldSoWhenTheOtherTakesTheirsBack(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor, kim)
	w.found[kim] = found{stops: "You are away."}
	w.pass(7 * day)
	w.forget()
	w.must(noor, withdraw)
	w.saw(t, "claim.withdraw, window.open", "ada nobody, kim notchosen/stopped, sofie nobody")
	w.stands(t, "open open: kim not_chosen, noor withdrawn")
}

func TestWhereNobodyIsLeftToReadAndNobodyPassesAnyMoreClaimsGoOn(t *testing.T) {
	t.Parallel()
	stops := func(w *world) {
		w.found[noor], w.found[kim] = found{stops: "You hold two leads."}, found{stops: "You are away."}
	}
	w := opened(t, skein.Verified)
	w.readers = nil
	for _, p := range []skein.PersonID{noor, kim} {
		w.claimAs(p, skein.Claim{Unscored: true, Why: "I know these pumps."})
	}
	w.rules.LeadsAtOnce, w.elsewhere[noor], w.elsewhere[kim] = 1, 1, 1
	w.forget()
	w.pass(7 * day) // they pass, and both hold as much as they may
	w.saw(t, "window.close, claim.pass_over, claim.pass_over, window.open", "ada nobody, kim notchosen/passed, noor notchosen/passed, sofie nobody")
	w.stands(t, "open open: kim not_chosen, noor not_chosen")
	w = wrote(t, noor, kim)
	w.readers = []skein.PersonID{sofie}
	stops(w)
	w.pass(2 * day)
	w.saw(t, "window.open", "ada nobody, kim notchosen/stopped, noor notchosen/stopped, sofie nobody")
	w.stands(t, "open open: kim not_chosen, noor not_chosen")
	if p := w.pick(); p.State != skein.PickVoid || p.Claim != "" || !p.AnsweredAt.Equal(w.now) || len(p.PassedOn) != 0 {
		t.Errorf("%+v", p)
	}
}
