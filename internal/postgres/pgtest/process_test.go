package pgtest_test

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/embedded"
	"skein/internal/postgres/pgtest"
)

// again runs one test of this binary in a process of its own.
func again(t *testing.T, test string, env ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), env...)
	out, _ := cmd.CombinedOutput()
	return string(out)
}

// elsewhere is a server that is not the test process's own.
func elsewhere(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "skein-elsewhere-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	srv, err := embedded.Start(context.Background(), embedded.Config{
		Dir: dir, Database: "postgres", Throwaway: true, Roots: []string{"../../.."},
	})
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = srv.Stop(context.Background()) })
	return srv.DSN
}

func TestAFailedTestKeepsItsDatabase(t *testing.T) {
	t.Parallel()
	if os.Getenv("SKEIN_PLAY_FAILURE") != "" { // in the process started below
		_, err := pgtest.Owner(t).Exec(context.Background(), "CREATE TABLE evidence_of_it ()")
		t.Fatal("played", err)
	}
	server := elsewhere(t)
	out := again(t, "TestAFailedTestKeepsItsDatabase", "SKEIN_PLAY_FAILURE=1", "SKEIN_TEST_DATABASE_URL="+server)
	kept := regexp.MustCompile(`pgtest: kept (postgres://\S+)`).FindStringSubmatch(out)
	if kept == nil {
		t.Fatalf("nothing kept:\n%s", out)
	}
	pool, err := postgres.Connect(context.Background(), kept[1])
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var table *string
	err = pool.QueryRow(context.Background(), "SELECT to_regclass('evidence_of_it')::text").Scan(&table)
	if err != nil || table == nil {
		t.Errorf("it is not as the test left it: %v", err)
	}
}

func TestProcessesShareAServer(t *testing.T) {
	t.Parallel()
	server := elsewhere(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			out := again(t, "TestEachTestHasItsOwnMigratedDatabase", "SKEIN_TEST_DATABASE_URL="+server)
			if !strings.Contains(out, "\nPASS") {
				t.Error(out)
			}
		})
	}
	wg.Wait()
	pool, err := postgres.Connect(context.Background(), server)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var templates int
	err = pool.QueryRow(context.Background(),
		`SELECT count(*) FROM pg_database WHERE datname LIKE 'skein\_template\_%'`).Scan(&templates)
	if err != nil || templates != 1 {
		t.Errorf("%d templates, %v", templates, err)
	}
}

func TestWithoutPostgresItSkipsAndSaysWhy(t *testing.T) {
	t.Parallel()
	out := again(t, "TestEmptyHasNoTables", "SKEIN_TEST_PG=99", "SKEIN_TEST_DATABASE_URL=")
	if !strings.Contains(out, "needs Postgres 99: install it") || !strings.Contains(out, "--- SKIP") {
		t.Error(out)
	}
}
