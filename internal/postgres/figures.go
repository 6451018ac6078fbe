package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/core"
)

// Figures are what is counted in the database for whoever watches the servers. None of them is of one project, and none
// counts claims.
type Figures struct {
	Ticked       bool          // the clocks were looked at before
	SinceTick    time.Duration // how long ago, by any server
	Jobs         []JobCount    // of the queue: those that wait, run, or were given up; not those that are done
	MailsWaiting int           // made, and neither sent nor dropped
	MailsTried   int           // of those, which the mail server did not take at least once
	MailFailing  time.Duration // for how long no mail has gone out that should have; 0: mail goes out
}

// JobCount is how many jobs of a kind are in one state.
type JobCount struct {
	Queue, Kind, State string
	Count              int
}

// Figures reads them in one round trip, by the connections that Ready asks by.
func (db *DB) Figures(ctx context.Context, now time.Time) (Figures, error) {
	var f Figures
	batch := &pgx.Batch{}
	batch.Queue(core.SinceTick).QueryRow(func(row pgx.Row) error {
		var seconds *float64
		err := row.Scan(&seconds)
		if seconds != nil {
			f.Ticked, f.SinceTick = true, time.Duration(*seconds*float64(time.Second))
		}
		return err
	})
	// The index of the queue begins with the state; jobs that are done are the many.
	batch.Queue(`
		select queue, kind, state::text, count(*)::int as count
		from river_job
		where state in ('available', 'cancelled', 'discarded', 'pending', 'retryable', 'running', 'scheduled')
		group by queue, kind, state
		order by queue, kind, state`).Query(func(rows pgx.Rows) (err error) {
		f.Jobs, err = pgx.CollectRows(rows, pgx.RowToStructByName[JobCount])
		return err
	})
	batch.Queue(`
		select count(*)::int, count(*) filter (where tries > 0)::int
		from mail
		where sent_at is null and dropped_at is null`).QueryRow(func(row pgx.Row) error {
		return row.Scan(&f.MailsWaiting, &f.MailsTried)
	})
	batch.Queue(`select failing_since from mail_state`).QueryRow(func(row pgx.Row) error {
		var since time.Time
		err := row.Scan(&since)
		if !since.IsZero() {
			f.MailFailing = max(0, now.Sub(since))
		}
		return err
	})
	return f, db.probe.SendBatch(ctx, batch).Close()
}

// ByName are the pools by what they are for.
func (c *Conns) ByName() map[string]*pgxpool.Pool {
	return map[string]*pgxpool.Pool{
		"pages": c.Pages, "sessions": c.Sessions, "jobs": c.Jobs, "probe": c.Probe, "direct": c.Direct,
	}
}
