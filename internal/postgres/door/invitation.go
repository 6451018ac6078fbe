package doordb

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// MakeInvitation makes a link for somebody; one made before is worth nothing from then on. Where mail goes out
// and an address is known it is mailed, and to is where. Else, or when it is shown although somebody without an account
// could have it by mail, hash is the hash of its token and to is empty. Only a hash of the token is kept.
func (db *Store) MakeInvitation(ctx context.Context, by skein.By, person skein.PersonID, hash []byte, shown bool) (to string, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		to, err = giveLink(ctx, tx, by, person, hash, shown)
		return []skein.Event{made(person, to != "")}, err
	})
	return to, err
}

// InvitePerson makes a person and, with the hash of a token, a link for them, as MakeInvitation does.
func (db *Store) InvitePerson(ctx context.Context, by skein.By, name, email string, circle skein.CircleID, hash []byte) (person skein.PersonID, to string, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if person, err = insertPerson(ctx, tx, by, name, email, circle); err != nil {
			return nil, err
		}
		events := []skein.Event{{Action: "person.create", Noun: "person", NounID: string(person)}}
		if hash == nil {
			return events, nil
		}
		to, err = giveLink(ctx, tx, by, person, hash, false)
		return append(events, made(person, to != "")), err
	})
	return person, to, err
}

// goodInvitation is what makes a link good: not used, not run out, for somebody who may come in;
// and the first administrator's only while there is none. On a restored copy it is the only one that works:
// it is the operator's own, and somebody must be able to say that the copy runs.
const goodInvitation = `
	invitation.token_hash = $1
	and invitation.used_at is null
	and invitation.email is null
	and ` + mayStillOpen

// mayStillOpen is the same of a link of any kind: until $2.
const mayStillOpen = `
	invitation.expires_at > $2
	and case
		when invitation.person_id is null then not exists (
			select
			from hat
			join account on account.person_id = hat.person_id
			where hat.kind = 'administrator'
		)
		else exists (
			select from person where person.id = invitation.person_id and person.deactivated_at is null
		) and not exists (
			select from organisation where restored_at is not null
		)
	end`

// Invitation returns what a link is for. A link that is used up, ran out or never was is not found.
func (db *Store) Invitation(ctx context.Context, hash []byte, now time.Time) (skein.Invitation, error) {
	var i skein.Invitation
	err := db.pool.QueryRow(ctx, `
		select coalesce(invitation.person_id, ''), coalesce(person.name, ''),
			coalesce(account.email, person.email, ''), account.person_id is not null,
			coalesce(invitation.made_by, ''), invitation.expires_at,
			invitation.person_id is null or coalesce(`+core.ByPassword+`, (select passwords from sign_in_rule))
		from invitation
		left join person on person.id = invitation.person_id
		left join account on account.person_id = invitation.person_id
		where`+goodInvitation, hash, now,
	).Scan(&i.Person, &i.Name, &i.Email, &i.Account, &i.MadeBy, &i.ExpiresAt, &i.ByPassword)
	return i, core.Translate(err)
}

// UseInvitation uses a link up: its person gets an account, or a new password for the one they have.
// The link without a person makes the first administrator. Their browser is known from then on: it returns who
// they are, with their epoch, and its row. Whoever has a passkey has it to show yet: half is their second step, the
// account says so, and there is no row.
func (db *Store) UseInvitation(ctx context.Context, by skein.By, hash []byte, a NewAccount, browser Browser, half Half) (account skein.Account, device string, err error) {
	// The actor is known only once the link is read, so the audit rows name them, not by.
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		var person, maker *skein.PersonID
		err := tx.QueryRow(ctx, `
			update invitation
			set used_at = $2
			where`+goodInvitation+`
			returning person_id, made_by`, hash, by.At).Scan(&person, &maker)
		if err != nil {
			return err
		}
		if maker != nil {
			a.maker = *maker
		}
		var events []skein.Event
		if person == nil {
			account.Person, events, err = firstAdministrator(ctx, tx, by, a)
		} else {
			account.Person = *person
			if err := mayUsePassword(ctx, tx, *person); err != nil {
				return err
			}
			events, err = accept(ctx, tx, by, *person, a)
		}
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `
			update account whose
			set signed_in_at = coalesce(signed_in_at, $2) -- they have come in, and may get mail
			where person_id = $1
			returning epoch, `+hasPasskey, account.Person, by.At).Scan(&account.Epoch, &account.SecondStep)
		if err != nil {
			return err
		}
		by.Person = account.Person
		if account.SecondStep {
			err = beginStep(ctx, tx, account.Person, account.Epoch, WayLink, half, browser.At)
		} else {
			device, err = keepDevice(ctx, tx, by, "", browser)
		}
		if err != nil {
			return err
		}
		return core.Record(ctx, tx, by, events)
	})
	return account, device, core.Translate(err)
}

// firstAdministrator makes the person who opened the first link. Links opened at once wait for one
// another here, and only the first finds no administrator.
func firstAdministrator(ctx context.Context, tx pgx.Tx, by skein.By, a NewAccount) (skein.PersonID, []skein.Event, error) {
	if _, err := tx.Exec(ctx, `select from organisation for update`); err != nil {
		return "", nil, err
	}
	taken, err := core.Value[bool](ctx, tx, `
		select exists (
			select from hat join account on account.person_id = hat.person_id where hat.kind = 'administrator'
		)`)
	if err != nil {
		return "", nil, err
	}
	if taken {
		return "", nil, skein.ErrNotFound
	}
	if a.Organisation != "" {
		if err := (skein.Vision{Organisation: a.Organisation}).Check(); err != nil {
			return "", nil, err
		}
	}
	_, err = tx.Exec(ctx, `
		update organisation
		set name = coalesce(nullif($1, ''), name), zone = coalesce(nullif($2, ''), zone)`, a.Organisation, a.Zone)
	if err != nil {
		return "", nil, err
	}
	person, err := firstPerson(ctx, tx, by, a)
	if err != nil {
		return "", nil, err
	}
	if err := insertAccount(ctx, tx, by, person, a.Email, a.Password); err != nil {
		return "", nil, err
	}
	events := []skein.Event{{Action: "account.create", Noun: "account", NounID: string(person), Details: map[string]any{"by": "first link"}}}
	for _, kind := range []skein.HatKind{skein.Administrator, skein.Executive} { // nobody else is there who could say what matters
		given, err := insertHat(ctx, tx, by, person, skein.Hat{Kind: kind})
		if err != nil {
			return "", nil, err
		}
		events = append(events, given...)
	}
	return person, events, core.Tell(ctx, tx, by, []skein.Notice{{
		To: person, Kind: skein.NoticeAccess, Code: skein.CodeFirst, Subject: person, About: "access:first",
	}})
}

// firstPerson is who becomes the first administrator: the imported person whose address it is, or who has none, once
// they said that this is them, else somebody new.
func firstPerson(ctx context.Context, tx pgx.Tx, by skein.By, a NewAccount) (skein.PersonID, error) {
	if a.Person == "" {
		return insertPerson(ctx, tx, by, a.Name, a.Email, "")
	}
	person, err := core.Value[skein.PersonID](ctx, tx, `
		select person.id
		from person
		where person.id = @id and coalesce(lower(person.email) = lower(@email), true) and `+core.ActiveToday+`
		for update`, pgx.NamedArgs{"id": a.Person, "email": a.Email, "today": by.Day})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", skein.Invalid{{Field: "email", Message: "Whose address this is changed a moment ago. Look again."}}
	}
	return person, err
}

// accept gives an invited person an account, or a new password.
func accept(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, a NewAccount) ([]skein.Event, error) {
	tag, err := tx.Exec(ctx, `update account set password_hash = $2 where person_id = $1`, person, a.Password)
	if err != nil {
		return nil, err
	}
	if tag.RowsAffected() == 1 {
		if _, err := endSessions(ctx, tx, person); err != nil {
			return nil, err
		}
		err := tellUsed(ctx, tx, by, person, a.maker)
		return []skein.Event{{Action: "account.password", Noun: "account", NounID: string(person), Details: byLink(a)}}, err
	}
	err = insertAccount(ctx, tx, by, person, a.Email, a.Password)
	return []skein.Event{{Action: "account.create", Noun: "account", NounID: string(person), Details: byLink(a)}}, err
}

// tellUsed tells that a password was set by a link, by mail too: whoever did not do it must hear. Who asked for one at
// the door got it by mail, which concerns no administrator.
func tellUsed(ctx context.Context, tx pgx.Tx, by skein.By, person, maker skein.PersonID) error {
	err := core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: person, Kind: core.DoorSet})
	if err != nil {
		return err
	}
	if maker != "" {
		return core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeUsed, Subject: person, Who: maker})
	}
	return core.Tell(ctx, tx, by, []skein.Notice{{
		To: person, Kind: skein.NoticeAccess, Code: skein.CodeUsed, Subject: person, Who: person,
		About: fmt.Sprintf("access:%s:%s:%d", skein.CodeUsed, person, by.At.UnixMicro()),
	}})
}

// byLink is what the log says of a password that was set by a link: who made it; nobody did where it was asked for at the door.
func byLink(a NewAccount) map[string]any {
	details := map[string]any{"by": "link"}
	if a.maker != "" {
		details["link_made_by"] = a.maker
	}
	return details
}

// FirstInvitation makes the first administrator's link, when nobody has an account yet. It tells
// whether it did.
func (db *Store) FirstInvitation(ctx context.Context, by skein.By, hash []byte) (bool, error) {
	errSomebody := errors.New("somebody has an account")
	err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		somebody, err := core.Value[bool](ctx, tx, `select exists (select from account)`)
		if err != nil {
			return nil, err
		}
		if somebody {
			return nil, errSomebody
		}
		_, err = insertLink(ctx, tx, by, newLink{hash: hash})
		return []skein.Event{made("", false)}, err
	})
	if errors.Is(err, errSomebody) {
		return false, nil
	}
	return err == nil, err
}
