package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/embedded"
)

// config is the flags that every command shares.
type config struct {
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"Postgres to use; without one, a private one runs in the data directory."`
	DirectURL   string `name:"direct-database-url" env:"SKEIN_DIRECT_DATABASE_URL" placeholder:"URL" help:"The same database past a pooler such as pgbouncer, for migrations, listening and locks (default: the database's URL)."`
	DataDir     string `name:"data-dir" env:"SKEIN_DATA_DIR" default:".skein" type:"path" placeholder:"DIR" help:"Where the private Postgres keeps its data (default ${default})."`

	conns int // for pages; 0 is the usual
}

// purpose says what a command wants of the database.
type purpose int

const (
	// toMigrate takes the schema as it is.
	toMigrate purpose = iota
	// toUse wants a current schema: a private or empty database gets one, any
	// other is left for `skein migrate up` to change.
	toUse
	// toServe brings the schema up to date and holds a private Postgres alone.
	toServe
)

// database is an open connection pool and what must be ended with it.
type database struct {
	pool   *pgxpool.Pool
	store  *postgres.DB     // on the pool
	conns  *postgres.Conns  // where it is to be served: the pool is among them
	url    string           // past any pooler
	server *embedded.Server // nil with --database-url
}

// openDatabase connects to the given Postgres, or to the private one, which it
// starts or joins. The caller must close what it got.
func openDatabase(ctx context.Context, cfg *config, con *console, name string, why purpose) (*database, error) {
	db, private := &database{}, ""
	usual, direct, err := cfg.addresses("")
	if err != nil {
		return nil, err
	}
	if usual.URL == "" {
		server, err := embedded.Start(ctx, embedded.Config{
			Dir: cfg.DataDir, Holder: "skein " + name, Serve: why == toServe, Say: con.say,
		})
		if err != nil {
			return nil, err
		}
		db.server, private = server, server.DSN
		usual, direct, err = cfg.addresses(private)
		if err != nil {
			return nil, errors.Join(err, db.close(ctx))
		}
	}
	db.url = direct.URL
	if err := db.open(ctx, usual, direct, cfg.conns, why, con.say); err != nil {
		return nil, errors.Join(err, db.close(ctx))
	}
	return db, nil
}

// withDatabase does what a command wants of the database, and closes it.
func withDatabase(ctx context.Context, cfg *config, con *console, name string, why purpose, do func(*database) error) error {
	db, err := openDatabase(ctx, cfg, con, name, why)
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.close(ctx))
}

func (db *database) open(ctx context.Context, usual, direct postgres.Address, conns int, why purpose, say func(string)) (err error) {
	if why == toServe {
		if db.conns, err = postgres.OpenConns(ctx, usual, direct, conns); err != nil {
			return err
		}
		db.pool, db.store = db.conns.Pages, db.conns.Store()
		return postgres.MigrateUp(ctx, db.url, say)
	}
	if db.pool, err = usual.Connect(ctx); err != nil {
		return err
	}
	db.store = postgres.New(db.pool)
	if why == toMigrate {
		return nil
	}
	status, err := postgres.MigrateStatus(ctx, db.pool)
	switch {
	case err != nil || status.Current():
		return err
	case db.server != nil || status.Version == 0:
		return postgres.MigrateUp(ctx, db.url, say)
	default:
		return fmt.Errorf("the schema is at step %d of %d: run skein migrate up", status.Version, status.Latest)
	}
}

// lost is closed when the private Postgres has ended by itself; reason says
// why. Neither ever happens with --database-url.
func (db *database) lost() <-chan struct{} {
	if db.server == nil {
		return nil
	}
	return db.server.Done()
}

func (db *database) reason() error { return db.server.Err() }

// close ends the pool, and the private Postgres if it is this process's. A
// cancelled context does not keep it from stopping in order.
func (db *database) close(ctx context.Context) error {
	switch {
	case db.conns != nil:
		db.conns.Close()
	case db.pool != nil:
		db.pool.Close()
	}
	if db.server == nil {
		return nil
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
	}
	return db.server.Stop(ctx)
}
