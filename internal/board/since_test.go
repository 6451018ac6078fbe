package board_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"skein/internal/board"
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
	left, follows := through(db, stuck), through(db, running)
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
	mark, err := db.Facts.Mark(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	title := func(ctx context.Context, b *server) string {
		t.Helper()
		return titleOnBoard(ctx, t, b)
	}
	if got := title(t.Context(), left); got != "J" {
		t.Errorf("whoever wrote nothing reads %q before it is followed", got)
	}
	began := time.Now()
	if got := title(left.chooser.Since(t.Context(), mark), left); got != "Renamed" {
		t.Errorf("its writer reads %q where nothing follows", got)
	}
	if took := time.Since(began); took < 900*time.Millisecond {
		t.Errorf("waited %v, want a second", took)
	}
	for _, ctx := range []context.Context{follows.chooser.Since(t.Context(), mark), follows.chooser.Since(t.Context(), "")} {
		if got := title(ctx, follows); got != "Renamed" {
			t.Errorf("read %q where it is followed", got)
		}
	}
}

// titleOnBoard is what the board calls the project j1.
func titleOnBoard(ctx context.Context, t *testing.T, b *server) string {
	t.Helper()
	standings, err := b.board.Standings(ctx, "p1", skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	page, err := standings.Page(ctx, board.Query{Limit: 9, Today: skein.Day(now)})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Open {
		if row.ID == "j1" {
			return row.Title
		}
	}
	t.Fatal("it is not on the board")
	return ""
}

// server is what one server answers from.
type server struct {
	chooser *chooser.Chooser
	board   *board.Board
}

func through(db *postgres.DB, f *chooser.Follower) *server {
	c := chooser.New(db)
	if f != nil {
		c = c.With(f)
	}
	return &server{c, board.New(db, c)}
}
