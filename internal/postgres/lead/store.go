// Package leaddb is the life of a lead: projects, windows, claims, picks, invites, terms, needs,
// teams, reviews.
package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool  core.Conn
	moves *core.Gate // by project
}

// New returns the area on a pool of connections. So many at once may move one project.
func New(pool core.Conn) *Store {
	return &Store{pool: pool, moves: core.NewGate(core.Size(pool))}
}

// move is core.Write of something that may have to wait for others who move the same project: it
// queues before it takes a connection, or those who wait would have them all.
func (db *Store) move(ctx context.Context, by skein.By, project skein.ProjectID, do func(tx pgx.Tx) ([]skein.Event, error)) error {
	return db.moves.Pass(ctx, string(project), func() error { return core.Write(ctx, db.pool, by, do) })
}
