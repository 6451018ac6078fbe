package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/embedded"
)

// config is the flags that every command shares.
type config struct {
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"Postgres to use; without one, a private one runs in the data directory."`
	DirectURL   string `name:"direct-database-url" env:"SKEIN_DIRECT_DATABASE_URL" placeholder:"URL" help:"The same database past a pooler such as pgbouncer, for migrations, listening and locks (default: the database's URL)."`
	OwnerURL    string `name:"owner-database-url" env:"SKEIN_OWNER_DATABASE_URL" placeholder:"URL" help:"The same database, past any pooler, for the login that owns the tables, where that is another: migrations use it."`
	DataDir     string `name:"data-dir" env:"SKEIN_DATA_DIR" default:".skein" type:"path" placeholder:"DIR" help:"Where the private Postgres keeps its data (default ${default})."`

	conns int                     // for pages; 0 is the usual
	pools []func(*pgxpool.Config) // what connections to serve are opened with
}

// purpose says what a command wants of the database.
type purpose int

const (
	// toMigrate takes the schema as it is, as its owner.
	toMigrate purpose = iota
	// toCopy takes the schema as it is, and only reads: before an upgrade, too.
	toCopy
	// toUse wants a current schema: a private or empty database gets one, any
	// other is left for `skein migrate up` to change.
	toUse
	// toOwn is toUse as the owner: measuring makes databases.
	toOwn
	// toServe brings the schema up to date where an owner's login is known, and holds a private
	// Postgres alone.
	toServe
)

// database is an open connection pool and what must be ended with it.
type database struct {
	pool   *pgxpool.Pool
	store  *postgres.DB     // on the pool
	conns  *postgres.Conns  // where it is to be served: the pool is among them
	at     addresses        // where it is, for each kind of work
	owns   bool             // the pool's login owns the tables
	server *embedded.Server // nil with --database-url
}

// openDatabase connects to the given Postgres, or to the private one, which it
// starts or joins. The caller must close what it got.
func openDatabase(ctx context.Context, cfg *config, con *console, name string, why purpose) (*database, error) {
	at, err := cfg.addresses(why)
	if err != nil {
		return nil, err
	}
	db := &database{at: at}
	if at.owner == "" {
		db.server, err = embedded.Start(ctx, embedded.Config{
			Dir: cfg.DataDir, Holder: "skein " + name, Serve: why == toServe, Made: !begins(name), Say: con.say,
		})
		if errors.Is(err, embedded.ErrNothingHere) {
			return nil, fmt.Errorf("there is no Skein here: DATABASE_URL is not set, and %s holds no private Postgres (SKEIN_DATA_DIR)", cfg.DataDir)
		}
		if err != nil {
			return nil, err
		}
		db.at = unpooled(db.server.AppDSN, db.server.DSN)
	}
	switch {
	case why == toMigrate, why == toOwn, why == toCopy && db.server != nil:
		db.at = unpooled(db.at.owner, db.at.owner)
	case why == toCopy:
		db.at.usual = db.at.direct
	}
	if err := db.open(ctx, cfg, why, con.say); err != nil {
		return nil, errors.Join(cfg.named(err), db.close(ctx))
	}
	return db, nil
}

// begins tells whether a command may be the first in a data folder. Any other would read, or back up, an empty Postgres
// that it has just made, where somebody forgot to say which they mean.
func begins(name string) bool {
	return slices.Contains([]string{"serve", "import", "restore", "migrate", "user add", "bench", "test"}, name)
}

// withDatabase does what a command wants of the database, and closes it.
func withDatabase(ctx context.Context, cfg *config, con *console, name string, why purpose, do func(*database) error) error {
	db, err := openDatabase(ctx, cfg, con, name, why)
	if err != nil {
		return err
	}
	return errors.Join(cfg.named(do(db)), db.close(ctx))
}

// open brings the schema to where the purpose wants it and connects. A private Postgres has its tables
// made by the owner, and hands them to the lesser login.
func (db *database) open(ctx context.Context, cfg *config, why purpose, say func(string)) (err error) {
	asItIs := why == toMigrate || why == toCopy
	migrates := why == toServe && db.at.apart() || db.server != nil && !asItIs
	if migrates && db.server == nil {
		one, err := postgres.OneDatabase(ctx, db.at.direct, postgres.Address{URL: db.at.owner})
		if err != nil {
			return err
		}
		if !one { // before the other one gets tables that nobody asked for
			return errors.New("SKEIN_OWNER_DATABASE_URL and DATABASE_URL lead to different databases: nothing was done")
		}
	}
	if migrates {
		if err := db.migrateUp(ctx, say); err != nil {
			return err
		}
	}
	if err = db.connect(ctx, cfg, why); err != nil {
		return err
	}
	if asItIs {
		return nil
	}
	standing, err := postgres.StandingOf(ctx, db.pool)
	if err != nil {
		return err
	}
	db.owns = standing.Owns
	if standing.Lacks {
		return lacks(standing.Login)
	}
	status, err := postgres.MigrateStatus(ctx, db.pool)
	switch {
	case err != nil:
		return err
	case standing.Owns && (why == toServe || status.Version == 0):
		return postgres.MigrateUp(ctx, db.at.direct.URL, say)
	case !status.Current():
		return behind(status, standing, migrates)
	case standing.Owns:
		return nil
	}
	lacking, err := postgres.Lacking(ctx, db.pool, standing.Login)
	if err == nil && lacking {
		err = lacks(standing.Login)
	}
	return err
}

// lacks says that a login may not do all that serving takes.
func lacks(login string) error {
	return fmt.Errorf("the login %s lacks rights on Skein's tables: run skein migrate grant %[1]s as their owner", login)
}

// connect opens the pool, or, to serve, those for each kind of work.
func (db *database) connect(ctx context.Context, cfg *config, why purpose) (err error) {
	if why == toServe {
		if db.conns, err = postgres.OpenConns(ctx, db.at.usual, db.at.direct, cfg.conns, cfg.pools...); err != nil {
			return err
		}
		db.pool, db.store = db.conns.Pages, db.conns.Store()
		return nil
	}
	if db.pool, err = db.at.usual.Connect(ctx); err != nil {
		return err
	}
	db.store = postgres.New(db.pool)
	return nil
}

// mustOwn refuses to alter the schema as a login that does not own it.
func (db *database) mustOwn(ctx context.Context) error {
	standing, err := postgres.StandingOf(ctx, db.pool)
	if err != nil || standing.Owns {
		return err
	}
	return fmt.Errorf("the login %s does not own the schema: give its owner's address in SKEIN_OWNER_DATABASE_URL", standing.Login)
}

// behind says what to do about a schema that is not up to date.
func behind(status postgres.SchemaStatus, standing postgres.Standing, migrated bool) error {
	at := fmt.Sprintf("the schema is at step %d of %d", status.Version, status.Latest)
	switch {
	case migrated:
		return fmt.Errorf("%s here, though the owner's address was brought up to date: the two addresses lead to different schemas", at)
	case standing.Owns:
		return fmt.Errorf("%s: run skein migrate up", at)
	default:
		return fmt.Errorf("%s, and the login %s does not own it: run skein migrate up with SKEIN_OWNER_DATABASE_URL", at, standing.Login)
	}
}

// migrateUp brings the schema up to date as its owner. The lesser login of a private Postgres gets its
// rights by that: there is nobody else who would give them.
func (db *database) migrateUp(ctx context.Context, say func(string)) error {
	if db.server != nil {
		return postgres.Prepare(ctx, db.at.owner, embedded.Login, say)
	}
	return postgres.MigrateUp(ctx, db.at.owner, say)
}

// asOwner opens a pool for the login that owns the tables; nil where that is nobody else. done closes it.
func (db *database) asOwner(ctx context.Context) (owner *pgxpool.Pool, done func(), err error) {
	if !db.at.apart() {
		return nil, func() {}, nil
	}
	owner, err = postgres.Connect(ctx, db.at.owner)
	if err != nil {
		return nil, nil, err
	}
	return owner, owner.Close, nil
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
