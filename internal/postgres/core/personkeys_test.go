package core_test

import (
	"context"
	"errors"
	"testing"

	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Whoever writes of somebody who went meanwhile is told so, whichever column names them.
func TestEveryKeyOfAPersonHasWordsWhenItsPersonIsGone(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	names := pgtest.Texts(t, pool, `
		select distinct key.conname
		from pg_constraint key
		where key.contype = 'f' and key.confrelid in ('person'::regclass, 'account'::regclass)
		order by 1`)
	if len(names) < 40 {
		t.Fatalf("%d keys", len(names))
	}
	for _, name := range names {
		if !core.SaidWhenBroken(name) {
			t.Errorf("%s: its column is not among personColumns", name)
		}
	}
	for _, name := range pgtest.Texts(t, pool, `
		select conname from pg_constraint
		where contype = 'f' and confrelid not in ('person'::regclass, 'account'::regclass) and connamespace = 'public'::regnamespace`) {
		if core.IsPersonKey(name) {
			t.Errorf("%s names no person", name)
		}
	}
	_, err := pool.Exec(context.Background(), `insert into absence (person_id, from_on) values ('nobody', '2026-01-01')`)
	var conflict skein.Conflict
	if !errors.As(core.Translate(err), &conflict) {
		t.Errorf("%v", err)
	}
}
