package maildb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
)

func drop(ctx context.Context, tx pgx.Tx, now time.Time, mails []string, why string) error {
	return core.Exec(ctx, tx, `update mail set dropped_at = $2, dropped = $3 where id = any ($1::text[]::uuid[])`, mails, now, why)
}

// sent notes that mails are out, and that the mail server takes them.
func sent(ctx context.Context, tx pgx.Tx, now time.Time, mails []string) error {
	if err := core.Exec(ctx, tx, `update mail set sent_at = $2 where id = any ($1::text[]::uuid[])`, mails, now); err != nil {
		return err
	}
	return works(ctx, tx, now)
}

// works notes that the mail server answers. Its row is everybody's: it is locked last, and written once a minute.
func works(ctx context.Context, tx pgx.Tx, now time.Time) error {
	return core.Exec(ctx, tx, `
		update mail_state
		set failing_since = null, failing_says = null, last_sent_at = $1
		where failing_since is not null or last_sent_at is null or last_sent_at < $1::timestamptz - interval '1 minute'`, now)
}

// refuse notes that the mail server will not have an address: nothing is sent to it for a week, and administrators see why.
func refuse(ctx context.Context, tx pgx.Tx, now time.Time, l Letter, mails []string, refused RefusedError) error {
	err := core.Exec(ctx, tx, `
		update account
		set mail_refused = email, mail_refused_at = $3, mail_refused_says = $4
		where person_id = $1 and email = $2`, l.Viewer.Person.ID, l.Email, now, refused.Says)
	if err == nil {
		err = drop(ctx, tx, now, mails, "refused")
	}
	if err != nil {
		return err
	}
	return works(ctx, tx, now)
}

// failed notes that the mail server does not take what it should.
func (db *Store) failed(ctx context.Context, now time.Time, id string, why FailedError) error {
	return pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		if err := core.Exec(ctx, tx, `update mail set tries = tries + 1 where id = $1`, id); err != nil {
			return err
		}
		return core.Exec(ctx, tx, `
			update mail_state
			set failing_since = coalesce(failing_since, $1), failing_says = $2`, now, why.Says)
	})
}

// SetSending says whether the servers send mail, as each does when it starts. What waits when they stop is kept.
func (db *Store) SetSending(ctx context.Context, sending bool) error {
	return core.Exec(ctx, db.pool, `
		update mail_state
		set sending = $1, failing_since = null, failing_says = null
		where sending <> $1`, sending)
}

// Standing is how the mail goes.
type Standing struct {
	Sending      bool // it is on, and nothing keeps it back
	Waiting      int
	FailingSince time.Time // zero: it does not fail
	FailingSays  string
	LastSent     time.Time
	Refused      int // how many people's address was refused
}

// Standing tells how the mail goes.
func (db *Store) Standing(ctx context.Context) (Standing, error) {
	return core.One[Standing](ctx, db.pool, `
		select `+core.MayMail+` as sending,
			(select count(*) from mail where sent_at is null and dropped_at is null)::int as waiting,
			failing_since,
			coalesce(failing_says, '') as failing_says,
			last_sent_at as last_sent,
			(select count(*) from account where mail_refused = email)::int as refused
		from mail_state`)
}

// Refused is what a mail server said of the address with which somebody signs in.
type Refused struct {
	At   time.Time
	Says string
}

// Refused tells whether somebody's address was refused; the zero Refused: no.
func (db *Store) Refused(ctx context.Context, person string) (Refused, error) {
	found, err := core.All[Refused](ctx, db.pool, `
		select mail_refused_at as at, mail_refused_says as says
		from account
		where person_id = $1 and mail_refused = email`, person)
	if err != nil || len(found) == 0 {
		return Refused{}, err
	}
	return found[0], nil
}
