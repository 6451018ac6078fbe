package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// sought is a lead of noor's, kim beside her, for which somebody more is asked to lead it beside her: lee, then zoe.
func sought(t *testing.T) *world {
	t.Helper()
	w := reconsidered(t)
	w.ready = []skein.PersonID{noor, kim, lee, zoe}
	w.must(noor, w.becomes(skein.AnswerCoLead))
	w.must(sofie, w.becomes(skein.AnswerCoLead))
	w.seeksOnly(t, lee)
	w.forget()
	return w
}

// seeksOnly holds that one person, and nobody else, is asked to lead it beside its lead; nobody: "".
func (w *world) seeksOnly(t *testing.T, who skein.PersonID) {
	t.Helper()
	var asked []skein.PersonID
	for _, u := range w.terms {
		if u.Role == skein.CoLead && u.State == skein.TermOffered {
			asked = append(asked, u.Person)
		}
	}
	if who == "" && len(asked) == 0 || len(asked) == 1 && asked[0] == who {
		return
	}
	t.Errorf("%v are asked, want %q", asked, who)
}

func TestWhoIsAskedToLeadBesideSaysYesAndTheLeadAgrees(t *testing.T) {
	t.Parallel()
	w := sought(t)
	yes := w.answerToCoLead(true)
	for _, p := range []skein.PersonID{noor, kim, sofie, zoe, skeinItself} {
		w.refused(t, "not found", p, yes)
	}
	w.must(lee, yes)
	w.saw(t, "beside.answer", "noor team/asks of lee")
	w.seeksOnly(t, "")
	w.refused(t, "conflict", lee, yes)
	if got := w.termOf(lee, skein.CoLead); got.State != skein.TermAsked || !got.AnswerBy.Equal(w.now.Add(2*day)) {
		t.Errorf("%+v", got)
	}
	w.must(noor, w.answerCoLead(lee, true))
	if got := w.termOf(lee, skein.CoLead); got.State != skein.TermLive {
		t.Errorf("%+v", got)
	}
	w.seeksOnly(t, "")
}

func TestAfterANoTheNextIsAsked(t *testing.T) {
	t.Parallel()
	const next = "zoe changed/asked of noor by 48h"
	for name, c := range map[string]struct {
		passes     func(*world)
		noted, and string // told too
	}{
		"no":              {func(w *world) { w.must(lee, w.answerToCoLead(false)) }, "beside.answer", ""},
		"nothing said":    {func(w *world) { w.pass(2 * day) }, "beside.lapse", "lee changed/answer of noor, "},
		"left":            {func(w *world) { w.gone[lee] = true; w.pass(hour) }, "person.gone", ""},
		"away":            {func(w *world) { w.away[lee] = skein.Day(w.now).AddDate(0, 0, 9); w.pass(hour) }, "person.away, beside.lapse", "lee changed/answer of noor, "},
		"out of the team": {func(w *world) { w.must(lee, leave) }, "team.leave", ""},
		"taken back": {
			func(w *world) { w.must(lee, w.answerToCoLead(true)); w.must(lee, unask) }, "beside.answer, team.unask", "noor team/asks of lee, ",
		},
		"the lead's no": {
			func(w *world) { w.must(lee, w.answerToCoLead(true)); w.must(noor, w.answerCoLead(lee, false)) },
			"beside.answer, team.answer", "lee led/alone, noor team/asks of lee, ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := sought(t)
			c.passes(w)
			w.saw(t, c.noted+", beside.ask", c.and+next)
			w.seeksOnly(t, zoe)
		})
	}
}

func TestWhenNobodyIsLeftLeadAndStewardsAreTold(t *testing.T) {
	t.Parallel()
	w := sought(t)
	w.must(lee, w.answerToCoLead(false))
	w.forget()
	w.must(zoe, w.answerToCoLead(false))
	w.saw(t, "beside.answer", "noor changed/nobody of noor, sofie changed/nobody of noor")
	w.seeksOnly(t, "")
	w.pass(60 * day)
	w.saw(t, "", "")
}

func TestWhereTheLeadDoesNotAnswerNobodyElseIsAsked(t *testing.T) {
	t.Parallel()
	w := sought(t)
	w.must(lee, w.answerToCoLead(true))
	w.forget()
	w.pass(2 * day)
	w.saw(t, "term.lapse", "lee lapsed/place, noor changed/unheard of lee, sofie changed/unheard of lee")
	w.seeksOnly(t, "")
}

func TestNobodyIsAskedOnceItIsNotWanted(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(*world){
		"handed on":          func(w *world) { w.must(noor, handOn) },
		"stepped down":       func(w *world) { w.must(noor, stepDown) },
		"left":               func(w *world) { w.gone[noor] = true; w.pass(hour) },
		"completed":          func(w *world) { w.must(noor, complete) },
		"long away":          func(w *world) { w.away[noor] = skein.Day(w.now).AddDate(0, 0, lead.LeaveOpens+9); w.pass(hour) },
		"reconsidered anew":  func(w *world) { s := w.phase.Situation; s.Stakes = 1; w.must(noor, w.restate(s)) },
		"somebody else does": func(w *world) { w.must(wim, askToCoLead); w.must(noor, w.answerCoLead(wim, true)) },
	} {
		w := sought(t)
		ends(w)
		w.seeksOnly(t, "")
		if got := w.termOf(lee, skein.CoLead); got.State != skein.TermVoid || got.EndedAt.IsZero() {
			t.Errorf("%s: %+v", name, got)
		}
		if err := sort(w.do(lee, func(l *lead.Lead, by skein.By) error {
			return l.AnswerToCoLead(by, w.termOf(lee, skein.CoLead).ID, true)
		})); err != "conflict" {
			t.Errorf("%s: answered after all: %s", name, err)
		}
	}
}

func TestWhoeverIsFullByNowCannotSayYes(t *testing.T) {
	t.Parallel()
	w := sought(t)
	hours := 8.0
	w.project.HoursPerWeek = &hours
	w.free[lee] = 4
	w.refused(t, "refused", lee, w.answerToCoLead(true))
	w.seeksOnly(t, lee)
	w.free[lee] = 9
	w.must(lee, askToCoLead) // who asks by themselves says yes
	w.forget()
	if got := w.termOf(lee, skein.CoLead); got.State != skein.TermAsked {
		t.Errorf("%+v", got)
	}
	w.free[lee] = 4
	w.refused(t, "refused", noor, w.answerCoLead(lee, true))
}
