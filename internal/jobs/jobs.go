// Package jobs is what happens by the clock. One job makes every move whose time has come: no job is kept
// per deadline, so that a deadline that moves just moves. The others send a mail each.
package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"skein/internal/chooser"
	"skein/internal/postgres"
	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
)

// every is how often the clocks are looked at.
const every = 2 * time.Second

// How long a tick may take, and after which time one counts as lost with its server. The queue looks
// for lost ones every half minute, so that deadlines stand still for a minute and a half at most. A
// tick that is cut off has made the moves that it made; the next one goes on.
const (
	timeout = 45 * time.Second
	rescue  = 60 * time.Second
)

// Config is what the clock is told at start.
type Config struct {
	Pool    *pgxpool.Pool
	DB      *postgres.DB
	Chooser *chooser.Chooser
	Log     *slog.Logger
	Now     func() time.Time // the clock on the wall
	Demo    bool             // adds what the demo was moved ahead
	Timeout time.Duration    // the longest tick; 0 takes the default
	Rescue  time.Duration    // when a tick counts as lost, longer than Timeout; 0 takes the default
	Mail    Mailer           // sends mail; nil: this server sends none
	Reindex bool             // the pool's login owns the queue's tables, so that it may make their indexes anew
}

// Clock makes moves whose time has come.
type Clock struct {
	cfg    Config
	client *river.Client[pgx.Tx]
	looked time.Time // the minute in which the digests that are due were looked for
	swept  time.Time // the minute in which all that was kept long enough was gone
}

// tickArgs is the job of the clock.
type tickArgs struct{}

// Kind is the job's name in its table.
func (tickArgs) Kind() string { return "tick" }

// InsertOpts keeps at most one job waiting: another adds nothing, because a tick looks at all.
func (tickArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		MaxAttempts: 1, // the next tick is the next attempt
		UniqueOpts: river.UniqueOpts{ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}

type worker struct {
	river.WorkerDefaults[tickArgs]
	clock *Clock
}

// Work is one tick.
func (w *worker) Work(ctx context.Context, _ *river.Job[tickArgs]) error { return w.clock.Tick(ctx) }

// New returns a clock that stands still until it is started.
func New(cfg Config) (*Clock, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	c := &Clock{cfg: cfg}
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker{clock: c})
	queues := map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}}
	if cfg.Mail != nil {
		river.AddWorker(workers, &mailWorker{clock: c})
		river.AddWorker(workers, &forgottenWorker{clock: c})
		queues[maildb.DoorQueue] = river.QueueConfig{MaxWorkers: 1}
		queues[maildb.Queue] = river.QueueConfig{MaxWorkers: 1} // it holds a connection of those that the clock has too
	}
	var reindexing river.PeriodicSchedule // nil: once a day
	if !cfg.Reindex {
		reindexing = river.NeverSchedule()
	}
	client, err := river.NewClient(riverpgxv5.New(cfg.Pool), &river.Config{
		Logger:                      slog.New(quiet{cfg.Log.Handler()}),
		Queues:                      queues,
		Workers:                     workers,
		JobTimeout:                  cmp.Or(cfg.Timeout, timeout),
		RescueStuckJobsAfter:        cmp.Or(cfg.Rescue, rescue),
		CompletedJobRetentionPeriod: time.Minute,
		DiscardedJobRetentionPeriod: 24 * time.Hour,
		ReindexerSchedule:           reindexing,
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(
			river.PeriodicInterval(every),
			func() (river.JobArgs, *river.InsertOpts) { return tickArgs{}, nil },
			&river.PeriodicJobOpts{ID: "tick", RunOnStart: true},
		)},
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	c.client = client
	return c, nil
}

// Start lets the clock run until Stop, on any number of servers at once.
func (c *Clock) Start(ctx context.Context) error {
	if err := c.cfg.DB.Lead.Ticks(ctx); err != nil {
		return err
	}
	return c.client.Start(ctx)
}

// Stop lets the move that is under way end, and waits for it.
func (c *Clock) Stop(ctx context.Context) error { return c.client.Stop(ctx) }

// Tick makes every move whose time has come, now and here.
func (c *Clock) Tick(ctx context.Context) error {
	wall := c.cfg.Now()
	now := wall
	if c.cfg.Demo {
		org, err := c.cfg.DB.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		if org.Demo { // a demo started on somebody's own organisation moves no clock
			now = now.Add(org.ClockOffset)
		}
	}
	// Reads the policy that was published last, so that its practices are compared too.
	if _, err := c.cfg.Chooser.Policy(ctx); err != nil {
		return err
	}
	err := c.cfg.DB.Lead.Tick(ctx, now, c.cfg.Chooser.Judge())
	if err != nil && ctx.Err() == nil {
		c.cfg.Log.ErrorContext(ctx, "a move by the clock failed; it is tried again", "error", err)
	}
	if ctx.Err() == nil {
		if swept := c.cfg.DB.Door.Tick(ctx, skein.Itself(now, time.UTC), wall); swept != nil && ctx.Err() == nil {
			c.cfg.Log.ErrorContext(ctx, "what was refused at the door is told and forgotten by the next tick", "error", swept)
			err = errors.Join(err, swept)
		}
	}
	if ctx.Err() == nil {
		if swept := c.cfg.DB.Bulk.SweepIntakes(ctx, wall); swept != nil && ctx.Err() == nil {
			c.cfg.Log.ErrorContext(ctx, "files that were handed in are forgotten by the next tick", "error", swept)
			err = errors.Join(err, swept)
		}
	}
	if ctx.Err() == nil {
		if late := c.weeks(ctx, wall); late != nil && ctx.Err() == nil {
			c.cfg.Log.ErrorContext(ctx, "Monday's mails are made by the next tick", "error", late)
			err = errors.Join(err, late)
		}
	}
	if ctx.Err() == nil {
		if left := c.sweep(ctx, now); left != nil && ctx.Err() == nil {
			c.cfg.Log.ErrorContext(ctx, "what was kept long enough is removed by the next tick", "error", left)
			err = errors.Join(err, left)
		}
	}
	if ctx.Err() == nil { // all clocks were looked at, whatever single moves failed
		err = errors.Join(err, c.cfg.DB.Lead.Ticked(ctx))
	}
	return err
}

// quiet keeps the queue's everyday talk out of the log.
type quiet struct{ slog.Handler }

// Enabled lets warnings and errors through.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs and WithGroup keep it quiet.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup keeps it quiet.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
