// Package pgtest gives each test a fresh, migrated database on a real Postgres.
//
// The server is a throw-away one of the test process, or the one that
// SKEIN_TEST_DATABASE_URL names, for a superuser. SKEIN_TEST_PG=15 asks for that major version.
// The database of a failed test is kept and named.
//
// Pools are those of a login such as `serve` has: it owns nothing, and may only read and add to the
// log. So every test shows, by the way, that the grants suffice. What only the owner may do (altering
// or truncating a table, making a trigger) a test does through Owner. At the end of each test its log is
// held against the house's rules; see held.
//
// Tests inside package postgres itself must be in package postgres_test.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/embedded"
)

// setupLimit bounds each step that prepares a database.
const setupLimit = 2 * time.Minute

// urls remembers the database of each test that has one.
var urls sync.Map // testing.TB -> string

// New returns a pool on the test's own database, with every migration applied.
// A second call in the same test gives another pool on the same database.
func New(t testing.TB) *pgxpool.Pool {
	t.Helper()
	pool := connected(t, URL(t), func(c *pgxpool.Config) { c.ConnConfig.Tracer = newStatements(t) })
	t.Cleanup(func() { held(t, pool) })
	return pool
}

// Owner returns a pool on the test's own database for the login that owns all of it.
func Owner(t testing.TB) *pgxpool.Pool {
	t.Helper()
	return connected(t, OwnerURL(t))
}

func connected(t testing.TB, url string, options ...func(*pgxpool.Config)) *pgxpool.Pool {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), setupLimit)
	defer cancel()
	pool, err := postgres.Connect(ctx, url, options...)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	// Cleanups run last in, first out: the pool closes before its database goes.
	t.Cleanup(pool.Close)
	return pool
}

// URL returns the address of the test's own database, which New uses too: that
// of a login that owns nothing.
func URL(t testing.TB) string {
	t.Helper()
	c, err := shared()
	if err != nil {
		return OwnerURL(t) // which says why not
	}
	return c.lesser(OwnerURL(t))
}

// OwnerURL is the address of the test's own database for its owner.
func OwnerURL(t testing.TB) string {
	t.Helper()
	if url, ok := urls.Load(t); ok {
		return url.(string)
	}
	return fresh(t, true)
}

// Empty returns the address of a database without any table, for its owner.
func Empty(t testing.TB) string {
	t.Helper()
	return fresh(t, false)
}

func fresh(t testing.TB, migrated bool) string {
	t.Helper()
	c, err := shared()
	switch {
	case errors.Is(err, embedded.ErrNoPostgres):
		// A bare clone with Go alone can still run the other tests.
		t.Skip(noPostgres())
	case err != nil:
		t.Fatalf("pgtest: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), setupLimit)
	defer cancel()
	template := "template0"
	if migrated {
		if template, err = c.template(ctx); err != nil {
			t.Fatalf("pgtest: %v", err)
		}
	}
	name := databaseName(t.Name())
	if err := c.clone(ctx, name, template); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	url := c.url(name)
	if migrated {
		urls.Store(t, url)
	}
	t.Cleanup(func() { c.finish(t, name) })
	return url
}

// finish drops the database in the background, or keeps it and says where.
func (c *cluster) finish(t testing.TB, name string) {
	t.Helper()
	urls.Delete(t)
	if t.Failed() {
		t.Logf("pgtest: %s", c.keep(name))
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), setupLimit)
		defer cancel()
		// What is left when the process ends goes with the cluster, or is
		// swept from a shared server by a later run.
		_, _ = c.pool.Exec(ctx, "DROP DATABASE IF EXISTS "+quoted(name)+" WITH (FORCE)")
	}()
}

// clone copies the template. FILE_COPY is quicker than writing each page to
// the log, on a cluster that has nothing to lose.
func (c *cluster) clone(ctx context.Context, name, template string) error {
	_, err := c.pool.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY",
		quoted(name), quoted(template)))
	if err != nil {
		return fmt.Errorf("database %s: %w", name, err)
	}
	return nil
}

var (
	unfit  = regexp.MustCompile(`[^a-z0-9]+`)
	number atomic.Int64
)

// databaseName says whose it is and when it was made, within Postgres' 63 bytes.
func databaseName(test string) string {
	test = strings.Trim(unfit.ReplaceAllString(strings.ToLower(test), "_"), "_")
	if len(test) > 24 {
		test = test[len(test)-24:]
	}
	return fmt.Sprintf("skein_test_%d_%s_%s_%d", time.Now().Unix(), run, test, number.Add(1))
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }
