package factsdb_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
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
		{"a/101:101:", "a/100:100:", true},
		{"a/100:100:", "a/101:101:", false},
		{"a/90:101:90", "a/90:100:90", true},
		{"b/101:101:", "a/100:100:", false}, // numbers of two histories say nothing of one another
		{"a/100:100:", "b/", false},
		{"b/", "", true},
		{"a/101:101:", "100:100:", true}, // written by the version before
		{"101:101:", "a/100:100:", true},
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

// Rows that a restore brought along bear another cluster's numbers. Those that no transaction has had
// here yet are not told, and none of them keeps what does happen from being told.
func TestChangesOfAnotherClusterAreLeftAlone(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	pgtest.Put(t, pool, `insert into person (id, name) values ('ann', 'Ann'), ('ben', 'Ben')`)
	mark, err := db.Facts.Mark(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Put(t, pool,
		`insert into change (xid, person_id) values ('900000000', 'ben')`,
		`insert into change (xid, noun) values ('900000001', 'everything'), ('900000002', null)`,
		`insert into change (xid, project_id, noun) values ('900000003', 'x', 'lead')`,
		`insert into change (xid, person_id) values ('3', 'ben')`)
	for range 2 {
		got, err := db.Facts.Changes(t.Context(), mark)
		if err != nil || got.Anew || got.All || got.AllLeads || len(got.People) > 0 || len(got.Leads) > 0 {
			t.Fatalf("%+v, %v", got, err)
		}
		mark = got.Mark
	}
	pgtest.Put(t, pool, `update person set hours_per_week = 3 where id = 'ann'`)
	got, err := db.Facts.Changes(t.Context(), mark)
	if err != nil || got.All || got.AllLeads || !slices.Equal(got.People, []skein.PersonID{"ann"}) {
		t.Fatalf("%+v, %v", got, err)
	}
}

// lives are the ways in which a database can go on from another moment than the one it was followed to.
var lives = map[string]string{
	"the epoch was renewed": `update epoch set id = gen_random_uuid()`,
	"another cluster": `create or replace function database_life() returns text language sql as
		$$ select '7.00000001.' || id::text from epoch $$`,
	"another timeline": `create or replace function database_life() returns text language sql as
		$$ select concat_ws('.', (select system_identifier from pg_control_system()), 'FFFFFFFF', (select id from epoch)) $$`,
}

func TestADatabaseThatGoesOnFromElsewhereSaysSo(t *testing.T) {
	t.Parallel()
	for name, sql := range lives {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			db := postgres.New(pool)
			before, err := db.Facts.Mark(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got, err := db.Facts.Changes(t.Context(), before); err != nil || got.Anew {
				t.Fatalf("anew before anything happened: %+v, %v", got, err)
			}
			pgtest.Put(t, pgtest.Owner(t), sql)
			got, err := db.Facts.Changes(t.Context(), before)
			if err != nil || !got.Anew || got.Mark.Covers(before) || before.Covers(got.Mark) {
				t.Fatalf("%+v, %v", got, err)
			}
			if again, err := db.Facts.Changes(t.Context(), got.Mark); err != nil || again.Anew {
				t.Fatalf("anew twice: %+v, %v", again, err)
			}
		})
	}
}

// What tells one life from the next may be asked by the login that serves, and names all three.
func TestALifeIsTheClusterItsTimelineAndTheEpoch(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	var life, cluster, epoch string
	if err := pool.QueryRow(t.Context(), `select database_life(), (select system_identifier::text from pg_control_system()), id::text from epoch`).
		Scan(&life, &cluster, &epoch); err != nil {
		t.Fatal(err)
	}
	if want := cluster + ".00000001." + epoch; life != want {
		t.Errorf("%s, want %s", life, want)
	}
}
