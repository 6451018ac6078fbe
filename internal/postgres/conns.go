package postgres

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/core"
)

// UsualConns is how many connections a server's pages have where nobody says otherwise.
const UsualConns = 16

// How many connections at most a server has for all else.
const (
	sessionConns = 4
	jobConns     = 4 // the clock's moves, and reading what changed, everybody included
	probeConns   = 2
	directConns  = 6 // the job queue's, and one that listens

	// OtherConns is how many those are.
	OtherConns = sessionConns + jobConns + probeConns + directConns
)

// Conns are the connections of a server, apart by what they are for: whoever waits for one kind keeps
// nobody from another.
type Conns struct {
	Pages    *pgxpool.Pool // what people ask for and do
	Sessions *pgxpool.Pool // who they are
	Jobs     *pgxpool.Pool // what happens by the clock, and what is kept in memory
	Probe    *pgxpool.Pool // whether the database answers
	Direct   *pgxpool.Pool // what needs one and the same session all along: listening, the job queue's client
}

// OpenConns opens them and sees that the database answers at both addresses. Pages have so many
// connections at most; 0 takes what the address says (pool_max_conns), else UsualConns. Options have the last word on each
// pool's configuration.
func OpenConns(ctx context.Context, at, direct Address, pages int, options ...func(*pgxpool.Config)) (*Conns, error) {
	if pages == 0 && !saysConns(at.URL) {
		pages = UsualConns
	}
	c := &Conns{}
	for _, p := range []struct {
		into **pgxpool.Pool
		at   Address
		most int
	}{
		{&c.Pages, at, pages},
		{&c.Sessions, at, sessionConns},
		{&c.Jobs, at, jobConns},
		{&c.Probe, at, probeConns},
		{&c.Direct, direct, directConns},
	} {
		pool, err := p.at.open(ctx, p.most, options...)
		if err != nil {
			c.Close()
			return nil, err
		}
		*p.into = pool
	}
	for _, p := range []struct {
		pool *pgxpool.Pool
		url  string
	}{{c.Probe, at.URL}, {c.Direct, direct.URL}} {
		if err := p.pool.Ping(ctx); err != nil {
			c.Close()
			return nil, unreached(p.url, err)
		}
	}
	return c, nil
}

// Store is the store for pages.
func (c *Conns) Store() *DB { return on(core.Share(c.Pages), *c) }

// JobStore is the store for what happens beside them.
func (c *Conns) JobStore() *DB { return on(core.Share(c.Jobs), *c) }

// Close closes all, each once what it is used for has ended.
func (c *Conns) Close() {
	for _, pool := range []*pgxpool.Pool{c.Pages, c.Sessions, c.Jobs, c.Probe, c.Direct} {
		if pool != nil {
			pool.Close()
		}
	}
}

// saysConns tells whether an address says how many connections a pool has.
func saysConns(url string) bool { return strings.Contains(url, "pool_max_conns") }
