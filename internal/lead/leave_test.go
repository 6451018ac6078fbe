package lead_test

import (
	"slices"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// A leave is as long as it is, in however many parts it was noted.
func TestALongLeaveNotedInPartsIsSeen(t *testing.T) {
	t.Parallel()
	today := skein.Day(monday)
	d := func(n int) skein.Date { return today.AddDate(0, 0, n) }
	for name, leaves := range map[string][]skein.Absence{
		"one after the other":    {{From: d(-13), Until: d(0)}, {From: d(1), Until: d(14)}, {From: d(15), Until: d(28)}},
		"a short one at its end": {{From: d(-29), Until: d(28)}, {From: d(26), Until: d(30)}},
	} {
		for _, on := range []int{0, 1, 14, 20, 28} {
			l := &lead.Lead{
				Project: skein.Project{ID: "p", State: skein.Led, EndOn: d(90)},
				Terms:   []skein.Term{{ID: "t", Person: noor, Role: skein.Primary, State: skein.TermLive, EndsOn: d(90), WordDue: d(80)}},
				Leaves:  leaves,
			}
			seen := func(a lead.Act) bool { return a.Clock == lead.ClockLeave }
			if !slices.ContainsFunc(lead.Due(l, skein.By{At: d(on).Add(9 * hour), Day: d(on)}), seen) {
				t.Errorf("%s, day %d: nobody sees to it", name, on)
			}
		}
	}
}

// Whoever is back and leaves again is on another leave, also when it has the same last day.
func TestASecondLeaveToTheSameLastDayIsSeen(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.ready = []skein.PersonID{kim, lee}
	until := w.in(40)
	w.away[noor], w.since[noor] = until, w.in(0)
	w.pass(0)
	w.must(kim, w.answerStandIn(true))
	w.now = w.now.Add(3 * day)
	delete(w.away, noor)
	w.forget()
	w.pass(0)
	w.saw(t, "standin.end", "kim standin/kept of noor")
	w.now = w.now.Add(5 * day)
	w.away[noor], w.since[noor] = until, w.in(0)
	w.forget()
	w.pass(0)
	w.saw(t, "lead.leave, standin.ask", "kim standin/asked of noor by 48h")
}

// A leave that begins while a note or a signature is waited for brings it to a steward, who acts in the lead's place.
func TestALeaveThatBeginsAmidAHandingOnAsksASteward(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	goes := func(w *world) {
		w.now = w.now.Add(5 * day)
		w.away[noor], w.since[noor] = w.in(40), w.in(0)
		w.forget()
		w.pass(0)
	}
	goes(w)
	w.saw(t, "lead.leave", "noor handover/writes of kim by 168h, noor standin/nobody of noor, sofie handover/writes of kim by 168h, sofie standin/nobody of noor")
	w.must(sofie, writeNote(noted("It leaks."), true))
	w = handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	goes(w)
	w.saw(t, "lead.leave", "noor handover/signs of kim by 168h, noor standin/nobody of noor, sofie handover/signs of kim by 168h, sofie standin/nobody of noor")
	delete(w.away, noor)
	w.pass(day)
	w.away[noor], w.since[noor] = w.in(40), w.in(0)
	w.forget()
	w.pass(0)
	w.saw(t, "lead.leave", "noor standin/nobody of noor, sofie standin/nobody of noor") // for the signature once
	w.pass(6 * day)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
}
