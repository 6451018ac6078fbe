// Package embedded runs a private Postgres for whoever brings none: it finds
// the programs, makes the data, starts the server, lets other commands join it
// and stops it. It listens on a unix socket only and lives no longer than the
// process that started it.
package embedded

import (
	"cmp"
	"context"
	"errors"
	"time"
)

// ErrNoPostgres says that no usable Postgres programs were found.
var ErrNoPostgres = errors.New("no Postgres found: run `make build`, which fetches one with npm, " +
	"install Postgres 15 or later, or give --database-url")

// Login is the lesser login of the private Postgres: it owns nothing and is no superuser. What it may
// do is granted to it by whoever makes the tables.
const Login = "skein"

// ErrNothingHere is the answer to whoever takes none but data that there are.
var ErrNothingHere = errors.New("no private Postgres was made here")

// Config says where the data lie and how they are to be used.
type Config struct {
	// Dir is the data directory, usually ".skein". It is made when missing.
	Dir string
	// Database is made when missing and named by the DSN; default "skein".
	Database string
	// Holder is what other commands are told about who holds the data.
	Holder string
	// Serve marks the long-lived holder. It never joins: it is refused while
	// another one holds the data and waits while a short command does.
	Serve bool
	// Wait is how long a command waits for a holder that is not ready yet;
	// default ten seconds.
	Wait time.Duration
	// Made takes data that there are, and makes none: whoever reads or copies has come to the wrong place.
	Made bool
	// Major, when not 0, is the only major version that will do.
	Major int
	// Roots are further checkouts in which web/node_modules may lie.
	Roots []string
	// Throwaway trades safety for speed: nothing survives a crash.
	Throwaway bool
	// Say is told, in one line, what somebody at the terminal should know.
	Say func(string)
}

// Server is a running private Postgres, held or joined.
type Server struct {
	DSN     string // the address of the configured database, for the superuser who owns all
	AppDSN  string // the same, for Login
	DataDir string // where Postgres keeps its files
	BinDir  string // where the running programs lie; empty when joined
	Major   int    // Postgres' major version; 0 when joined
	Joined  bool   // another process holds it

	done chan struct{}
	err  error // set before done is closed
	stop func(context.Context) error
}

// Start starts a private Postgres, or joins the one that another process
// holds. The caller must Stop what it got.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg.Database = cmp.Or(cfg.Database, "skein")
	cfg.Holder = cmp.Or(cfg.Holder, "skein")
	cfg.Wait = cmp.Or(cfg.Wait, 10*time.Second)
	if cfg.Say == nil {
		cfg.Say = func(string) {}
	}
	return start(ctx, cfg)
}

// Done is closed when Postgres has ended, asked or not. It never is for a
// joined server, whose end shows in the queries.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err says why Postgres ended without being asked. Read it after Done.
func (s *Server) Err() error { return s.err }

// Stop ends a held server and leaves a joined one. A short command that others
// have joined waits for them first, until ctx ends. Stop may be called twice.
func (s *Server) Stop(ctx context.Context) error { return s.stop(ctx) }
