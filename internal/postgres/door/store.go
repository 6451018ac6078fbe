// Package doordb is who comes in: accounts, sessions, hats, invitations, what somebody may see.
package doordb

import "github.com/jackc/pgx/v5/pgxpool"

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool *pgxpool.Pool
}

// New returns the area on a pool of connections.
func New(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }
