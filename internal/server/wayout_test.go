package server

import (
	"net/http"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// Whoever looks at a project reads what they are in it, and has the way out of that, which asks once.
func TestEachPlaceInAProjectHasItsWordsAndItsWayOut(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at := path.Project("night-pressure")
	join, shadow := `.panel form[action$="/join"]`, `.panel form[action$="/shadow"]`
	down := `.panel a[href="/projects/night-pressure/step-down"]`

	noor := h.as(people[asCoLead])
	noor.get(at).says(".panel .state", "You lead this beside Ines.").has(0, join).has(0, shadow).has(0, `.panel form[action$="/co-lead"]`).has(1, down)
	noor.get(path.StepDown("night-pressure")).says("main", "Ines is told.").has(1, `form[action="/projects/night-pressure/step-down"]`)
	noor.post(path.StepDown("night-pressure")).goesTo(at)
	noor.get(at).says(".panel .state", "Ines Calder, since 11 May.").has(1, join).has(0, down)
	noor.post(path.StepDown("night-pressure")).is(http.StatusForbidden)
	noor.get(path.StepDown("night-pressure")).is(http.StatusForbidden)
	if h.count(`select count(*) from notice where person_id = 'ines-calder' and kind = 'team' and code = 'steps'`) != 1 ||
		h.count(`select count(*) from audit_event where action = 'term.step_down' and project_id = 'night-pressure'`) != 1 {
		t.Error("the lead was not told, or the log says nothing")
	}
	h.as(people[asLead]).get(path.Notices).says("main", "Noor Basri no longer leads beside you in Night Pressure.")

	teo := h.as(people[asStaff])
	teo.post(path.CoLeadProject("night-pressure")).goesTo(at)
	unask := `.panel form[action="` + path.UnaskCoLead("night-pressure") + `"]`
	teo.get(at).says(".panel", "You would lead it beside Ines. Ines answers by").has(1, unask).has(1, join)
	teo.post(path.UnaskCoLead("night-pressure")).goesTo(at)
	teo.get(at).has(0, unask).has(1, `.panel form[action$="/co-lead"]`)
	teo.post(path.UnaskCoLead("night-pressure")).is(http.StatusConflict)
	teo.get(path.LeaveProject("night-pressure")).is(http.StatusForbidden)
	teo.post(path.ShadowProject("night-pressure")).goesTo(at)
	teo.get(at).says(".panel", "You shadow Ines.")
	teo.get(path.LeaveProject("night-pressure")).says("main", "You shadow its lead no more.")
	teo.post(path.LeaveProject("night-pressure")).goesTo(at)

	h.as(people[asSteward]).get(at).says(".panel", "You are a steward here")
	teo.get(at).lacks(".panel", "steward here")
}

func TestHandingOnAsksOnceAndIsTakenBack(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines, at := h.as(people[asLead]), path.Project("night-pressure")
	ines.get(at).has(0, `.panel form[action$="/hand-over"]`).has(1, `.panel a[href="/projects/night-pressure/hand-over"]`)
	ines.get(path.HandOverProject("night-pressure")).says("main", "You can take it back until everybody is told").has(1, `form[action$="/hand-over"]`)
	ines.post(path.HandOverProject("night-pressure")).goesTo(at)
	back := `.panel form[action="` + path.TakeBackProject("night-pressure") + `"]`
	ines.get(at).lacks(".panel", "Withdraw any time").lacks(".panel", "To claim is to accept").has(1, back)
	h.as(people[asStaff]).get(at).says(".panel", "Withdraw any time").has(0, back)
	h.as(people[asStaff]).post(path.ClaimProject("night-pressure"), "unscored", "yes", "why", "I know it.").goesTo(path.ClaimProject("night-pressure"))
	ines.post(path.TakeBackProject("night-pressure")).goesTo(at)
	ines.get(at).has(0, back).says(".panel .state", "You lead this")
	h.as(people[asStaff]).get(path.Notices).says("main", "took back that they hand it on")
	h.as(people[asStaff]).get(path.Result("night-pressure")).lacks("main", "looks at the pick")
	ines.post(path.TakeBackProject("night-pressure")).is(http.StatusConflict)
	if h.text(`select state from project where id = 'night-pressure'`) != "led" || h.text(`select state from claim`) != "void" {
		t.Error("it is not led on, or a claim stands")
	}
}

// Whoever checks a pick reads so on the project's page, with the way there; nobody else does.
func TestWhoeverChecksIsToldSoAlone(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.as(h.able("Ines Calder", 4)).post(claimPath, "why", "Mine.", "unscored", "yes").goesTo(claimPath)
	link := `.panel a[href="` + resultPath + `#check"]`
	lookers := []skein.PersonID{"judith-amadi", "marta-oyelaran", "owen-tay", "ines-calder"}
	for _, p := range lookers {
		h.as(p).get(path.Project("sensors")).has(0, link)
	}
	h.tick(8 * 24 * time.Hour)
	asked := h.text(`select asked_of from pick where state = 'waiting'`)
	n := 0
	for _, p := range lookers {
		page := h.as(p).get(path.Project("sensors"))
		if string(p) != asked {
			page.has(0, link).lacks(".panel", "You check it")
			continue
		}
		n++
		page.has(1, link).says(".panel .state", "You check it.")
	}
	if n != 1 {
		t.Errorf("%s checks, and was looked at %d times", asked, n)
	}
}

func TestSteppingDownAsksOnceAndIsTakenBack(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines, at := h.as(people[asLead]), path.Project("night-pressure")
	h.exec(`insert into need (project_id, kind, what, answer, answer_reason, answered_by, answered_at, waived_by, waived_at)
		values ('night-pressure', 'budget', '£10,000', 'no', 'There is none.', $1, $2, $3, $2)`, people[asSteward], wall, people[asLead])
	ines.get(path.StepDown("night-pressure")).says("main", "You can take it back until everybody is told who was picked, and claims gather for at least").
		has(1, `form[action="/projects/night-pressure/step-down"]`)
	ines.post(path.StepDown("night-pressure")).goesTo(at)
	back := `.panel form[action="` + path.TakeBackProject("night-pressure") + `"]`
	ines.get(at).has(1, `form[action="`+path.TakeBackProject("night-pressure")+`"]`).lacks("main", "after all").says(".panel", "You stepped down on").says(".panel", "You can take it back until everybody is told who was picked; claims close").has(1, back)
	if h.count(`select count(*) from need where waived_by is null and kept ->> 'term' is not null`) != 1 {
		t.Error("what they did without is not open for the next, or is forgotten")
	}
	for _, p := range []skein.PersonID{people[asStaff], people[asCoLead], people[asSteward]} {
		h.as(p).get(at).has(0, back).lacks("main", "You stepped down on")
		h.as(p).post(path.TakeBackProject("night-pressure")).is(http.StatusForbidden)
	}
	ines.post(path.TakeBackProject("night-pressure")).goesTo(at)
	ines.get(at).has(0, back).says(".panel .state", "You lead this")
	for _, p := range []skein.PersonID{people[asLead], people[asCoLead]} { // how it went is not asked of what goes on
		h.as(p).get(path.Home).lacks("main", "Three questions").has(0, `main .acts a[href*="how-did-it-go"]`)
		h.as(p).get(at).lacks("main", "How did")
	}
	if h.count(`select count(*) from need where waived_by = 'ines-calder' and waived_at = $1 and kept = '{}'`, wall) != 1 {
		t.Error("they lead it on with an open no")
	}
	h.as(people[asSteward]).get(path.Notices).says("main", "Ines Calder leads Night Pressure on: they took back that they had stepped down.")
	if h.text(`select state || ' ' || (select state from term where role = 'primary') from project where id = 'night-pressure'`) != "led live" ||
		h.count(`select count(*) from audit_event where action = 'term.resume' and project_id = 'night-pressure'`) != 1 {
		t.Error("it is not led on, or the log says nothing")
	}
	ines.post(path.TakeBackProject("night-pressure")).is(http.StatusConflict)
	ines.post(path.StepDown("night-pressure")).goesTo(at)
	h.exec(`update claim_window set told_at = $1 where told_at is null`, wall)
	ines.get(at).has(0, back)
	ines.post(path.TakeBackProject("night-pressure")).is(http.StatusConflict)
}
