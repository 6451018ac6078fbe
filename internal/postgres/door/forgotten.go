package doordb

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// mostForgotten is how many links for a new password one account is mailed a day at the asking of whoever knows its
// address: that may be somebody who means ill.
const mostForgotten = 5

// AskPassword notes that somebody at the door asks for a link to an address, and makes the job that looks whose it is.
// While wait is above 0 nothing was done. Its work is the same whether or not the address is anybody's.
func (db *Store) AskPassword(ctx context.Context, t Try) (wait time.Duration, err error) {
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		typed, err := core.Value[string](ctx, tx, `select lower($1)`, t.Email)
		if err != nil {
			return err
		}
		address, network := t.Key("forgotten", typed), t.Key("forgotten from", t.Network)
		tries, err := lockTries(ctx, tx, address, network)
		if err != nil {
			return err
		}
		from, tooMany := tries[string(network)].NextOf(skein.NetworkTries, skein.NetworkSpan, t.At)
		of, tooSoon := tries[string(address)].Next(skein.StrangerTries, t.At)
		if wait = max(tooMany, tooSoon); wait > 0 {
			return nil
		}
		if err := saveTries(ctx, tx, map[string]skein.Tries{string(network): from, string(address): of}); err != nil {
			return err
		}
		return core.QueueForgotten(ctx, tx, t.Email)
	})
	return wait, core.Translate(err)
}

// Forgotten makes a link that sets a new password, mailed to whoever signs in with an address; nothing where nobody
// does, where they may not come in, and where they got enough of them today.
func (db *Store) Forgotten(ctx context.Context, by skein.By, email string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		person, err := core.Value[skein.PersonID](ctx, tx, `
			select account.person_id
			from account
			join person on person.id = account.person_id
			where (lower(account.email) = lower(@email)
					or account.person_id = (select person_id from email_alias where email_alias.email = lower(@email)))
				and `+core.ActiveToday+` and `+core.MayMail+` and `+core.ByPassword+`
				and (
					select count(*) from mail
					where mail.person_id = account.person_id and mail.door = @kind and mail.made_at > @now::timestamptz - interval '1 day'
				) < @most
			for no key update of account`, pgx.NamedArgs{
			"email": email, "today": by.Day, "now": by.At, "kind": string(core.DoorPassword), "most": mostForgotten,
		})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		id, err := insertLink(ctx, tx, by, newLink{person: person})
		if err != nil {
			return nil, err
		}
		return []skein.Event{{Action: "account.forgotten", Noun: "account", NounID: string(person)}},
			core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: person, Kind: core.DoorPassword, Link: id})
	})
}
