package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/golang-migrate/migrate/v4"
	pgxmigrate "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"skein/migrations"
)

// migrateLock is the advisory lock under which one starter migrates while the
// others wait: any number of them may start at once.
const migrateLock = 0x736b65696e // "skein"

// migrateLockLimit is for golang-migrate's own lock, which ours makes free.
const migrateLockLimit = 10 * time.Minute

// Everything lets MigrateDown go back to an empty database.
const Everything = -1

// MigrateUp brings the schema, and then the job queue's, up to date. It heals
// what a killed migration left, and gives logins that hold rights here theirs on
// what is new. url must be that of the schema's owner. While it has to wait for
// somebody else, say is told so in a line.
func MigrateUp(ctx context.Context, url string, say ...func(line string)) error {
	return migrateUp(ctx, url, migrations.FS, say...)
}

// MigrateDown takes back the newest steps, or Everything.
func MigrateDown(ctx context.Context, url string, steps int, say ...func(line string)) error {
	return migrateDown(ctx, url, migrations.FS, steps, say...)
}

func migrateUp(ctx context.Context, url string, files fs.FS, say ...func(line string)) error {
	return underLock(ctx, url, say, func(pool *pgxpool.Pool) error {
		if err := mayCreate(ctx, pool); err != nil {
			return err
		}
		return patiently(ctx, say, func() error {
			err := withMigrate(ctx, pool, files, func(m *migrate.Migrate) error {
				if newer, err := beyond(files, m); newer || err != nil {
					return err
				}
				return m.Up()
			})
			if err != nil {
				return err
			}
			if err := riverMigrate(ctx, pool, rivermigrate.DirectionUp, nil); err != nil {
				return err
			}
			return grantAgain(ctx, pool)
		})
	})
}

// mayCreate says which right lacks to begin a schema: since Postgres 15 only a database's owner may by default.
func mayCreate(ctx context.Context, pool *pgxpool.Pool) error {
	var login, database, schema string
	var may bool
	err := pool.QueryRow(ctx, `
		select current_user, current_database(), coalesce(current_schema(), ''),
			to_regclass('schema_migrations') is not null
				or coalesce(has_schema_privilege(current_schema(), 'create'), false)`).Scan(&login, &database, &schema, &may)
	switch {
	case err != nil:
		return fmt.Errorf("migrations: %w", err)
	case may:
		return nil
	case schema == "":
		return fmt.Errorf("the login %s finds no schema to make tables in, in the database %s", login, database)
	}
	return fmt.Errorf("the login %s may not make tables in the schema %s of the database %s: let its owner say "+
		"`alter database %[3]s owner to %[1]s`, or `grant create on schema %[2]s to %[1]s`", login, schema, database)
}

func migrateDown(ctx context.Context, url string, files fs.FS, steps int, say ...func(line string)) error {
	return underLock(ctx, url, say, func(pool *pgxpool.Pool) error {
		if steps == Everything {
			all := &rivermigrate.MigrateOpts{TargetVersion: -1}
			err := patiently(ctx, say, func() error { return riverMigrate(ctx, pool, rivermigrate.DirectionDown, all) })
			if err != nil {
				return err
			}
		}
		for n := 0; n != steps; n++ {
			done := false
			err := patiently(ctx, say, func() error { // one by one: what was taken back stays so when the next has to wait
				return withMigrate(ctx, pool, files, func(m *migrate.Migrate) (err error) {
					done, err = stepDown(ctx, pool, m)
					return err
				})
			})
			if done || err != nil {
				return err
			}
		}
		return nil
	})
}

// beyond tells that a newer Skein has already migrated: during an upgrade the
// old one may still be started beside it.
func beyond(files fs.FS, m *migrate.Migrate) (bool, error) {
	steps, err := schemaSteps(files)
	if err != nil {
		return false, err
	}
	version, _, err := m.Version()
	if errors.Is(err, migrate.ErrNilVersion) {
		return false, nil
	}
	return int(version) > steps[len(steps)-1].Version, err
}

// stepDown notes which step it takes back, since the dirty mark alone would
// not tell a killed way down from a killed way up.
func stepDown(ctx context.Context, pool *pgxpool.Pool, m *migrate.Migrate) (done bool, err error) {
	version, _, err := m.Version()
	if errors.Is(err, migrate.ErrNilVersion) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if err := noteDown(ctx, pool, int(version)); err != nil {
		return false, err
	}
	if err := m.Steps(-1); err != nil {
		return false, err
	}
	return false, noteDown(ctx, pool, 0)
}

// withMigrate runs fn with a healed golang-migrate over the files.
func withMigrate(ctx context.Context, pool *pgxpool.Pool, files fs.FS, fn func(*migrate.Migrate) error) error {
	source, err := newAtomicSource(files)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	// Not from the pool: where the tool fails early it keeps a connection for good, for which the pool's end would wait.
	db := stdlib.OpenDB(*pool.Config().ConnConfig)
	defer db.Close()
	driver, err := pgxmigrate.WithInstance(db, &pgxmigrate.Config{})
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	m, err := migrate.NewWithInstance("skein", source, "skein", versioned{driver, db})
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	m.LockTimeout = migrateLockLimit
	defer m.Close()
	if err := heal(ctx, pool, source, m); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	// A cancelled context stops between two files, never inside one.
	stop := context.AfterFunc(ctx, func() { m.GracefulStop <- true })
	defer stop()
	if err := fn(m); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return fmt.Errorf("migrations: %w", err)
	}
	return ctx.Err()
}

func riverMigrate(ctx context.Context, pool *pgxpool.Pool, dir rivermigrate.Direction, opts *rivermigrate.MigrateOpts) error {
	cfg := pool.Config()
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = lockWait
	own, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("job queue's migrations: %w", err)
	}
	defer own.Close()
	m, err := newRiverMigrator(own)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, dir, opts); err != nil {
		return fmt.Errorf("job queue's migrations: %w", err)
	}
	return nil
}

func newRiverMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[riverTx], error) {
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: quiet})
	if err != nil {
		return nil, fmt.Errorf("job queue's migrations: %w", err)
	}
	return m, nil
}
