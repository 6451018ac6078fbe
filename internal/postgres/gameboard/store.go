// Package gameboarddb is where the organisation goes: vision, priorities, guardrails, circles,
// policy, the quarter.
package gameboarddb

import "skein/internal/postgres/core"

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool core.Conn
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }
