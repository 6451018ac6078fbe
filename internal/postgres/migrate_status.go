package postgres

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/migrations"
)

// SchemaStatus says how far the schema is, against the files in this binary.
type SchemaStatus struct {
	Version int  // the newest step taken, 0 for none
	Latest  int  // the newest step there is
	Dirty   bool // a step was begun and not finished; the next up heals it
	Steps   []SchemaStep
	// Jobs counts the job queue's steps that are still to be taken.
	Jobs int
}

// SchemaStep is one migration file.
type SchemaStep struct {
	Version int
	Name    string
	Done    bool
}

// Current tells that nothing is left to do. A newer schema counts: during an
// upgrade the old version runs on beside the new one.
func (s SchemaStatus) Current() bool {
	return !s.Dirty && s.Version >= s.Latest && s.Jobs == 0
}

// MigrateStatus only reads.
func MigrateStatus(ctx context.Context, pool *pgxpool.Pool) (SchemaStatus, error) {
	steps, err := schemaSteps(migrations.FS)
	if err != nil {
		return SchemaStatus{}, err
	}
	s := SchemaStatus{Steps: steps, Latest: steps[len(steps)-1].Version}
	if s.Version, s.Dirty, err = schemaVersion(ctx, pool); err != nil {
		return SchemaStatus{}, err
	}
	for i := range s.Steps {
		v := s.Steps[i].Version
		s.Steps[i].Done = v < s.Version || v == s.Version && !s.Dirty
	}
	river, err := newRiverMigrator(pool)
	if err != nil {
		return SchemaStatus{}, err
	}
	taken, err := river.ExistingVersions(ctx)
	if err != nil {
		return SchemaStatus{}, err
	}
	s.Jobs = len(river.AllVersions()) - len(taken)
	return s, nil
}

// LatestStep is the number of the last step of the schema that this program knows.
func LatestStep() (int, error) {
	steps, err := schemaSteps(migrations.FS)
	if err != nil {
		return 0, err
	}
	return steps[len(steps)-1].Version, nil
}

func schemaVersion(ctx context.Context, pool *pgxpool.Pool) (version int, dirty bool, err error) {
	var there bool
	err = pool.QueryRow(ctx, "SELECT to_regclass('schema_migrations') IS NOT NULL").Scan(&there)
	if err != nil || !there {
		return 0, false, err
	}
	err = pool.QueryRow(ctx, "SELECT version, dirty FROM schema_migrations").Scan(&version, &dirty)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, nil
	}
	return max(version, 0), dirty, err
}

func schemaSteps(files fs.FS) ([]SchemaStep, error) {
	names, err := fs.Glob(files, "*.up.sql")
	if err != nil {
		return nil, err
	}
	var steps []SchemaStep
	for _, name := range names {
		number, rest, _ := strings.Cut(strings.TrimSuffix(name, ".up.sql"), "_")
		v, err := strconv.Atoi(number)
		if err != nil {
			return nil, errors.New("migration " + name + " has no number")
		}
		steps = append(steps, SchemaStep{Version: v, Name: rest})
	}
	if len(steps) == 0 {
		return nil, errors.New("no migrations in this binary")
	}
	slices.SortFunc(steps, func(a, b SchemaStep) int { return a.Version - b.Version })
	return steps, nil
}
