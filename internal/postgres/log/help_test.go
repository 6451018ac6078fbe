package logdb_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
	"skein/migrations"
)

// stepsBack counts the migrations from a number on.
func stepsBack(t *testing.T, from string) (steps int) {
	t.Helper()
	files, err := migrations.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() >= from && strings.HasSuffix(f.Name(), ".up.sql") {
			steps++
		}
	}
	return steps
}

// writeManager gives Ada a manager, which is checked at the end, with an audit row.
func writeManager(ctx context.Context, pool *pgxpool.Pool) error {
	return core.Write(ctx, pool, pgtest.By("ada"), func(tx pgx.Tx) ([]skein.Event, error) {
		return []skein.Event{{Action: "person.update", Noun: "person", NounID: "ada"}},
			core.Exec(ctx, tx, `update person set manager_id = 'ben' where id = 'ada'`)
	})
}
