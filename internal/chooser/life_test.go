package chooser_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// unheard changes what is there as a restore does, which tells nobody of rows.
func unheard(t *testing.T, pool *pgxpool.Pool, statements ...string) {
	t.Helper()
	statements = append([]string{`set local session_replication_role = replica`}, statements...)
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := tx.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestARestoreUnderARunningServerIsSeen: what memory held of people who are gone, of a policy of the
// same number, and of leads, is forgotten once the epoch is renewed, and not before everything that
// is answered comes from the database.
func TestARestoreUnderARunningServerIsSeen(t *testing.T) {
	t.Parallel()
	pool := village(t)
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values
		('p0', 's0', 'outcome', 5, '2026-05-01'), ('p1', 's0', 'outcome', 4, '2026-05-01')`)
	other, err := postgres.Connect(t.Context(), pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	db := postgres.New(other)
	follower := chooser.NewFollower(db, nil, func() time.Time { return now })
	through, plain := chooser.New(db).With(follower), chooser.New(db)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { follower.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })
	within(t, 20*time.Second, func() bool { return follower.Ready(ctx) == nil })
	top := func(c *chooser.Chooser) []match.Ranked {
		t.Helper()
		r, err := c.Top(ctx, "j0", 5, skein.AsOfDay(skein.Day(now)))
		if err != nil {
			t.Fatal(err)
		}
		return r.Ranked
	}
	if n := len(top(through)); n != 2 {
		t.Fatalf("%d people at first", n)
	}
	unheard(t, pgtest.Owner(t), `delete from evidence where person_id = 'p0'`)
	if n := len(top(through)); n != 2 {
		t.Fatalf("%d people, though nothing told memory that one is gone: this test proves nothing", n)
	}
	unheard(t, pgtest.Owner(t), `update epoch set id = gen_random_uuid()`)
	within(t, 20*time.Second, func() bool { return len(top(through)) == 1 })
	if d := cmp.Diff(top(plain), top(through)); d != "" {
		t.Error(d)
	}
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p2', 's0', 'outcome', 5, '2026-05-01')`)
	within(t, 20*time.Second, func() bool { return len(top(through)) == 2 }) // and it is followed on
	if err := follower.Ready(ctx); err != nil {
		t.Error("not ready while pages were answered all along:", err)
	}
}

// Whoever did something in a life of the database that is over is not kept waiting for it on every
// page, whether memory knew that life or not; and memory never answers before it knows the new one.
func TestNobodyWaitsForALifeThatIsOver(t *testing.T) {
	t.Parallel()
	pool := village(t)
	db := postgres.New(pool)
	follower := chooser.NewFollower(db, nil, func() time.Time { return now })
	through := chooser.New(db).With(follower)
	day := skein.AsOfDay(skein.Day(now))
	answers := func(mark factsdb.Mark) bool {
		_, ok := through.Population(through.Since(t.Context(), mark), day)
		return ok
	}
	mark := func() factsdb.Mark {
		m, err := db.Facts.Mark(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	look := func() {
		if err := follower.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	look()
	before := mark()
	look()
	if !answers(before) {
		t.Fatal("memory does not answer though it follows")
	}
	unheard(t, pgtest.Owner(t), `update epoch set id = gen_random_uuid()`)
	since := mark()
	if answers(since) {
		t.Error("memory answers for what it has not seen")
	}
	look()
	if !answers(since) || !answers(before) {
		t.Error("memory does not answer though all that there is was read")
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { follower.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })
	within(t, 20*time.Second, func() bool { return answers("elsewhere/900:900:") })
}

// A policy that a restore published under a number that was known already holds at once.
func TestAPolicyIsKnownByWhatItSays(t *testing.T) {
	t.Parallel()
	pool := village(t)
	db := postgres.New(pool)
	c := chooser.New(db)
	by := skein.Itself(now, time.UTC)
	if _, err := c.Publish(t.Context(), by, .2, "Because.", func(*match.TrustTable) {}); err != nil {
		t.Fatal(err)
	}
	known, err := c.Policy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unheard(t, pgtest.Owner(t), `update policy set trust = jsonb_set(trust, '{turn_most}', '7')`)
	again, err := c.Policy(t.Context())
	if err != nil || again.Version != known.Version || again.Trust.TurnMost != 7 || known.Trust.TurnMost == 7 {
		t.Errorf("%+v, %v", again.Trust, err)
	}
}
