// Package factsdb is what is put before the engine: facts, questions, comparisons, changes, the
// leads of the board.
package factsdb

import (
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/core"
)

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool   core.Conn
	listen *pgxpool.Pool // see WithListener
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }

// WithListener hears of changes by connections that stay with the server all along: a pooler that
// hands each transaction another session would hear of nothing.
func (db *Store) WithListener(on *pgxpool.Pool) *Store {
	return &Store{pool: db.pool, listen: on}
}
