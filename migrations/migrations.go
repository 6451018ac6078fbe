// Package migrations holds the schema's history: NNNN_noun.up.sql and its way
// back in NNNN_noun.down.sql. Each file is one transaction; one that needs
// CREATE INDEX CONCURRENTLY holds nothing else and says IF NOT EXISTS.
package migrations

import "embed"

// FS holds every migration.
//
//go:embed *.sql
var FS embed.FS
