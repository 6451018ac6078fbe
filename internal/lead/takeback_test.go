package lead_test

import (
	"testing"
	"time"

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
	w.forget()
	w.refused(t, "refused", noor, takeBack)
	w.refused(t, "conflict", kim, takeBack)
}

func TestACoLeadStepsDownFromTheirOwnPlace(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.must(wim, join)
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
