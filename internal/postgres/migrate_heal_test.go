package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// die is what a kill looks like to the database: the session ends half way.
const die = "; SELECT pg_terminate_backend(pg_backend_pid());"

func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]+".sql"] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

func healthy() fstest.MapFS {
	return files(
		"0001_a.up", "CREATE TABLE a ();", "0001_a.down", "DROP TABLE a;",
		"0002_b.up", "CREATE TABLE b ();", "0002_b.down", "DROP TABLE b",
		"0003_c.up", "CREATE TABLE c () -- end", "0003_c.down", "DROP TABLE c;",
	)
}

func with(name, sql string) fstest.MapFS {
	out := healthy()
	out[name+".sql"] = &fstest.MapFile{Data: []byte(sql)}
	return out
}

// ours are the tables that the files above made.
func ours(t *testing.T, url string) string {
	t.Helper()
	var names []string
	for _, name := range tables(t, open(t, url)) {
		if name, ok := strings.CutPrefix(name, "table "); ok && len(name) == 1 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "")
}

func TestABrokenStepIsHealed(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]fstest.MapFS{
		"first, killed":  with("0001_a.up", "CREATE TABLE a ()"+die),
		"first, wrong":   with("0001_a.up", "CREATE TABLE a (); CREATE TABLE;"),
		"middle, killed": with("0002_b.up", "CREATE TABLE b ()"+die),
		"last, killed":   with("0003_c.up", "CREATE TABLE c ()"+die),
		"last, wrong":    with("0003_c.up", "CREATE TABLE c (); SELECT none();"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, url := context.Background(), pgtest.Empty(t)
			for range 2 {
				if err := postgres.MigrateUpFiles(ctx, url, broken); err == nil {
					t.Fatal("it passed")
				}
			}
			if err := postgres.MigrateUpFiles(ctx, url, healthy()); err != nil {
				t.Fatal(err)
			}
			if got := ours(t, url); got != "abc" {
				t.Errorf("made %s", got)
			}
		})
	}
}

func TestABrokenWayBackIsHealed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		broken fstest.MapFS
		steps  int
		left   string
	}{
		"newest": {with("0003_c.down", "DROP TABLE c"+die), 1, "abc"},
		"middle": {with("0002_b.down", "DROP TABLE b"+die), 2, "ab"},
		"first":  {with("0001_a.down", "DROP TABLE a"+die), postgres.Everything, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, url := context.Background(), pgtest.Empty(t)
			if err := postgres.MigrateUpFiles(ctx, url, healthy()); err != nil {
				t.Fatal(err)
			}
			if err := postgres.MigrateDownFiles(ctx, url, c.broken, c.steps); err == nil {
				t.Fatal("it passed")
			}
			if got := ours(t, url); got != c.left {
				t.Errorf("left %s, not %s", got, c.left)
			}
			if err := postgres.MigrateUpFiles(ctx, url, healthy()); err != nil {
				t.Fatal(err)
			}
			if got := ours(t, url); got != "abc" {
				t.Errorf("healed to %s", got)
			}
			if err := postgres.MigrateDownFiles(ctx, url, healthy(), postgres.Everything); err != nil {
				t.Fatal(err)
			}
			if got := ours(t, url); got != "" {
				t.Errorf("left %s", got)
			}
		})
	}
}

func TestAnIndexMayBeBuiltConcurrently(t *testing.T) {
	t.Parallel()
	ctx, url := context.Background(), pgtest.Empty(t)
	all := files(
		"0001_a.up", "CREATE TABLE a (n int);", "0001_a.down", "DROP TABLE a;",
		"0002_i.up", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (n);",
		"0002_i.down", "DROP INDEX CONCURRENTLY IF EXISTS i;",
	)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := postgres.MigrateUpFiles(ctx, url, all); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := postgres.MigrateDownFiles(ctx, url, all, 1); err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderSkeinLeavesANewerSchemaAlone(t *testing.T) {
	t.Parallel()
	ctx, url := context.Background(), pgtest.Empty(t)
	older := healthy()
	delete(older, "0003_c.up.sql")
	delete(older, "0003_c.down.sql")
	if err := postgres.MigrateUpFiles(ctx, url, healthy()); err != nil {
		t.Fatal(err)
	}
	if err := postgres.MigrateUpFiles(ctx, url, older); err != nil {
		t.Errorf("beside a newer one: %v", err)
	}
	if _, err := open(t, url).Exec(ctx, "UPDATE schema_migrations SET dirty = true"); err != nil {
		t.Fatal(err)
	}
	err := postgres.MigrateUpFiles(ctx, url, older)
	if err == nil || !strings.Contains(err.Error(), "a newer Skein left its step 3 unfinished") {
		t.Errorf("beside a newer one's broken step: %v", err)
	}
	if got := ours(t, url); got != "abc" {
		t.Errorf("left %s", got)
	}
}

func TestACancelledMigrationStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := postgres.MigrateUp(ctx, pgtest.Empty(t)); err == nil {
		t.Error("it went on")
	}
}

func TestConnectNamesItselfAndReckonsInUTC(t *testing.T) {
	t.Parallel()
	ctx, url := context.Background(), pgtest.Empty(t)
	for address, name := range map[string]string{url: "skein", url + "&application_name=other": "other"} {
		got := list(t, open(t, address), "SELECT unnest(ARRAY[current_setting('application_name'), current_setting('timezone')])")
		if diff := cmp.Diff([]string{name, "UTC"}, got); diff != "" {
			t.Error(diff)
		}
	}
	for _, address := range []string{"mysql", "postgres:///none?host=/nonexistent"} {
		if _, err := postgres.Connect(ctx, address); err == nil {
			t.Errorf("%s was opened", address)
		}
	}
}
