package postgres_test

import (
	"context"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// Two people may send one key; on the way back whoever came later keeps what they made, without it.
func TestAKeyOfTwoPeopleHasAWayBack(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.Empty(t)
	pool := open(t, url)
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	pgtest.Put(t, pool, `
		insert into person (id, name) values ('ines', 'Ines Calder'), ('noor', 'Noor Basri');
		insert into project (id, title, proposed_by, made_at, idempotency_key) values
			('first', 'First', 'ines', '2026-05-01', '0197b2a4-0000-4000-8000-000000000001'),
			('later', 'Later', 'noor', '2026-05-02', '0197b2a4-0000-4000-8000-000000000001'),
			('other', 'Other', 'noor', '2026-05-03', '0197b2a4-0000-4000-8000-000000000002')`)
	down := 0
	for _, step := range migrateStatus(t, pool).Steps {
		if step.Version >= 50 {
			down++
		}
	}
	if err := postgres.MigrateDown(ctx, url, down); err != nil {
		t.Fatal(err)
	}
	var kept string
	err := pool.QueryRow(ctx, `select string_agg(id, ' ' order by id) from project where idempotency_key is not null`).Scan(&kept)
	if err != nil || kept != "first other" {
		t.Errorf("%q keep a key, %v", kept, err)
	}
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Error(err)
	}
}
