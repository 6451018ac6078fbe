package maildb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// doorRow is what a mail of the door is made of.
type doorRow struct {
	Name    string
	Own     string // the person's own address
	Email   string // with which they sign in; empty without an account
	CameIn  bool
	Here    bool
	Linked  bool // the link that it carries is there and was not used
	Until   time.Time
	Becomes string // the address that the link confirms
	By      string
}

// readDoor reads what a mail of the door says, and why it is not to be sent. These are nobody's to switch off: whoever
// gets one asked for it, is invited, or must know.
func (l *Letter) readDoor(ctx context.Context, tx pgx.Tx, now time.Time, person skein.PersonID, w waiting) (why string, err error) {
	row, err := core.One[doorRow](ctx, tx, `
		select person.name, coalesce(person.email, '') as own, coalesce(account.email, '') as email,
			account.signed_in_at is not null as came_in,
			person.deactivated_at is null and not coalesce(`+core.Left+`, false) as here,
			link.id is not null and link.used_at is null as linked,
			link.expires_at as until,
			coalesce(link.email, '') as becomes,
			coalesce(maker.name, '') as by
		from person
		left join account on account.person_id = person.id
		left join invitation link on link.id = nullif(@link, '')::uuid and link.person_id = person.id
		left join person maker on maker.id = link.made_by and maker.id <> person.id
		where person.id = @person`, pgx.NamedArgs{
		"person": person, "link": w.Link, "today": skein.Day(now.In(l.Viewer.Organisation.Location())),
	})
	if err != nil {
		return "", err
	}
	l.Door = &Door{Kind: w.Door, Name: row.Name, Link: w.Link, Until: row.Until, Email: row.Email, By: row.By, Keep: func(ctx context.Context, hash []byte) error {
		return core.Exec(ctx, tx, `update invitation set token_hash = $2 where id = $1::text::uuid`, w.Link, hash)
	}}
	l.Email = row.Email
	switch w.Door {
	case core.DoorInvite:
		l.Email, l.Door.Email = row.Own, row.Own
	case core.DoorConfirm:
		l.Email, l.Door.Email = row.Becomes, row.Becomes
	case core.DoorMoved:
		if w.Address != "" {
			l.Email = w.Address
		}
	}
	return row.unwanted(now, w), nil
}

// unwanted tells why such a mail is not to be sent any more. Whoever never came in gets nothing but an invitation, or
// what was asked for at the door with their address.
func (row doorRow) unwanted(now time.Time, w waiting) string {
	switch {
	case !row.Here:
		return "closed"
	case w.Link != "" && !row.Linked:
		return "settled"
	case w.Link != "" && !row.Until.After(now):
		return "late"
	case w.Door == core.DoorInvite && row.Email != "":
		return "settled"
	case w.Door != core.DoorInvite && row.Email == "":
		return "closed"
	case w.Link == "" && !row.CameIn:
		return "closed"
	}
	return ""
}
