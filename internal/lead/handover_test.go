package lead_test

import (
	"errors"
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// handingOn is a lead of noor's that she hands on, and that kim has accepted.
func handingOn(t *testing.T) *world {
	t.Helper()
	w := led(t, noor)
	w.must(noor, handOn)
	w.claim(kim, lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.must(kim, w.accept(kim))
	w.saw(t, "term.accept", "noor handover/writes of kim by 168h")
	return w
}

func TestALeadMovesWhenItsNoteIsSaidBackAndSigned(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.refused(t, "conflict", kim, w.sayBack()) // nothing is written
	w.must(noor, writeNote(noted("It leaks."), false))
	w.saw(t, "", "")
	w.refused(t, "conflict", kim, w.sayBack())
	for _, p := range []skein.PersonID{kim, ada, sofie, skeinItself} {
		w.refused(t, "refused", p, writeNote(noted("It leaks."), true))
		w.refused(t, "refused", p, sign)
	}
	unfinished := noted("It leaks.")
	unfinished.Now = ""
	w.refused(t, "invalid now", noor, writeNote(unfinished, true))
	w.must(noor, writeNote(noted("It leaks."), true))
	w.saw(t, "handover.write", "kim handover/says of kim by 168h")
	w.refused(t, "conflict", noor, sign)
	stale := w.sayBack()
	w.now = w.now.Add(hour)
	w.must(noor, writeNote(noted("It leaks a little."), true))
	w.saw(t, "handover.mend", "kim handover/says of kim by 167h")
	w.refused(t, "conflict", kim, stale) // it was mended meanwhile
	for _, p := range []skein.PersonID{noor, lee, ada, skeinItself} {
		w.refused(t, "refused", p, w.sayBack())
	}
	w.refused(t, "invalid now summary actions if.0", kim, func(l *lead.Lead, by skein.By) error {
		return l.SayBack(by, w.handover().Version(), skein.HandoverBack{})
	})
	w.must(kim, w.sayBack())
	w.saw(t, "handover.say", "noor handover/signs of kim by 168h")
	w.stands(t, "handing_over picked: kim accepted, lee not_chosen, noor live")
	w.refused(t, "conflict", noor, writeNote(noted("It leaks a lot."), false)) // said back is not just kept
	w.must(noor, sign)
	w.saw(t, "handover.sign, term.end, term.live", "ada led of kim, kim led/you, noor led/handed")
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
	if h := w.handover(); h.State != skein.HandoverSigned || h.SignedBy != noor || h.SaidBy != kim || h.Said.Summary == "" || !h.Due.IsZero() {
		t.Errorf("%+v", h)
	}
	w.refused(t, "refused", noor, sign)
	w.refused(t, "refused", noor, writeNote(noted("It leaks."), true))
}

func TestWhoeverHasHandedOnThanksTheTeamOnce(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	keep := func(l *lead.Lead, by skein.By) error { return l.KeepNote(by, "", skein.HandoverText{Summary: "It"}) }
	w.refused(t, "refused", kim, keep)
	w.must(noor, keep)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.forget()
	w.refused(t, "conflict", noor, keep) // what is ready is mended by sending it
	w.must(kim, w.sayBack())
	w.forget()
	w.refused(t, "refused", noor, thank) // she leads it still
	w.must(noor, sign)
	w.forget()
	for _, p := range []skein.PersonID{kim, ada, sofie, skeinItself} {
		w.refused(t, "refused", p, thank)
	}
	w.must(noor, thank)
	w.saw(t, "handover.thank", "ada handover/thanks of noor, kim handover/thanks of noor")
	w.must(noor, thank)
	w.saw(t, "", "")
}

func TestWhatIsSaidBackWronglyIsPutRight(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	w.forget()
	w.now = w.now.Add(hour)
	w.must(noor, writeNote(noted("It leaks at night."), true))
	w.saw(t, "handover.write", "kim handover/says of kim by 168h")
	if h := w.handover(); h.State != skein.HandoverWritten || h.SaidBy != "" || h.Said.Summary == "" { // they begin with their own words
		t.Errorf("%+v", h)
	}
	w.must(kim, w.sayBack())
	w.must(noor, sign)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
}

func TestANoteIsKeptWhileClaimsGatherAndReadOnceSomebodyIsChosen(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.refused(t, "conflict", noor, writeNote(noted("It leaks."), true))
	w.must(noor, handOn)
	w.forget()
	w.must(noor, writeNote(skein.HandoverText{Summary: "It"}, false))
	w.must(noor, writeNote(noted("It leaks."), true))
	w.saw(t, "handover.write", "")
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.must(kim, w.accept(kim))
	w.saw(t, "term.accept", "") // they are there, and read it
	w.must(noor, stepDown)      // nobody waits for the signature of who is out of office
	w.forget()
	w.must(kim, w.sayBack())
	w.saw(t, "handover.say, handover.unsigned, term.live", "ada led of kim, kim led/you")
	w.stands(t, "led taken: kim live, noor ended")
}

func TestWhoeverSteppedDownIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, stepDown)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
	w = led(t, noor)
	w.must(noor, stepDown)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.stands(t, "open picked: kim accepted, noor ended")
	w.must(kim, w.sayBack())
	w.stands(t, "led taken: kim live, noor ended")
	if h := w.handover(); h.State != skein.HandoverUnsigned || h.SaidBy != kim {
		t.Errorf("%+v", h)
	}
}

func TestWhereTheHolderHasLeftTheStewardWritesAndSigns(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.gone[noor] = true
	w.pass(0)
	w.claim(kim)
	w.pass(7 * day)
	w.must(w.pick().AskedOf, w.confirm())
	w.forget()
	w.must(kim, w.accept(kim))
	w.saw(t, "term.accept", "sofie handover/writes of kim by 168h")
	for _, p := range []skein.PersonID{noor, kim, ada, skeinItself} {
		w.refused(t, "refused", p, writeNote(noted("It leaks."), true))
	}
	w.must(sofie, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	w.saw(t, "handover.write, handover.say", "kim handover/says of kim by 168h, sofie handover/signs of kim by 168h")
	w.must(uma, sign)
	w.stands(t, "led taken: kim live, noor ended")
	if h := w.handover(); h.Writer != sofie || h.SignedBy != uma || h.State != skein.HandoverSigned {
		t.Errorf("%+v", h)
	}
}

func TestWhoTakesOverDoesNotSignForWhoeverHasLeft(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.gone[noor] = true
	w.stewards = w.stewards[:1]
	w.pass(0)
	w.claim(sofie)
	w.pass(7 * day)
	w.must(w.pick().AskedOf, w.confirm())
	w.must(sofie, w.accept(sofie)) // she is the only steward: nobody is there to write
	w.stands(t, "led taken: noor ended, sofie live")
}

func TestWhenTheHolderLeavesAmidTheStewardIsAsked(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	w.forget()
	w.leaves(t, noor, "person.gone, term.end, project.reopen", "ada ended/left, sofie ended/left, sofie handover/signs of kim by 168h")
	w.must(sofie, sign)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
}

func TestANoteThatIsNotSaidBackGoesToTheNext(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.forget()
	w.pass(lead.HandoverTime)
	w.saw(t, "handover.remind", "kim handover/says of kim by 168h, noor handover/slow of kim by 168h, sofie handover/slow of kim by 168h")
	w.pass(lead.HandoverTime)
	w.saw(t, "term.lapse, pick.next, term.offer", "kim lapsed/said, lee offer by 48h")
	w.stands(t, "handing_over picked: kim lapsed, lee offered, noor live")
	if h := w.handover(); h.State != skein.HandoverWritten || h.Next != "" || !h.Due.IsZero() {
		t.Errorf("%+v", h)
	}
	w.now = w.now.Add(hour)
	w.must(lee, w.accept(lee))
	w.saw(t, "term.accept", "") // they are there, and read it
	w.must(lee, w.sayBack())
	w.forget()
	w.must(lee, w.decline(lee)) // and it is to be said back anew
	if h := w.handover(); h.State != skein.HandoverWritten || h.SaidBy != "" || h.Next != "" {
		t.Errorf("%+v", h)
	}
}

func TestWhereNobodySignsTheStewardIsAskedAndThenItMovesUnsigned(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	w.forget()
	w.refused(t, "refused", sofie, sign)
	w.pass(lead.HandoverTime)
	w.saw(t, "handover.pass", "noor handover/signs of kim by 168h, sofie handover/signs of kim by 168h")
	before := w.store.clone()
	w.must(sofie, sign) // it is hers as well now
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
	w.store = before
	w.told = map[notice]int{}
	w.forget()
	w.pass(lead.HandoverTime)
	w.saw(t, "handover.unsigned, term.end, term.live", "ada led of kim, kim led/you, noor led/handed")
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
	if h := w.handover(); h.State != skein.HandoverUnsigned || h.SignedBy != "" {
		t.Errorf("%+v", h)
	}
}

func TestWhatIsTakenBackOrOverLeavesNoNote(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(noor, takeBack)
	if h := w.handover(); h.State != skein.HandoverVoid {
		t.Errorf("%+v", h)
	}
	w = handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(noor, complete)
	if h := w.handover(); h.State != skein.HandoverVoid || !h.Due.IsZero() {
		t.Errorf("%+v", h)
	}
}

// Where it begins on a day to come, the note may be said back and signed before.
func TestWhatIsSignedWaitsForTheDayItBegins(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(kim, moveStart(skein.Day(w.now).AddDate(0, 0, 10), "It rains."))
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	w.must(noor, sign)
	w.stands(t, "handing_over picked: kim accepted, lee not_chosen, noor live")
	before := w.store.clone()
	w.must(kim, w.decline(kim))
	if h := w.handover(); h.State != skein.HandoverWritten || h.SignedBy != "" || !h.EndedAt.IsZero() {
		t.Errorf("%+v", h)
	}
	w.store = before
	w.told = map[notice]int{}
	w.pass(10 * day)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
	if h := w.handover(); h.State != skein.HandoverSigned {
		t.Errorf("%+v", h)
	}
}

// An import that ends what was handed on leaves the note of somebody who does not take over any more: nobody is asked.
func TestOfAnEndedHandingOnNobodyIsReminded(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	next := w.termOf(kim, skein.Primary)
	next.State = skein.TermVoid
	put(&w.terms, next, func(t skein.Term) skein.TermID { return t.ID })
	w.forget()
	note := w.handovers[0].ID
	w.now = w.now.Add(lead.HandoverTime)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.PassSaid(by, note) })
	w.saw(t, "", "")
	if h := w.handovers[0]; !h.Due.IsZero() || h.Next != "" {
		t.Errorf("%+v", h)
	}
}

// What is to be said back cannot be mended for ever: soon after it was asked for, freely, then twice with the whole time
// anew, and whoever says it back is told each time.
func TestWhoSaysANoteBackIsNotKeptWaitingByItsMending(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	mend := func(summary string) verb { return writeNote(noted(summary), true) }
	w.must(noor, mend("It leaks."))
	w.forget()
	w.now = w.now.Add(hour)
	w.must(noor, mend("It leaks a little."))
	w.saw(t, "handover.mend", "kim handover/says of kim by 167h")
	w.pass(6 * day)
	w.must(noor, mend("It leaks at night."))
	w.saw(t, "handover.mend", "kim handover/says of kim by 168h")
	w.pass(7 * day) // asked for once more: what is mended does not undo that
	w.now = w.now.Add(2 * day)
	w.forget()
	w.must(noor, mend("It leaks at noon."))
	w.saw(t, "handover.mend", "kim handover/says of kim by 168h")
	if h := w.handover(); !h.Again || h.Renewed != lead.MostRenewed {
		t.Errorf("%+v", h)
	}
	w.now = w.now.Add(7*day - hour)
	back := w.sayBack()
	w.refused(t, "conflict", noor, mend("It leaks."))
	before := w.store.clone()
	w.must(kim, back) // what they read stands
	w.forget()
	w.must(noor, mend("It leaks."))
	w.saw(t, "handover.write", "kim handover/says of kim by 168h")
	w.store = before
	w.told = map[notice]int{}
	w.pass(hour)
	w.stands(t, "handing_over picked: kim lapsed, lee offered, noor live")
}

// Each time that a note is said back it can be put right, but not for ever: then it moves with the note as it is.
func TestWhatIsSaidBackIsNotPutRightForEver(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(noor, writeNote(noted("It leaks."), true))
	for i := range skein.MostAnew {
		w.must(kim, w.sayBack())
		w.pass(2 * day)
		w.must(noor, writeNote(noted("It leaks "+strings.Repeat("more", i+1)), true))
	}
	back := w.sayBack()
	w.pass(2 * day)
	w.forget()
	w.refused(t, "conflict", noor, writeNote(noted("It leaks late."), true)) // nor is it mended with the whole time anew
	w.must(kim, back)
	w.forget()
	w.refused(t, "conflict", noor, writeNote(noted("It leaks for ever."), true))
	w.pass(lead.HandoverTime)
	w.forget()
	w.refused(t, "conflict", sofie, writeNote(noted("It leaks for ever."), true)) // who signs in her place
	w.pass(lead.HandoverTime)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")

	w = handingOn(t) // somebody else says it back with all the time, and it can be put right again
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	w.must(noor, writeNote(noted("It leaks a little."), true))
	w.must(kim, w.decline(kim))
	if h := w.handover(); h.Renewed != 0 || !h.SaidAt.IsZero() {
		t.Errorf("%+v", h)
	}
}

// Whoever has said it back does not lose the lead where it is put right and they do not say it back anew.
func TestWhoHasSaidItBackLosesNothingByItsPuttingRight(t *testing.T) {
	t.Parallel()
	for _, later := range []int{0, 25} {
		w := handingOn(t)
		if later > 0 {
			w.must(kim, moveStart(w.in(later), "It rains."))
		}
		w.must(noor, writeNote(noted("It leaks."), true))
		w.must(kim, w.sayBack())
		w.now = w.now.Add(hour)
		w.must(noor, writeNote(noted("It leaks at night."), true))
		w.must(kim, keepBack("I have not"))
		w.pass(lead.HandoverTime)
		w.forget()
		w.pass(lead.HandoverTime)
		if later > 0 {
			w.saw(t, "handover.unsigned", "")
			w.stands(t, "handing_over picked: kim accepted, lee not_chosen, noor live")
			w.pass(11 * day)
		} else {
			w.saw(t, "handover.unsigned, term.end, term.live", "ada led of kim, kim led/you, noor led/handed")
		}
		w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
		if h := w.handover(); h.State != skein.HandoverUnsigned || h.SaidBy != kim || !h.PutRight() || h.Summary != "It leaks at night." || h.Said.Summary != "" {
			t.Errorf("%+v", h)
		}
	}
}

// What changes in the weeks between the signature and the first day can still be written down.
func TestWhatIsSignedForADayToComeIsPutRight(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.must(kim, moveStart(skein.Day(w.now).AddDate(0, 0, 28), "It rains."))
	w.must(noor, writeNote(noted("It leaks."), true))
	w.must(kim, w.sayBack())
	back := w.sayBack()
	w.must(noor, sign)
	w.forget()
	w.refused(t, "conflict", noor, sign)
	w.refused(t, "conflict", kim, back)
	w.now = w.now.Add(20 * day)
	w.forget()
	w.refused(t, "conflict", noor, writeNote(noted("It broke."), false))
	w.must(noor, writeNote(noted("It broke."), true))
	w.saw(t, "handover.write", "kim handover/says of kim by 168h")
	if h := w.handover(); h.State != skein.HandoverWritten || h.SignedBy != "" || !h.SignedAt.IsZero() || h.SaidBy != "" || !h.EndedAt.IsZero() {
		t.Errorf("%+v", h)
	}
	w.must(kim, w.sayBack())
	w.must(noor, sign)
	w.stands(t, "handing_over picked: kim accepted, lee not_chosen, noor live")
	w.pass(8 * day)
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
	w.forget()
	w.refused(t, "refused", noor, writeNote(noted("It broke."), true))
}

// Whoever writes is shown what stands of their own note, and not what an earlier lead wrote.
func TestTheNoteThatIsGivenIsNotThatOfAnEarlierLead(t *testing.T) {
	t.Parallel()
	w := handingOn(t)
	w.handsOver(noor, kim)
	w.must(kim, handOn)
	w.must(kim, writeNote(noted("Mine."), false))
	w.must(kim, takeBack)
	w.must(kim, handOn)
	read := noted("Mine.").Version() // a tab from before
	for _, want := range []error{skein.ErrStale, nil} {
		var stands skein.Handover
		err := w.do(kim, func(l *lead.Lead, by skein.By) error {
			stands = l.GivenNote()
			return l.WriteNote(by, read, noted("Mine, longer."), false)
		})
		if !errors.Is(err, want) || stands.Summary != "" {
			t.Errorf("%v, of %q", err, stands.Summary)
		}
		read = stands.Version()
	}
}
