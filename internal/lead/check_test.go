package lead_test

import (
	"slices"
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// picked is a world in which the situation has picked the first of some, and a check waits.
func picked(t *testing.T, people ...skein.PersonID) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	w.order(people...)
	w.claim(people...)
	w.pass(7 * day)
	w.forget()
	return w
}

// wrote is a world in which all of some claimed in writing, and a check waits.
func wrote(t *testing.T, people ...skein.PersonID) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	w.order(people...)
	for _, p := range people {
		w.claimAs(p, skein.Claim{Unscored: true, Why: "I know these pumps."})
	}
	w.pass(7 * day)
	w.forget()
	return w
}

func TestConfirmingTellsEverybodyAndOffersTheLead(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim, lee)
	w.found[kim] = found{band: 1}
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "kim notchosen of noor, lee notchosen of noor, noor offer by 48h")
	w.stands(t, "open picked: kim not_chosen, lee not_chosen, noor offered")
	if p := w.pick(); p.State != skein.PickConfirmed || p.AnsweredBy != sofie || !w.present("").ToldAt.Equal(w.now) {
		t.Errorf("%+v", p)
	}
	if c := w.claimOf(kim); !c.DecidedAt.Equal(w.now) {
		t.Errorf("when it was decided: %v", c.DecidedAt)
	}
}

func TestWhoWasEquallyPlacedIsToldSo(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor], w.found[kim], w.found[lee] = found{place: 1, band: 1}, found{place: 2, band: 1}, found{place: 3, band: 2}
	w.claim(noor, kim, lee)
	w.pass(7 * day)
	w.forget()
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "kim notchosen/equal of noor, lee notchosen of noor, noor offer by 48h")
}

func TestOnlyWhoWasAskedChecksAndOnce(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	for _, p := range []skein.PersonID{uma, adam, ada, noor, skeinItself} {
		w.refused(t, "refused", p, w.confirm())
		w.refused(t, "refused", p, w.giveBack("No."))
		w.refused(t, "refused", p, w.decide(w.claimOf(kim).ID, "No."))
	}
	w.refused(t, "not found", sofie, func(l *lead.Lead, by skein.By) error { return l.Confirm(by, "nothing", nil) })
	w.refused(t, "not found", sofie, func(l *lead.Lead, by skein.By) error { return l.Return(by, "nothing", "No.") })
	w.refused(t, "not found", sofie, func(l *lead.Lead, by skein.By) error { return l.Decide(by, "nothing", "x", "No.") })
	w.refused(t, "not found", skeinItself, func(l *lead.Lead, by skein.By) error { return l.PassPick(by, "nothing") })
	w.refused(t, "not found", sofie, func(l *lead.Lead, by skein.By) error { return l.Check(by, "nothing", lead.PickAnswer{}) })
	w.must(sofie, w.confirm())
	w.forget()
	w.refused(t, "conflict", sofie, w.confirm())
	w.refused(t, "conflict", sofie, w.giveBack("No."))
}

func TestSilencePassesACheckOnAndWhoWasAskedBeforeMayStillAnswer(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.pass(2*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "pick.pass_on", "uma check by 48h")
	w.pass(2 * day)
	w.saw(t, "pick.pass_on", "adam check by 48h")
	if p := w.pick(); !slices.Equal(p.PassedOn, []skein.PersonID{sofie, uma}) || p.AskedOf != adam {
		t.Errorf("%+v", p)
	}
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "noor offer by 48h")
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.PassPick(by, w.pick().ID) })
	w.saw(t, "", "")
}

func TestACheckThatNobodyMakesStandsUnchecked(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.readers = []skein.PersonID{sofie}
	w.pass(2 * day)
	w.saw(t, "pick.unchecked, term.offer", "noor offer by 48h")
	if p := w.pick(); p.State != skein.PickUnchecked || !p.AnswerBy.IsZero() {
		t.Errorf("%+v", p)
	}
}

func TestWhoHasAPartChecksNothing(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]func(w *world){
		"who claimed":             func(w *world) { w.claim(sofie) },
		"who would claim along":   func(w *world) { w.claimAs(noor, skein.Claim{With: sofie}) },
		"who would coach":         func(w *world) { w.claimAs(noor, skein.Claim{Coach: sofie}) },
		"who proposed it":         func(w *world) { w.project.ProposedBy = sofie },
		"who has a place in it":   func(w *world) { w.must(sofie, shadow) },
		"who is not asked at all": func(w *world) { w.readers = w.readers[1:] },
	} {
		w := opened(t, skein.Verified)
		w.claim(kim)
		part(w)
		w.pass(7 * day)
		if got := w.pick().AskedOf; got != uma {
			t.Errorf("%s: %s is asked", name, got)
		}
	}
	w := opened(t, skein.Verified)
	w.claim(kim, sofie)
	if err := w.send(sofie, sofie, func(s *lead.Sending, by skein.By) error { return s.Withdraw(by) }); err != nil {
		t.Fatal(err)
	}
	w.pass(7 * day)
	if got := w.pick().AskedOf; got != sofie {
		t.Errorf("who took their claim back has no part: %s is asked", got)
	}
}

func TestReturningSaysWhyAndClaimsGatherAgain(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	draft := skein.Claim{Why: "Let me think."}
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	for _, reason := range []string{"", "  ", strings.Repeat("x", skein.MaxWhy+1)} {
		w.refused(t, "invalid reason", sofie, w.giveBack(reason))
	}
	w.must(sofie, w.giveBack(" The wrong skill. "))
	w.saw(t, "pick.return, window.open", "kim returned, noor returned")
	w.stands(t, "open open: kim submitted, noor submitted, zoe draft")
	if p := w.pick(); p.Reason != "The wrong skill." || p.State != skein.PickReturned {
		t.Errorf("%+v", p)
	}
	win := w.present("")
	for _, p := range []skein.PersonID{noor, kim, zoe} {
		if w.claimOf(p).Window != win.ID {
			t.Errorf("%s's claim was left behind", p)
		}
	}
	if c := w.claimOf(noor); c.Kept || c.Judged.Turn != 0 || c.Judged.Zone != skein.Ready || !c.DecidedAt.IsZero() {
		t.Errorf("what was found is forgotten: %+v", c)
	}
	if old := w.windows[0]; old.State != skein.WindowRestarted || !old.ToldAt.Equal(w.now) {
		t.Errorf("%+v", old)
	}
	if win.Number != 2 || win.Seed == w.windows[0].Seed || !win.ClosesAt.Equal(w.now.Add(7*day)) {
		t.Errorf("%+v", win)
	}
	if err := w.send(zoe, zoe, func(s *lead.Sending, by skein.By) error { return s.Keep(by, draft) }); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrittenIsReadAndDecidedWithAReason(t *testing.T) {
	t.Parallel()
	w := wrote(t, noor, kim)
	w.stands(t, "open picked: kim submitted, noor submitted")
	if p := w.pick(); p.Claim != "" || p.AskedOf != sofie {
		t.Fatalf("%+v", p)
	}
	kims := w.claimOf(kim).ID
	w.refused(t, "invalid claim", sofie, w.confirm())
	w.refused(t, "invalid claim reason", sofie, w.decide("", " "))
	w.refused(t, "invalid reason", sofie, w.decide(kims, strings.Repeat("x", skein.MaxWhy+1)))
	w.refused(t, "invalid claim", sofie, w.decide("nothing", "She has the keys."))
	w.must(sofie, func(l *lead.Lead, by skein.By) error {
		return l.Check(by, w.pick().ID, lead.PickAnswer{Claim: kims, Reason: " She has the keys. "})
	})
	w.saw(t, "pick.confirm, term.offer", "kim offer by 48h, noor notchosen of kim")
	if p := w.pick(); p.Claim != kims || p.Rule != "steward" || p.Reason != "She has the keys." || p.Sentence == "" {
		t.Errorf("%+v", p)
	}
}

func TestWhoAGateStopsOrWhoWithdrewIsNotDecidedFor(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	for _, p := range []skein.PersonID{noor, kim, lee} {
		w.claimAs(p, skein.Claim{Unscored: true, Why: "I know these pumps."})
	}
	w.found[noor] = found{stops: "You are away."}
	w.pass(7 * day)
	w.must(kim, withdraw)
	w.forget()
	for _, p := range []skein.PersonID{noor, kim} {
		w.refused(t, "invalid claim", sofie, w.decide(w.claimOf(p).ID, "x"))
	}
	w.must(sofie, w.decide(w.claimOf(lee).ID, "x"))
	w.saw(t, "pick.confirm, term.offer", "lee offer by 48h, noor notchosen/stopped")
}

func TestWhatTheSituationPickedNobodyDecides(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	w.refused(t, "conflict", sofie, w.decide(w.claimOf(kim).ID, "I like Kim."))
	w.must(sofie, func(l *lead.Lead, by skein.By) error {
		return l.Check(by, w.pick().ID, lead.PickAnswer{Claim: w.claimOf(kim).ID, Reason: "I like Kim."})
	})
	w.stands(t, "open picked: kim not_chosen, noor offered")
}
