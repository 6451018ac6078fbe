package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// poll is how often a waiting process looks again.
const poll = 25 * time.Millisecond

// stopGrace is what each step of a shutdown is given.
const stopGrace = 10 * time.Second

func start(ctx context.Context, cfg Config) (*Server, error) {
	p, err := settle(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(p.data()); cfg.Made && errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNothingHere
	}
	lock, err := openLock(p.file(".lock"), p.acct)
	if err != nil {
		return nil, err
	}
	users, err := openLock(p.file(".users"), p.acct)
	if err != nil {
		lock.close()
		return nil, err
	}
	srv, err := holdOrJoin(ctx, cfg, p, lock, users)
	if err != nil {
		lock.close()
		users.close()
		return nil, err
	}
	return srv, nil
}

// holdOrJoin takes the lock when it is free. While somebody else has it, a
// short command joins as soon as Postgres is ready; a serve is refused by
// another serve and outwaits a short command.
func holdOrJoin(ctx context.Context, cfg Config, p place, lock, users *lockFile) (*Server, error) {
	end := time.Now().Add(cfg.Wait)
	told := false
	for {
		err := lock.try(syscall.LOCK_EX)
		if err == nil {
			return hold(ctx, cfg, p, lock, users)
		}
		if !errors.Is(err, errHeld) {
			return nil, err
		}
		h, err := lock.read()
		known := err == nil && h.PID != 0
		switch {
		case cfg.Serve && known && h.Serve:
			return nil, fmt.Errorf("another %s (pid %d) already holds %s", h.Name, h.PID, p.data())
		case cfg.Serve && known && !told:
			told = true
			cfg.Say(fmt.Sprintf("waiting for %s (pid %d), which uses %s", h.Name, h.PID, p.data()))
		case !cfg.Serve && known && h.DSN != "":
			if srv, err := join(ctx, cfg, p, h, lock, users); err == nil {
				return srv, nil
			}
		}
		if !cfg.Serve && time.Now().After(end) {
			return nil, fmt.Errorf("%s (pid %d) holds %s, but its Postgres was not ready within %s",
				h.Name, h.PID, p.data(), cfg.Wait)
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(poll):
		}
	}
}

// join marks us as a user, so that a short command which holds Postgres stays
// until we are done, and only then believes that it is there.
func join(ctx context.Context, cfg Config, p place, h holder, lock, users *lockFile) (*Server, error) {
	if err := users.try(syscall.LOCK_SH); err != nil {
		return nil, err
	}
	if err := ensureDatabase(ctx, h.DSN, cfg.Database); err != nil {
		return nil, errors.Join(err, users.try(syscall.LOCK_UN))
	}
	srv := &Server{
		DSN: dsn(h.DSN, "", cfg.Database), AppDSN: dsn(h.DSN, Login, cfg.Database),
		DataDir: p.data(), Joined: true, done: make(chan struct{}),
	}
	srv.stop = func(context.Context) error {
		users.close()
		lock.close()
		return nil
	}
	return srv, nil
}

// hold starts Postgres; the lock is ours.
func hold(ctx context.Context, cfg Config, p place, lock, users *lockFile) (*Server, error) {
	h := holder{PID: os.Getpid(), Name: cfg.Holder, Serve: cfg.Serve}
	if err := lock.write(h); err != nil {
		return nil, err
	}
	if err := clearOrphans(p.data(), p.socketDir()); err != nil {
		return nil, err
	}
	if err := p.initialise(cfg.Throwaway); err != nil {
		return nil, err
	}
	if err := p.configure(p.socketDir()); err != nil {
		return nil, err
	}
	proc, err := p.launch(ctx, cfg.Throwaway)
	if err != nil {
		return nil, err
	}
	h.DSN = (&url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{
		"host": {p.socketDir()}, "port": {"5432"}, "sslmode": {"disable"},
	}.Encode()}).String()
	err = ensureDatabase(ctx, h.DSN, cfg.Database)
	if err == nil {
		err = lock.write(h)
	}
	if err != nil {
		proc.stop(stopGrace)
		return nil, err
	}
	return watch(cfg, p, h, proc, lock, users), nil
}

// watch makes the Server of a process and keeps the locks until it has ended.
func watch(cfg Config, p place, h holder, proc *process, lock, users *lockFile) *Server {
	srv := &Server{
		DSN: dsn(h.DSN, "", cfg.Database), AppDSN: dsn(h.DSN, Login, cfg.Database),
		DataDir: p.data(), BinDir: p.bin.dir, Major: p.bin.major, done: make(chan struct{}),
	}
	asked := make(chan struct{})
	go func() {
		<-proc.done
		select {
		case <-asked:
		default:
			srv.err = fmt.Errorf("the private Postgres ended by itself (%w): see %s", proc.end(), p.file(".log"))
		}
		lock.close()
		users.close()
		close(srv.done)
	}()
	var once sync.Once
	srv.stop = func(ctx context.Context) error {
		once.Do(func() {
			if !cfg.Serve {
				awaitUsers(ctx, cfg, proc, users)
			}
			close(asked)
			proc.stop(stopGrace)
		})
		<-srv.done
		return srv.err
	}
	return srv
}

// awaitUsers waits until every command that joined us is done.
func awaitUsers(ctx context.Context, cfg Config, proc *process, users *lockFile) {
	for told := false; users.try(syscall.LOCK_EX) != nil; told = true {
		if !told {
			cfg.Say("waiting for another command that uses the same Postgres")
		}
		select {
		case <-ctx.Done():
			return
		case <-proc.done:
			return
		case <-time.After(poll):
		}
	}
}

// ensureDatabase connects, which shows that Postgres is there, and makes the
// lesser login and the database when they are missing: data made by an earlier
// version have no such login.
func ensureDatabase(ctx context.Context, admin, name string) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if err := ensureLogin(ctx, conn); err != nil {
		return err
	}
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	if err != nil || exists {
		return err
	}
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	return err
}

// ensureLogin makes the lesser login. Another command that joins at the same moment may make it first.
func ensureLogin(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `
		do $$
		begin
			if not exists (select from pg_roles where rolname = '`+Login+`') then
				create role `+Login+` login;
			end if;
		exception when duplicate_object or unique_violation then
			null;
		end
		$$`)
	return err
}

// dsn points the administrative address at another database, for another login unless that is empty.
func dsn(admin, login, database string) string {
	u, err := url.Parse(admin)
	if err != nil {
		return admin
	}
	if login != "" {
		u.User = url.User(login)
	}
	u.Path = "/" + database
	return u.String()
}

// Discard removes a throwaway data directory that nobody holds any more and
// stops what still runs in it. It reports whether it did.
func Discard(dir string) (bool, error) {
	locks, err := filepath.Glob(filepath.Join(dir, "pg*.lock"))
	if err != nil {
		return false, err
	}
	for _, path := range locks {
		lock, err := openLock(path, account{})
		if err != nil {
			return false, err
		}
		defer lock.close()
		if err := lock.try(syscall.LOCK_EX); err != nil {
			return false, nil
		}
		data := path[:len(path)-len(".lock")]
		if err := clearOrphans(data, data+".sock"); err != nil {
			return false, err
		}
	}
	return true, os.RemoveAll(dir)
}
