package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Address is where a database is.
type Address struct {
	URL string
	// Pooled says that a pooler hands each transaction whichever session is free, as pgbouncer does in its
	// transaction mode: nothing may be kept in a session, prepared statements among it.
	Pooled bool
}

// Connect opens a pool and sees that the database answers.
func Connect(ctx context.Context, url string, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	return Address{URL: url}.Connect(ctx, options...)
}

// Connect opens a pool and sees that the database answers. Every session names the app, reckons in
// UTC, and reads null as the zero time. Options have the last word on the configuration.
func (a Address) Connect(ctx context.Context, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	pool, err := a.open(ctx, 0, options...)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, unreached(a.URL, err)
	}
	return pool, nil
}

// open makes a pool of so many connections at most, which begin as they are needed; 0 leaves it to the
// address.
func (a Address) open(ctx context.Context, most int, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	cfg, err := parse(a.URL)
	if err != nil {
		return nil, err
	}
	params := cfg.ConnConfig.RuntimeParams
	if params["application_name"] == "" {
		params["application_name"] = "skein"
	}
	params["timezone"] = "UTC"
	cfg.AfterConnect = zeroTimes
	if a.Pooled {
		cfg.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	if most > 0 {
		cfg.MaxConns = int32(most) //nolint:gosec // checked where it is given
		cfg.MinConns = min(cfg.MinConns, cfg.MaxConns)
		cfg.MinIdleConns = min(cfg.MinIdleConns, cfg.MaxConns)
	}
	for _, option := range options {
		option(cfg)
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	return pool, nil
}
