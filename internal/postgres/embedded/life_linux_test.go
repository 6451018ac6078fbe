package embedded

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestDataOutliveAStop(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	srv := mustStart(t, cfg)
	query(t, srv.DSN, "CREATE TABLE kept ()")
	if got := query(t, srv.DSN, "SELECT current_setting('listen_addresses') || current_database()"); got != "skein" {
		t.Errorf("listens on and is called %q", got)
	}
	if info, err := os.Stat(srv.DataDir + ".sock"); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("socket folder: %v, %v", info.Mode(), err)
	}
	mustStop(t, srv)
	mustStop(t, srv)
	<-srv.Done()
	if len(workingIn(srv.DataDir)) != 0 {
		t.Error("Postgres still runs")
	}
	again := mustStart(t, cfg)
	if got := query(t, again.DSN, "SELECT to_regclass('kept')::text"); got != "kept" {
		t.Errorf("the table is gone: %q", got)
	}
}

func TestKilledAppTakesPostgresAlong(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	app := startPeer(t, dir, "skein serve")
	query(t, app.dsn, "CREATE TABLE kept ()")
	if err := app.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = app.Wait()
	eventually(t, "Postgres stops by itself", func() bool { return len(workingIn(app.data)) == 0 })
	srv := mustStart(t, testConfig(dir))
	if got := query(t, srv.DSN, "SELECT to_regclass('kept')::text"); got != "kept" {
		t.Errorf("the table is gone: %q", got)
	}
}

func TestKilledPostgresIsTold(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	srv := mustStart(t, cfg)
	if err := syscall.Kill(postmaster(t, srv.DataDir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-srv.Done():
	case <-time.After(15 * time.Second):
		t.Fatal("nobody noticed")
	}
	if srv.Err() == nil || !strings.Contains(srv.Err().Error(), "ended by itself") {
		t.Errorf("reason: %v", srv.Err())
	}
	again := mustStart(t, cfg)
	query(t, again.DSN, "SELECT 'alive'")
}

func TestBothKilledAtOnce(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	app := startPeer(t, dir, "skein serve")
	pid := postmaster(t, app.data)
	_ = app.Process.Kill()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = app.Wait()
	srv := mustStart(t, testConfig(dir))
	query(t, srv.DSN, "SELECT 'alive'")
}

func TestOrphanIsStopped(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	mustStop(t, mustStart(t, cfg))
	p, err := settle(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	// A server that nobody holds: started without the ties to its parent.
	orphan := p.acct.command(p.data(), filepath.Join(p.bin.dir, "postgres"), p.settings(p.socketDir(), true)...)
	if err := orphan.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- orphan.Wait() }()
	eventually(t, "the orphan is ready", func() bool { return isReady(p.data(), orphan.Process.Pid) })
	srv := mustStart(t, cfg)
	select {
	case <-gone:
	case <-time.After(15 * time.Second):
		t.Fatal("the orphan lives")
	}
	query(t, srv.DSN, "SELECT 'alive'")
}

func TestTheDeadAreNotBelieved(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	srv := mustStart(t, cfg)
	data := srv.DataDir
	mustStop(t, srv)
	// What a killed Postgres leaves when its pid belongs to somebody else now.
	other := exec.Command("sleep", "60")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = other.Process.Kill()
		_ = other.Wait()
	}()
	text := fmt.Sprintf("%d\n%s\n1700000000\n5432\n%s.sock\n\n  5432001   123456\nready   \n", other.Process.Pid, data, data)
	for _, path := range []string{
		filepath.Join(data, "postmaster.pid"), filepath.Join(data+".sock", ".s.PGSQL.5432.lock"),
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	again := mustStart(t, cfg)
	query(t, again.DSN, "SELECT 'alive'")
	if err := other.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("a stranger was killed: %v", err)
	}
}

func TestAHalfMadeClusterIsMadeAnew(t *testing.T) {
	t.Parallel()
	cfg := testConfig(testDir(t))
	p, err := settle(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(p.file(".new"), "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	srv := mustStart(t, cfg)
	query(t, srv.DSN, "SELECT 'alive'")
}

func TestAStartThatFailsSaysWhyInOneLine(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	srv := mustStart(t, cfg)
	mustStop(t, srv)
	if err := os.Remove(filepath.Join(srv.DataDir, "global", "pg_control")); err != nil {
		t.Fatal(err)
	}
	_, err := Start(context.Background(), cfg)
	if err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "did not start") {
		t.Errorf("said %v", err)
	}
}

// A lesser login is made with the data, and for data of an earlier version at the next start, or by
// the next command that joins.
func TestTheLesserLoginIsThere(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	is := func(srv *Server) {
		t.Helper()
		if got := query(t, srv.AppDSN, "SELECT current_user || ' ' || rolsuper || ' ' || current_database() FROM pg_roles WHERE rolname = current_user"); got != "skein false skein" {
			t.Errorf("it is in as %q", got)
		}
	}
	srv := mustStart(t, testConfig(dir))
	is(srv)
	query(t, srv.DSN, "DROP ROLE skein")
	joined := mustStart(t, testConfig(dir))
	is(joined)
	mustStop(t, joined)
	query(t, srv.DSN, "DROP ROLE skein")
	mustStop(t, srv)
	is(mustStart(t, testConfig(dir)))
}
