package maildb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Wants are the mails that somebody wants, and whether they can come at all.
type Wants struct {
	AtOnce  bool
	Weekly  bool
	Email   string
	Refused string // what a mail server said of the address; empty: it takes it, as far as is known
	Sending bool   // mail goes out from here
	// CalendarAt is when their calendar's address was made; zero: it has none.
	CalendarAt time.Time
}

const wantsSQL = `
select mail_at_once as at_once, mail_weekly as weekly, email,
	case when mail_refused = email then mail_refused_says else '' end as refused,
	` + core.MayMail + ` as sending,
	calendar_at
from account
where person_id = $1`

// Wants returns what somebody wants; ErrNotFound for whoever has no account.
func (db *Store) Wants(ctx context.Context, person skein.PersonID) (Wants, error) {
	wants, err := core.One[Wants](ctx, db.pool, wantsSQL, person)
	return wants, core.Translate(err)
}

// SetWants keeps what by wants.
func (db *Store) SetWants(ctx context.Context, by skein.By, atOnce, weekly bool) error {
	return db.want(ctx, by, "settings", func(w *Wants) { w.AtOnce, w.Weekly = atOnce, weekly })
}

// Whose is who has a key now, or had it before they became one with somebody else; an id is that of whoever has it. Links
// of mails say a key, and an id where they were sent by a version before.
func (db *Store) Whose(ctx context.Context, key string) (skein.PersonID, error) {
	person, err := core.Value[skein.PersonID](ctx, db.pool, `
		select id from person where log_key = $1
		union all
		select person_id from person_alias where log_key = $1
		union all
		select id from person where id = $1
		limit 1`, key)
	return person, core.Translate(err)
}

// Stop ends mails of a kind, as by said with a link of one of them.
func (db *Store) Stop(ctx context.Context, by skein.By, weekly bool) error {
	return db.want(ctx, by, "mail", func(w *Wants) {
		if weekly {
			w.Weekly = false
		} else {
			w.AtOnce = false
		}
	})
}

// want changes what by wants; it is found for whoever has an account alone. What stays as it was is not noted.
func (db *Store) want(ctx context.Context, by skein.By, from string, change func(*Wants)) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		before, err := core.One[Wants](ctx, tx, wantsSQL+` for update`, by.Person)
		if err != nil {
			return nil, err
		}
		after := before
		if change(&after); after == before {
			return nil, nil
		}
		return []skein.Event{{
			Action: "account.mail", Noun: "account", NounID: string(by.Person),
			Details: map[string]any{"at_once": after.AtOnce, "weekly": after.Weekly, "by": from},
		}}, core.Exec(ctx, tx, `update account set mail_at_once = $2, mail_weekly = $3 where person_id = $1`, by.Person, after.AtOnce, after.Weekly)
	})
}
