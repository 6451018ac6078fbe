package backupdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/backup"
	"skein/internal/postgres/core"
	logdb "skein/internal/postgres/log"
)

// Oldest is the first step of the schema that a backup can be of: before it a restored copy could not be
// told from what it was copied from.
const Oldest = 132

// Step tells how far a backup or a restore is: with which table, and how many bytes of rows have passed.
type Step struct {
	Table string
	Bytes int64
}

// Saved is what Save has written.
type Saved struct {
	backup.Manifest
	Strangers []string // tables that lie among Skein's and are not Skein's; they are not in it
}

// Save writes everything into a backup, as of one moment: others go on writing meanwhile, but the schema
// stays. It may read all tables, as any login that serves may. It does not finish the backup.
func Save(ctx context.Context, pool *pgxpool.Pool, w *backup.Writer, told func(Step)) (Saved, error) {
	s := &saving{w: w, told: told}
	before, err := tables(ctx, pool)
	if err != nil {
		return Saved{}, err
	}
	known, _ := keptOf(before)
	if len(known) == 0 {
		return Saved{}, errors.New("there is no Skein in this database")
	}
	err = pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		// The moment is that of the first reading: until the tables are held a step of the schema could alter them.
		_, err := tx.Exec(ctx, settled+`; lock table schema_migrations, `+quoted(namesOf(known))+` in access share mode`, pgx.QueryExecModeSimpleProtocol)
		if err != nil {
			return err
		}
		return s.all(ctx, tx, before)
	})
	return s.saved, err
}

type saving struct {
	w     *backup.Writer
	told  func(Step)
	saved Saved
	bytes int64
}

// all reads everything; the tables must be those that are held.
func (s *saving) all(ctx context.Context, tx pgx.Tx, held []Table) error {
	if err := s.schema(ctx, tx); err != nil {
		return err
	}
	now, err := tables(ctx, tx)
	if err != nil {
		return err
	}
	if !slices.Equal(namesOf(now), namesOf(held)) {
		return errors.New("the schema was changed at this moment: run it again")
	}
	var known []Table
	known, s.saved.Strangers = keptOf(now)
	for _, t := range known {
		if err := s.table(ctx, tx, t); err != nil {
			return err
		}
	}
	s.told(Step{Table: "audit_event", Bytes: s.bytes})
	s.saved.Log, err = chain(ctx, tx)
	return err
}

// schema reads at which step the schema is.
func (s *saving) schema(ctx context.Context, tx pgx.Tx) error {
	found, err := core.One[struct {
		Version  int
		Dirty    bool
		Postgres string
	}](ctx, tx, `select version, dirty, current_setting('server_version') as postgres from schema_migrations`)
	switch {
	case err != nil:
		return err
	case found.Dirty:
		return fmt.Errorf("step %d of the schema was begun and not finished: run skein migrate up first", found.Version)
	case found.Version < Oldest:
		return fmt.Errorf("the schema is at step %d, and backups begin with step %d: run skein migrate up first", found.Version, Oldest)
	}
	s.saved.Schema, s.saved.Postgres = found.Version, found.Postgres
	return nil
}

func (s *saving) table(ctx context.Context, tx pgx.Tx, t Table) error {
	err := s.w.Table(t.Name, t.Columns, func(out io.Writer) (int64, error) {
		tag, err := tx.Conn().PgConn().CopyTo(ctx, told{out, func(n int) {
			s.bytes += int64(n)
			s.told(Step{t.Name, s.bytes})
		}}, copySQL(t.Name, t.Columns, "to stdout"))
		return tag.RowsAffected(), err
	})
	if err != nil {
		return fmt.Errorf("the table %s: %w", t.Name, err)
	}
	return nil
}

// told tells what passes on the way to a writer.
type told struct {
	to  io.Writer
	say func(n int)
}

// Write passes it on.
func (t told) Write(p []byte) (int, error) {
	n, err := t.to.Write(p)
	t.say(n)
	return n, err
}

// chain checks the log. One that does not hold is no reason to go without a backup; it says so itself.
func chain(ctx context.Context, tx pgx.Tx) (backup.Log, error) {
	found, err := logdb.New(tx).Verify(ctx, logdb.Head{})
	var broken logdb.BrokenError
	if errors.As(err, &broken) {
		return backup.Log{Broken: broken.Error()}, nil
	}
	return backup.Log{Head: found.Head.String()}, err
}
