package lead_test

import (
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// deciding is a world that noor leads, who decides some things alone and others not.
func deciding(t *testing.T) *world {
	t.Helper()
	w := led(t, noor)
	w.remit = decidesHere
	return w
}

func (w *world) opened(question, area string, options ...string) skein.DecisionID {
	w.must(noor, openDecision(question, area, options...))
	w.forget()
	return w.lastDecision()
}

func TestADecisionAfterAdvice(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	w.refused(t, "refused", kim, openDecision("Are hosepipes next?", "the river"))
	w.refused(t, "refused", noor, openDecision("Are hosepipes next?", "the moon"))
	w.refused(t, "invalid question area", noor, openDecision(" ", ""))
	w.must(noor, openDecision("Are hosepipes next?", "the river", "All streets.", "Street by street."))
	w.saw(t, "decision.open", "")
	w.must(noor, openDecision("Are hosepipes next?", "the river", "All streets.", "Street by street.")) // once
	w.saw(t, "", "")
	id := w.lastDecision()
	w.refused(t, "not found", lee, advise(id, "Yes.")) // a draft
	w.refused(t, "not found", lee, w.decideIt(id, "Yes.", 0))
	w.refused(t, "conflict", noor, w.decideIt(id, "Yes.", 0))
	w.refused(t, "invalid asked", noor, askAdvice(id, skein.Date{}))
	w.refused(t, "invalid until", noor, askAdvice(id, w.in(0), lee))
	w.refused(t, "invalid until", noor, askAdvice(id, w.in(61), lee))
	w.refused(t, "invalid asked", noor, askAdvice(id, skein.Date{}, noor))
	w.must(noor, askAdvice(id, skein.Date{}, lee, mia, lee))
	w.saw(t, "decision.ask", "lee decision/asked of noor, mia decision/asked of noor")
	w.must(noor, askAdvice(id, skein.Date{}, lee, mia))
	w.saw(t, "", "")
	w.refused(t, "invalid until", noor, askAdvice(id, w.in(3), zoe)) // they were told a later day
	w.refused(t, "conflict", noor, w.decideIt(id, "Street by street", 2))
	w.refused(t, "refused", zoe, advise(id, "Yes."))
	w.refused(t, "invalid advice", lee, advise(id, ""))
	w.must(lee, advise(id, " Say it where it is true. "))
	w.saw(t, "decision.advise", "noor decision/advised of lee")
	w.must(lee, advise(id, "Say it where it is true."))
	w.saw(t, "", "")
	w.must(mia, nothingToAdd(id))
	w.saw(t, "decision.advise", "noor decision/in of mia")
	read := w.decideIt(id, "Street by street", 2)
	w.must(lee, advise(id, "Say it everywhere.")) // mended, which nobody hears
	w.saw(t, "decision.advise", "")
	w.refused(t, "conflict", noor, read) // and which is read first
	w.refused(t, "invalid says", noor, w.decideIt(id, "", 2))
	w.refused(t, "invalid chosen", noor, w.decideIt(id, "Street by street", 3))
	w.must(noor, w.decideIt(id, " Street  by street ", 2))
	w.saw(t, "decision.decide", "lee decision/decided of noor, mia decision/decided of noor")
	if d := w.decision(id); d.Says != "Street by street" || d.Chosen != 2 || d.DecidedBy != noor || d.Row().WithWhom != "River Care" {
		t.Errorf("%+v", d)
	}
	w.refused(t, "conflict", noor, w.decideIt(id, "Street by street", 2))
	w.refused(t, "conflict", lee, advise(id, "No."))
	w.refused(t, "refused", kim, w.saysCame(id, "It held."))
	w.must(noor, w.saysCame(id, "It held."))
	w.saw(t, "decision.came", "")
}

func TestTheClockOfAdvice(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Are hosepipes next?", "the river")
	w.must(noor, askAdvice(id, w.in(14), lee, mia))
	w.must(mia, advise(id, "No."))
	w.forget()
	w.pass(12 * day)
	w.saw(t, "", "")
	w.pass(day)
	w.saw(t, "", "lee decision/soon")
	w.pass(day)
	w.saw(t, "", "")
	w.refused(t, "conflict", noor, w.decideIt(id, "Wait.", 0))
	w.pass(day)
	w.saw(t, "decision.wait", "noor decision/timeup")
	w.must(lee, advise(id, "Late.")) // still heard
	w.forget()
	w.must(noor, w.decideIt(id, "Wait.", 0))
	w.saw(t, "decision.decide", "lee decision/decided of noor, mia decision/decided of noor")

	id = w.opened("Who calls?", "the daily note") // alone: at any time
	w.must(noor, askAdvice(id, w.in(1), lee))
	w.forget()
	w.pass(0)
	w.saw(t, "", "") // of a day that comes at once nobody is reminded
	w.must(noor, askAdvice(id, w.in(5), zoe))
	w.saw(t, "decision.ask", "zoe decision/asked of noor")
	w.must(noor, w.decideIt(id, "Ines calls.", 0))
}

func TestWhatIsAgreedWithOthersNeedsTheirYes(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Do we release it?", "release")
	w.must(noor, askAdvice(id, w.in(5), lee, mia))
	w.saw(t, "decision.ask", "lee decision/agree of noor, mia decision/agree of noor")
	w.refused(t, "invalid advice", lee, nothingToAdd(id))
	w.refused(t, "invalid advice", lee, consent(id, false, ""))
	w.must(lee, consent(id, true, ""))
	w.must(mia, consent(id, false, "Not before it rains."))
	w.forget()
	w.refused(t, "conflict", noor, w.decideIt(id, "We do.", 0))
	w.pass(6 * day)
	w.saw(t, "decision.wait", "noor decision/slow")
	w.refused(t, "conflict", noor, w.decideIt(id, "We do.", 0)) // silence and a no are no yes
	w.must(mia, consent(id, true, "It has rained."))
	w.must(noor, w.decideIt(id, "We do.", 0))
}

func TestWhatIsProposedUpwardsIsDecidedThere(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Shall we ban it?", "a ban")
	w.must(noor, askAdvice(id, skein.Date{}))
	w.saw(t, "decision.ask", "sofie decision/propose of noor") // nobody answers for its priority
	w.refused(t, "refused", noor, w.decideIt(id, "Yes.", 0))
	w.refused(t, "refused", zoe, w.decideIt(id, "Yes.", 0))
	w.must(uma, w.decideIt(id, "Yes.", 0))
	w.saw(t, "decision.decide", "noor decision/decided of uma")

	w.forPriority = zoe
	id = w.opened("And boats?", "a ban")
	w.must(noor, askAdvice(id, w.in(9), lee))
	w.saw(t, "decision.ask", "lee decision/asked of noor, zoe decision/propose of noor")
	w.pass(10 * day)
	w.saw(t, "decision.wait", "lee decision/soon, noor decision/slow, zoe decision/propose")
	w.must(zoe, w.decideIt(id, "No boats.", 0))

	w.forPriority, w.stewards = noor, nil
	id = w.opened("And rafts?", "a ban")
	w.refused(t, "refused", noor, askAdvice(id, skein.Date{}))
}

// What is proposed upwards is asked of a steward where whoever answers for the priority is away: one rule with what is
// agreed of a remit.
func TestWhatIsProposedUpwardsWaitsForNobodyWhoIsAway(t *testing.T) {
	t.Parallel()
	for away, want := range map[int]string{0: "zoe decision/propose of noor", 3: "zoe decision/propose of noor", 30: "sofie decision/propose of noor"} {
		w := deciding(t)
		w.forPriority = zoe
		if away > 0 {
			w.away[zoe] = skein.Day(w.now).AddDate(0, 0, away)
		}
		id := w.opened("Do we ban it?", "a ban")
		w.forget()
		w.must(noor, askAdvice(id, skein.Date{}))
		w.saw(t, "decision.ask", want)
	}
	w := deciding(t)
	w.forPriority, w.stewards = zoe, nil
	w.away[zoe] = skein.Day(w.now).AddDate(0, 0, 30)
	id := w.opened("Do we ban it?", "a ban")
	w.must(noor, askAdvice(id, skein.Date{}))
	w.saw(t, "decision.ask", "zoe decision/propose of noor") // nobody else is there
}

func TestMoneyAboveTheLimitIsNotDecidedHere(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	costs := 5001.0
	d := skein.Decision{Question: "A boat?", Area: "money", Costs: &costs}
	open := func(l *lead.Lead, by skein.By) error {
		_, err := l.OpenDecision(by, d)
		return err
	}
	w.refused(t, "refused", noor, open)
	costs = 5000
	w.must(noor, open)
	w.remit, w.lens = nil, []skein.Remit{{Area: "the work", Level: skein.DecideAlone}} // as the tables say it
	w.must(noor, openDecision("Which pump?", "the work"))
	w.forget()
	w.refused(t, "refused", noor, openDecision("Which boat?", "money"))
	id := w.decisions[0].ID
	if w.decision(id).Row().Ceiling == nil {
		t.Error("what was decided here when it was opened stands with it")
	}
	w.must(noor, w.decideIt(w.lastDecision(), "The red one.", 0)) // alone, and without asking
}

func TestADecisionReplacesAnother(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	first := w.opened("Who calls?", "the daily note")
	again := func(of skein.DecisionID) verb {
		return func(l *lead.Lead, by skein.By) error {
			_, err := l.OpenDecision(by, skein.Decision{Question: "Who calls from now on?", Area: "the daily note", Replaces: of})
			return err
		}
	}
	w.refused(t, "invalid replaces", noor, again(first))
	w.refused(t, "invalid replaces", noor, again("nothing"))
	w.must(noor, w.decideIt(first, "Ines calls.", 0))
	w.must(noor, again(first))
	w.must(noor, w.decideIt(w.lastDecision(), "Bram calls.", 0))
	w.saw(t, "decision.decide, decision.open, decision.decide, decision.replace", "")
	if w.decision(first).State != skein.DecisionReplaced {
		t.Error("not replaced")
	}
}

// What came of it mostly shows when the project is over: then whoever led last and the steward may say it, too.
func TestWhatCameOfItIsSaidAlsoWhenTheProjectIsOver(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Who calls?", "the daily note")
	w.must(noor, w.decideIt(id, "Ines calls.", 0))
	w.forget()
	for _, p := range []skein.PersonID{sofie, uma, ada, lee, skeinItself} {
		w.refused(t, "refused", p, w.saysCame(id, "It held."))
	}
	w.must(noor, w.saysCame(id, "It held."))
	w.must(noor, complete)
	w.forget()
	for _, p := range []skein.PersonID{ada, lee, zoe, skeinItself} {
		w.refused(t, "refused", p, w.saysCame(id, "It broke."))
	}
	for _, p := range []skein.PersonID{noor, sofie, uma} {
		w.must(p, w.saysCame(id, "It held, says "+string(p)+"."))
		if d := w.decision(id); d.CameBy != p {
			t.Errorf("%+v", d)
		}
		w.saw(t, "decision.came", "")
	}
	w.refused(t, "not found", noor, w.saysCame("nothing", "It held."))
}

func TestADraftIsChangedAndClosed(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Who calls?", "the daily note")
	edit := func(read, question string) verb {
		return func(l *lead.Lead, by skein.By) error {
			return l.EditDecision(by, id, read, skein.Decision{Question: question, Area: "the river"})
		}
	}
	w.refused(t, "refused", kim, edit("", "Who?"))
	w.refused(t, "conflict", noor, edit("another", "Who?"))
	w.must(noor, edit(w.decision(id).Version(), "Who?"))
	w.saw(t, "decision.edit", "")
	w.must(noor, edit("another", "Who?"))
	w.saw(t, "", "")
	w.must(noor, askAdvice(id, skein.Date{}, lee))
	w.forget()
	w.refused(t, "conflict", noor, edit("", "Who then?"))
	w.refused(t, "invalid reason", noor, closeDecision(id, " "))
	w.refused(t, "refused", kim, closeDecision(id, "It rains."))
	w.must(noor, closeDecision(id, "It rains."))
	w.saw(t, "decision.close", "lee decision/closed of noor")
	w.refused(t, "conflict", noor, closeDecision(id, "It rains."))
	w.refused(t, "conflict", noor, askAdvice(id, skein.Date{}, mia))
	w.refused(t, "not found", noor, closeDecision("nothing", "It rains."))
	for i := range skein.MostOpenDecisions {
		w.must(noor, openDecision("Who calls?"+strings.Repeat("?", i), "the daily note"))
	}
	w.forget()
	w.refused(t, "conflict", noor, openDecision("And then?", "the daily note"))
}

// What is open is the next lead's; of a project that is over it is closed, and those who were asked hear it.
func TestWhatIsOpenGoesWithTheLead(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Are hosepipes next?", "the river")
	w.must(noor, askAdvice(id, w.in(10), lee, mia))
	w.must(noor, stepDown)
	w.forget()
	w.must(lee, advise(id, "No.")) // nobody is told where nobody leads
	w.saw(t, "decision.advise", "")
	w.refused(t, "refused", noor, w.decideIt(id, "Yes.", 0))
	w.claim(kim)
	w.pass(7 * day)
	w.must(w.pick().AskedOf, w.confirm())
	w.must(kim, w.accept(kim))
	w.forget()
	w.pass(4 * day)
	w.saw(t, "decision.wait", "kim decision/timeup, mia decision/soon")
	w.must(kim, complete)
	w.saw(t, "project.complete, term.end, decision.close, claims.void", "lee decision/over of kim, mia decision/over of kim")
	if d := w.decision(id); d.State != skein.DecisionClosed || d.EndReason != "The project is over." {
		t.Errorf("%+v", d)
	}
	w.refused(t, "conflict", kim, openDecision("And now?", "the river"))
}

func TestWhoHasLeftOrIsAwayIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Are hosepipes next?", "the river")
	w.away[zoe] = w.in(20)
	w.gone[dario] = true
	w.refused(t, "invalid asked", noor, askAdvice(id, w.in(20), lee, zoe))
	w.refused(t, "invalid asked", noor, askAdvice(id, w.in(10), lee, dario))
	w.must(noor, askAdvice(id, w.in(21), lee, zoe))
	w.must(zoe, advise(id, "No."))
	w.forget()
	w.refused(t, "conflict", noor, w.decideIt(id, "Yes.", 0))
	w.gone[lee] = true
	w.pass(0)
	w.saw(t, "person.gone", "noor decision/left of lee")
	w.must(noor, w.decideIt(id, "Yes.", 0))
}
