// Package postgres is the store: all SQL and all transactions, in areas. It knows no rules: those
// are in package skein and are handed in. Each area is a package of its own beside this one; what
// they all stand on is in core.
package postgres

import (
	"github.com/jackc/pgx/v5/pgxpool"

	bulkdb "skein/internal/postgres/bulk"
	doordb "skein/internal/postgres/door"
	factsdb "skein/internal/postgres/facts"
	gameboarddb "skein/internal/postgres/gameboard"
	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	logdb "skein/internal/postgres/log"
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
	pool      *pgxpool.Pool
}

// New returns the store on a pool of connections. It does not own the pool.
func New(pool *pgxpool.Pool) *DB {
	return &DB{
		Lead:      leaddb.New(pool),
		People:    peopledb.New(pool),
		Gameboard: gameboarddb.New(pool),
		Door:      doordb.New(pool),
		Log:       logdb.New(pool),
		Home:      homedb.New(pool),
		Facts:     factsdb.New(pool),
		Bulk:      bulkdb.New(pool),
		pool:      pool,
	}
}
