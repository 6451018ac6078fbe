package factsdb_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/postgres/pgtest"
)

func TestAMarkCoversWhatWasCommittedBeforeIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mark, earlier factsdb.Mark
		covers        bool
	}{
		{"", "", true},
		{"100:100:", "", true},
		{"", "100:100:", false},
		{"100:100:", "100:100:", true},
		{"101:101:", "100:100:", true},
		{"100:100:", "101:101:", false},
		{"90:101:90", "90:100:90", true},     // what was running is running still
		{"90:101:90,100", "90:100:90", true}, // what has begun since was not seen then
		{"90:101:90,95", "90:100:90", false}, // it had ended by then
		{"100:110:105", "90:104:90", true},
	} {
		if got := c.mark.Covers(c.earlier); got != c.covers {
			t.Errorf("%q covers %q: %v", c.mark, c.earlier, got)
		}
	}
}

// A transaction that takes long, as an import does, keeps nobody from following the others.
func TestAMarkIsCoveredThoughSomethingOlderIsRunning(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	mark := func() factsdb.Mark {
		m, err := db.Facts.Mark(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	before := mark()
	err := pgx.BeginFunc(t.Context(), pool, func(long pgx.Tx) error {
		if _, err := long.Exec(t.Context(), `insert into circle (id, name) values ('a', 'A')`); err != nil {
			return err
		}
		if _, err := pool.Exec(t.Context(), `insert into circle (id, name) values ('b', 'B')`); err != nil {
			return err
		}
		written := mark()
		if before.Covers(written) || !mark().Covers(written) {
			t.Errorf("%s before, %s written", before, written)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
