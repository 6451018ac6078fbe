package postgres

import (
	"context"

	"skein/migrations"

	"github.com/golang-migrate/migrate/v4"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Tests migrate with files of their own.
var (
	MigrateUpFiles   = migrateUp
	MigrateDownFiles = migrateDown
)

// StepUp makes one step, as MigrateUp does.
func StepUp(ctx context.Context, pool *pgxpool.Pool) error {
	return withMigrate(ctx, pool, migrations.FS, func(m *migrate.Migrate) error { return m.Steps(1) })
}
