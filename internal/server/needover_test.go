package server

import (
	"testing"

	"skein/web/path"
)

// What was asked for stays on the page of a project that is over, the coach of its lead among it.
func TestTheCoachOfALeadIsSaidWhenTheProjectIsOver(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`
		with opened as (
			insert into claim_window (project_id, phase_id, opened_at, closed_at, told_at, state, seed, claimed)
			values ('night-pressure', '00000000-0000-7000-8000-000000000001', $1, $1, $1, 'taken', 's', 1) returning id
		), sent as (
			insert into claim (project_id, phase_id, window_id, person_id, state, coach_id, coach_agreed_at, drafted_at, changed_at, submitted_at)
			select 'night-pressure', '00000000-0000-7000-8000-000000000001', id, 'ines-calder', 'live', 'teo-marchi', $1, $1, $1, $1 from opened
			returning id
		), led as (
			update term set claim_id = sent.id from sent where role = 'primary'
		)
		insert into need (project_id, kind, what, asked_of, claim_id, granted_by, granted_at)
		select 'night-pressure', 'coach', 'Teo Marchi as a coach', 'teo-marchi', id, 'teo-marchi', $1 from sent`, wall)
	ines, judith, at := h.as(people[asLead]), h.as(people[asExecutive]), path.Project("night-pressure")
	judith.get(at).says("#needs", "Teo Marchi as a coach")
	ines.post(path.CompleteProject("night-pressure"), "reason", "It is done.")
	judith.get(at).says("main", "Teo Marchi as a coach")
}
