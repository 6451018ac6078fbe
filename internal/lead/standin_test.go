package lead_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// beside makes somebody lead it beside noor, who leads.
func (w *world) beside(p skein.PersonID) {
	w.must(p, askToCoLead)
	w.must(noor, w.answerCoLead(p, true))
	w.forget()
}

func (w *world) in(days int) skein.Date { return skein.Day(w.now).AddDate(0, 0, days) }

func (w *world) stoodIn(t *testing.T, p skein.PersonID, state skein.StandInState) {
	t.Helper()
	if s := w.standIn(); s.Person != p || s.State != state {
		t.Errorf("%s is %s to stand in, not %s %s", s.Person, s.State, p, state)
	}
}

func TestWhoLeadsItBesideIsAskedFirstThenWhoeverIsReady(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.ready = []skein.PersonID{lee, mia}
	w.must(noor, w.askStandIn("", w.in(10)))
	w.saw(t, "standin.ask", "kim standin/asked of noor by 48h")
	w.must(kim, w.answerStandIn(false))
	w.saw(t, "standin.answer, standin.ask", "lee standin/asked of noor by 48h")
	w.pass(2 * day)
	w.saw(t, "standin.lapse, standin.ask", "lee standin/answer of noor, mia standin/asked of noor by 48h")
	w.must(mia, w.answerStandIn(true))
	w.saw(t, "standin.answer", "ada standin/yes of mia, kim standin/yes of mia, noor standin/yes of mia, sofie standin/yes of mia")
	w.stoodIn(t, mia, skein.StandInStanding)
	w.refused(t, "conflict", noor, w.askStandIn("", w.in(10)))
	w.pass(9 * day)
	w.saw(t, "standin.end", "mia standin/kept of noor")
	w.stoodIn(t, mia, skein.StandInEnded)
}

func TestNobodyIsAskedToStandInWhoCannot(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.ready = []skein.PersonID{lee, mia, zoe, dario}
	w.away[kim], w.gone[lee], w.free[mia], w.later[zoe] = w.in(30), true, 2, true
	w.refused(t, "invalid person", noor, w.askStandIn(kim, w.in(10)))
	w.refused(t, "invalid person", noor, w.askStandIn(dario, w.in(10)))
	w.must(noor, w.askStandIn("", w.in(10)))
	w.stoodIn(t, dario, skein.StandInAsked)
	w.free[dario] = 2
	if got := sort(w.do(dario, w.answerStandIn(true))); got != "refused" {
		t.Errorf("who has no hours left: %s", got)
	}
	w.free[dario], w.away[dario] = 20, w.in(40)
	if got := sort(w.do(dario, w.answerStandIn(true))); got != "refused" {
		t.Errorf("who is away for all of it: %s", got)
	}
	w.stoodIn(t, dario, skein.StandInAsked)
}

func TestWhoMayAskAndAnswerAndEnd(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.refused(t, "refused", kim, w.askStandIn("", w.in(10)))
	w.refused(t, "refused", sofie, w.askStandIn("", w.in(10)))
	w.refused(t, "invalid until", noor, w.askStandIn("", skein.Date{}))
	w.refused(t, "invalid until", noor, w.askStandIn("", w.in(-1)))
	w.refused(t, "invalid until", noor, w.askStandIn("", w.in(4000)))
	w.must(noor, w.askStandIn(kim, w.in(10)))
	w.forget()
	w.refused(t, "not found", mia, w.answerStandIn(true))
	w.refused(t, "refused", mia, w.endStandIn())
	w.refused(t, "refused", kim, w.endStandIn()) // who is asked says no
	w.must(kim, w.answerStandIn(true))
	w.forget()
	w.refused(t, "conflict", kim, w.answerStandIn(true))
	w.must(noor, w.endStandIn())
	w.saw(t, "standin.end", "kim standin/kept of noor")
	w.refused(t, "conflict", noor, w.endStandIn())
	w = led(t, noor)
	w.refused(t, "invalid person", noor, w.askStandIn("", w.in(10))) // there is nobody
	err := w.do(noor, w.askStandIn("", w.in(10)))
	if err == nil || !strings.Contains(err.Error(), "nobody else leads it beside its lead") {
		t.Errorf("where nobody is ready: %v", err)
	}
	w = led(t, noor)
	w.beside(kim)
	w.away[kim] = w.in(40)
	if err := w.do(noor, w.askStandIn("", w.in(10))); err == nil || !strings.Contains(err.Error(), "is away") || strings.Contains(err.Error(), "hours") {
		t.Errorf("where who could is away: %v", err)
	}
}

func TestWhoStandsInDecidesWhatTheLeadDecidesButForTheLeadItself(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.must(noor, w.askStandIn(kim, w.in(10)))
	w.must(kim, w.answerStandIn(true))
	w.must(mia, askToCoLead)
	w.forget()
	w.refused(t, "refused", kim, handOn)
	w.must(kim, w.answerCoLead(mia, true))
	w.saw(t, "team.answer", "mia led/together")
	w.must(kim, complete)
	w.saw(t, "project.complete, term.end, term.end, term.end, standin.end, claims.void", "mia ended/over, noor ended/over")
}

func TestStandingInEndsWithTheLeaveThatItIsFor(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.away[noor], w.since[noor] = w.in(9), w.in(0)
	w.must(noor, w.askStandIn("", w.in(9)))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	w.pass(day)
	w.saw(t, "", "")
	w.away[noor] = w.in(-1)
	w.pass(time.Hour)
	w.saw(t, "standin.end", "kim standin/kept of noor")
}

func TestSomebodyIsAskedByALongLeaveAndAVeryLongOneOpensTheLead(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]string{13: "", 20: "lead.leave, standin.ask", 70: "lead.leave, term.hand_over, window.open, standin.ask"} {
		w := led(t, noor)
		w.beside(kim)
		w.away[noor], w.since[noor] = w.in(days), w.in(0)
		w.pass(0)
		var noted string
		for i, e := range w.events {
			if i > 0 {
				noted += ", "
			}
			noted += e.Action
		}
		if noted != want {
			t.Errorf("%d days: noted %q, want %q", days, noted, want)
		}
		w.forget()
		w.pass(0)
		w.saw(t, "", "")
		if days == 70 {
			w.must(noor, takeBack) // it is not opened again for the same leave
			w.forget()
			w.pass(hour)
			w.saw(t, "", "")
		}
	}
}

// The last day of standing in is over when it is over where the organisation is, and not in UTC.
func TestStandingInEndsWithTheDayOfTheOrganisation(t *testing.T) {
	t.Parallel()
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	for zone, over := range map[*time.Location]time.Time{
		auckland: time.Date(2026, 3, 11, 11, 0, 0, 0, time.UTC), time.FixedZone("west", -9*3600): time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC),
	} {
		w := led(t, noor)
		w.beside(kim)
		until := time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC)
		w.must(noor, w.askStandIn(kim, until))
		w.must(kim, w.answerStandIn(true))
		for at, want := range map[time.Time]int{over.Add(-time.Minute): 0, over.Add(time.Minute): 1} {
			by, n := skein.NewBy("", at, zone), 0
			for _, d := range lead.Due(w.load(by, ""), by) {
				if d.Clock == lead.ClockStand {
					n++
				}
			}
			if n != want {
				t.Errorf("%s at %s: due %d times, want %d", zone, at, n, want)
			}
		}
	}
}

// A leave that goes on past the last day of whoever stands in is no reason to have nobody.
func TestSomebodyIsAskedForTheRestOfALeaveThatGoesOn(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.away[noor], w.since[noor] = w.in(20), w.in(0)
	w.pass(0)
	w.must(kim, w.answerStandIn(true))
	w.away[noor] = w.in(40)
	w.pass(0)
	w.forget()
	w.pass(21 * day)
	w.saw(t, "standin.end, standin.ask", "kim standin/asked of noor by 48h, kim standin/kept of noor")
}

func TestTheNextIsAskedWhenWhoStandsInLeavesOrIsAway(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.ready = []skein.PersonID{lee, mia}
	w.must(noor, w.askStandIn("", w.in(60)))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	w.away[kim] = w.in(10)
	w.pass(0) // not for long enough
	w.stoodIn(t, kim, skein.StandInStanding)
	w.away[kim] = w.in(20)
	w.pass(0)
	w.saw(t, "person.away, standin.end, standin.ask", "lee standin/asked of noor by 48h, noor standin/steps of kim")
	w.must(lee, w.answerStandIn(true))
	w.forget()
	w.gone[lee] = true
	w.pass(0)
	w.saw(t, "person.gone, standin.end, standin.ask", "mia standin/asked of noor by 48h, noor standin/steps of lee")
	w.must(mia, w.answerStandIn(true))
	w.forget()
	w.must(mia, w.endStandIn())
	w.saw(t, "standin.end", "noor standin/nobody of noor, noor standin/steps of mia, sofie standin/nobody of noor")
}

func TestAStewardAsksWhereTheLeadHasLeftUntilSomebodyLeads(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.ready = []skein.PersonID{kim}
	w.refused(t, "refused", sofie, w.askStandIn("", skein.Date{}))
	w.gone[noor] = true
	w.pass(0)
	w.forget()
	w.refused(t, "refused", ada, w.askStandIn("", skein.Date{}))
	w.must(sofie, w.askStandIn("", skein.Date{}))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	if own := w.load(w.by(skeinItself), "").LooksAfter(skein.Day(w.now)); own != kim {
		t.Errorf("%s looks after it", own)
	}
	w.claim(lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(lee, w.accept(lee))
	w.pass(lead.HandoverTime) // the steward wrote no note
	w.stoodIn(t, kim, skein.StandInEnded)
	w.stands(t, "led taken: lee live, noor ended")
}

// Whoever looks after a lead whose holder left, as somebody standing in does, may say that it is done.
func TestWhoStandsInWhereTheLeadHasLeftCompletesIt(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.ready = []skein.PersonID{kim}
	w.gone[noor] = true
	w.pass(0)
	w.must(sofie, w.askStandIn("", skein.Date{}))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	w.refused(t, "refused", lee, complete)
	w.must(kim, complete)
}

// Whoever stands in says what has arrived of what the lead was promised; what the lead can do without is the
// lead's own word, and while nobody leads nobody was promised anything.
func TestWhoStandsInSaysWhatHasArrived(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(dario, w.grant("boat"))
	w.must(noor, w.waive("budget"))
	w.ready = []skein.PersonID{kim}
	w.must(noor, w.askStandIn("", w.in(10)))
	w.forget()
	w.refused(t, "refused", kim, w.arrives("boat", false))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	w.refused(t, "refused", kim, w.waive("budget"))
	w.must(kim, w.arrives("boat", false))
	w.saw(t, "need.arrive", "dario needs/missing of kim")
	w.must(noor, w.arrives("boat", true))
	w.gone[noor] = true
	w.pass(0)
	w.stoodIn(t, kim, skein.StandInStanding)
	w.forget()
	w.refused(t, "refused", kim, w.arrives("boat", true))
}

// Whoever has stepped down is not back: standing in until somebody leads again is not theirs to end.
func TestWhoHasSteppedDownDoesNotEndTheStandingIn(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.must(noor, w.askStandIn("", w.in(30)))
	w.must(kim, w.answerStandIn(true))
	w.must(noor, stepDown)
	w.forget()
	w.refused(t, "refused", noor, w.endStandIn())
	w.must(sofie, w.endStandIn())
	if s := w.standIns[0]; s.EndReason != skein.EndStandInOver {
		t.Errorf("%+v", s)
	}
}
