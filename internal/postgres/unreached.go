package postgres

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// UnreachedError says why an address leads to no database, in one line: whoever gave it sees by URL which it was.
type UnreachedError struct {
	URL  string // as it was given
	says string
	err  error
}

func (e *UnreachedError) Error() string { return e.says }

func (e *UnreachedError) Unwrap() error { return e.err }

// parse reads an address. What cannot be read is said without the password.
func parse(url string) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		says := err.Error() + "; it has the form postgres://LOGIN:PASSWORD@HOST/DATABASE, and in a password / is written %2F, ? %3F, # %23, @ %40 and % %25"
		return nil, &UnreachedError{url, says, err}
	}
	return cfg, nil
}

// unreached puts what the driver says of each attempt, a line of its own, into one. An attempt without TLS follows one with
// it: that the first was refused is no reason where the second says another.
func unreached(url string, err error) error {
	if connecting := new(pgconn.ConnectError); !errors.As(err, &connecting) {
		return err
	}
	var lines []string
	for line := range strings.Lines(err.Error()) {
		lines = append(lines, strings.TrimSpace(line))
	}
	lines = slices.Compact(lines)
	if plain := slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return strings.HasSuffix(line, "server refused TLS connection")
	}); len(plain) > 1 {
		lines = plain
	}
	says := lines[0]
	if len(lines) > 1 {
		says += " " + strings.Join(lines[1:], ", ")
	}
	return &UnreachedError{url, says, err}
}

// OneDatabase tells whether two addresses lead to one database.
func OneDatabase(ctx context.Context, a, b Address) (bool, error) {
	first, err := whichDatabase(ctx, a)
	if err != nil {
		return false, err
	}
	second, err := whichDatabase(ctx, b)
	return first == second, err
}

func whichDatabase(ctx context.Context, a Address) (which string, err error) {
	pool, err := a.Connect(ctx)
	if err != nil {
		return "", err
	}
	defer pool.Close()
	err = pool.QueryRow(ctx, `select concat_ws(' ', (select system_identifier from pg_control_system()), current_database())`).Scan(&which)
	return which, err
}
