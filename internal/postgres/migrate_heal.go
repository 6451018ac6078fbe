package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"strings"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	"github.com/golang-migrate/migrate/v4/source"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type riverTx = pgx.Tx

var quiet = slog.New(slog.DiscardHandler)

// atomicSource lets each file clear the dirty mark in its own transaction.
// Then "dirty" always means "not done", and a killed migration can be healed
// by going back to where it began.
type atomicSource struct{ source.Driver }

func newAtomicSource(files fs.FS) (atomicSource, error) {
	d, err := iofs.New(files, ".")
	return atomicSource{d}, err
}

func (s atomicSource) ReadUp(version uint) (io.ReadCloser, string, error) {
	return clearing(s.Driver.ReadUp(version))
}

func (s atomicSource) ReadDown(version uint) (io.ReadCloser, string, error) {
	return clearing(s.Driver.ReadDown(version))
}

func clearing(r io.ReadCloser, name string, err error) (io.ReadCloser, string, error) {
	if err != nil {
		return nil, name, err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, name, err
	}
	// CONCURRENTLY must stand alone; such a file can run twice. It keeps nobody waiting while it waits, and
	// a timeout would leave half an index.
	if !strings.Contains(strings.ToUpper(string(text)), " CONCURRENTLY ") {
		text = append([]byte("set local lock_timeout = '"+lockWait+"'; "), text...)
		text = append(text, "\n;\nUPDATE schema_migrations SET dirty = false;\n"...)
	}
	return io.NopCloser(bytes.NewReader(text)), name, nil
}

// heal undoes the dirty mark that a killed or failed migration left, to the
// version whose schema is really there.
func heal(ctx context.Context, pool *pgxpool.Pool, src source.Driver, m *migrate.Migrate) error {
	version, dirty, err := schemaVersion(ctx, pool)
	if err != nil || !dirty {
		return err
	}
	back, err := notedDown(ctx, pool)
	if err != nil {
		return err
	}
	if back == 0 {
		if back, err = before(src, version); err != nil {
			return err
		}
	}
	if err := m.Force(back); err != nil {
		return err
	}
	return noteDown(ctx, pool, 0)
}

// before is the version under one that is known here, or golang-migrate's word
// for none.
func before(src source.Driver, version int) (int, error) {
	if version <= 0 {
		return database.NilVersion, nil
	}
	r, _, err := src.ReadUp(uint(version))
	if err != nil {
		return 0, fmt.Errorf("a newer Skein left its step %d unfinished: start that one again", version)
	}
	r.Close()
	prev, err := src.Prev(uint(version))
	if errors.Is(err, fs.ErrNotExist) {
		return database.NilVersion, nil
	}
	return int(prev), err
}

// noteDown remembers on the version table that a step is being taken back.
func noteDown(ctx context.Context, pool *pgxpool.Pool, version int) error {
	note := "NULL"
	if version != 0 {
		note = fmt.Sprintf("'taking back %d'", version)
	}
	_, err := pool.Exec(ctx, "COMMENT ON TABLE schema_migrations IS "+note)
	return err
}

func notedDown(ctx context.Context, pool *pgxpool.Pool) (int, error) {
	var note *string
	err := pool.QueryRow(ctx, "SELECT obj_description('schema_migrations'::regclass, 'pg_class')").Scan(&note)
	if err != nil || note == nil {
		return 0, err
	}
	var version int
	if _, err := fmt.Sscanf(*note, "taking back %d", &version); err != nil {
		return 0, fmt.Errorf("unreadable note %q on schema_migrations: %w", *note, err)
	}
	return version, nil
}
