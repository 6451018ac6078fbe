// Package logdb is what happened: the audit log.
package logdb

import "github.com/jackc/pgx/v5/pgxpool"

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool *pgxpool.Pool
}

// New returns the area on a pool of connections.
func New(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }
