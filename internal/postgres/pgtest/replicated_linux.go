package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Replicated is a Postgres that takes writes, and another that follows it: nothing is committed before both have it.
type Replicated struct {
	URL   string // of both: whichever takes writes
	first *exec.Cmd
	next  string // the address of the one that follows
}

// Replicate starts the two. Where there is no pg_basebackup the test is skipped.
func Replicate(t testing.TB) *Replicated {
	t.Helper()
	bin := serverPrograms(t)
	dir := readable(t)
	as := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	if os.Geteuid() == 0 {
		as.Credential = anybodyElse(t)
		must(t, os.Chown(dir, int(as.Credential.Uid), int(as.Credential.Gid)))
	}
	command := func(program string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, program), args...)
		c.SysProcAttr, c.Dir = as, dir
		return c
	}
	run := func(program string, args ...string) {
		t.Helper()
		if out, err := command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("pgtest: %s: %v\n%s", program, err, out)
		}
	}
	start := func(data string, port int) *exec.Cmd {
		t.Helper()
		c := command("postgres", "-D", filepath.Join(dir, data), "-p", strconv.Itoa(port), "-c", "listen_addresses=127.0.0.1",
			"-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200")
		must(t, c.Start())
		t.Cleanup(func() {
			_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
			_ = c.Wait()
		})
		return c
	}
	one, two := freePort(t), freePort(t)
	at := func(port int, database string) string {
		return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", port, database)
	}
	run("initdb", "-D", filepath.Join(dir, "one"), "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
	r := &Replicated{first: start("one", one), next: at(two, "postgres")}
	sqlAt(t, at(one, "postgres"), `create database skein`)
	run("pg_basebackup", "-h", "127.0.0.1", "-p", strconv.Itoa(one), "-U", "postgres", "-D", filepath.Join(dir, "two"), "-R", "-N", "-c", "fast")
	start("two", two)
	sqlAt(t, at(one, "postgres"), `alter system set synchronous_standby_names = '*'`, `select pg_reload_conf()`)
	sqlAt(t, r.next, `select 1`)
	r.URL = fmt.Sprintf("postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/skein?sslmode=disable&target_session_attrs=read-write&connect_timeout=2", one, two)
	return r
}

// Kill ends the one that takes writes, as a machine that dies does.
func (r *Replicated) Kill(t testing.TB) {
	t.Helper()
	must(t, syscall.Kill(-r.first.Process.Pid, syscall.SIGKILL))
}

// Promote has the other take its place.
func (r *Replicated) Promote(t testing.TB) {
	t.Helper()
	sqlAt(t, r.next, `select pg_promote()`)
}

// serverPrograms is the folder of a whole Postgres.
func serverPrograms(t testing.TB) string {
	t.Helper()
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_basebackup")
	if found, err := exec.LookPath("pg_basebackup"); err == nil {
		if whole, err := filepath.EvalSymlinks(found); err == nil {
			all = append(all, whole)
		}
	}
	all = slices.DeleteFunc(all, func(path string) bool {
		_, err := os.Stat(filepath.Join(filepath.Dir(path), "initdb"))
		return err != nil
	})
	if len(all) == 0 {
		t.Skip("needs pg_basebackup and initdb: install Postgres' server to see that a failover loses nothing")
	}
	return filepath.Dir(all[0])
}

// anybodyElse is an account for Postgres, which refuses root.
func anybodyElse(t testing.TB) *syscall.Credential {
	t.Helper()
	for _, name := range []string{"postgres", "nobody"} {
		who, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(who.Uid, 10, 32)
		gid, wrong := strconv.ParseUint(who.Gid, 10, 32)
		if err == nil && wrong == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	t.Skip("needs an account that is not root to run Postgres as")
	return nil
}

// sqlAt runs statements once a server answers.
func sqlAt(t testing.TB, url string, statements ...string) {
	t.Helper()
	ctx := context.Background()
	var conn *pgx.Conn
	for began := time.Now(); conn == nil; time.Sleep(50 * time.Millisecond) {
		got, err := pgx.Connect(ctx, url)
		if err == nil {
			conn = got
		} else if time.Since(began) > setupLimit {
			t.Fatalf("pgtest: %v", err)
		}
	}
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatalf("pgtest: %v", errors.Join(err, conn.Close(ctx)))
		}
	}
	must(t, conn.Close(ctx))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
}
