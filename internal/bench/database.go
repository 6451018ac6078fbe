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
	address := s.URL + " dbname=" + ownDatabase
	if strings.Contains(s.URL, "://") {
		u, err := url.Parse(s.URL)
		if err != nil {
			return nil, gone, err
		}
		u.Path = "/" + ownDatabase
		address = u.String()
	}
	if err := postgres.MigrateUp(ctx, address); err != nil {
		return nil, gone, err
	}
	if pool, err = postgres.Connect(ctx, address); err != nil {
		return nil, gone, err
	}
	return pool, func() { pool.Close(); gone() }, nil
}
