package chooser_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// TestOnesOwnWriteIsWaitedForAndElseRead has two servers follow one database, one of which has got
// stuck: whoever wrote sees it on both, and whoever did not waits for neither.
func TestOnesOwnWriteIsWaitedForAndElseRead(t *testing.T) {
	t.Parallel()
	pool := village(t)
	if _, err := pool.Exec(t.Context(), gathering); err != nil {
		t.Fatal(err)
	}
	db := postgres.New(pool)
	clock := func() time.Time { return now }
	stuck, running := chooser.NewFollower(db, nil, clock), chooser.NewFollower(db, nil, clock)
	left, follows := chooser.New(db).With(stuck), chooser.New(db).With(running)
	for _, f := range []*chooser.Follower{stuck, running} {
		if err := f.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { running.Run(ctx) })
	t.Cleanup(func() { stop(); done.Wait() })

	if _, err := pool.Exec(t.Context(), `update project set title = 'Renamed' where id = 'j1'`); err != nil {
		t.Fatal(err)
	}
	mark, err := db.Mark(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	title := func(ctx context.Context, c *chooser.Chooser) string {
		t.Helper()
		return titleOnBoard(ctx, t, c)
	}
	if got := title(t.Context(), left); got != "J" {
		t.Errorf("whoever wrote nothing reads %q before it is followed", got)
	}
	began := time.Now()
	if got := title(left.Since(t.Context(), mark), left); got != "Renamed" {
		t.Errorf("its writer reads %q where nothing follows", got)
	}
	if took := time.Since(began); took < 900*time.Millisecond {
		t.Errorf("waited %v, want a second", took)
	}
	for _, ctx := range []context.Context{follows.Since(t.Context(), mark), follows.Since(t.Context(), "")} {
		if got := title(ctx, follows); got != "Renamed" {
			t.Errorf("read %q where it is followed", got)
		}
	}
}

// titleOnBoard is what the board calls the project j1.
func titleOnBoard(ctx context.Context, t *testing.T, c *chooser.Chooser) string {
	t.Helper()
	sight, err := c.Sight(ctx, "p1", now)
	if err != nil {
		t.Fatal(err)
	}
	board, err := sight.Board(ctx, chooser.BoardQuery{Limit: 9, Today: skein.Day(now)})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range board.Open {
		if row.ID == "j1" {
			return row.Title
		}
	}
	t.Fatal("it is not on the board")
	return ""
}

// TestTheBoardIsFollowedWhileEverybodyIsRead has leads change while people are read anew: the board
// shows it, and the index knows later what it has not seen.
func TestTheBoardIsFollowedWhileEverybodyIsRead(t *testing.T) {
	t.Parallel()
	pool := village(t)
	exec := func(s string) {
		if _, err := pool.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	exec(gathering)
	db := postgres.New(pool)
	follower := chooser.NewFollower(db, nil, func() time.Time { return now })
	c := chooser.New(db).With(follower)
	if err := follower.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	exec(`update project set title = 'Renamed' where id = 'j1'`)
	exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p3', 's0', 'outcome', 4, '2026-05-01')`)
	if err := follower.KeepUp(t.Context(), skein.AsOfDay(skein.Day(now))); err != nil {
		t.Fatal(err)
	}
	if got := titleOnBoard(t.Context(), t, c); got != "Renamed" {
		t.Errorf("the board says %q", got)
	}
	if err := follower.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := c.Top(t.Context(), "j1", 9, skein.AsOfDay(skein.Day(now)))
	if err != nil || len(r.Ranked) != 1 || r.Ranked[0].Person != "p3" {
		t.Errorf("%v %+v", err, r.Ranked)
	}
}
