package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-migrate/migrate/v4"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/backup"
	backupdb "skein/internal/postgres/backup"
	"skein/internal/postgres/core"
	"skein/migrations"
)

// restoreLock lets one restore at a time into a database: another could take back steps of the schema
// that this one has just filled.
const restoreLock = 0x736b72737472 // "skrstr"

// Restore fills an empty database from a backup and brings it up to date; whatever goes wrong before it is
// filled leaves it as empty as it was. url is the owner's. now is when this happens; say is told of waits, told how far it is.
func Restore(ctx context.Context, url string, f *backup.File, now time.Time, say func(string), told func(backupdb.Step)) error {
	pool, err := Connect(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	ours, err := core.Value[bool](ctx, conn, `select pg_try_advisory_lock($1)`, int64(restoreLock))
	if err != nil {
		return err
	}
	if !ours {
		return errors.New("somebody else is restoring into this database")
	}
	// Closing the session frees the lock whatever happens.
	defer conn.Conn().Close(context.WithoutCancel(ctx))
	if err := restorable(ctx, pool, f.Schema); err != nil {
		return err
	}
	if err := MigrateTo(ctx, url, f.Schema, say); err != nil {
		return err
	}
	if err := backupdb.Load(ctx, pool, f, now, told); err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	if err := finishRestore(ctx, pool, url, say); err != nil {
		return fmt.Errorf("all is restored, as of step %d of the schema, but what follows failed; run skein migrate up: %w", f.Schema, err)
	}
	return nil
}

// restorable sees, before anything is changed, that the database is empty, and that the steps are known from
// where it is to where the backup is.
func restorable(ctx context.Context, pool *pgxpool.Pool, version int) error {
	if err := KnowsStep(version); err != nil {
		return err
	}
	if err := backupdb.Empty(ctx, pool); err != nil {
		return err
	}
	status, err := MigrateStatus(ctx, pool)
	if err == nil && status.Version > status.Latest {
		err = fmt.Errorf("the schema is at step %d, newer than the %d that this skein knows", status.Version, status.Latest)
	}
	return err
}

// KnowsStep refuses a backup of a step of the schema that this Skein does not have.
func KnowsStep(version int) error {
	steps, err := schemaSteps(migrations.FS)
	if err != nil {
		return err
	}
	latest := steps[len(steps)-1].Version
	switch {
	case version > latest:
		return fmt.Errorf("the backup is of step %d of the schema, and this skein knows %d: restore it with the newer one that made it", version, latest)
	case version < backupdb.Oldest || !slices.ContainsFunc(steps, func(s SchemaStep) bool { return s.Version == version }):
		return fmt.Errorf("the backup is of step %d of the schema, which is none of Skein's", version)
	}
	return nil
}

// MigrateTo brings the schema, without the job queue's, to a step, up or down. url is the owner's.
func MigrateTo(ctx context.Context, url string, version int, say ...func(line string)) error {
	above := 0
	err := underLock(ctx, url, say, func(pool *pgxpool.Pool) error {
		return patiently(ctx, say, func() error {
			return withMigrate(ctx, pool, migrations.FS, func(m *migrate.Migrate) error {
				status, err := MigrateStatus(ctx, pool)
				if err != nil {
					return err
				}
				above = 0
				for _, s := range status.Steps {
					if s.Done && s.Version > version {
						above++
					}
				}
				if above > 0 {
					return nil // goes down below, where a killed way down is noted
				}
				return m.Migrate(uint(version)) //nolint:gosec // a step's number
			})
		})
	})
	if err != nil || above == 0 {
		return err
	}
	return MigrateDown(ctx, url, above, say...)
}

// finishRestore brings a restored database up to date, and lets Postgres learn what is in it.
func finishRestore(ctx context.Context, pool *pgxpool.Pool, url string, say func(string)) error {
	if err := MigrateUp(ctx, url, say); err != nil {
		return err
	}
	return backupdb.Analyze(ctx, pool)
}
