package main

import (
	"cmp"
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
	OwnerURL    string `name:"owner-database-url" env:"SKEIN_OWNER_DATABASE_URL" placeholder:"URL" help:"The same database for the login that owns the tables, where that is another: migrations and imports use it."`
	DataDir     string `name:"data-dir" env:"SKEIN_DATA_DIR" default:".skein" type:"path" placeholder:"DIR" help:"Where the private Postgres keeps its data (default ${default})."`
}

// purpose says what a command wants of the database.
type purpose int

const (
	// toMigrate takes the schema as it is, as its owner.
	toMigrate purpose = iota
	// toUse wants a current schema: a private or empty database gets one, any
	// other is left for `skein migrate up` to change.
	toUse
	// toOwn is toUse as the owner: loading in bulk alters tables, measuring makes databases.
	toOwn
	// toServe brings the schema up to date where an owner's login is known, and holds a private
	// Postgres alone.
	toServe
)

// database is an open connection pool and what must be ended with it.
type database struct {
	pool   *pgxpool.Pool
	store  *postgres.DB     // on the pool
	url    string           // what the pool is connected to
	owner  string           // the same database, for the owner of the tables; url where none is known
	owns   bool             // the pool's login owns the tables
	server *embedded.Server // nil with --database-url
}

// openDatabase connects to the given Postgres, or to the private one, which it
// starts or joins. The caller must close what it got.
func openDatabase(ctx context.Context, cfg *config, con *console, name string, why purpose) (*database, error) {
	db := &database{url: cfg.DatabaseURL, owner: cmp.Or(cfg.OwnerURL, cfg.DatabaseURL)}
	switch {
	case db.url == "" && db.owner != "" && why != toMigrate:
		return nil, usageError{errors.New("--owner-database-url is of the database that --database-url names: give that too")}
	case db.owner == "":
		server, err := embedded.Start(ctx, embedded.Config{
			Dir: cfg.DataDir, Holder: "skein " + name, Serve: why == toServe, Say: con.say,
		})
		if err != nil {
			return nil, err
		}
		db.server, db.url, db.owner = server, server.AppDSN, server.DSN
	}
	if why == toMigrate || why == toOwn {
		db.url = db.owner
	}
	if err := db.open(ctx, why); err != nil {
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

// open brings the schema to where the purpose wants it and connects. A private Postgres has its tables
// made by the owner, and hands them to the lesser login.
func (db *database) open(ctx context.Context, why purpose) (err error) {
	migrates := why == toServe && db.owner != db.url || db.server != nil && why != toMigrate
	if migrates {
		if err := db.migrateUp(ctx); err != nil {
			return err
		}
	}
	if db.pool, err = postgres.Connect(ctx, db.url); err != nil {
		return err
	}
	db.store = postgres.New(db.pool)
	if why == toMigrate {
		return nil
	}
	standing, err := postgres.StandingOf(ctx, db.pool)
	if err != nil {
		return err
	}
	db.owns = standing.Owns
	if !standing.Owns && standing.Lacks {
		return fmt.Errorf("the login %s lacks rights on Skein's tables: run skein migrate grant %[1]s as their owner", standing.Login)
	}
	status, err := postgres.MigrateStatus(ctx, db.pool)
	switch {
	case err != nil:
		return err
	case standing.Owns && (why == toServe || status.Version == 0):
		return postgres.MigrateUp(ctx, db.url)
	case status.Current():
		return nil
	}
	return behind(status, standing, migrates)
}

// behind says what to do about a schema that is not up to date.
func behind(status postgres.SchemaStatus, standing postgres.Standing, migrated bool) error {
	at := fmt.Sprintf("the schema is at step %d of %d", status.Version, status.Latest)
	switch {
	case migrated:
		return fmt.Errorf("%s here, though the owner's address was brought up to date: the two addresses lead to different databases", at)
	case standing.Owns:
		return fmt.Errorf("%s: run skein migrate up", at)
	default:
		return fmt.Errorf("%s, and the login %s does not own it: run skein migrate up with SKEIN_OWNER_DATABASE_URL", at, standing.Login)
	}
}

// migrateUp brings the schema up to date as its owner. The lesser login of a private Postgres gets its
// rights by that: there is nobody else who would give them.
func (db *database) migrateUp(ctx context.Context) error {
	if db.server != nil {
		return postgres.Prepare(ctx, db.owner, embedded.Login)
	}
	return postgres.MigrateUp(ctx, db.owner)
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
	if db.pool != nil {
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
