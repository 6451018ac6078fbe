package demo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/demo"
	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// rows is every row of every table that an import may touch.
func rows(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	var all []string
	for _, table := range []string{
		"circle", "person", "skill", "priority", "project", "phase", "requirement", "need", "member", "term", "claim_window", "claim", "pick",
		"invite", "review", "evidence", "notice",
	} {
		for _, row := range pgtest.Texts(t, pool, `select r::text from `+table+` r order by 1`) {
			all = append(all, table+" "+row)
		}
	}
	return all
}

// The demo has projects, claims and terms in every state; an export of it, imported again, is what is
// there already.
func TestAnExportOfTheDemoImportedAgainChangesNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	if _, err := demo.Seed(ctx, pool, now); err != nil {
		t.Fatal(err)
	}
	for what, states := range map[string]struct {
		sql string
		has []skein.ProjectState
	}{
		"projects": {`select distinct state from project`, []skein.ProjectState{
			skein.OpenForLead, skein.Led, skein.HandingOver, skein.Completed, skein.Cancelled,
		}},
	} {
		there := strings.Join(pgtest.Texts(t, pool, states.sql), " ")
		for _, s := range states.has {
			if !strings.Contains(there, string(s)) {
				t.Errorf("no %s is %s: %s", what, s, there)
			}
		}
	}
	db, dir := postgres.New(pool), t.TempDir()
	if err := db.Bulk.Export(ctx, func(f *folder.Folder) error {
		_, err := exchange.Write(dir, f)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	before := rows(t, pool)
	known, err := db.Bulk.Known(ctx, skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	read, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	loaded, err := db.Bulk.Import(ctx, skein.Itself(now, time.UTC), read, bulkdb.ImportOptions{})
	if err != nil || !loaded.Nothing() {
		t.Errorf("%+v, %v", loaded, err)
	}
	pgtest.Same(t, "everything", rows(t, pool), before...)
}
