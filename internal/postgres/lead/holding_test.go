package leaddb_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
)

// Whoever stands in elsewhere has its hours, from their yes on and once, and no lead by it.
func TestWhatSomebodyStandsInForIsHeldOnce(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name, hours_per_week) values ('ada', 'Ada', 8), ('ben', 'Ben', 8)`,
		`insert into project (id, title, state, hours_per_week) values ('desk', 'Desk', 'led', 5), ('night', 'Night', 'led', 4), ('pipe', 'Pipe', 'led', 2)`,
		`insert into term (project_id, person_id, role, state, during) values
			('desk', 'ada', 'primary', 'live', '[2026-01-01,]'), ('night', 'ada', 'primary', 'live', '[2026-01-01,]'), ('pipe', 'ben', 'primary', 'live', '[2026-01-01,]')`)
	stands := `insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on, until_on) values
		('desk', gen_random_uuid(), 'ben', 'ada', '`
	since := `', '2026-03-01', '2026-03-03', '2026-03-01', '2026-03-02', '2026-03-20')`
	co := `insert into term (project_id, person_id, role, state, during) values ('desk', 'ben', 'co', 'live', '[2026-01-01,]')`
	for _, c := range []struct {
		name, besides string
		rows          []string
		hours         float64
	}{
		{"asked", "night", []string{stands + "asked" + since}, 2},
		{"standing", "night", []string{stands + "standing" + since}, 7},
		{"standing, and asked there", "desk", []string{stands + "standing" + since}, 2},
		{"ended", "night", []string{stands + "ended" + since}, 2},
		{"beside the lead", "night", []string{co}, 7},
		{"beside the lead, and standing", "night", []string{co, stands + "standing" + since}, 7},
	} {
		pgtest.Put(t, pool, `delete from stand_in`, `delete from term where role = 'co'`)
		pgtest.Put(t, pool, c.rows...)
		var leads int
		var hours float64
		err := pool.QueryRow(t.Context(), `select held.leads, held.hours from (`+leaddb.HoldingSQL+`) held (id, leads, invites, hours, asked, free, gone, away)`,
			pgx.NamedArgs{"people": []string{"ben"}, "project": c.besides, "today": "2026-03-05"}).Scan(&leads, &hours)
		if err != nil || hours != c.hours || leads != 1 {
			t.Errorf("%s: %v hours of %d leads, not %v: %v", c.name, hours, leads, c.hours, err)
		}
	}
}
