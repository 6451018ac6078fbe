package lead_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestHandingOnIsTakenBackUntilTheTelling(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.refused(t, "conflict", noor, takeBack)
	w.must(noor, handOn)
	w.forget()
	for _, p := range []skein.PersonID{kim, ada, sofie, skeinItself} {
		w.refused(t, "refused", p, takeBack)
	}
	w.claim(kim)
	w.forget()
	w.must(noor, takeBack)
	w.saw(t, "term.take_back", "kim taken/kept")
	w.stands(t, "led void: kim void, noor live")
	w.refused(t, "conflict", noor, takeBack)
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(noor, takeBack) // a refusal would tell that somebody was picked
	if w.project.State != skein.Led || w.present("").State != skein.WindowVoid || w.termOf(noor, skein.Primary).State != skein.TermLive {
		t.Error(w.project.State, w.present("").State)
	}
	if !w.present("").ToldAt.IsZero() {
		t.Error("nobody was told of the pick, and it is sealed no more")
	}
	for _, p := range w.picks {
		if p.State.MayBecome(skein.PickVoid) {
			t.Errorf("a check still waits: %+v", p)
		}
	}
}

func TestAfterTheTellingNothingIsTakenBack(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.refused(t, "conflict", noor, takeBack)
	w.must(kim, w.accept(kim))
	w.pass(lead.HandoverTime) // nobody wrote a note
	w.forget()
	w.refused(t, "refused", noor, takeBack)
	w.refused(t, "conflict", kim, takeBack)
}

func TestACoLeadStepsDownFromTheirOwnPlace(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, join)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.forget()
	w.now = w.now.Add(time.Hour)
	w.must(wim, stepDown)
	w.saw(t, "term.end, term.step_down", "noor team/steps of wim")
	if got := w.termOf(wim, skein.CoLead); got.State != skein.TermEnded || !got.EndedAt.Equal(w.now) {
		t.Errorf("%+v", got)
	}
	if m := w.team[0]; m.Person != wim || !m.LeftAt.IsZero() {
		t.Errorf("they are in the team no more: %+v", m)
	}
	w.stands(t, "led taken: noor live")
	w.refused(t, "refused", wim, stepDown)
}

func TestAQuestionToCoLeadIsTakenBack(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forget()
	w.refused(t, "conflict", wim, unask)
	w.must(wim, join)
	w.must(wim, askToCoLead)
	w.forget()
	w.must(wim, unask)
	w.saw(t, "team.unask", "")
	if got := w.termOf(wim, skein.CoLead); got.State != skein.TermVoid {
		t.Errorf("%+v", got)
	}
	if m := w.team[0]; !m.LeftAt.IsZero() {
		t.Errorf("they are in the team no more: %+v", m)
	}
	w.refused(t, "conflict", wim, unask)
	w.refused(t, "conflict", noor, w.answerCoLead(wim, true))
}

func TestSteppingDownIsTakenBackUntilTheTelling(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	was := w.termOf(noor, skein.Primary)
	w.must(zoe, join)
	w.now = w.now.Add(30 * day)
	w.must(noor, stepDown)
	w.must(noor, shadow)
	w.claim(kim)
	w.claim(noor)
	w.forget()
	for _, p := range []skein.PersonID{kim, ada, sofie, skeinItself} {
		w.refused(t, "refused", p, takeBack)
	}
	w.pass(7 * day) // a refusal would tell that somebody was picked
	w.forget()
	w.must(noor, takeBack)
	w.saw(t, "term.end, term.resume", "ada led/back of noor, kim taken/kept, sofie led/back of noor, zoe led/back of noor")
	if now := w.termOf(noor, skein.Primary); now != was {
		t.Errorf("%+v\nwas %+v", now, was)
	}
	if got := w.termOf(noor, skein.Shadow); got.State != skein.TermEnded {
		t.Errorf("they shadow themselves: %+v", got)
	}
	if w.project.State != skein.Led || w.present("").State != skein.WindowVoid || w.claims[0].State != skein.ClaimLive {
		t.Error(w.project.State, w.present("").State, w.claims[0].State)
	}
	w.refused(t, "conflict", noor, takeBack)
	w.must(noor, stepDown) // and those around hear of it once more
	w.saw(t, "term.end, term.step_down, project.reopen, window.open", "ada ended/stepped, sofie ended/stepped, zoe ended/stepped")
}

func TestWhoSteppedDownCannotTakeItBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		life func(*world)
		want string
	}{
		"when it was told": {func(w *world) {
			w.claim(kim)
			w.pass(7 * day)
			w.must(sofie, w.confirm())
		}, "conflict"},
		"when somebody leads": {func(w *world) {
			w.claim(kim)
			w.pass(7 * day)
			w.must(sofie, w.confirm())
			w.must(kim, w.accept(kim))
		}, "refused"},
		"when they are full":           {func(w *world) { w.rules.LeadsAtOnce, w.elsewhere[noor] = 1, 1 }, "refused"},
		"when its last day has passed": {func(w *world) { w.terms[0].EndsOn = skein.Day(w.now).AddDate(0, 0, -1) }, "conflict"},
		"when it is over":              {func(w *world) { w.must(ada, cancel("It rains.")) }, "conflict"},
	} {
		w := led(t, noor)
		w.now = w.now.Add(30 * day)
		w.must(noor, stepDown)
		c.life(w)
		w.forget()
		t.Log(name)
		w.refused(t, c.want, noor, takeBack)
	}
}

// The answer to stepping down offers to take it back only where that can be done.
func TestWhetherItCanBeTakenBackIsKnownBefore(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	back := func() bool { return w.load(w.by(noor), "").TakesBack() }
	if !back() {
		t.Error("claims gather, and it cannot be taken back")
	}
	w.claim(kim, lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(noor, stepDown)
	if w.forget(); back() {
		t.Error("the lead is offered, and it can be taken back")
	}
	w.refused(t, "conflict", noor, takeBack)
}

// Who steps down and takes it back has what they had settled: they are not led with an open no, and nobody is asked again.
func TestWhatWasSettledIsTakenBackToo(t *testing.T) {
	t.Parallel()
	settled := func() *world { // noor leads with three boats of five, which arrived, and without the budget
		w := needing(t)
		w.must(dario, w.less("boat", 3))
		w.must(sofie, w.none("budget", "There is none."))
		w.must(noor, w.take("boat"))
		w.must(noor, w.waive("budget"))
		w.must(noor, func(l *lead.Lead, by skein.By) error { return l.SetArrived(by, "boat", true) })
		w.now = w.now.Add(day)
		w.forget()
		return w
	}
	w := settled()
	was := slices.Clone(w.needs)
	w.must(noor, stepDown)
	for _, n := range w.needs {
		if n.Settled() || n.Arrival != skein.ArrivalUnsaid {
			t.Errorf("the next may need it: %+v", n)
		}
	}
	w.must(noor, takeBack)
	if !reflect.DeepEqual(w.needs, was) {
		t.Errorf("%+v\nwas %+v", w.needs, was)
	}

	w = settled()
	w.must(noor, stepDown)
	w.must(sofie, w.grant("budget"))
	w.must(noor, takeBack)
	if n := w.needs[1]; n.GrantedBy != sofie || n.WaivedBy != "" || n.Kept != (skein.NeedKept{}) {
		t.Errorf("what was granted meanwhile is granted: %+v", n)
	}

	w = settled()
	w.must(noor, stepDown)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.must(kim, w.take("boat"))
	w.must(kim, w.waive("budget"))
	w.pass(lead.HandoverTime)
	if w.project.State != skein.Led {
		t.Fatal(w.project.State)
	}
	for _, n := range w.needs {
		if n.Kept != (skein.NeedKept{}) {
			t.Errorf("somebody else leads: %+v", n)
		}
	}
}

// A coach whom a steward found stays with whoever takes it back, as does one who had agreed, while they are here.
func TestTheCoachIsTakenBackToo(t *testing.T) {
	t.Parallel()
	found := func(t *testing.T) *world {
		t.Helper()
		w := coachless(t)
		w.must(sofie, w.grant(w.needs[0].ID))
		return w
	}
	agreed := func(t *testing.T) *world {
		t.Helper()
		w := stretch(t)
		w.must(noor, w.accept(noor))
		return w
	}
	without := func(t *testing.T) *world {
		t.Helper()
		w := coachless(t)
		w.must(noor, w.waive(w.needs[0].ID))
		return w
	}
	for name, leads := range map[string]func(*testing.T) *world{"found": found, "agreed": agreed, "done without": without} {
		for gives, up := range map[string]verb{"stepped down": stepDown, "handed on": handOn} {
			w := leads(t)
			was := slices.Clone(w.needs)
			w.now = w.now.Add(day)
			w.must(noor, up)
			w.must(noor, takeBack)
			if !reflect.DeepEqual(w.needs, was) {
				t.Errorf("%s, %s: %+v\nwas %+v", name, gives, w.needs, was)
			}
		}
	}

	w := agreed(t)
	w.must(noor, stepDown)
	w.gone[dario] = true
	w.forget()
	w.must(noor, takeBack)
	if n := w.needs[0]; n.Settled() || n.AskedOf != "" || n.What != "somebody as a coach" {
		t.Errorf("a coach who has left is theirs again: %+v", n)
	}
	w.saw(t, "term.resume", "ada led/back of noor, sofie led/back of noor, sofie needs/asked")

	w = found(t)
	w.must(noor, stepDown)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.pass(lead.HandoverTime)
	if w.project.State != skein.Led || len(w.needs) != 0 {
		t.Errorf("%s: somebody else leads, and has the coach of who gave it up: %+v", w.project.State, w.needs)
	}
}

// What nobody had answered is asked of nobody when it is taken back.
func TestWhatWasDoneWithoutIsNotAskedForOnceMore(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(noor, w.waive("boat"))
	w.must(noor, w.waive("budget"))
	w.must(noor, stepDown)
	if !w.needs[0].Asked() {
		t.Errorf("%+v", w.needs[0])
	}
	w.must(noor, takeBack)
	w.forget()
	w.pass(20 * day)
	for _, n := range w.needs {
		if n.WaivedBy != noor || n.Asked() {
			t.Errorf("%+v", n)
		}
	}
}
