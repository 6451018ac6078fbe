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
