package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// errTaken is for an address with which somebody else signs in.
var errTaken = skein.Invalid{{Field: "email", Message: "Somebody signs in with this address already."}}

// NewAddress is another address that somebody asks to sign in with.
type NewAddress struct {
	Email string
	Epoch int   // of their account, when they showed that they may
	Tried Tried // how they showed that they know their password; the zero Tried where there is none
}

// AskAddress sends a link to an address with which by wants to sign in. Nothing changes until it is used.
func (db *Store) AskAddress(ctx context.Context, by skein.By, a NewAddress) error {
	var taken bool
	err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := a.Tried.forgive(ctx, tx); err != nil {
			return nil, err
		}
		var epoch int
		var mails bool
		err := tx.QueryRow(ctx, `
			select epoch, `+core.MayMail+`,
				exists (select from account other where lower(other.email) = lower($2))
				or exists (select from email_alias where email_alias.email = lower($2) and email_alias.person_id <> $1)
			from account
			where person_id = $1
			for no key update`, by.Person, a.Email).Scan(&epoch, &mails, &taken)
		switch {
		case err != nil:
			return nil, err
		case epoch != a.Epoch:
			return nil, errEnded
		case !mails:
			return nil, skein.Refused{Why: "No mail goes out from here, so that an address cannot be tried.", Who: "An administrator can change yours."}
		case taken:
			return nil, nil // the password was right all the same, and counts for no try
		}
		id, err := insertLink(ctx, tx, by, newLink{person: by.Person, email: a.Email})
		if err != nil {
			return nil, err
		}
		return []skein.Event{{Action: "account.ask_email", Noun: "account", NounID: string(by.Person)}},
			core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: by.Person, Kind: core.DoorConfirm, Link: id})
	})
	if err == nil && taken {
		return errTaken
	}
	return err
}

// UnaskAddress takes that back; where nothing was asked for it does nothing.
func (db *Store) UnaskAddress(ctx context.Context, by skein.By) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `delete from invitation where person_id = $1 and email is not null and used_at is null`, by.Person)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{{Action: "account.unask_email", Noun: "account", NounID: string(by.Person)}}, nil
	})
}

const goodAddress = `
	invitation.token_hash = $1
	and invitation.used_at is null
	and invitation.email is not null
	and` + mayStillOpen

// Address returns what a link does that confirms an address; not found where it is used up, ran out or never was.
func (db *Store) Address(ctx context.Context, hash []byte, now time.Time) (skein.Invitation, error) {
	i := skein.Invitation{Account: true}
	err := db.pool.QueryRow(ctx, `
		select person.id, person.name, invitation.email, invitation.expires_at
		from invitation
		join person on person.id = invitation.person_id
		where`+goodAddress, hash, now).Scan(&i.Person, &i.Name, &i.Email, &i.ExpiresAt)
	return i, core.Translate(err)
}

// ConfirmAddress uses such a link up: from then on its person signs in with the address, and the old one is told. At and
// day are by's; who it is the link says.
func (db *Store) ConfirmAddress(ctx context.Context, by skein.By, hash []byte) (email string, err error) {
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		var before string
		err := tx.QueryRow(ctx, `
			select person_id, email
			from account
			where person_id = (select person_id from invitation where`+goodAddress+`)
			for update`, hash, by.At).Scan(&by.Person, &before)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `update invitation set used_at = $2 where`+goodAddress+` returning email`, hash, by.At).Scan(&email)
		if err != nil {
			return err
		}
		if err := moveAddress(ctx, tx, by, by.Person, before, email); err != nil {
			return err
		}
		err = core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: by.Person, Kind: core.DoorMoved, Address: before})
		if err != nil {
			return err
		}
		return core.Record(ctx, tx, by, []skein.Event{{Action: "account.email", Noun: "account", NounID: string(by.Person)}})
	})
	return email, core.Translate(err)
}
