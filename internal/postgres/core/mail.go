package core

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"skein/internal/skein"
)

// MailQueue is the queue of mails; what happens by the clock has another, which they do not hold up.
const MailQueue = "mail"

// together is how long a mail waits that may become one with others of the same hour.
const together = time.Minute

// MailJob is the job that sends one mail.
type MailJob struct {
	ID string `json:"id"` // of its row
}

// Kind is the job's name in its table.
func (MailJob) Kind() string { return "mail" }

// InsertOpts keeps mails apart from the clock.
func (MailJob) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: MailQueue} }

// MayMail is SQL for whether mail may go out at all: a restored copy sends none until it is the one that runs. It is
// asked when a mail is made and again when it is sent; whatever must stop all mail is added here.
const MayMail = `exists (
	select from mail_state cross join organisation this where mail_state.sending and this.restored_at is null
)`

// MailStanding is how the mail goes.
type MailStanding struct {
	Sending      bool // it is on, and nothing keeps it back
	Waiting      int
	FailingSince time.Time // zero: it does not fail
	FailingSays  string
	LastSent     time.Time
	Refused      int // how many people's address was refused
}

// MailStandingSQL reads how the mail goes by @now, after which no refused link counts that has run out.
const MailStandingSQL = `
select ` + MayMail + ` as sending,
	(select count(*) from mail where sent_at is null and dropped_at is null)::int as waiting,
	failing_since,
	coalesce(failing_says, '') as failing_says,
	last_sent_at as last_sent,
	(
		select count(*)
		from (
			select person_id from account where mail_refused = email
			union
			select person_id from invitation where refused is not null and used_at is null and expires_at > @now
		) refused
		join person on person.id = refused.person_id
		where person.deactivated_at is null
	)::int as refused
from mail_state`

// MailedTo is SQL for who may get any mail: whoever has come in, and is still here. Their address was not refused in
// the last days; by the moment named.
func MailedTo(now string) string {
	return `(account.signed_in_at is not null
		and person.deactivated_at is null
		and not coalesce(account.mail_refused = account.email and account.mail_refused_at > ` + now + `::timestamptz - interval '7 days', false))`
}

// mailQueue adds jobs within somebody's transaction; it works none.
var mailQueue = sync.OnceValues(func() (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(nil), &river.Config{})
})

// mailNotices makes the mails of notices, for those who want them, and their jobs.
func mailNotices(ctx context.Context, tx pgx.Tx, by skein.By, notices []string, in time.Duration) error {
	if len(notices) == 0 {
		return nil
	}
	mails, err := Values[string](ctx, tx, `
		insert into mail (person_id, notice_id, made_at)
		select notice.person_id, notice.id, $2
		from notice
		join account on account.person_id = notice.person_id
		join person on person.id = notice.person_id
		where notice.id = any ($1::text[]::uuid[])
			and account.mail_at_once
			and `+MailedTo("$2")+`
			and `+MayMail+`
		returning id::text`, notices, by.At)
	if err != nil {
		return err
	}
	return QueueMail(ctx, tx, mails, in)
}

// QueueMail makes the jobs that send mails, after some time.
func QueueMail(ctx context.Context, tx pgx.Tx, mails []string, in time.Duration) error {
	return queueMail(ctx, tx, MailQueue, mails, in)
}

func queueMail(ctx context.Context, tx pgx.Tx, queue string, mails []string, in time.Duration) error {
	if len(mails) == 0 {
		return nil
	}
	client, err := mailQueue()
	if err != nil {
		return fmt.Errorf("the queue of mails: %w", err)
	}
	jobs := make([]river.InsertManyParams, len(mails))
	for i, id := range mails {
		jobs[i] = river.InsertManyParams{Args: MailJob{id}, InsertOpts: &river.InsertOpts{Queue: queue}}
		if in > 0 {
			jobs[i].InsertOpts.ScheduledAt = time.Now().Add(in)
		}
	}
	_, err = client.InsertManyTx(ctx, tx, jobs)
	return err
}

// QueueWaitingMail makes the jobs of all mails that wait, where there are none: a backup has no jobs.
func QueueWaitingMail(ctx context.Context, tx pgx.Tx) error {
	mails, err := Values[string](ctx, tx, `
		select id::text
		from mail
		where sent_at is null and dropped_at is null
			and not exists (select from river_job where river_job.kind = 'mail' and river_job.args ->> 'id' = mail.id::text)
		order by id`)
	if err != nil {
		return err
	}
	return QueueMail(ctx, tx, mails, 0)
}
