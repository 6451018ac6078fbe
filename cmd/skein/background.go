package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/intake"
	"skein/internal/jobs"
	"skein/internal/mail"
	"skein/internal/skein"
	"skein/internal/sso"
)

// background is what runs beside the requests.
type background struct {
	clock    *jobs.Clock
	chooser  *chooser.Chooser // for pages
	board    *board.Board
	follower *chooser.Follower
	leaving  atomic.Bool // told to stop: not ready any more
	broke    chan error  // what runs has failed by a fault of ours
	end      context.CancelFunc
	done     sync.WaitGroup
}

// errLeaving is why a server that was told to stop is not ready.
var errLeaving = errors.New("stopping")

// startBackground starts what happens by the clock, and what follows the database's changes. They have connections of their own, and stop when they are told to and not
// with ctx: requests that are being answered still need them, and a move under way can end.
func startBackground(ctx context.Context, db *database, log *slog.Logger, demo bool, post *mail.Post, provider *sso.Provider) (*background, error) {
	beside := db.conns.JobStore()
	follower := chooser.NewFollower(beside, log, time.Now)
	besides := chooser.New(beside).With(follower)
	through := chooser.New(db.store).With(follower)
	browsed := board.New(db.store, through).Behind(beside, besides)
	if post != nil {
		post.Suits = suits(browsed)
	}
	clock, err := jobs.New(jobs.Config{
		Pool: db.conns.Direct, DB: beside, Chooser: besides, Log: log, Now: time.Now, Demo: demo, Reindex: db.owns, Mail: mailer(post),
	})
	if err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	if err := clock.Start(ctx); err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(ctx)
	b := &background{
		clock: clock, chooser: through, board: browsed, follower: follower, end: end,
		broke: make(chan error, 1),
	}
	b.run(ctx, log, follower.Run)
	taking := &intake.Intake{DB: beside, Chooser: besides, Log: log, Now: time.Now}
	b.run(ctx, log, taking.Run)
	if provider != nil {
		b.run(ctx, log, provider.Run)
	}
	return b, nil
}

// run lets something run until ctx ends. Should it panic, the log says where, and the server stops in order: whatever it kept up to
// date stands still from then on.
func (b *background) run(ctx context.Context, log *slog.Logger, do func(context.Context)) {
	b.done.Go(func() {
		defer func() {
			if what := recover(); what != nil {
				log.ErrorContext(ctx, "panic", "what", fmt.Sprint(what), "stack", string(debug.Stack()))
				select {
				case b.broke <- fmt.Errorf("what runs beside the requests failed: %v", what):
				default: // one reason is enough
				}
			}
		}()
		do(ctx)
	})
}

// suits finds new leads for Monday's mails where pages find them.
func suits(on *board.Board) func(context.Context, skein.PersonID, skein.Date, time.Time) ([]board.Suggestion, error) {
	return func(ctx context.Context, person skein.PersonID, today skein.Date, since time.Time) ([]board.Suggestion, error) {
		standings, err := on.Standings(ctx, person, today)
		if err != nil {
			return nil, err
		}
		return standings.New(since), nil
	}
}

// ready reports what requests have to wait for, and that the server is about to go.
func (b *background) ready(ctx context.Context) error {
	if b.leaving.Load() {
		return errLeaving
	}
	return b.follower.Ready(ctx)
}

// stop waits for what runs, as long as ctx allows.
func (b *background) stop(ctx context.Context) error {
	err := b.clock.Stop(ctx)
	b.end()
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
