package lead_test

import (
	"fmt"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// offered is a world in which the first of some was offered the lead, the others wait in their order.
func offered(t *testing.T, people ...skein.PersonID) *world {
	t.Helper()
	w := picked(t, people...)
	w.must(sofie, w.confirm())
	w.forget()
	return w
}

func TestTheChosenSaysYesAndLeads(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(zoe, join)
	w.must(mia, shadow)
	w.forget()
	w.must(noor, w.accept(noor))
	w.saw(t, "term.accept, term.live", "ada led of noor, mia led of noor, noor led/you, zoe led of noor")
	w.stands(t, "led taken: kim not_chosen, noor live")
	term := w.termOf(noor, skein.Primary)
	if term.State != skein.TermLive || !term.From.Equal(skein.Day(w.now)) || !term.LiveAt.Equal(w.now) || !term.AnsweredAt.Equal(w.now) {
		t.Errorf("%+v", term)
	}
	if !term.EndsOn.Equal(w.project.EndOn) || term.Claim != w.claimOf(noor).ID {
		t.Errorf("%+v", term)
	}
}

func TestAnOfferIsTheChosensAlone(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	for _, p := range []skein.PersonID{kim, ada, sofie, skeinItself} {
		w.refused(t, "not found", p, w.accept(noor))
		w.refused(t, "not found", p, w.decline(noor))
	}
	w.refused(t, "not found", kim, w.accept(kim))
	w.refused(t, "not found", noor, func(l *lead.Lead, by skein.By) error { return l.Accept(by, "") })
	w.must(noor, w.accept(noor))
	w.forget()
	w.refused(t, "conflict", noor, w.accept(noor))
	w.refused(t, "conflict", noor, w.decline(noor))
}

func TestNotThisTimePassesTheLeadToTheNext(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim, lee)
	w.must(noor, w.decline(noor))
	w.saw(t, "term.decline, pick.next, term.offer", "kim offer by 48h")
	w.stands(t, "open picked: kim offered, lee not_chosen, noor declined")
	p := w.pick()
	if p.State != skein.PickNotNeeded || p.Number != 2 || p.Compared != 2 || p.Claim != w.claimOf(kim).ID || p.Rule != "placed" {
		t.Errorf("%+v", p)
	}
	w.refused(t, "conflict", noor, w.decline(noor))
	w.refused(t, "conflict", noor, w.accept(noor))
}

func TestAnOfferThatIsNotAnsweredLapses(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.pass(2*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "term.lapse, pick.next, term.offer", "kim offer by 48h, noor lapsed/answer")
	w.stands(t, "open picked: kim offered, noor lapsed")
	w.refused(t, "conflict", noor, w.accept(noor))
	lapsed := w.termOf(noor, skein.Primary)
	if lapsed.State != skein.TermLapsed || !lapsed.EndedAt.Equal(w.now) {
		t.Errorf("%+v", lapsed)
	}
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.Lapse(by, lapsed.ID) })
	w.refused(t, "not found", skeinItself, func(l *lead.Lead, by skein.By) error { return l.Lapse(by, "nothing") })
}

func TestWhenEverybodySaidNoClaimsGoOnAndTheBestPlacedAreAsked(t *testing.T) {
	t.Parallel()
	w := offered(t, noor)
	w.ready = []skein.PersonID{noor, mia}
	w.must(noor, w.decline(noor))
	w.saw(t, "term.decline, window.open, invite.send", "mia invite by 48h")
	w.stands(t, "open inviting: noor declined")
}

func TestWhenEverybodyComparedSaidNoWhatWasWrittenIsRead(t *testing.T) {
	t.Parallel()
	w := mixed(t, noor, kim, lee)
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "kim notchosen of noor, lee notchosen of noor, noor offer by 48h")
	w.must(noor, w.decline(noor))
	w.saw(t, "term.decline, pick.make", "sofie check by 48h")
	w.stands(t, "open picked: kim submitted, lee submitted, noor declined")
	w.must(sofie, w.decide(w.claimOf(kim).ID, "She has the keys."))
	w.saw(t, "pick.confirm, term.offer", "kim offer by 48h") // lee was told before
	w.stands(t, "open picked: kim offered, lee not_chosen, noor declined")
}

func TestWhoAGateStoppedIsToldSoOnce(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor, kim)
	w.found[kim] = found{stops: "You are away."}
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.must(noor, w.decline(noor))
	w.saw(t, "term.decline, window.open", "ada nobody, sofie nobody")
	w.stands(t, "open open: kim not_chosen, noor declined")
}

func TestWhoIsFullIsPassedOverForNow(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim, lee, mia)
	w.rules.LeadsAtOnce = 2
	w.elsewhere[kim], w.elsewhere[lee] = 2, 1
	w.must(noor, w.decline(noor))
	w.saw(t, "term.decline, claim.pass_over, pick.next, term.offer", "lee offer by 48h")
	w.stands(t, "open picked: kim not_chosen, lee offered, mia not_chosen, noor declined")
	w.elsewhere[kim] = 1
	w.must(lee, w.decline(lee))
	w.saw(t, "term.decline, pick.next, term.offer", "kim offer by 48h")
}

func TestWithoutThatGuardrailNobodyIsFull(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.elsewhere[kim] = 9
	w.must(noor, w.decline(noor))
	w.saw(t, "term.decline, pick.next, term.offer", "kim offer by 48h")
}

func TestALongOrderIsLockedMoreAndMoreAtOnce(t *testing.T) {
	t.Parallel()
	var people []skein.PersonID
	for i := range 45 {
		people = append(people, skein.PersonID(fmt.Sprintf("p%02d", i)))
	}
	w := offered(t, people...)
	w.rules.LeadsAtOnce = 1
	for _, p := range people[1:44] {
		w.elsewhere[p] = 1
	}
	w.must(people[0], w.decline(people[0]))
	if got := w.termOf(people[44], skein.Primary).State; got != skein.TermOffered {
		t.Errorf("the last is %q", got)
	}
	if w.tries != 3 { // 12, 24 and all of them are locked
		t.Errorf("%d tries", w.tries)
	}
	passed := 0
	for _, e := range w.events {
		if e.Action == "claim.pass_over" {
			passed++
		}
	}
	if passed != 43 {
		t.Errorf("%d were passed over: nothing of a try that failed is kept", passed)
	}
}

func TestAnOfferEndsWithTheLongestTermAllowed(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.rules.LongestMonths = 3
	w.must(sofie, w.confirm())
	if got, want := w.termOf(noor, skein.Primary).EndsOn, skein.Day(w.now).AddDate(0, 3, 0); !got.Equal(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTrustThatRanOutHoldsNoMore(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.project.Trust, w.project.TrustUntil = skein.Open, skein.Day(w.now).AddDate(0, 0, -1)
	w.must(sofie, w.confirm())
	w.saw(t, "pick.confirm, term.offer", "noor offer by 48h")
	if w.project.Trust != skein.Open {
		t.Error("what is stated was changed")
	}
}

func TestWhoClaimedAlongLeadsBeside(t *testing.T) {
	t.Parallel()
	for said, beside := range map[string]bool{"yes": true, "nothing": false} {
		w := opened(t, skein.Verified)
		w.claimAs(noor, skein.Claim{With: wim})
		if said == "yes" {
			w.answered(wim, noor, true)
		}
		w.pass(7 * day)
		w.must(sofie, w.confirm())
		w.forget()
		w.must(noor, w.accept(noor))
		if !beside {
			w.saw(t, "term.accept, term.live", "ada led of noor, noor led/you")
			continue
		}
		w.saw(t, "term.accept, term.live, term.live", "ada led of noor, noor led/you, wim led/beside of noor")
		co, own := w.termOf(wim, skein.CoLead), w.termOf(noor, skein.Primary)
		if co.State != skein.TermLive || !co.EndsOn.Equal(own.EndsOn) || !co.From.Equal(own.From) || co.Phase != own.Phase {
			t.Errorf("%+v", co)
		}
	}
}

func TestWhoHasAPlaceBesideAlreadyGetsNoOther(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.must(noor, handOn)
	w.claimAs(kim, skein.Claim{With: wim})
	w.answered(wim, kim, true)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.must(kim, w.accept(kim))
	w.handsOver(noor, kim)
	w.saw(t, "handover.sign, term.end, term.live", "ada led of kim, kim led/you, noor led/handed, wim led of kim")
}
