package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

func TestJoiningIsOneClickAndLeavingIsFree(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo, at := h.as(people[asStaff]), path.Project("night-pressure")
	undo := `form[action="/projects/night-pressure/leave"]`
	teo.post(path.JoinProject("night-pressure")).goesTo(at)
	teo.get(at).says("main", "Undo").has(1, undo)
	teo.post(path.JoinProject("night-pressure")).goesTo(at)
	teo.get(at).has(0, undo) // leaving would take back more than this
	if n := h.count(`select count(*) from member where person_id = 'teo-marchi' and left_at is null`); n != 1 {
		t.Fatalf("in the team %d times", n)
	}
	if h.count(`select count(*) from notice where person_id = 'ines-calder' and kind = 'team' and code = 'joins' and who_id = 'teo-marchi' and project_id = 'night-pressure'`) != 1 {
		t.Error("the lead was not told")
	}
	teo.get(at).says("#team", "Teo Marchi").has(1, `.panel a[href="/projects/night-pressure/leave"]`)
	teo.post(path.ShadowProject("night-pressure")).goesTo(at)
	teo.post(path.ShadowProject("night-pressure")).goesTo(at)
	teo.get(at).says("#team", "shadows")
	teo.post(path.LeaveProject("night-pressure")).goesTo(at)
	if n := h.count(`select count(*) from member where left_at is null`) + h.count(`select count(*) from term where person_id = 'teo-marchi' and state = 'live'`); n != 0 {
		t.Errorf("%d places are left", n)
	}
	teo.post(path.JoinProject("nowhere")).is(http.StatusNotFound)
	teo.post(path.JoinProject("night-pressure"), "brings", longText(121)).is(http.StatusUnprocessableEntity)
	h.exec(`update project set state = 'completed' where id = 'night-pressure'`)
	teo.post(path.JoinProject("night-pressure")).is(http.StatusConflict)
	h.breaks("member")
	h.exec(`update project set state = 'led' where id = 'night-pressure'`)
	teo.post(path.JoinProject("night-pressure")).is(http.StatusInternalServerError).silent()
}

func longText(n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = 'x'
	}
	return string(text)
}

func TestTheLeadAnswersWhoeverAsksToCoLead(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo, ines, at := h.as(people[asStaff]), h.as(people[asLead]), path.Project("night-pressure")
	teo.post(path.CoLeadProject("meter-letters")).is(http.StatusConflict)
	teo.post(path.CoLeadProject("night-pressure")).goesTo(at)
	teo.post(path.CoLeadProject("night-pressure")).goesTo(at)
	answer := path.AnswerCoLead("night-pressure", "teo-marchi")
	ines.get(at).says(".panel .asked", "Teo Marchi asks to lead it beside you.").has(2, `form[action="`+answer+`"]`)
	h.as(people[asCoLead]).get(at).has(0, `form[action="`+answer+`"]`)
	teo.post(answer, "answer", "yes").is(http.StatusForbidden)
	ines.post(answer, "answer", "perhaps").is(http.StatusUnprocessableEntity)
	ines.post(answer, "answer", "yes").goesTo(at)
	ines.post(answer, "answer", "no").is(http.StatusConflict)
	if h.text(`select state from term where person_id = 'teo-marchi'`) != "live" ||
		h.count(`select count(*) from notice where person_id = 'teo-marchi' and kind = 'led'`) != 1 {
		t.Error("the answer was not kept, or not told")
	}
	ines.post(path.AnswerCoLead("night-pressure", "judith-orme"), "answer", "yes").is(http.StatusNotFound)
}

func TestALeadBeginsWhenItsNeedsAreSettled(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update term set state = 'accepted', during = null, live_at = null where role = 'primary'`)
	h.exec(`update project set state = 'open' where id = 'night-pressure'`)
	h.exec(`insert into need (id, project_id, kind, what, asked_of) values
		('00000000-0000-7000-8000-0000000000b1', 'night-pressure', 'hours', 'Hours', null),
		('00000000-0000-7000-8000-0000000000b2', 'night-pressure', 'tools', 'Six loggers', 'owen-pell')`)
	one, two := "00000000-0000-7000-8000-0000000000b1", "00000000-0000-7000-8000-0000000000b2"
	at := path.Project("night-pressure") + "#needs"
	h.as(people[asStaff]).post(path.GrantNeed("night-pressure", one)).is(http.StatusForbidden).says("main", "and its steward")
	h.as(people[asAdministrator]).post(path.GrantNeed("night-pressure", one)).is(http.StatusForbidden)
	h.as(people[asAdministrator]).get(path.Project("night-pressure")).has(1, `form[action$="/grant"]`)
	h.as(people[asSteward]).post(path.GrantNeed("night-pressure", one), "until", "never").is(http.StatusUnprocessableEntity)
	h.as(people[asSteward]).post(path.GrantNeed("night-pressure", one)).goesTo(at)
	if h.text(`select state from term where role = 'primary'`) != "accepted" {
		t.Error("the lead begins with a need still open")
	}
	h.as(people[asCoLead]).post(path.WaiveNeed("night-pressure", two)).is(http.StatusForbidden)
	h.as(people[asLead]).post(path.WaiveNeed("night-pressure", two)).goesTo(at)
	if h.text(`select state from term where role = 'primary'`) != "live" {
		t.Error("the lead does not begin")
	}
	h.as(people[asLead]).post(path.WaiveNeed("night-pressure", two)).is(http.StatusConflict)
	h.as(people[asLead]).post(path.WaiveNeed("night-pressure", "nothing")).is(http.StatusNotFound)
	if h.count(`select count(*) from audit_event where noun = 'need'`) != 2 {
		t.Error("the log says nothing")
	}
}
