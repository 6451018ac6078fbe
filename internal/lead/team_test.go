package lead_test

import (
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestJoiningTheTeamTellsTheLead(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, join)
	w.saw(t, "team.join", "noor team/joins of zoe")
	if m := w.team[0]; m.Person != zoe || m.Brings != "a boat" || !m.JoinedAt.Equal(w.now) {
		t.Errorf("%+v", m)
	}
	w.must(zoe, join)
	w.saw(t, "", "")
	w.refused(t, "invalid brings", kim, func(l *lead.Lead, by skein.By) error { return l.Join(by, strings.Repeat("x", 121)) })
	w.must(kim, func(l *lead.Lead, by skein.By) error { return l.Join(by, strings.Repeat("ü", 120)) })
}

func TestATeamBeginsWhenItIsPublishedAndEndsWithTheProject(t *testing.T) {
	t.Parallel()
	for _, do := range []verb{join, shadow, askToCoLead} {
		w := newWorld(t)
		w.refused(t, "conflict", zoe, do)
		w.publish()
		w.must(ada, cancel("It rains."))
		w.forget()
		w.refused(t, "conflict", zoe, do)
	}
	w := opened(t, skein.Verified)
	w.must(zoe, join)
	w.must(mia, shadow)
	w.saw(t, "team.join, team.shadow", "")
	w.must(ada, cancel("It rains."))
	w.must(zoe, leave)
}

func TestLeavingEndsEveryPlaceButTheLeads(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(mia, join)
	w.must(zoe, shadow)
	w.must(zoe, askToCoLead)
	w.forget()
	w.now = w.now.Add(day)
	w.must(mia, leave)
	w.must(zoe, leave)
	w.saw(t, "team.leave, team.leave", "")
	if !w.team[0].LeftAt.Equal(w.now) {
		t.Errorf("%+v", w.team)
	}
	shadowed, asked := w.termOf(zoe, skein.Shadow), w.termOf(zoe, skein.CoLead)
	if shadowed.State != skein.TermEnded || shadowed.EndReason != "left" || !shadowed.Until.Equal(skein.Day(w.now)) {
		t.Errorf("%+v", shadowed)
	}
	if asked.State != skein.TermVoid || asked.EndReason != "left" || !asked.EndedAt.Equal(w.now) {
		t.Errorf("%+v", asked)
	}
	w.must(zoe, leave)
	w.must(noor, leave)
	w.saw(t, "", "")
	w.stands(t, "led taken: noor live")
	w.must(mia, join)
	w.saw(t, "team.join", "") // the lead was told of it before
	if len(w.team) != 2 {
		t.Errorf("%+v", w.team)
	}
}

func TestNobodyLeavesBeforeTheyJoined(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, join)
	w.now = w.now.Add(-hour)
	w.must(zoe, leave)
	if m := w.team[0]; !m.LeftAt.Equal(m.JoinedAt) {
		t.Errorf("%+v", m)
	}
}

func TestACoLeadLeaves(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.forget()
	w.must(wim, leave)
	w.saw(t, "team.leave", "noor team/steps of wim")
	if got := w.termOf(wim, skein.CoLead); got.State != skein.TermEnded {
		t.Errorf("%+v", got)
	}
}

func TestShadowingAsksNobody(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, shadow)
	w.saw(t, "team.shadow", "noor team/shadows of zoe")
	got := w.termOf(zoe, skein.Shadow)
	if got.State != skein.TermLive || !got.From.Equal(skein.Day(w.now)) || !got.EndsOn.Equal(w.project.EndOn) || got.Phase != "ph" {
		t.Errorf("%+v", got)
	}
	w.must(zoe, shadow)
	w.saw(t, "", "")
	w.refused(t, "conflict", noor, shadow)
}

func TestTheLeadAnswersWhoWouldLeadBesideThem(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, askToCoLead)
	w.saw(t, "team.co", "noor team/asks of wim")
	if got := w.termOf(wim, skein.CoLead); got.State != skein.TermAsked || !got.AnswerBy.Equal(w.now.Add(2*day)) {
		t.Errorf("%+v", got)
	}
	w.must(wim, askToCoLead)
	w.saw(t, "", "")
	for _, p := range []skein.PersonID{wim, ada, sofie, skeinItself} {
		w.refused(t, "refused", p, w.answerCoLead(wim, true))
	}
	w.refused(t, "not found", noor, w.answerCoLead(zoe, true))
	w.must(noor, w.answerCoLead(wim, true))
	w.saw(t, "team.answer", "wim led/together")
	got := w.termOf(wim, skein.CoLead)
	if got.State != skein.TermLive || !got.From.Equal(skein.Day(w.now)) || !got.LiveAt.Equal(w.now) {
		t.Errorf("%+v", got)
	}
	w.refused(t, "conflict", noor, w.answerCoLead(wim, false))
	w.refused(t, "conflict", wim, askToCoLead) // nobody is asked for what they have
}

func TestANoToACoLeadMayBeAskedAgain(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, false))
	w.saw(t, "team.co, team.answer", "noor team/asks of wim, wim led/alone")
	if got := w.termOf(wim, skein.CoLead); got.State != skein.TermDeclined || !got.From.IsZero() {
		t.Errorf("%+v", got)
	}
	w.now = w.now.Add(day)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.saw(t, "team.co, team.answer", "noor team/asks of wim, wim led/together")
	if len(w.terms) != 3 || w.terms[2].State != skein.TermLive {
		t.Errorf("%+v", w.terms)
	}
}

func TestAQuestionToCoLeadThatNobodyAnswersLapses(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(wim, askToCoLead)
	w.forget()
	w.pass(2*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "term.lapse", "wim lapsed/place")
	w.stands(t, "led taken: noor live")
	if got := w.termOf(wim, skein.CoLead).State; got != skein.TermLapsed {
		t.Error(got)
	}
	w.refused(t, "conflict", noor, w.answerCoLead(wim, true))
}

func TestWhoIsAskedToLeadBeside(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.refused(t, "conflict", wim, askToCoLead)
	w = led(t, noor)
	w.refused(t, "conflict", noor, askToCoLead)
	w.must(noor, handOn)
	w.must(wim, askToCoLead)
	w.saw(t, "term.hand_over, window.open, team.co", "noor team/asks of wim")
}

// Who asks again after their question lapsed asks anew, and the lead hears of it.
func TestALeadHearsOfEachQuestionToLeadBesideThem(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	for range 2 {
		w.forget()
		w.must(wim, askToCoLead)
		w.saw(t, "team.co", "noor team/asks of wim")
		w.pass(3 * day)
	}
}
