package lead_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestWhoWasChosenTakesLessOrDoesWithout(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(dario, w.less("boat", 3))
	w.saw(t, "need.less", "noor needs/less")
	w.refused(t, "conflict", dario, w.none("boat", "Sold."))
	w.refused(t, "refused", kim, w.take("boat"))
	w.refused(t, "conflict", noor, w.take("budget"))
	w.must(sofie, w.none("budget", "There is none."))
	w.saw(t, "need.no", "noor needs/no")
	if by := w.termOf(noor, skein.Primary).NeedsBy; !by.Equal(w.now.Add(14 * day)) {
		t.Errorf("they decide by %v", by)
	}
	w.must(noor, w.take("boat"))
	w.must(noor, w.waive("budget"))
	w.saw(t, "need.take, need.waive, term.live", "ada led of noor, noor led/you")
	w.refused(t, "conflict", dario, w.grant("boat"))
	if n := w.needs[0]; !n.Taken || n.WaivedBy != noor || n.Less != 3 {
		t.Errorf("%+v", n)
	}
}

func TestAnAnswerHasItsNumberOrItsReason(t *testing.T) {
	t.Parallel()
	w := needing(t)
	for _, less := range []float64{0, -1, 0.001, 5, 7, 2e9} {
		w.refused(t, "invalid less", dario, w.less("boat", less))
	}
	w.refused(t, "invalid reason", dario, w.none("boat", " "))
	w.refused(t, "invalid answer", dario, func(l *lead.Lead, by skein.By) error {
		return l.Refuse(by, "boat", false, "perhaps", 0, "")
	})
	w.refused(t, "refused", noor, w.less("boat", 1))
	w.refused(t, "not found", dario, w.less("nothing", 1))
	w.must(dario, w.none("boat", "Sold."))
	w.must(dario, w.less("boat", 4)) // there is one after all
	w.must(dario, w.grant("boat"))
	w.saw(t, "need.no, need.less, need.grant", "noor needs/granted, noor needs/less, noor needs/no")
	if n := w.needs[0]; n.Answer != skein.NeedUnanswered || n.Less != 0 || n.Reason != "" {
		t.Errorf("%+v", n)
	}
}

// Nobody loses the lead by somebody else's silence: the next is asked, and the last of all are executives.
func TestSilenceAsksTheNextAndCostsNobodyTheLead(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.execs = []skein.PersonID{eve, mia}
	w.away[eve] = skein.Day(w.now).AddDate(1, 0, 0)
	w.must(noor, w.waive("budget"))
	w.forget()
	for _, next := range []skein.PersonID{sofie, uma, mia} {
		w.pass(7 * day)
		told := []string{"noor needs/passed of " + string(next), string(next) + " needs/asked"}
		slices.Sort(told)
		w.saw(t, "need.pass_on", strings.Join(told, ", "))
	}
	w.refused(t, "refused", adam, w.grant("boat"))
	w.pass(7 * day)
	w.saw(t, "need.nobody", "noor needs/nobody")
	w.stands(t, "open picked: kim not_chosen, noor accepted")
	w.pass(14*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "term.lapse, pick.next, term.offer", "kim offer by 48h, noor lapsed/needs")
	if n := w.needs[0]; n.Answer != skein.NeedNobody || w.needs[1].WaivedBy != "" {
		t.Errorf("what was answered stays, what one did without does not: %+v", w.needs)
	}
}

func TestWhoWasSilentMayStillAnswer(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(noor, w.waive("budget"))
	w.pass(7 * day)
	w.forget()
	w.must(dario, w.grant("boat"))
	w.saw(t, "need.grant, term.live", "ada led of noor, noor led/you, noor needs/granted")
}

func TestHoursCountAsGrantedAfterFiveWorkingDays(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.needs = []skein.Need{{ID: "time", Project: "p", Kind: skein.NeedHours, What: "8 hours", AskedOf: dario, AnswerBy: w.now.Add(day)}}
	w.pass(day)
	w.saw(t, "need.count, term.live", "ada led of noor, noor led/you, noor needs/counted")
	if n := w.needs[0]; !n.Settled() || n.GrantedBy != "" || n.GrantedAt.IsZero() {
		t.Errorf("%+v", n)
	}
	w.refused(t, "conflict", dario, w.grant("time"))
	w.refused(t, "conflict", noor, w.waive("time"))
}

func TestWorkingDaysAreThoseOfTheOrganisation(t *testing.T) {
	t.Parallel()
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	friday := time.Date(2026, 3, 6, 18, 0, 0, 0, time.UTC) // a Saturday morning there
	for zone, want := range map[*time.Location]time.Time{
		nil: friday.Add(7 * day), auckland: friday.Add(6 * day),
	} {
		if got := skein.WorkingDays(friday, skein.NeedDays, zone); !got.Equal(want) {
			t.Errorf("%v: %v, want %v", zone, got, want)
		}
	}
}

func TestTheNextInTheOrderInheritsWhatWasAnswered(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(dario, w.less("boat", 3))
	w.must(sofie, w.grant("budget"))
	w.must(noor, w.take("boat"))
	if w.project.State != skein.Led {
		t.Fatal("it is not led")
	}
	w = needing(t)
	w.must(dario, w.less("boat", 3))
	w.must(noor, w.take("boat"))
	w.must(noor, w.decline(noor))
	w.must(kim, w.accept(kim))
	n := w.needs[0]
	if n.Settled() || n.Answer != skein.NeedLess || n.Less != 3 || n.Taken {
		t.Errorf("%+v", n)
	}
	w.must(sofie, w.grant("budget"))
	if by := w.termOf(kim, skein.Primary).NeedsBy; !by.Equal(w.now.Add(14 * day)) {
		t.Errorf("kim decides by %v", by)
	}
	w.must(kim, w.take("boat"))
	w.stands(t, "led taken: kim live, noor declined")
}

func TestWhatWasPromisedArrivesOrIsMissing(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.refused(t, "refused", noor, w.arrives("boat", true)) // not the lead yet
	w.must(dario, w.grant("boat"))
	w.must(noor, w.waive("budget"))
	w.forget()
	w.refused(t, "refused", kim, w.arrives("boat", true))
	w.refused(t, "conflict", noor, w.arrives("budget", true))
	w.must(noor, w.arrives("boat", false))
	w.saw(t, "need.arrive", "dario needs/missing of noor")
	w.refused(t, "conflict", noor, w.arrives("boat", false))
	w.must(noor, w.arrives("boat", true))
	w.saw(t, "need.arrive", "")
	w.must(noor, stepDown)
	if n := w.needs[0]; n.Arrival != skein.ArrivalUnsaid || n.GrantedBy != dario {
		t.Errorf("the next lead has not said it: %+v", n)
	}
}

func TestAStartMovesByFourWeeksInAll(t *testing.T) {
	t.Parallel()
	w := needing(t)
	today := skein.Day(w.now)
	in := func(days int) skein.Date { return today.AddDate(0, 0, days) }
	w.refused(t, "refused", kim, moveStart(in(5), "It rains."))
	w.refused(t, "invalid day", noor, moveStart(in(29), "It rains."))
	w.refused(t, "invalid day", noor, moveStart(in(-1), "It rains."))
	w.refused(t, "invalid reason", noor, moveStart(in(5), ""))
	w.must(noor, moveStart(in(5), "It rains."))
	w.saw(t, "term.move", "ada led/moved of noor")
	w.refused(t, "conflict", noor, moveStart(in(5), "It rains."))
	w.must(dario, w.grant("boat"))
	w.must(noor, w.waive("budget"))
	w.stands(t, "open picked: kim not_chosen, noor accepted")
	w.forget()
	w.now = w.now.Add(3 * day)
	w.refused(t, "invalid day", sofie, moveStart(in(29), "It pours."))
	w.forget()
	w.must(sofie, moveStart(in(28), "It pours."))
	w.saw(t, "term.move", "ada led/moved of noor, noor led/moved of noor")
	w.pass(24 * day)
	w.saw(t, "", "")
	w.pass(day)
	w.saw(t, "term.live", "ada led of noor, noor led/you")
	w.refused(t, "conflict", noor, moveStart(in(40), "It rains."))
	w = needing(t)
	w.now = w.now.Add(30 * day) // and a need is still awaited
	w.refused(t, "conflict", noor, moveStart(in(30), "It rains."))
}

func TestAStartMovedToTodayIsAtOnce(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(noor, moveStart(skein.Day(w.now).AddDate(0, 0, 9), "It rains."))
	w.must(dario, w.grant("boat"))
	w.must(sofie, w.grant("budget"))
	w.forget()
	w.must(noor, moveStart(skein.Day(w.now), "It stopped."))
	w.saw(t, "term.move, term.live", "ada led of noor, ada led/moved of noor, noor led/you")
}

func TestWhomAFileNamesBeginsAsItSays(t *testing.T) {
	t.Parallel()
	w := later(t, false)
	w.refused(t, "conflict", noor, moveStart(skein.Day(w.now).AddDate(0, 0, 3), "It rains."))
	w = led(t, noor)
	w.refused(t, "conflict", noor, moveStart(skein.Day(w.now).AddDate(0, 0, 3), "It rains."))
}
