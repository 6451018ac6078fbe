package chooser_test

import (
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// How far memory may be behind is known: since it was last seen to hold all, also where the database is away.
func TestAFollowerKnowsHowFarBehindItIs(t *testing.T) {
	t.Parallel()
	pool := village(t)
	clock := now
	follower := chooser.NewFollower(postgres.New(pool), nil, func() time.Time { return clock })
	if _, known := follower.Lag(); known {
		t.Error("it knew something before it looked")
	}
	if _, _, loaded := follower.Size(); loaded {
		t.Error("it is loaded before it looked")
	}
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p0', 's0', 'outcome', 5, '2026-05-01')`)
	if err := follower.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	people, rows, loaded := follower.Size()
	if lag, known := follower.Lag(); !known || lag != 0 || !loaded || people < 1 || rows != 1 {
		t.Errorf("%v %t, %d people, %d rows, %t", lag, known, people, rows, loaded)
	}
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p1', 's1', 'outcome', 4, '2026-05-01')`)
	clock = clock.Add(4 * time.Second)
	if lag, _ := follower.Lag(); lag != 4*time.Second {
		t.Error(lag)
	}
	if err := follower.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, rows, _ := follower.Size(); rows != 2 {
		t.Errorf("%d rows", rows)
	}
	pool.Close()
	clock = clock.Add(time.Minute)
	if err := follower.Look(t.Context()); err == nil {
		t.Error("it looked at a database that is away")
	}
	if lag, _ := follower.Lag(); lag != time.Minute {
		t.Error(lag)
	}
}
