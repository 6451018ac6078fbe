package board_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"pgregory.net/rapid"

	"skein/internal/postgres/pgtest"
)

var now = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

// village is a few people, skills and projects without anything else.
func village(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := pgtest.New(t)
	for _, s := range []string{
		`insert into circle (id, name) values ('a', 'A'), ('b', 'B')`,
		`insert into skill (id, name) values ('s0', 'Nought'), ('s1', 'One'), ('s2', 'Two')`,
		`insert into person (id, name, circle_id) select 'p' || n, 'P', case when n % 2 = 0 then 'a' else 'b' end from generate_series(0, 7) n`,
		`insert into project (id, title, circle_id, state, hours_per_week) select 'j' || n, 'J', 'a', 'open', n from generate_series(0, 2) n`,
		`insert into phase (project_id) select id from project`,
		`insert into requirement (phase_id, skill_id, importance, level, must)
			select id, 's' || n, 5 - n, 2, n = 0 from phase, generate_series(0, 2) n where n <> 1 or project_id <> 'j1'`,
		`update circle set rotation = .6 where id = 'a'`,
	} {
		if _, err := pool.Exec(context.Background(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	return pool
}

// drawChange is one statement that bears on how somebody sees the board.
func drawChange(t *rapid.T) string {
	n := func(most int, what string) int { return rapid.IntRange(0, most).Draw(t, what) }
	person, project, skill := n(7, "person"), n(2, "project"), n(2, "skill")
	switch n(12, "change") {
	case 0, 1, 2:
		return fmt.Sprintf(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p%d', 's%d', '%s', %d, date '2026-05-12' - %d)
			on conflict do nothing`, person, skill, rapid.SampledFrom([]string{"self", "outcome", "credential"}).Draw(t, "kind"), 1+n(4, "level"), n(400, "seen")-5)
	case 3:
		return fmt.Sprintf(`delete from evidence where person_id = 'p%d' and skill_id = 's%d'`, person, skill)
	case 4:
		return fmt.Sprintf(`insert into wish (person_id, skill_id, made_at) values ('p%d', 's%d', '2026-05-01') on conflict do nothing`, person, skill)
	case 5:
		return fmt.Sprintf(`insert into dismissal (person_id, project_id, at) values ('p%d', 'j%d', '2026-05-01') on conflict do nothing`, person, project)
	case 6:
		return fmt.Sprintf(`update claim_window set closes_at = date '2026-05-20' + %d where project_id = 'j%d'`, n(9, "closes"), project)
	case 7:
		return fmt.Sprintf(`update project set state = '%s' where id = 'j%d'`, rapid.SampledFrom([]string{"open", "draft", "open"}).Draw(t, "state"), project)
	case 8:
		return fmt.Sprintf(`insert into need (project_id, kind, what) values ('j%d', 'hours', '4 hours')`, project)
	case 9:
		return fmt.Sprintf(`update requirement set importance = %d where skill_id = 's%d' and phase_id in (select id from phase where project_id = 'j%d')`,
			1+n(4, "importance"), skill, project)
	case 10:
		return fmt.Sprintf(`insert into further_circle (project_id, circle_id) values ('j%d', 'b') on conflict do nothing`, project)
	case 11:
		return fmt.Sprintf(`delete from further_circle where project_id = 'j%d'`, project)
	}
	return fmt.Sprintf(`update project set hours_per_week = %d where id = 'j%d'`, n(20, "takes"), project)
}
