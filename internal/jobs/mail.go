package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	maildb "skein/internal/postgres/mail"
)

// Mailer sends one mail, or drops it where it is settled. A maildb.FailedError is tried again.
type Mailer interface {
	Deliver(ctx context.Context, id string) error
	// Forgotten has a link for a new password mailed, if somebody signs in with the address.
	Forgotten(ctx context.Context, email string) error
}

// How long a mail waits that the mail server did not take: longer from try to try, and for as long as it is of any use.
const (
	firstWait = 15 * time.Second
	lastWait  = 30 * time.Minute
)

type mailWorker struct {
	river.WorkerDefaults[maildb.Job]
	clock *Clock
}

// Work sends one mail.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[maildb.Job]) error {
	err := w.clock.cfg.Mail.Deliver(ctx, job.Args.ID)
	if failed, ok := errors.AsType[maildb.FailedError](err); ok {
		w.clock.cfg.Log.WarnContext(ctx, "a mail waits", "mail", job.Args.ID, "why", failed.Says, "tries", failed.Tries)
		return river.JobSnooze(again(failed.Tries)) // costs none of the tries that a job has
	}
	return err
}

type forgottenWorker struct {
	river.WorkerDefaults[maildb.ForgottenJob]
	clock *Clock
}

// Work looks whose an address is that was typed at the door.
func (w *forgottenWorker) Work(ctx context.Context, job *river.Job[maildb.ForgottenJob]) error {
	return w.clock.cfg.Mail.Forgotten(ctx, job.Args.Email)
}

// again is how long to wait after so many tries.
func again(tries int) time.Duration {
	return min(lastWait, firstWait<<min(max(tries-1, 0), 10))
}

// weeks makes the Monday's mails that are due, looked for once a minute.
func (c *Clock) weeks(ctx context.Context, wall time.Time) error {
	minute := wall.Truncate(time.Minute)
	if c.cfg.Mail == nil || minute.Equal(c.looked) {
		return nil
	}
	if err := c.cfg.DB.Mail.Weeks(ctx, wall); err != nil {
		return err
	}
	c.looked = minute
	return nil
}
