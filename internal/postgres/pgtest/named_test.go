package pgtest

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func TestAStatementIsGivenAllThatItNames(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		`select @a, @b`: "b", `select @a`: "", `select '@b', "@b" -- @b` + "\n, @a": "", `select /* @b */ @a`: "", `select a @> b, '''@b', @A`: "A", `select`: "",
	} {
		if got := missing(sql, []any{pgx.NamedArgs{"a": 1}}); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	if got := missing(`select $1, @b`, []any{1}); got != "" {
		t.Errorf("without names: %q", got)
	}
}

// TestAMissingArgumentIsFound: of one statement, and of one in a batch.
func TestAMissingArgumentIsFound(t *testing.T) {
	t.Parallel()
	h := &hearing{TB: t}
	pool := connected(t, URL(t), func(c *pgxpool.Config) { c.ConnConfig.Tracer = newStatements(h) })
	var n *int
	if err := pool.QueryRow(t.Context(), `select @one::int`, pgx.NamedArgs{"two": 2}).Scan(&n); err != nil || n != nil {
		t.Fatal(n, err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`select @two::int, @three::int`, pgx.NamedArgs{"two": 2})
	if err := pool.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Fatal(err)
	}
	if len(h.said) != 2 {
		t.Errorf("%q", h.said)
	}
}
