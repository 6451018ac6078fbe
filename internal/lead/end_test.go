package lead_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestSteppingDownOpensTheProjectForTheNext(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, join)
	w.must(mia, shadow)
	w.forget()
	w.now = w.now.Add(30 * day)
	w.must(noor, stepDown)
	w.saw(t, "term.end, term.step_down, project.reopen, window.open",
		"ada ended/stepped, mia ended/stepped, sofie ended/stepped, zoe ended/stepped")
	w.stands(t, "open open: noor ended")
	term := w.termOf(noor, skein.Primary)
	if term.State != skein.TermEnded || term.EndReason != "stepped down" || !term.Until.Equal(skein.Day(w.now)) || !term.EndedAt.Equal(w.now) {
		t.Errorf("%+v", term)
	}
	w.refused(t, "refused", noor, stepDown)
}

func TestOnlyWhoLeadsStepsDown(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(mia, shadow)
	w.forget()
	for _, p := range []skein.PersonID{kim, ada, sofie, mia, skeinItself} {
		w.refused(t, "refused", p, stepDown)
	}
}

func TestSteppingDownWhileHandingOnLeavesClaimsAsTheyStand(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.claim(kim)
	w.forget()
	w.must(noor, stepDown)
	w.saw(t, "term.end, term.step_down, project.reopen", "ada ended/stepped, sofie ended/stepped")
	w.stands(t, "open open: kim submitted, noor ended")
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.stands(t, "led taken: kim live, noor ended")
}

func TestSteppingDownBeforeItBeganIsToDecline(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(noor, stepDown)
	w.saw(t, "term.decline, pick.next, term.offer", "kim offer by 48h")
}

func TestHandingOnLeavesTheLeadInOfficeUntilTheNextBegins(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	for _, p := range []skein.PersonID{kim, ada, sofie, skeinItself} {
		w.refused(t, "refused", p, handOn)
	}
	w.must(noor, handOn)
	w.saw(t, "term.hand_over, window.open", "")
	w.stands(t, "handing_over open: noor live")
	if got := w.termOf(noor, skein.Primary).State; got != skein.TermHandingOver {
		t.Error(got)
	}
	w.refused(t, "conflict", noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.must(kim, w.accept(kim))
	w.saw(t, "term.accept", "noor handover/writes of kim by 168h")
	w.stands(t, "handing_over picked: kim accepted, noor live")
	w.pass(lead.HandoverTime) // nobody wrote a note
	w.saw(t, "handover.without, term.end, term.live", "ada led of kim, kim led/you, noor led/handed")
	w.stands(t, "led taken: kim live, noor ended")
	if got := w.termOf(noor, skein.Primary).EndReason; got != "handed over" {
		t.Error(got)
	}
}

func TestWhatNobodyLeadsIsNotHandedOn(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.refused(t, "refused", ada, handOn)
	w = led(t, noor)
	w.project.State = skein.Paused
	w.refused(t, "conflict", noor, handOn)
}

func TestCancellingVoidsAllThatWaits(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim, ada)
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)), lead.NewClaim("own", w.present(""), w.by(sofie)))
	w.must(sofie, cancel("The pumps are sold."))
	w.saw(t, "project.cancel, claims.void", "ada taken/over, kim taken/over, noor taken/over, zoe taken/over")
	w.stands(t, "cancelled void: ada void, kim void, noor void, sofie void, zoe void")
	if p := w.pick(); p.State != skein.PickVoid || !p.AnsweredAt.Equal(w.now) {
		t.Errorf("%+v", p)
	}
	if !w.endedAt.EndedAt.Equal(w.now) || w.endedAt.EndReason != "The pumps are sold." || w.project.Version != 3 {
		t.Errorf("%v %q, version %d", w.endedAt.EndedAt, w.endedAt.EndReason, w.project.Version)
	}
	if !w.claimOf(noor).DecidedAt.Equal(w.now) || w.claimOf(noor).ChangedAt.Equal(w.now) {
		t.Errorf("%+v", w.claimOf(noor))
	}
	w.refused(t, "conflict", sofie, cancel("Again."))
}

func TestCancellingVoidsOffersAndInvitations(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(ada, cancel("It rains."))
	w.saw(t, "project.cancel, claims.void", "kim taken/over, noor taken/over")
	if term := w.termOf(noor, skein.Primary); term.State != skein.TermVoid || !term.EndedAt.Equal(w.now) {
		t.Errorf("%+v", term)
	}
	w.refused(t, "conflict", noor, w.accept(noor))
	w = asking(t)
	w.must(ada, cancel("It rains."))
	w.saw(t, "project.cancel, claims.void", "kim taken/over, noor taken/over")
	if w.invites[0].State != skein.InviteVoid {
		t.Errorf("%+v", w.invites)
	}
}

func TestWhoCancels(t *testing.T) {
	t.Parallel()
	for p, want := range map[skein.PersonID]string{
		ada: "fine", sofie: "fine", uma: "fine", adam: "refused", noor: "refused", skeinItself: "refused",
	} {
		w := opened(t, skein.Verified)
		if got := sort(w.do(p, cancel("It rains."))); got != want {
			t.Errorf("%s: %s, want %s", p, got, want)
		}
	}
	w := opened(t, skein.Verified)
	w.refused(t, "invalid reason", ada, cancel("  "))
	w.refused(t, "invalid reason", ada, cancel(strings.Repeat("x", skein.MaxWhy+1)))
	w = led(t, noor)
	w.refused(t, "refused", ada, cancel("It rains."))
	w = newWorld(t)
	w.must(ada, cancel(""))
	w.saw(t, "project.cancel, claims.void", "")
	w.stands(t, "cancelled : ")
}

func TestCompletingEndsEveryTimeInOffice(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(mia, shadow)
	w.must(wim, askToCoLead)
	w.must(noor, handOn)
	w.claim(kim)
	w.forget()
	for _, p := range []skein.PersonID{kim, ada, sofie, mia, skeinItself} {
		w.refused(t, "refused", p, complete)
	}
	w.refused(t, "invalid reason", noor, func(l *lead.Lead, by skein.By) error {
		return l.Complete(by, false, strings.Repeat("x", skein.MaxWhy+1))
	})
	w.must(noor, complete)
	w.saw(t, "project.complete, term.end, term.end, claims.void", "kim taken/over, mia ended/over, wim taken/over")
	w.stands(t, "completed void: kim void, noor ended")
	for _, p := range w.terms {
		if p.State != skein.TermVoid && (p.State != skein.TermEnded || p.EndReason != "the project is over") {
			t.Errorf("%+v", p)
		}
	}
	if w.endedAt.EndReason != "It is done." {
		t.Error(w.endedAt.EndReason)
	}
	w.refused(t, "refused", noor, complete)
}

func TestALeadEndsAfterItsLastDay(t *testing.T) {
	t.Parallel()
	w := offeredFor(t, 2)
	w.must(zoe, join)
	w.forget()
	last := w.termOf(noor, skein.Primary).EndsOn
	w.now = last.Add(day - 1)
	w.pass(0)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, w.termOf(noor, skein.Primary).ID) })
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "term.end, project.reopen, window.open", "ada ended/last, noor ended/last, sofie ended/last, zoe ended/last")
	w.stands(t, "open open: noor ended")
	term := w.termOf(noor, skein.Primary)
	if term.EndReason != "its time was over" || !term.Until.Equal(last.AddDate(0, 0, 1)) {
		t.Errorf("%+v", term)
	}
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, term.ID) })
	w.refused(t, "not found", skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, "nothing") })
}

// offeredFor is a world that noor leads for some months at most.
func offeredFor(t *testing.T, months int) *world {
	t.Helper()
	w := picked(t, noor)
	w.rules.LongestMonths = months
	w.must(sofie, w.confirm())
	w.must(noor, w.accept(noor))
	w.forget()
	return w
}

func TestTheLastDayOfTheProjectCompletesIt(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(mia, shadow)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.must(zoe, join)
	w.forget()
	w.now = w.project.EndOn.Add(day)
	var primary skein.TermID
	for _, term := range w.terms {
		if term.Role == skein.Primary {
			primary = term.ID
		}
	}
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, primary) })
	w.saw(t, "term.end, project.complete, term.end, term.end, claims.void",
		"ada ended/whole, noor ended/whole, sofie ended/whole, zoe ended/whole")
	w.stands(t, "completed taken: noor ended")
	for _, p := range []skein.Term{w.termOf(mia, skein.Shadow), w.termOf(wim, skein.CoLead)} {
		if p.State != skein.TermEnded || p.EndReason != "the project was completed" {
			t.Errorf("%+v", p)
		}
	}
	if w.endedAt.EndReason != "Its last day has passed." || !w.endedAt.EndedAt.Equal(w.now) {
		t.Errorf("%q", w.endedAt.EndReason)
	}
}

func TestAPlaceBesideEndsInSilence(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(mia, shadow)
	for i := range w.terms {
		if w.terms[i].Role == skein.Shadow {
			w.terms[i].EndsOn = skein.Day(w.now)
		}
	}
	w.forget()
	w.pass(day)
	w.saw(t, "term.end", "")
	w.stands(t, "led taken: noor live")
	if got := w.termOf(mia, skein.Shadow).State; got != skein.TermEnded {
		t.Error(got)
	}
}

func TestTheLastDayOfWhoeverHandsOnLeavesClaimsAsTheyStand(t *testing.T) {
	t.Parallel()
	w := offeredFor(t, 2)
	w.must(noor, handOn)
	w.claim(kim)
	w.now = w.termOf(noor, skein.Primary).EndsOn.Add(day - 1)
	w.pass(0)
	w.forget()
	w.pass(1)
	w.saw(t, "term.end, project.reopen", "ada ended/last, noor ended/last, sofie ended/last")
	w.stands(t, "open picked: kim chosen, noor ended")
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.stands(t, "led taken: kim live, noor ended")
}

func TestTheProjectsLastDayEndsWhatIsBeingHandedOn(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.claim(kim)
	w.must(wim, askToCoLead)
	w.now = w.project.EndOn.Add(day - hour)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.Close(by) })
	w.must(sofie, w.confirm())
	w.forget()
	w.now = w.project.EndOn.Add(day)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndTerm(by, w.termOf(noor, skein.Primary).ID) })
	w.saw(t, "term.end, project.complete, claims.void",
		"ada ended/whole, kim taken/over, noor ended/whole, sofie ended/whole, wim taken/over")
	w.stands(t, "completed void: kim void, noor ended")
	if co := w.termOf(wim, skein.CoLead); co.State != skein.TermVoid {
		t.Errorf("%+v", co)
	}
}

func TestAnOpenProjectIsCancelledTwoWeeksAfterItsLastDay(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	w.now = w.project.EndOn.Add(15*day - 1)
	w.pass(0)
	w.forget()
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndPast(by) })
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "project.cancel, claims.void", "zoe taken/over")
	w.stands(t, "cancelled void: zoe void")
	if !w.endedAt.EndedAt.Equal(w.now) || w.endedAt.EndReason != "Its last day has passed." {
		t.Errorf("%+v", w.endedAt)
	}
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndPast(by) })
	w.saw(t, "", "")
}

func TestWhatIsBeingDecidedIsNotCancelledByTheDay(t *testing.T) {
	t.Parallel()
	past := func(w *world) {
		w.project.EndOn = skein.Day(w.now).AddDate(0, 0, -15)
		w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.EndPast(by) })
	}
	for name, w := range map[string]*world{"a check": picked(t, noor), "what was written": wrote(t, noor), "an offer": offered(t, noor)} {
		past(w)
		if w.project.State != skein.OpenForLead {
			t.Errorf("%s: it is %s", name, w.project.State)
		}
	}
	w := offered(t, noor)
	past(w)
	w.must(noor, w.accept(noor))
	w.forget()
	w.now = w.termOf(noor, skein.Primary).EndsOn.Add(day)
	w.pass(0)
	w.stands(t, "completed taken: noor ended")
	w = offered(t, noor)
	w.must(noor, w.decline(noor))
	past(w)
	w.stands(t, "cancelled void: noor declined")
}

func TestWhatOneLeadDidWithoutTheNextMayNeed(t *testing.T) {
	t.Parallel()
	leads := func() *world { // noor leads a stretch, coached, and without a boat
		w := stretch(t)
		w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario}}
		w.must(noor, w.accept(noor))
		w.must(noor, w.waive("boat"))
		w.stands(t, "led taken: kim not_chosen, noor live")
		w.forget()
		return w
	}
	for name, end := range map[string]func(w *world){
		"a step down":   func(w *world) { w.must(noor, stepDown) },
		"the last day":  func(w *world) { w.project.EndOn = skein.Date{}; w.pass(190 * day) },
		"an early door": func(w *world) { w.gone[noor] = true; w.pass(0) },
	} {
		w := leads()
		end(w)
		coach := map[string]int{"a step down": 1}[name] // which they may take back
		if len(w.needs) != 1+coach || w.needs[0].Settled() || !w.needs[0].WaivedAt.IsZero() {
			t.Errorf("%s: %+v", name, w.needs)
		}
	}
	w := leads()
	w.must(noor, complete)
	if len(w.needs) != 2 || w.needs[0].WaivedBy != noor {
		t.Errorf("what is over stays as it was: %+v", w.needs)
	}
}

func TestWhoTakesOverIsAskedWhatTheyNeedThemselves(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario}}
	w.must(noor, w.accept(noor))
	w.must(noor, w.waive("boat"))
	w.must(noor, handOn)
	w.found[zoe] = found{}
	w.claim(zoe)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.needs[1].GrantedBy = "" // the coach of whoever hands on is nobody else's need
	w.forget()
	w.must(zoe, w.accept(zoe))
	w.saw(t, "term.accept", "dario needs/waits")
	w.must(zoe, w.waive("boat"))
	w.saw(t, "need.waive", "noor handover/writes of zoe by 168h")
	w.handsOver(noor, zoe)
	w.saw(t, "handover.sign, term.end, term.live", "ada led of zoe, noor led/handed, zoe led/you")
	if len(w.needs) != 1 || w.needs[0].WaivedBy != zoe {
		t.Errorf("%+v", w.needs)
	}
}

func TestWhatIsOverIsNotSettledAnyMore(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: dario}}
	w.must(noor, complete)
	w.forget()
	w.refused(t, "conflict", dario, w.grant("boat"))
	w.refused(t, "conflict", noor, w.waive("boat"))
	w.refused(t, "not found", noor, w.waive("nothing"))
}

func TestAnImportedLeadHasNoClaim(t *testing.T) {
	t.Parallel()
	imported := func(state skein.TermState) *world {
		w := opened(t, skein.Verified)
		w.terms = []skein.Term{{ID: "t", Project: "p", Person: noor, Role: skein.Primary, State: state, NeedsBy: w.now.Add(day)}}
		w.windows[0].State, w.windows[0].ClosedAt, w.windows[0].ToldAt = skein.WindowPicked, w.now, w.now
		w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: noor}}
		return w
	}
	w := imported(skein.TermAccepted)
	w.must(noor, w.waive("boat"))
	w.saw(t, "need.waive, term.live", "ada led of noor, noor led/you")
	if w.project.State != skein.Led {
		t.Error(w.project.State)
	}
	w.must(noor, stepDown)
	w.saw(t, "term.end, term.step_down, project.reopen, window.open", "ada ended/stepped, sofie ended/stepped")
	w = imported(skein.TermAccepted)
	w.needs[0].Answer, w.needs[0].AnsweredAt = skein.NeedNobody, w.now
	w.pass(day)
	w.saw(t, "term.lapse, window.open", "noor lapsed/needs")
}

// A lead does not begin after its last day: who was to have it hears so, and with the project's own last day nobody else
// is asked, but whoever looks after it.
func TestALeadDoesNotBeginAfterItsLastDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.project.EndOn = skein.Day(monday).AddDate(0, 0, 16)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario}}
	w.publish()
	w.claim(noor, zoe)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(noor, w.accept(noor))
	w.pass(9 * day)
	w.forget()
	before := w.store.clone()
	w.pass(day)
	w.saw(t, "term.lapse, window.open, project.last_day", "ada ending/last, noor lapsed/last")
	w.stands(t, "open open: noor lapsed, zoe not_chosen")
	w.pass(14 * day)
	if w.project.State != skein.Cancelled {
		t.Error(w.project.State)
	}

	w.store = before // where nobody has looked at the clock yet
	w.told = map[notice]int{}
	w.now = w.now.Add(-14 * day)
	w.forget()
	w.must(sofie, w.grant("boat"))
	if x := w.termOf(noor, skein.Primary); x.State != skein.TermAccepted {
		t.Errorf("%+v", x)
	}
}

// Where the lead ends before its project, the next has all of the time.
func TestTheNextIsAskedWhereALeadHasNotBegunByItsLastDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario}}
	w.publish()
	w.claim(noor, zoe)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	x := w.termOf(noor, skein.Primary)
	x.EndsOn = w.in(0)
	put(&w.terms, x, func(t skein.Term) skein.TermID { return t.ID })
	w.now = w.now.Add(day)
	w.forget()
	w.refused(t, "conflict", noor, w.accept(noor)) // an offer that outlived it
	w.pass(0)
	w.saw(t, "term.lapse, pick.next, term.offer", "noor lapsed/last, zoe offer by 48h")
	w.stands(t, "open picked: noor lapsed, zoe offered")
}

// Who leads it beside its lead and was to take it over gives back one of the two by one press, and by two in a row too.
func TestOnePressTooManyTakesNoOtherPlace(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.must(kim, stepDown)
	w.forget()
	w.refused(t, "conflict", kim, stepDown)
	if c := w.termOf(kim, skein.CoLead); c.State != skein.TermLive {
		t.Errorf("%+v", c)
	}
	w.now = w.now.Add(2 * time.Minute)
	w.must(kim, stepDown)
	if c := w.termOf(kim, skein.CoLead); c.State != skein.TermEnded {
		t.Errorf("%+v", c)
	}
}
