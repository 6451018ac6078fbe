// Package keepdb is what is kept, and how long: what the clock removes, and what is left of somebody who asked to be
// erased.
package keepdb

import (
	"skein/internal/postgres/core"
)

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool core.Conn
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }
