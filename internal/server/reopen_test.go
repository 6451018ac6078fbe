package server

import (
	"net/http"
	"testing"
	"time"

	"skein/web/path"
)

func TestACompletedProjectIsReopenedWithAReason(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.ReopenProject("night-pressure"), path.Project("night-pressure")
	ines, teo, marta := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asSteward])
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		ines.get(at).is(http.StatusConflict)
		ines.get(path.ReopenProject("nothing")).is(http.StatusNotFound)
	})
	h.exec(`update project set hours_per_week = 3, end_on = '2026-06-30' where id = 'night-pressure'`)
	h.exec(`insert into need (project_id, kind, what, amount, place, granted_by, granted_at, granted_until) values
		('night-pressure', 'hours', 'hours', 3, 90, $1, $2, '2026-06-30')`, people[asSteward], wall)
	teo.get(project).says(".opening", "3 hours a week until 30 June, granted.")
	h.exec(`update project set end_on = '2026-07-30' where id = 'night-pressure'`)
	teo.get(project).says(".opening", "3 hours a week until 30 July, granted until 30 June.")
	ines.post(path.CompleteProject("night-pressure"), "reason", "It holds.").goesTo(project)
	t.Run("invalid", func(t *testing.T) {
		teo.get(at).is(http.StatusForbidden)
		teo.get(project).has(0, `main a[href="`+at+`"]`).says("main", "can reopen it")
		marta.post(at, "reason", " ", "end", "2026-09-01").is(http.StatusUnprocessableEntity).has(1, `#field-reason[aria-invalid="true"]`)
		marta.post(at, "reason", "It leaks again.", "end", "2026-05-01").is(http.StatusUnprocessableEntity).has(1, `#field-end[aria-invalid="true"]`).says("#field-reason", "It leaks again.")
		marta.post(at, "reason", "It leaks again.", "end", "soon").is(http.StatusUnprocessableEntity).has(1, `#field-end[aria-invalid="true"]`)
	})
	t.Run("what could not be published", func(t *testing.T) {
		h.exec(`insert into guardrail (kind, number, reason, owner_id, made_at) values ('priority_named', null, 'We do what we have set out to do.', $1, $2)`, people[asExecutive], wall)
		h.exec(`update project set priority_id = null, hours_per_week = null where id = 'night-pressure'`)
		marta.post(at, "reason", "It leaks again.", "end", "2026-09-01").is(http.StatusUnprocessableEntity).says("main", "this one names none").
			says("main", "how many hours a week").has(1, `main a[href="`+path.NewProject+`"]`).says("#field-reason", "It leaks again.")
		h.exec(`delete from guardrail where kind = 'priority_named'`)
		h.exec(`update project set hours_per_week = 3 where id = 'night-pressure'`)
	})
	t.Run("done", func(t *testing.T) {
		marta.get(project).has(1, `main a[href="`+at+`"]`)
		marta.get(at).is(http.StatusOK)
		marta.post(at, "reason", "It leaks again.", "end", "2026-09-01").goesTo(project)
		marta.post(at, "reason", "It leaks again.", "end", "2026-09-01").is(http.StatusConflict)
		marta.get(path.Home).says("main", "Night Pressure").has(1, `.row-act form[action*="/needs/"], .acts form[action*="/needs/"]`)
		teo.get(project).says(".opening", "3 hours a week until 1 September, not granted yet.").says("#needs", "Still open.")
		teo.get(project).lacks("main", "Completed").has(0, `main a[href="`+at+`"]`)
		teo.get(path.ClaimProject("night-pressure")).is(http.StatusOK)
		ines.get(path.Notices).says("main", "reopened").says("main", "open for claims once more")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "It leaks again.")
	})
	t.Run("later", func(t *testing.T) {
		h.exec(`update project set state = 'completed', ended_at = $1 where id = 'night-pressure'`, wall.Add(-31*24*time.Hour))
		marta.get(at).is(http.StatusConflict)
		marta.get(project).has(0, `main a[href="`+at+`"]`).lacks("main", "can reopen it")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table term rename to lost`)
		marta.get(at).is(http.StatusInternalServerError).silent()
		marta.post(at, "reason", "It leaks again.").is(http.StatusInternalServerError).silent()
	})
}

// The page of a project that is over is told in the past, with everybody who led it, in order, and who was in the team.
func TestAProjectThatIsOverIsToldInThePast(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	project := path.Project("night-pressure")
	teo := h.as(people[asStaff])
	teo.post(path.JoinProject("night-pressure"), "brings", "maps").goesTo(project)
	h.exec(`update project set hours_per_week = 3, end_on = '2026-06-30' where id = 'night-pressure'`)
	h.exec(`insert into need (project_id, kind, what, amount, place, granted_by, granted_at, granted_until) values
		('night-pressure', 'hours', 'hours', 3, 90, $1, $2, '2026-06-30')`, people[asSteward], wall)
	h.exec(`delete from stand_in`) // somebody stands in for all of the time that is left
	h.exec(`update term set during = daterange(($1::timestamptz)::date, null) where project_id = 'night-pressure' and role = 'primary'`, wall)
	h.exec(`insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on, until_on)
		select project_id, uuid_v7(), $1, person_id, 'standing', $2, $2, $2, ($2::timestamptz)::date, ($2::timestamptz)::date + 7 from term where project_id = 'night-pressure' and role = 'primary' and state = 'live'`, people[asCoLead], wall)
	h.later(7 * 24 * time.Hour)
	ines := h.as(people[asLead])
	teo = h.as(people[asStaff]) // signed out meanwhile
	ines.post(path.CompleteProject("night-pressure"), "reason", "It holds.").goesTo(project)
	page := teo.get(project).says(".opening", "It was to take 3 hours a week until 30 June.").says("#needs", "What was asked for").says("#needs", "Marta said yes.").
		says("#terms", "Ines Calder: ").says("#terms", "Noor Basri: ").says("#team", "Ines Calder").says("#team", "led it").says("#team", "Noor Basri").says("#team", "Teo Marchi").says("#team", "maps")
	for _, present := range []string{"You get", " gets", "You decide", "granted", "is like", "is judged", "must move with it"} {
		page.lacks("main", present)
	}
}
