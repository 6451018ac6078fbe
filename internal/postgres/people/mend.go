package peopledb

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// MendPerson is UpdatePerson by an administrator: whom it is about is told what was changed, unless they did it
// themself.
func (db *Store) MendPerson(ctx context.Context, by skein.By, id skein.PersonID, change func(*skein.Person) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		was, after := "", skein.Person{}
		changed, err := changePerson(ctx, tx, by, id, func(p *skein.Person) error {
			was = p.Name
			err := change(p)
			after = *p
			return err
		})
		if err != nil || len(changed) == 0 {
			return nil, err
		}
		if by.Person != id {
			err = core.Tell(ctx, tx, by, mended(by, after, changed))
		}
		if err == nil && slices.Contains(changed, "active_until") {
			err = core.TellLastDay(ctx, tx, by, []skein.PersonID{id})
		}
		return []skein.Event{updated(id, changed, was)}, err
	})
}

// mendedCodes are how a change of a field is told.
var mendedCodes = map[string]skein.NoticeCode{
	"name": skein.CodeName, "circle": skein.CodeMoved, "hours": skein.CodeHours,
	"active_from": skein.CodeDays, "active_until": skein.CodeDays, "manager": skein.CodeManager,
}

// mended tells somebody what an administrator changed of what is kept about them.
func mended(by skein.By, p skein.Person, changed []string) []skein.Notice {
	var all []skein.Notice
	for _, field := range changed {
		n := skein.Notice{To: p.ID, Kind: skein.NoticeAccess, Code: mendedCodes[field], Subject: p.ID, Who: by.Person}
		switch {
		case n.Code == skein.CodeMoved && p.Circle == "":
			n.Code = skein.CodeNoTeam
		case n.Code == skein.CodeMoved:
			n.Circle = p.Circle
		}
		n.About = fmt.Sprintf("mended:%s:%d", n.Code, by.At.UnixMicro())
		if n.Code != "" && !slices.ContainsFunc(all, func(o skein.Notice) bool { return o.Code == n.Code }) {
			all = append(all, n)
		}
	}
	return all
}

// Namesakes returns those whose name people would take for this one, but for whoever it is about: see skein.NameKey.
func (db *Store) Namesakes(ctx context.Context, name string, but skein.PersonID) ([]NamedPerson, error) {
	people, err := core.All[NamedPerson](ctx, db.pool, `
		select person.id, person.name, coalesce(circle.name, '') as circle
		from person
		left join circle on circle.id = person.circle_id
		where person.id <> $1
		order by folded(person.name), person.id`, but)
	key := skein.NameKey(name)
	return slices.DeleteFunc(people, func(p NamedPerson) bool { return skein.NameKey(p.Name) != key }), core.Translate(err)
}
