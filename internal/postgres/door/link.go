package doordb

import (
	"context"
	"crypto/sha256"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// TokenHash is what is kept of the secret part of a link: whoever reads the tables can open nothing with it.
func TokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// newLink is a link to be made.
type newLink struct {
	person skein.PersonID // empty: the first administrator's
	hash   []byte         // of the token that is shown; nil: the link is mailed, and has a token once the mail is written
	email  string         // it makes this the person's address; empty: it sets a password
}

// noToken is SQL for the hash of what is forgotten at once: a mailed link opens nothing before it is written.
const noToken = `sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))`

// insertLink makes a link in place of those of its kind that were not used, and returns its id.
func insertLink(ctx context.Context, tx pgx.Tx, by skein.By, l newLink) (id string, err error) {
	_, err = tx.Exec(ctx, `
		delete from invitation
		where person_id is not distinct from $1 and used_at is null and (email is not null) = $2`, core.Nullable(l.person), l.email != "")
	if err != nil {
		return "", err
	}
	life := skein.InvitationLife
	if l.person != "" {
		there, err := core.Value[bool](ctx, tx, `
			select exists (select from account where person_id = person.id)
			from person
			where id = $1 and deactivated_at is null
			for share of person`, l.person)
		if err != nil {
			return "", err
		}
		if there && l.hash == nil {
			life = skein.MailedLinkLife
		}
	}
	return core.Value[string](ctx, tx, `
		insert into invitation (token_hash, mailed, person_id, email, made_by, made_at, expires_at)
		values (coalesce($1, `+noToken+`), $1 is null, $2, nullif($3, ''), $4, $5, $6)
		returning id::text`,
		l.hash, core.Nullable(l.person), l.email, core.Nullable(by.Person), by.At, by.At.Add(life))
}

// endMailed ends links that are on their way to an address which is not theirs any more.
func endMailed(ctx context.Context, tx pgx.Tx, person skein.PersonID) error {
	return core.Exec(ctx, tx, `delete from invitation where person_id = $1 and mailed and used_at is null`, person)
}

// made is what the log tells of a link.
func made(person skein.PersonID, mailed bool) skein.Event {
	action := "invitation.make"
	if mailed {
		action = "invitation.mail"
	}
	return skein.Event{Action: action, Noun: "person", NounID: string(person)}
}

// mailable is where somebody can be sent a link.
type mailable struct {
	Account bool
	Email   string // with which they sign in, else their own; empty: none is known
	Mails   bool   // mail goes out from here
}

// to is where a link goes by mail; "" where it is shown to whoever makes it. Nobody is shown one for an account that
// there is while mail goes out.
func (m mailable) to(shown bool) string {
	if !m.Mails || shown && !m.Account {
		return ""
	}
	return m.Email
}

func (m mailable) kind() core.DoorKind {
	if m.Account {
		return core.DoorPassword
	}
	return core.DoorInvite
}

func readMailable(ctx context.Context, tx pgx.Tx, person skein.PersonID) (mailable, error) {
	return core.One[mailable](ctx, tx, `
		select account.person_id is not null as account, coalesce(account.email, person.email, '') as email, `+core.MayMail+` as mails
		from person
		left join account on account.person_id = person.id
		where person.id = $1`, person)
}

// giveLink makes a link for somebody: mailed where it can be, else with the hash of a token that is shown. To is where
// it goes; "": it is shown.
func giveLink(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, hash []byte, shown bool) (to string, err error) {
	if err := mayUsePassword(ctx, tx, person); err != nil {
		return "", err
	}
	m, err := readMailable(ctx, tx, person)
	if err != nil {
		return "", err
	}
	if to = m.to(shown); to != "" {
		hash = nil
	}
	id, err := insertLink(ctx, tx, by, newLink{person: person, hash: hash})
	if err == nil && to != "" {
		err = core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: person, Kind: m.kind(), Link: id})
	}
	if err == nil && m.Account {
		err = core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeLink, Subject: person})
	}
	return to, err
}
