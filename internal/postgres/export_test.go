package postgres

// Tests migrate with files of their own.
var (
	MigrateUpFiles   = migrateUp
	MigrateDownFiles = migrateDown
)
