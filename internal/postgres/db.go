// Package postgres is the store: all SQL and all transactions, in areas. It knows no rules: those
// are in package skein and are handed in. Each area is a package of its own beside this one; what
// they all stand on is in core.
package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	bulkdb "skein/internal/postgres/bulk"
	circlesdb "skein/internal/postgres/circles"
	"skein/internal/postgres/core"
	doordb "skein/internal/postgres/door"
	factsdb "skein/internal/postgres/facts"
	gameboarddb "skein/internal/postgres/gameboard"
	homedb "skein/internal/postgres/home"
	keepdb "skein/internal/postgres/keep"
	leaddb "skein/internal/postgres/lead"
	logdb "skein/internal/postgres/log"
	maildb "skein/internal/postgres/mail"
	peopledb "skein/internal/postgres/people"
)

// DB is the store: one field an area.
type DB struct {
	Lead      *leaddb.Store
	People    *peopledb.Store
	Gameboard *gameboarddb.Store
	Door      *doordb.Store
	Log       *logdb.Store
	Home      *homedb.Store
	Facts     *factsdb.Store
	Bulk      *bulkdb.Store
	Mail      *maildb.Store
	Circles   *circlesdb.Store
	Keep      *keepdb.Store
	probe     *pgxpool.Pool // asked whether the database answers
}

// New returns the store on a pool of connections. It does not own the pool.
func New(pool *pgxpool.Pool) *DB {
	return on(core.Share(pool), Conns{Sessions: pool, Probe: pool, Direct: pool})
}

// Together runs do in one transaction, with the store within it: all that is done by it commits
// together, or not at all. It keeps no sessions, hears of nothing, and is not asked whether it is ready.
func Together(ctx context.Context, pool *pgxpool.Pool, do func(tx pgx.Tx, db *DB) error) error {
	return core.Together(ctx, pool, func(w *core.Whole) error { return do(w.Tx, on(w, Conns{})) })
}

// on is the store on a connection or a pool, and what works apart from it.
func on(c core.Conn, apart Conns) *DB {
	return &DB{
		Lead:      leaddb.New(c),
		People:    peopledb.New(c),
		Gameboard: gameboarddb.New(c),
		Door:      doordb.New(c).WithSessions(apart.Sessions),
		Log:       logdb.New(c),
		Home:      homedb.New(c),
		Facts:     factsdb.New(c).WithListener(apart.Direct),
		Bulk:      bulkdb.New(c),
		Mail:      maildb.New(c),
		Circles:   circlesdb.New(c),
		Keep:      keepdb.New(c),
		probe:     apart.Probe,
	}
}
