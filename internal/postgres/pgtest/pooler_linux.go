package pgtest

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Pooler puts a real pgbouncer in its transaction mode before a database and returns its address there.
// It has fewer sessions than whoever comes by it, so that each transaction gets another one than the
// last. Where there is no pgbouncer the test is skipped.
func Pooler(t testing.TB, database string) string {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		t.Skip("needs pgbouncer: install it to see that Skein works behind it")
	}
	behind, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	port, password := freePort(t), ""
	if behind.Password != "" {
		password = " password=" + behind.Password
	}
	file := filepath.Join(readable(t), "pgbouncer.ini")
	text := fmt.Sprintf(`[databases]
%s = host=%s port=%d user=%s%s
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
`, behind.Database, behind.Host, behind.Port, behind.User, password, port)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil { //nolint:gosec // another account reads it
		t.Fatalf("pgtest: %v", err)
	}
	command := exec.Command(program, "-q", file)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if info, err := os.Stat(behind.Host); err == nil && os.Geteuid() == 0 {
		// It refuses to run as root, and only the owner of Postgres' socket may come in by it.
		owner := info.Sys().(*syscall.Stat_t)
		command.SysProcAttr.Credential = &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}
	}
	if err := command.Start(); err != nil {
		t.Fatalf("pgtest: pgbouncer: %v", err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	address := "127.0.0.1:" + strconv.Itoa(port)
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			break
		} else if time.Since(began) > setupLimit {
			t.Fatalf("pgtest: pgbouncer does not answer: %v", err)
		}
	}
	at := url.URL{Scheme: "postgres", User: url.User(behind.User), Host: address, Path: "/" + behind.Database, RawQuery: "sslmode=disable"}
	return at.String()
}

// readable is a folder that another account can read.
func readable(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(baseDir(), "skein-pooler-")
	if err == nil {
		err = os.Chmod(dir, 0o755) //nolint:gosec // another account reads it
	}
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
