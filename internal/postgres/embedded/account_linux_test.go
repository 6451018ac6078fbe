package embedded

import (
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// asRoot skips for others, who have nobody else to run Postgres as.
func asRoot(t *testing.T) (uid, gid int) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can choose who runs Postgres")
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		t.Skip("there is no account nobody here")
	}
	uid, _ = strconv.Atoi(u.Uid)
	gid, _ = strconv.Atoi(u.Gid)
	return uid, gid
}

func runsAs(t *testing.T, data string) int {
	t.Helper()
	info, err := os.Stat(filepath.Join("/proc", strconv.Itoa(postmaster(t, data))))
	if err != nil {
		t.Fatal(err)
	}
	return int(info.Sys().(*syscall.Stat_t).Uid)
}

func TestRootRunsPostgresAsAnother(t *testing.T) {
	t.Parallel()
	asRoot(t)
	srv := mustStart(t, testConfig(testDir(t)))
	if uid := runsAs(t, srv.DataDir); uid == 0 {
		t.Error("Postgres runs as root")
	}
}

func TestRootRunsPostgresAsTheOwner(t *testing.T) {
	t.Parallel()
	uid, gid := asRoot(t)
	dir := testDir(t)
	if err := os.Chown(filepath.Dir(dir), uid, gid); err != nil {
		t.Fatal(err)
	}
	srv := mustStart(t, testConfig(dir))
	if got := runsAs(t, srv.DataDir); got != uid {
		t.Errorf("Postgres runs as %d, not as the owner %d", got, uid)
	}
	for _, name := range []string{"", "/pg" + strconv.Itoa(srv.Major) + ".lock", "/pg" + strconv.Itoa(srv.Major) + ".log"} {
		if got, _, err := owner(dir + name); err != nil || got != uid {
			t.Errorf("%s%s belongs to %d, %v", dir, name, got, err)
		}
	}
}

func TestUnreachableDataMoveAside(t *testing.T) {
	t.Parallel()
	asRoot(t)
	dir := testDir(t)
	if err := os.Chmod(filepath.Dir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(aside(dir)) })
	cfg := testConfig(dir)
	var said []string
	cfg.Say = func(line string) { said = append(said, line) }
	mustStop(t, mustStart(t, cfg))
	srv := mustStart(t, cfg)
	if filepath.Dir(srv.DataDir) != aside(dir) {
		t.Errorf("data are in %s", srv.DataDir)
	}
	if len(said) != 1 || !strings.Contains(said[0], "its data go to "+aside(dir)) {
		t.Errorf("said %q", said)
	}
	query(t, srv.DSN, "SELECT 'alive'")
	other := startPeer(t, dir, "skein match")
	if other.dsn != srv.DSN {
		t.Errorf("a second process found %s, not %s", other.dsn, srv.DSN)
	}
	other.leave()
}

func TestUnreachableProgramsAreCopied(t *testing.T) {
	t.Parallel()
	asRoot(t)
	dir := testDir(t)
	// A checkout of its own under a closed folder, with the programs in it.
	root := filepath.Join(t.TempDir(), "checkout")
	all, err := find(t.Context(), []string{"../../.."}, 0)
	if err != nil {
		t.Fatal(err)
	}
	native := filepath.Join(root, "web", "node_modules", "pg"+strconv.Itoa(all[0].major), "native")
	if err := os.MkdirAll(filepath.Dir(native), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(root), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(native, os.DirFS(filepath.Dir(all[0].dir))); err != nil {
		t.Skipf("these programs cannot be copied: %v", err)
	}
	b, err := inspect(t.Context(), filepath.Join(native, "bin"))
	if err != nil {
		t.Fatal(err)
	}
	acct, err := chooseAccount(dir)
	if err != nil {
		t.Fatal(err)
	}
	if acct.runs(b) {
		t.Fatal("the folder is not closed")
	}
	t.Cleanup(func() { os.RemoveAll(aside(b.dir)) })
	for _, damage := range []string{"", "", "initdb"} {
		if damage != "" {
			if err := os.Remove(filepath.Join(aside(b.dir), "postgres-"+b.version, "bin", damage)); err != nil {
				t.Fatal(err)
			}
		}
		copied, err := copyBinaries(b, acct)
		if err != nil {
			t.Fatal(err)
		}
		if !acct.runs(copied) || !strings.HasPrefix(copied.dir, aside(b.dir)) {
			t.Errorf("copied to %s", copied.dir)
		}
	}
	// Many at once find nothing there: whoever is done keeps what they run.
	if err := os.RemoveAll(filepath.Join(aside(b.dir), "postgres-"+b.version)); err != nil {
		t.Fatal(err)
	}
	var several sync.WaitGroup
	for range 4 {
		several.Go(func() {
			copied, err := copyBinaries(b, acct)
			for range 8 {
				if err != nil || !acct.runs(copied) {
					t.Errorf("one of several at once: it does not run, %v", err)
					return
				}
			}
		})
	}
	several.Wait()
}

func TestAnOrdinaryAccountRunsItsOwn(t *testing.T) {
	t.Parallel()
	uid, gid := asRoot(t)
	dir := testDir(t)
	home := filepath.Dir(dir)
	if err := os.Chown(home, uid, gid); err != nil {
		t.Fatal(err)
	}
	// The tests' binary lies in a folder that only root may enter.
	exe := filepath.Join(home, "app")
	copyFile(t, os.Args[0], exe)
	other := startPeer(t, dir, "skein serve", func(cmd *exec.Cmd) {
		cmd.Path, cmd.Dir = exe, home
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	})
	if got := runsAs(t, other.data); got != uid {
		t.Errorf("Postgres runs as %d, not as %d", got, uid)
	}
	// Root joins what the ordinary account holds.
	srv := mustStart(t, testConfig(dir))
	if !srv.Joined {
		t.Error("root did not join")
	}
	query(t, srv.DSN, "SELECT 'alive'")
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	// A process that another test starts meanwhile would hold the file open for writing, and nobody could start it.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
