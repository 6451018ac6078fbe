package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/golang-migrate/migrate/v4/database"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How migrations wait for locks. Whatever asks for a table while a step waits for it queues behind the
// step, pages among it: so a step waits for a moment only, then lets everybody pass, and tries again.
const (
	lockWait  = "1s"
	lockPause = 2 * time.Second
	sayEvery  = time.Minute
)

// underLock runs fn while this process alone migrates. The pool is a small one
// of its own, so that a caller's settings cannot starve it.
func underLock(ctx context.Context, url string, say []func(string), fn func(*pgxpool.Pool) error) error {
	cfg, err := parse(url)
	if err != nil {
		return err
	}
	cfg.MaxConns = 6
	cfg.ConnConfig.RuntimeParams["application_name"] = "skein migrate"
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer pool.Close()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return unreached(url, err)
	}
	defer conn.Release()
	if err := takeLock(ctx, conn.Conn(), say); err != nil {
		return fmt.Errorf("migration lock: %w", err)
	}
	// Closing the pool ends the session and frees the lock whatever happens.
	defer conn.Conn().Close(context.WithoutCancel(ctx))
	return fn(pool)
}

// takeLock asks again and again: a query that waits for the lock would hold a
// snapshot, for which CREATE INDEX CONCURRENTLY would wait in turn.
func takeLock(ctx context.Context, conn *pgx.Conn, say []func(string)) error {
	waits := saying(say, "somebody else is changing the schema; waiting until they are done")
	for {
		var ours bool
		err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", int64(migrateLock)).Scan(&ours)
		if err != nil || ours {
			return err
		}
		waits()
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// patiently does something again and again while somebody else holds a lock that it needs, such as a
// pg_dump, until it is done or ctx ends.
func patiently(ctx context.Context, say []func(string), do func() error) error {
	waits := saying(say, "a step of the schema waits for a table that somebody else reads or locks, such as a pg_dump; it is tried until it is free")
	for {
		err := do()
		if !held(err) {
			return err
		}
		waits()
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(lockPause):
		}
	}
}

// saying returns a function that tells of a wait, now and then.
func saying(say []func(string), line string) func() {
	var said time.Time
	return func() {
		if time.Since(said) < sayEvery {
			return
		}
		said = time.Now()
		for _, tell := range say {
			tell(line)
		}
	}
}

// held tells whether something failed because of a lock that somebody else held, and may go well later.
func held(err error) bool {
	var step database.Error // which does not unwrap
	if errors.As(err, &step) {
		err = step.OrigErr
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "55P03" || pg.Code == "40P01") // lock not available; deadlock
}

// versioned notes versions by rows alone. The driver's own way empties the table with truncate, for
// which it waits until nobody has as much as read it: a pg_dump would keep it, and everybody behind it.
type versioned struct {
	database.Driver
	db *sql.DB
}

// SetVersion implements database.Driver.
func (v versioned) SetVersion(version int, dirty bool) error {
	tx, err := v.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing, once it is committed
	if _, err := tx.Exec(`delete from schema_migrations`); err != nil {
		return err
	}
	if version >= 0 || version == database.NilVersion && dirty { // as the driver does
		if _, err := tx.Exec(`insert into schema_migrations (version, dirty) values ($1, $2)`, version, dirty); err != nil {
			return err
		}
	}
	return tx.Commit()
}
