package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestServeEndsWithAReasonWhenItsPostgresDies(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "skein-serve-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	_, _, stop := serving(t, "--data-dir", dir)
	pids, err := filepath.Glob(filepath.Join(dir, "pg*", "postmaster.pid"))
	if err != nil || len(pids) != 1 {
		t.Skipf("the data is elsewhere: %v, %v", pids, err)
	}
	lines, err := os.ReadFile(pids[0])
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(lines, []byte("\n"))
	pid, err := strconv.Atoi(string(first))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	time.Sleep(3 * time.Second) // it notices by itself
	code, errs := stop()
	if code != exitFailed || !strings.Contains(errs, "Postgres ended by itself") {
		t.Errorf("%d: %s", code, errs)
	}
}

// The server of a private Postgres is in as the lesser login: it owns nothing there.
func TestServeIsInItsOwnPostgresAsTheLesserLogin(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "skein-serve-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	serving(t, "--data-dir", dir)
	db, err := openAs(t, &config{DataDir: dir}, toUse) // another command, which joins it
	if err != nil {
		t.Fatal(err)
	}
	if db.owns {
		t.Error("commands own the tables")
	}
	var logins string
	// Whoever migrated has closed its connections; their backends may take a moment more to end.
	for until := time.Now().Add(20 * time.Second); err == nil && logins != "skein false" && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		err = db.pool.QueryRow(t.Context(), `
		select string_agg(distinct usename || ' ' || coalesce(rolsuper::text, ''), ', ')
		from pg_stat_activity join pg_roles on rolname = usename
		where application_name = 'skein' and datname = current_database()`).Scan(&logins)
	}
	if err != nil || logins != "skein false" {
		t.Errorf("in it are %q, %v", logins, err)
	}
	if code, out, errs := runs(t, "audit", "verify", "--data-dir", dir); code != exitDone {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if code, out, errs := runs(t, "migrate", "up", "--data-dir", dir); code != exitDone {
		t.Errorf("%d %q %q", code, out, errs)
	}
}
