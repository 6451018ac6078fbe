package postgres_test

import (
	"context"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/migrations"
)

// Leads that were imported without an end, and places that outlived their project, are mended; on the
// way back nobody waits for a day that nothing knows of.
func TestLeadsThatWereImportedBeforeGetTheDayOfTheNextChange(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.Empty(t)
	pool := open(t, url)
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	step := func(file string) {
		t.Helper()
		sql, err := migrations.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(ctx, string(sql)); err != nil {
			t.Fatal(err)
		}
	}
	step("0028_term_starts_on.down.sql")
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('ann', 'Ann'), ('ben', 'Ben')`,
		`insert into project (id, title, state, end_on, ended_at) values ('long', 'L', 'led', null, null),
			('short', 'S', 'led', current_date + 30, null), ('late', 'P', 'led', current_date - 30, null), ('said', 'D', 'led', null, null), ('over', 'O', 'completed', null, '2026-03-02')`,
		`insert into term (project_id, person_id, role, state, during, ends_on) values
			('long', 'ann', 'primary', 'live', '[2025-01-01,)', null), ('long', 'ben', 'co', 'live', '[2025-01-01,)', null),
			('short', 'ann', 'primary', 'live', '[2025-01-01,)', null), ('late', 'ann', 'primary', 'live', '[2025-01-01,)', null),
			('said', 'ann', 'primary', 'live', '[2025-01-01,)', '2027-01-31'), ('over', 'ben', 'co', 'live', '[2025-01-01,)', null)`)
	step("0028_term_starts_on.up.sql")
	pgtest.Same(t, "terms", pgtest.Texts(t, pool, `
		select concat_ws(' ', project_id, person_id, state, case
			when ends_on = (current_date + interval '1 year')::date then 'a year'
			when ends_on = current_date + 30 then 'its end'
			else ends_on::text
		end, upper(during))
		from term order by 1`),
		"late ann live a year", "long ann live a year", "long ben live", "over ben ended 2026-03-02", "said ann live 2027-01-31", "short ann live its end")

	pgtest.Put(t, pool,
		`insert into project (id, title, state) values ('next', 'N', 'open')`,
		`insert into phase (project_id) values ('next')`,
		`insert into term (project_id, person_id, state, starts_on) values ('next', 'ann', 'accepted', current_date + 30)`,
		`insert into claim_window (project_id, phase_id, opened_at, closed_at, told_at, state, seed, claimed)
			select 'next', id, now(), now(), now(), 'picked', 's', 0 from phase`)
	step("0028_term_starts_on.down.sql")
	pgtest.Same(t, "who was to begin", pgtest.Texts(t, pool, `
		select concat_ws(' ', term.state, claim_window.state, claim_window.closed_at)
		from term join claim_window on claim_window.project_id = term.project_id`), "void inviting")
}
