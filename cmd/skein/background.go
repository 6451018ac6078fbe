package main

import (
	"context"
	"log/slog"
	"time"

	"skein/internal/postgres"
)

// background is what runs beside the requests.
type background struct {
	swept chan struct{}
}

// startBackground starts what is due by the clock. It ends with ctx.
func startBackground(ctx context.Context, _ *database, store *postgres.DB, log *slog.Logger, _ bool) (*background, error) {
	b := &background{swept: make(chan struct{})}
	go func() {
		defer close(b.swept)
		sweep(ctx, store, log)
	}()
	return b, nil
}

// tick makes the moves that are due at once.
func (b *background) tick(context.Context) error { return nil }

// stop waits for what runs, as long as ctx allows.
func (b *background) stop(ctx context.Context) error {
	select {
	case <-b.swept:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
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
			if err := store.SweepDoors(ctx, now.Add(-24*time.Hour)); err != nil && ctx.Err() == nil {
				log.Warn("sessions that ran out were not swept", "error", err)
			}
		}
	}
}
