package demo_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"skein/internal/demo"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// The demo's people have claims, leads, checks and notices of every kind. When each has another id, no row of
// any table knows the one that they had, but for the log, which is told by keys, and what memory was told.
func TestNothingKnowsTheIDThatSomebodyHad(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.Owner(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	if _, err := demo.Seed(ctx, pool, now); err != nil {
		t.Fatal(err)
	}
	db := postgres.New(pool)
	people := pgtest.Texts(t, pool, `select id from person order by id`)
	if len(people) < 20 {
		t.Fatalf("%d people", len(people))
	}
	had := make([]string, len(people))
	for i, id := range people {
		had[i] = regexp.QuoteMeta(id)
		if err := db.People.Rename(ctx, skein.Itself(now, time.UTC), skein.PersonID(id), skein.PersonID("n°"+strings.Repeat("i", i))); err != nil {
			t.Fatal(err)
		}
	}
	knows := `\y(` + strings.Join(had, "|") + `)\y`
	for _, table := range pgtest.Texts(t, pool, `
		select relname
		from pg_class
		where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname not in ('change', 'audit_content')`) {
		for _, row := range pgtest.Texts(t, pool, `select r::text from `+table+` r where r::text ~ $1 limit 2`, knows) {
			t.Errorf("%s: %s", table, row)
		}
	}
	if told := pgtest.Texts(t, pool, `select distinct actor_id from audit_told where actor_id ~ $1`, knows); len(told) > 0 {
		t.Errorf("the log names %q", told)
	}
}
