package postgres_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// TestAStepLetsEverybodyPassWhileSomebodyReads: as long as a pg_dump reads a table, the step that
// changes it is tried again and again, and whoever reads the table meanwhile is answered.
func TestAStepLetsEverybodyPassWhileSomebodyReads(t *testing.T) {
	t.Parallel()
	for name, migrate := range map[string]func(url string, say func(string)) error{
		"up": func(url string, say func(string)) error {
			return postgres.MigrateUpFiles(t.Context(), url, files(
				"0001_a.up", "CREATE TABLE a (n int);", "0001_a.down", "DROP TABLE a;",
				"0002_b.up", "CREATE TABLE b (n int);\nALTER TABLE a ADD COLUMN m int;", "0002_b.down", "ALTER TABLE a DROP COLUMN m;\nDROP TABLE b;",
			), say)
		},
		"down": func(url string, say func(string)) error {
			return postgres.MigrateDownFiles(t.Context(), url, files("0001_a.up", "CREATE TABLE a (n int);", "0001_a.down", "DROP TABLE a;"), 1, say)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := pgtest.Empty(t)
			pool := open(t, url)
			first := files("0001_a.up", "CREATE TABLE a (n int);", "0001_a.down", "DROP TABLE a;")
			if err := postgres.MigrateUpFiles(t.Context(), url, first); err != nil {
				t.Fatal(err)
			}
			dump, err := pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
			if err != nil {
				t.Fatal(err)
			}
			for _, table := range []string{"a", "schema_migrations"} { // as pg_dump, which reads every one
				if _, err := dump.Exec(t.Context(), "lock table "+table+" in access share mode"); err != nil {
					t.Fatal(err)
				}
			}
			waits, done := make(chan string, 1), make(chan error, 1)
			go func() { done <- migrate(url, func(line string) { waits <- line }) }()
			select {
			case <-waits:
			case err := <-done:
				t.Fatal("done under the eyes of whoever reads:", err)
			}
			for range 3 {
				if _, err := pool.Exec(t.Context(), `select from a`); err != nil {
					t.Fatal(err)
				}
			}
			if err := dump.Rollback(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			want := map[string]int{"up": 2, "down": 0}[name]
			var version int
			if err := pool.QueryRow(t.Context(), `select coalesce(max(version), 0) from schema_migrations where not dirty`).Scan(&version); err != nil || version != want {
				t.Errorf("at %d, want %d, %v", version, want, err)
			}
		})
	}
}

// Whoever waits for another start to be done with the schema says so, and goes on then.
func TestWhoeverWaitsToMigrateSaysSo(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	other := open(t, url)
	conn, err := other.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `select pg_advisory_lock($1)`, int64(0x736b65696e)); err != nil {
		t.Fatal(err)
	}
	waits, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- postgres.MigrateUp(t.Context(), url, func(line string) { waits <- line }) }()
	select {
	case <-waits:
	case err := <-done:
		t.Fatal("did not wait:", err)
	case <-time.After(time.Minute):
		t.Fatal("waits without a word")
	}
	if err := conn.Conn().Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn.Release()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if s := migrateStatus(t, other); !s.Current() {
		t.Errorf("not current: %+v", s)
	}
}
