package lead_test

import (
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func reopen(reason string, until skein.Date) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Reopen(by, reason, until) }
}

func (w *walk) reopens() verb {
	return reopen("It leaks again.", w.in(w.draw(60)))
}

func TestACompletedProjectIsReopenedWithinThirtyDays(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.needs = []skein.Need{
		{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario, WaivedBy: noor, WaivedAt: w.now},
	}
	w.refused(t, "conflict", noor, reopen("It leaks again.", w.in(30)))
	w.must(noor, complete)
	w.forget()
	w.refused(t, "refused", kim, reopen("It leaks again.", w.in(30)))
	w.refused(t, "refused", ada, reopen("It leaks again.", w.in(30)))
	w.refused(t, "invalid reason", noor, reopen(" ", w.in(30)))
	w.refused(t, "invalid reason", noor, reopen(strings.Repeat("a", 601), w.in(30)))
	w.refused(t, "invalid end", noor, reopen("It leaks again.", w.in(0)))
	w.rules.LongestMonths = 2
	w.refused(t, "invalid end", noor, reopen("It leaks again.", w.in(90)))
	w.pass(30 * day)
	w.forget()
	w.must(noor, reopen("It leaks again.", w.in(30)))
	if d := w.events[0].Details; d["reason"] != "It leaks again." || d["end"] != w.in(30) {
		t.Errorf("%v", d)
	}
	w.saw(t, "project.reopen, window.open", "ada ended/reopened of noor, dario needs/asked, kim ended/reopened of noor, sofie ended/reopened of noor")
	if w.project.State != skein.OpenForLead || !w.endedAt.EndedAt.IsZero() || w.present("").State != skein.WindowOpen || !w.project.EndOn.Equal(w.in(30)) {
		t.Errorf("%+v", w.project)
	}
	if w.endedAt.EndReason != "It leaks again." {
		t.Errorf("open because %q", w.endedAt.EndReason)
	}
	if n := w.needs[0]; n.WaivedBy != "" || n.AnswerBy.IsZero() || !n.AnswerBy.After(w.now) {
		t.Errorf("%+v", n)
	}
	w.refused(t, "conflict", noor, reopen("It leaks again.", w.in(30)))
	w.claim(kim)
	w.pass(7 * day)
	if w.pick().State != skein.PickWaiting {
		t.Errorf("%+v", w.picks)
	}
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.must(dario, w.grant("boat"))
	if w.project.State != skein.Led || w.endedAt.EndReason != "" {
		t.Errorf("%s, %q", w.project.State, w.endedAt.EndReason)
	}
}

func TestAfterThirtyDaysACompletedProjectStaysSo(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, complete)
	w.pass(30*day + hour)
	w.forget()
	w.refused(t, "conflict", sofie, reopen("It leaks again.", w.in(30)))
	w.refused(t, "refused", lee, reopen("It leaks again.", w.in(30)))
}
