package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestMain lets the test binary play a second process: one that holds or joins
// a private Postgres until its standard input ends.
func TestMain(m *testing.M) {
	if dir := os.Getenv("SKEIN_TEST_HOLD"); dir != "" {
		os.Exit(playHolder(dir))
	}
	code := m.Run()
	if made.dir != "" {
		os.RemoveAll(made.dir)
	}
	os.Exit(code)
}

func playHolder(dir string) int {
	ctx := context.Background()
	cfg := testConfig(dir)
	cfg.Roots = []string{os.Getenv("SKEIN_TEST_ROOT")}
	cfg.Holder = os.Getenv("SKEIN_TEST_HOLDER")
	cfg.Serve = cfg.Holder == "skein serve"
	srv, err := Start(ctx, cfg)
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	fmt.Println("ready", srv.DSN, srv.DataDir)
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	if err := srv.Stop(ctx); err != nil {
		return 1
	}
	return 0
}

// peer is such a process.
type peer struct {
	*exec.Cmd
	dsn, data string
	leave     func()
}

func startPeer(t *testing.T, dir, name string, change ...func(*exec.Cmd)) *peer {
	t.Helper()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{Cmd: exec.Command(os.Args[0])}
	p.Env = append(os.Environ(), "SKEIN_TEST_HOLD="+dir, "SKEIN_TEST_HOLDER="+name, "SKEIN_TEST_ROOT="+root)
	for _, fn := range change {
		fn(p.Cmd)
	}
	in, err := p.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.leave = func() { in.Close() }
	t.Cleanup(func() {
		_ = p.Process.Kill()
		_ = p.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(line)
	if err != nil || len(words) != 3 || words[0] != "ready" {
		t.Fatalf("the other process said %q, %v", line, err)
	}
	p.dsn, p.data = words[1], words[2]
	return p
}

func testConfig(dir string) Config {
	return Config{Dir: dir, Roots: []string{"../../.."}, Holder: "skein test", Wait: time.Minute, Throwaway: true}
}

// madeDir is a testDir whose data are made already: making them takes longer
// than the rest of most tests.
func madeDir(t *testing.T) string {
	t.Helper()
	dir := testDir(t)
	p, err := settle(context.Background(), testConfig(dir))
	if err != nil {
		t.Fatal(err)
	}
	made.Lock()
	defer made.Unlock()
	if made.dir == "" {
		if err := p.initialise(true); err != nil {
			t.Fatal(err)
		}
		if made.dir, err = os.MkdirTemp("", "skein-made-"); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(made.dir, os.DirFS(p.data())); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	if err := os.CopyFS(p.data(), os.DirFS(made.dir)); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(p.data(), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o700)
		}
		return errors.Join(err, p.acct.give(path))
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// made is a copy of fresh data, removed at the end of the process.
var made struct {
	sync.Mutex
	dir string
}

// testDir is reachable for whichever account Postgres runs as.
func testDir(t *testing.T) string {
	t.Helper()
	if _, err := find(context.Background(), []string{"../../.."}, 0); err != nil {
		t.Skip(err)
	}
	dir, err := os.MkdirTemp("", "skein-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "data")
}

func mustStart(t *testing.T, cfg Config) *Server {
	t.Helper()
	srv, err := Start(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Stop(context.Background()) })
	return srv
}

func mustStop(t *testing.T, srv *Server) {
	t.Helper()
	if err := srv.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// query returns one value as text.
func query(t *testing.T, dsn, sql string) string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var value string
	err = conn.QueryRow(ctx, sql).Scan(&value)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		t.Fatalf("%s: %v", sql, err)
	}
	return value
}

// postmaster is the pid of the server in a data directory.
func postmaster(t *testing.T, data string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never came true: %s", what)
}
