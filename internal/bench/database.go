package bench

import (
	"context"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
)

// Server is a Postgres that the bench may make a database of its own on.
type Server struct {
	Pool *pgxpool.Pool
	URL  string
}

// ownDatabase is the name of the database that is made, and dropped at the end.
const ownDatabase = "skein_bench"

// fresh makes an empty, migrated database.
func (s Server) fresh(ctx context.Context) (pool *pgxpool.Pool, drop func(), err error) {
	gone := func() {
		_, _ = s.Pool.Exec(context.WithoutCancel(ctx), `drop database if exists `+ownDatabase+` with (force)`)
	}
	gone()
	if _, err := s.Pool.Exec(ctx, `create database `+ownDatabase); err != nil {
		return nil, gone, err
	}
	if pool, err = s.open(ctx, ownDatabase); err != nil {
		return nil, gone, err
	}
	return pool, func() { pool.Close(); gone() }, nil
}

// kept opens a database of that name, with the schema of today. Unless one was kept, it is made and
// filled first; one that was not filled whole is not kept.
func (s Server) kept(ctx context.Context, name string, fill func(*pgxpool.Pool) error) (*pgxpool.Pool, error) {
	var there bool
	if err := s.Pool.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&there); err != nil {
		return nil, err
	}
	if !there {
		pool, drop, err := s.fresh(ctx)
		if err == nil {
			err = fill(pool)
		}
		if err != nil {
			drop()
			return nil, err
		}
		pool.Close()
		if _, err := s.Pool.Exec(ctx, `alter database `+ownDatabase+` rename to `+name); err != nil {
			return nil, err
		}
	}
	return s.open(ctx, name)
}

// open connects to a database of ours and brings its schema up to date.
func (s Server) open(ctx context.Context, name string) (*pgxpool.Pool, error) {
	address := s.URL + " dbname=" + name
	if strings.Contains(s.URL, "://") {
		u, err := url.Parse(s.URL)
		if err != nil {
			return nil, err
		}
		u.Path = "/" + name
		address = u.String()
	}
	if err := postgres.MigrateUp(ctx, address); err != nil {
		return nil, err
	}
	return postgres.Connect(ctx, address)
}
