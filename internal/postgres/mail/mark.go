package maildb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

func drop(ctx context.Context, tx pgx.Tx, now time.Time, mails []string, why string) error {
	return core.Exec(ctx, tx, `update mail set dropped_at = $2, dropped = $3 where id = any ($1::text[]::uuid[])`, mails, now, why)
}

// sent notes that mails are out, and that the mail server takes them, and takes the address that it may have refused before.
func sent(ctx context.Context, tx pgx.Tx, now time.Time, l Letter, mails []string) error {
	err := core.Exec(ctx, tx, `update mail set sent_at = $2 where id = any ($1::text[]::uuid[])`, mails, now)
	if err == nil {
		err = core.Exec(ctx, tx, `
			update account
			set mail_refused = null, mail_refused_at = null, mail_refused_says = null
			where person_id = nullif($1, '') and mail_refused = $2`, l.Viewer.Person.ID, l.Email)
	}
	if err != nil {
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
		where person_id = nullif($1, '') and email = $2`, l.Viewer.Person.ID, l.Email, now, refused.Says)
	if err == nil && l.Door != nil && l.Door.Link != "" {
		err = core.Exec(ctx, tx, `update invitation set refused = $2 where id = $1::text::uuid`, l.Door.Link, refused.Says)
	}
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

// SetSending says whether the servers send mail, as each does when it starts. What waits when they stop is kept. The row is
// made where a restore of before left none, without which nothing is sent and no page says why.
func (db *Store) SetSending(ctx context.Context, sending bool) error {
	return core.Exec(ctx, db.pool, `
		insert into mail_state (sending) values ($1)
		on conflict (single) do update
		set sending = $1, failing_since = null, failing_says = null
		where mail_state.sending <> $1`, sending)
}

// Standing is how the mail goes.
type Standing = core.MailStanding

// Standing tells how the mail goes.
func (db *Store) Standing(ctx context.Context, now time.Time) (Standing, error) {
	return core.One[Standing](ctx, db.pool, core.MailStandingSQL, pgx.NamedArgs{"now": now})
}

// Tried notes that by tried the mail with one to themselves; says is what the mail server said, "" where it took it.
func (db *Store) Tried(ctx context.Context, by skein.By, wall time.Time, says string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		events := []skein.Event{{
			Action: "mail.try", Noun: "account", NounID: string(by.Person), Details: map[string]any{"taken": says == ""},
		}}
		if says == "" {
			return events, core.Exec(ctx, tx, `update mail_state set failing_since = null, failing_says = null, last_sent_at = $1`, wall)
		}
		return events, core.Exec(ctx, tx, `update mail_state set failing_since = coalesce(failing_since, $1), failing_says = $2`, wall, says)
	})
}
