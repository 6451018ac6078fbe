package lead_test

import (
	"strings"
	"testing"
	"time"

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
	w.rules.Guardrails = []lead.Guardrail{{Guardrail: skein.Guardrail{Kind: skein.LongestTerm, Number: 2}}}
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
	w.pass(31 * day)
	w.forget()
	w.refused(t, "conflict", sofie, reopen("It leaks again.", w.in(30)))
	w.refused(t, "refused", lee, reopen("It leaks again.", w.in(30)))
}

// The day that pages name is one on which it may be done to its end, where the organisation is.
func TestOnTheThirtiethDayAProjectIsStillReopened(t *testing.T) {
	t.Parallel()
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("east", 13*3600), time.FixedZone("west", -10*3600)} {
		w := led(t, noor)
		w.rules.Zone = zone
		by := func(l *lead.Lead, day skein.Date) error {
			late := time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, zone)
			return l.Reopen(skein.By{Person: noor, At: late, Day: day}, "It leaks again.", day.AddDate(0, 0, 30))
		}
		w.must(noor, complete)
		last := skein.Day(w.now.In(zone)).AddDate(0, 0, 30)
		w.forget()
		w.refused(t, "conflict", noor, func(l *lead.Lead, _ skein.By) error { return by(l, last.AddDate(0, 0, 1)) })
		w.must(noor, func(l *lead.Lead, _ skein.By) error { return by(l, last) })
	}
}

// What was answered for the time that is over was not answered for the time that begins: less, no, and what was given
// until the old end are asked for anew, of whoever was asked before, and of stewards.
func TestWhatWasNotGivenForLongEnoughIsAskedAnew(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.project.EndOn = w.in(20)
	at, two := w.now, 2.0
	w.needs = []skein.Need{
		{ID: "hours", Project: "p", Kind: skein.NeedHours, What: "8 hours a week", GrantedBy: sofie, GrantedAt: at, GrantedUntil: w.in(20)},
		{ID: "money", Project: "p", Kind: skein.NeedBudget, What: "a budget", AskedOf: dario, Answer: skein.NeedNo, AnsweredBy: dario, AnsweredAt: at, Reason: "It is spent.", WaivedBy: noor, WaivedAt: at},
		{ID: "people", Project: "p", Kind: skein.NeedPeople, What: "hands", AskedOf: dario, Amount: &two, Answer: skein.NeedLess, AnsweredBy: dario, AnsweredAt: at, Less: 1, WaivedBy: noor, WaivedAt: at, Taken: true},
		{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", GrantedBy: dario, GrantedAt: at},
		{ID: "van", Project: "p", Kind: skein.NeedTools, What: "a van", GrantedBy: dario, GrantedAt: at, GrantedUntil: w.in(60)},
	}
	w.must(noor, complete)
	w.forget()
	w.must(noor, reopen("It leaks again.", w.in(40)))
	for _, n := range w.needs {
		stays := n.ID == "boat" || n.ID == "van"
		if n.Asked() == stays || !stays && (!n.AnswerBy.After(w.now) || n.Answer != skein.NeedUnanswered || n.Reason != "") {
			t.Errorf("%+v", n)
		}
	}
	w.saw(t, "project.reopen, window.open", "ada ended/reopened of noor, dario needs/asked, sofie ended/reopened of noor, sofie needs/asked")
}

// The end of what is open is moved: what was given until the old one is asked for anew.
func TestWhatIsOpenForLongerAsksForLonger(t *testing.T) {
	t.Parallel()
	for _, later := range []bool{false, true} {
		w := opened(t, skein.Weighed)
		end := w.project.EndOn
		w.needs = []skein.Need{{ID: "hours", Project: "p", Kind: skein.NeedHours, What: "8 hours a week", GrantedBy: sofie, GrantedAt: w.now, GrantedUntil: end}}
		w.forget()
		w.must(ada, editing(new(bool), func(p *skein.Proposal) {
			p.Project.JudgedBy = "How dry it is."
			if later {
				p.Project.EndOn = end.AddDate(0, 0, 9)
			}
		}))
		if n := w.needs[0]; n.Asked() != later {
			t.Errorf("later: %v: %+v", later, n)
		}
	}
}

// To reopen is to publish anew: what a draft would be refused for is not opened by it either.
func TestWhatCouldNotBePublishedIsNotReopened(t *testing.T) {
	t.Parallel()
	for lacks, take := range map[string]func(*world){
		"priority":    func(w *world) { w.project.Priority = "" },
		"hours":       func(w *world) { w.project.HoursPerWeek = nil },
		"purpose":     func(w *world) { w.project.Purpose = "" },
		"uncertainty": func(w *world) { w.phase.Situation.Uncertainty = skein.Unclear },
		"end":         func(w *world) { w.project.EndOn = w.in(300) },
	} {
		t.Run(lacks, func(t *testing.T) {
			t.Parallel()
			w := led(t, noor)
			w.project.Priority = "leaks"
			w.rules.Guardrails = []lead.Guardrail{
				{Guardrail: skein.Guardrail{Kind: skein.PriorityNamed}}, {Guardrail: skein.Guardrail{Kind: skein.LongestTerm, Number: 6}},
			}
			w.must(noor, complete)
			was := w.project
			take(w)
			w.forget()
			w.refused(t, "invalid "+lacks, noor, reopen("It leaks again.", skein.Date{}))
			w.refused(t, "invalid reason "+lacks, noor, reopen("", skein.Date{}))
			w.project, w.phase.Situation = was, skein.Situation{Stakes: 3}
			w.must(noor, reopen("It leaks again.", w.in(60)))
		})
	}
}
