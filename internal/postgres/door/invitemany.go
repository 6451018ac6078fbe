package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// MostInvited is how many get a link at once.
const MostInvited = 500

// Invited is somebody for whom a link was made.
type Invited struct {
	ID     skein.PersonID
	Name   string
	Circle string // the name of their circle
	To     string // where their link goes by mail; empty: it is shown
	Hash   []byte // of the token of a link that is shown
}

// Whom says for whom links are made at once.
type Whom struct {
	People []skein.PersonID // these, where their link is no newer than Read
	Read   time.Time        // when the page was shown on which they were chosen
	// All are all whom a query finds and who have no good link, in place of People.
	All *AccessQuery
}

// InviteMany makes links for several people who have none to sign in with; one made before is worth nothing
// from then on. They are mailed where mail goes out and an address is known; for each of the others hash is called
// once and returns the hash of a token. It leaves out whoever may not be
// given one by now, and whoever got one from somebody else meanwhile, and tells how many they are.
func (db *Store) InviteMany(ctx context.Context, by skein.By, whom Whom, hash func(skein.PersonID) []byte) (all []Invited, left int, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := mayUsePassword(ctx, tx, ""); err != nil { // whoever has no account is not named
			return nil, err
		}
		if all, err = lockInvited(ctx, tx, by, whom); err != nil || len(all) == 0 {
			return nil, err
		}
		var events []skein.Event
		for i, p := range all {
			if p.To == "" {
				all[i].Hash = hash(p.ID)
			}
			events = append(events, made(p.ID, p.To != ""))
		}
		return events, insertInvitations(ctx, tx, by, all)
	})
	if err != nil {
		return nil, 0, err
	}
	return all, max(0, len(whom.People)-len(all)), nil
}

// lockInvited reads and locks those for whom links are made, in the order of their ids, so that whoever invites
// some of them at the same time comes after.
func lockInvited(ctx context.Context, tx pgx.Tx, by skein.By, whom Whom) ([]Invited, error) {
	ids := core.Texts(whom.People)
	if whom.All != nil {
		args := whom.All.args()
		args["most"] = MostInvited
		found, err := core.Values[string](ctx, tx, `
			select person.id
			from person
			left join account on account.person_id = person.id
			where `+mayBeGiven+` and not `+goodLink+` and`+listed+`
			order by folded(person.name), person.id
			limit @most`, args)
		if err != nil {
			return nil, err
		}
		ids, whom.Read = found, time.Time{}
	}
	args := pgx.NamedArgs{"ids": ids, "now": by.At, "today": by.Day, "read": whom.Read}
	if err := core.Exec(ctx, tx, `select from person where id = any(@ids) order by id for no key update`, args); err != nil {
		return nil, err
	}
	return core.All[Invited](ctx, tx, `
		select person.id, person.name, coalesce(circle.name, '') as circle, null::bytea as hash,
			case when `+core.MayMail+` then coalesce(person.email, '') else '' end as "to"
		from person
		left join account on account.person_id = person.id
		left join circle on circle.id = person.circle_id
		where person.id = any(@ids) and `+mayBeGiven+`
			and not exists (
				select from invitation
				where invitation.person_id = person.id and invitation.used_at is null and invitation.expires_at > @now
					and coalesce(invitation.made_at > @read, true)
			)
		order by folded(person.name), person.id`, args)
}

func insertInvitations(ctx context.Context, tx pgx.Tx, by skein.By, all []Invited) error {
	ids, hashes := make([]string, len(all)), make([][]byte, len(all))
	for i, p := range all {
		ids[i], hashes[i] = string(p.ID), p.Hash
	}
	if err := core.Exec(ctx, tx, `delete from invitation where person_id = any($1) and used_at is null`, ids); err != nil {
		return err
	}
	mails, err := core.All[core.DoorMail](ctx, tx, `
		with made as (
			insert into invitation (token_hash, mailed, person_id, made_by, made_at, expires_at)
			select coalesce(hash, `+noToken+`), hash is null, person, $3, $4, $5
			from unnest($1::bytea[], $2::text[]) given (hash, person)
			returning id, person_id, mailed
		)
		select person_id as person, $6 as kind, id::text as link, '' as address from made where mailed order by person_id`,
		hashes, ids, core.Nullable(by.Person), by.At, by.At.Add(skein.InvitationLife), string(core.DoorInvite))
	if err != nil {
		return err
	}
	return core.QueueDoorMail(ctx, tx, by, mails...)
}
