package bulkdb_test

import (
	"testing"

	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
)

// Whom a file has lead beside the lead shadows it no more.
func TestWhomAFileHasLeadBesideShadowsNoMore(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\n"), bulkdb.ImportOptions{})
	pgtest.Put(t, pool, `insert into term (project_id, person_id, role, state, during) values ('p', 'cyd', 'shadow', 'live', '[2025-02-01,)')`)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\np,cyd,co,2025-01-01,\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "cyd", pgtest.Texts(t, pool, `select concat_ws(' ', role, state) from term where person_id = 'cyd' order by 1`), "co live", "shadow ended")
}

// So it is of a place that was to begin later and begins now; one that is still to come leaves them their shadow.
func TestWhoIsToLeadBesideByNowShadowsNoMore(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	const ann = "project,person,role,from,until\np,ann,primary,2025-01-01,\n"
	load(t, db, crewLed(t, ann), bulkdb.ImportOptions{})
	pgtest.Put(t, pool, `insert into term (project_id, person_id, role, state, during) values ('p', 'cyd', 'shadow', 'live', '[2025-04-01,)')`)
	for _, of := range []struct{ from, co, shadow string }{
		{"2099-01-01", "co accepted", "shadow live"}, {"2098-01-01", "co accepted", "shadow live"}, {"2025-01-01", "co live", "shadow ended"},
	} {
		load(t, db, crewLed(t, ann+"p,cyd,co,"+of.from+",\n"), bulkdb.ImportOptions{})
		pgtest.Same(t, of.from, pgtest.Texts(t, pool, `select concat_ws(' ', role, state) from term where person_id = 'cyd' order by 1`), of.co, of.shadow)
	}
}
