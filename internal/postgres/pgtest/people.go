package pgtest

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/skein"
)

// WaitingRows adds to People a few projects, each with something that waits for somebody.
const WaitingRows = `
	insert into project (id, title, circle_id, state, hours_per_week, end_on, proposed_by) values
		('sensors', 'Leak Sensors', 'leaks', 'open', 5, '2026-12-31', 'ben'),
		('night', 'Night Pressure', 'leaks', 'open', 4, '2026-09-30', 'ben'),
		('meter', 'Meter Letters', 'leaks', 'open', 6, '2026-09-30', null),
		('desk', 'Drought Desk', 'river', 'led', 3, '2026-06-30', null),
		('done', 'Old Story', 'river', 'completed', 3, '2026-01-30', null);
	insert into phase (project_id) select id from project;
	insert into requirement (phase_id, skill_id, importance)
		select phase.id, case project_id when 'meter' then 'write' else 'valve' end, 3 from phase where project_id <> 'desk';
	insert into claim_window (project_id, phase_id, opened_at, closes_at, closed_at, state, seed)
		select project_id, id, '2026-05-01', '2026-05-10', case when project_id = 'sensors' then '2026-05-10'::timestamptz end,
			case when project_id = 'sensors' then 'picked' else 'open' end, 's'
		from phase where project_id in ('sensors', 'night', 'meter');
	insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
		('ada', 'valve', 'peer', 4, '2026-03-01', 'ben');
	insert into wish (person_id, skill_id, made_at) values ('ada', 'write', '2026-05-01')`

// Monday is a morning at work, and Today its day.
var (
	Monday = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)
	Today  = skein.Day(Monday)
)

// People is a database with a few people in one circle and one outside it.
func People(t *testing.T) (*postgres.DB, *pgxpool.Pool) {
	t.Helper()
	pool := New(t)
	Exec(t, pool, `
		insert into circle (id, name) values ('leaks', 'Leaks'), ('river', 'River Care');
		insert into person (id, name, circle_id, hours_per_week, active_until) values
			('ada', 'Ada Reed', 'leaks', 6, null),
			('ben', 'Ben Moss', 'leaks', null, null),
			('cyd', 'Cyd Will', 'river', 4, null),
			('old', 'Olga Gone', 'leaks', 4, '2026-01-31');
		insert into skill (id, name) values ('valve', 'valve data'), ('write', 'plain writing')`)
	return postgres.New(pool), pool
}

// Named is a skill that is known by its name alone.
func Named(name string) skein.Skill { return skein.Skill{Name: name} }

// By is somebody who acts on Monday.
func By(id skein.PersonID) skein.By { return skein.NewBy(id, Monday, time.UTC) }
