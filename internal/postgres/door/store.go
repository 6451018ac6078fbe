// Package doordb is who comes in: accounts, sessions, hats, invitations, what somebody may see.
package doordb

import "skein/internal/postgres/core"

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool     core.Conn
	sessions core.Querier // connections of their own: see WithSessions
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }

// WithSessions keeps sessions by connections of their own, so that whoever comes is known however
// long others wait for what they do.
func (db *Store) WithSessions(on core.Querier) *Store {
	return &Store{pool: db.pool, sessions: on}
}
