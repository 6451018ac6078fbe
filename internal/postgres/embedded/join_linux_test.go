package embedded

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestSecondServeIsRefusedByName(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	first := startPeer(t, dir, "skein serve")
	cfg := testConfig(dir)
	cfg.Serve = true
	_, err := Start(context.Background(), cfg)
	want := fmt.Sprintf("another skein serve (pid %d) already holds %s", first.Process.Pid, first.data)
	if err == nil || err.Error() != want {
		t.Errorf("said %v, want %s", err, want)
	}
}

func TestCommandsJoinAServe(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	serve := startPeer(t, dir, "skein serve")
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			srv, err := Start(context.Background(), testConfig(dir))
			if err != nil {
				t.Error(err)
				return
			}
			if !srv.Joined || srv.DSN != serve.dsn {
				t.Errorf("joined %v at %s, not %s", srv.Joined, srv.DSN, serve.dsn)
			}
			if err := srv.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	query(t, serve.dsn, "SELECT 'alive'")
}

func TestCommandWaitsForAServeThatStarts(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			cfg := cfg
			cfg.Serve = n == 0
			srv, err := Start(context.Background(), cfg)
			if err != nil {
				t.Error(err)
				return
			}
			// The serve must outlive those that joined it.
			if cfg.Serve {
				t.Cleanup(func() { _ = srv.Stop(context.Background()) })
				return
			}
			if err := srv.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestWaitingForAServeHasAnEnd(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	p, err := settle(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	lock, err := openLock(p.file(".lock"), p.acct)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.close()
	if err := lock.try(syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := lock.write(holder{PID: 12, Name: "skein serve", Serve: true}); err != nil {
		t.Fatal(err)
	}
	cfg.Wait = 50 * time.Millisecond
	_, err = Start(context.Background(), cfg)
	if err == nil || !strings.Contains(err.Error(), "skein serve (pid 12) holds") {
		t.Errorf("said %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	cfg.Wait = time.Hour
	if _, err = Start(ctx, cfg); err == nil {
		t.Error("a cancelled start went on")
	}
}

func TestServeWaitsForACommand(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	command := startPeer(t, dir, "skein import")
	cfg := testConfig(dir)
	cfg.Serve = true
	said := make(chan string, 1)
	cfg.Say = func(line string) { said <- line }
	started := make(chan error, 1)
	go func() {
		srv, err := Start(context.Background(), cfg)
		if err == nil {
			t.Cleanup(func() { _ = srv.Stop(context.Background()) })
		}
		started <- err
	}()
	if line := <-said; !strings.Contains(line, "waiting for skein import (pid") {
		t.Errorf("said %q", line)
	}
	command.leave()
	if err := <-started; err != nil {
		t.Error(err)
	}
}

func TestCommandStaysForThoseWhoJoinedIt(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	first := mustStart(t, testConfig(dir))
	second := startPeer(t, dir, "skein match")
	stopped := make(chan error, 1)
	go func() { stopped <- first.Stop(context.Background()) }()
	select {
	case <-stopped:
		t.Fatal("it left the other one alone")
	case <-time.After(200 * time.Millisecond):
	}
	query(t, second.dsn, "SELECT 'alive'")
	second.leave()
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestDiscardSparesWhatIsHeld(t *testing.T) {
	t.Parallel()
	cfg := testConfig(madeDir(t))
	srv := mustStart(t, cfg)
	home := filepath.Dir(srv.DataDir)
	if done, err := Discard(home); done || err != nil {
		t.Errorf("discarded a running one: %v, %v", done, err)
	}
	mustStop(t, srv)
	if done, err := Discard(home); !done || err != nil {
		t.Errorf("not discarded: %v, %v", done, err)
	}
	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
}
