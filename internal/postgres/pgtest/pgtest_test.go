package pgtest_test

import (
	"context"
	"testing"

	"skein/internal/postgres/pgtest"
)

func TestEachTestHasItsOwnMigratedDatabase(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"one", "other"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			pool := pgtest.New(t)
			var current, zone, jobs string
			err := pool.QueryRow(ctx, `SELECT current_database(), current_setting('timezone'),
				to_regclass('river_job')::text`).Scan(&current, &zone, &jobs)
			if err != nil {
				t.Fatal(err)
			}
			if zone != "UTC" || jobs != "river_job" {
				t.Errorf("zone %q, jobs %q", zone, jobs)
			}
			if _, err := pgtest.Owner(t).Exec(ctx, "CREATE TABLE mine ()"); err != nil {
				t.Errorf("somebody else was here: %v", err)
			}
			var again string
			if err := pgtest.New(t).QueryRow(ctx, "SELECT current_database()").Scan(&again); err != nil || again != current {
				t.Errorf("second pool is on %q, not %q (%v)", again, current, err)
			}
		})
	}
}

func TestEmptyHasNoTables(t *testing.T) {
	t.Parallel()
	if pgtest.Empty(t) == pgtest.URL(t) {
		t.Error("the empty database is the migrated one")
	}
}
