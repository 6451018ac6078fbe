package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/jobs"
	"skein/internal/postgres"
)

// background is what runs beside the requests.
type background struct {
	clock    *jobs.Clock
	chooser  *chooser.Chooser
	board    *board.Board
	follower *chooser.Follower
	done     sync.WaitGroup
}

// startBackground starts what happens by the clock, what follows the database's changes, and the
// sweeping of old sessions.
func startBackground(ctx context.Context, db *database, log *slog.Logger, demo bool) (*background, error) {
	follower := chooser.NewFollower(db.store, log, time.Now)
	through := chooser.New(db.store).With(follower)
	clock, err := jobs.New(jobs.Config{
		Pool: db.pool, DB: db.store, Chooser: through, Log: log, Now: time.Now, Demo: demo, Reindex: db.owns,
	})
	if err != nil {
		return nil, err
	}
	// It stops when it is told to, so that a move under way can end; not with ctx.
	if err := clock.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, err
	}
	b := &background{clock: clock, chooser: through, board: board.New(db.store, through), follower: follower}
	b.done.Go(func() { follower.Run(ctx) })
	b.done.Go(func() { sweep(ctx, db.store, log) })
	return b, nil
}

// stop waits for what runs, as long as ctx allows.
func (b *background) stop(ctx context.Context) error {
	err := b.clock.Stop(ctx)
	done := make(chan struct{})
	go func() {
		b.done.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return err
}

// sweep forgets, once an hour, what no longer opens or bars a door.
func sweep(ctx context.Context, store *postgres.DB, log *slog.Logger) {
	clock := time.NewTicker(sweepTime)
	defer clock.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-clock.C:
			if err := store.Door.SweepDoors(ctx, now.Add(-24*time.Hour)); err != nil && ctx.Err() == nil {
				log.Warn("sessions that ran out were not swept", "error", err)
			}
		}
	}
}
