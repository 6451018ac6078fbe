package doordb

import (
	"context"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// DemoPerson is somebody whom anybody may be in a demo.
type DemoPerson struct {
	ID    skein.PersonID
	Name  string
	Says  string // one line about them
	Epoch int
	Hats  []NamedHat
}

// NamedHat is a hat with the name of its circle.
type NamedHat struct {
	Kind   skein.HatKind
	Circle skein.CircleID
	Name   string // of the circle; empty for a hat without one
	Group  string // by which they have it; empty where somebody gave it
}

// DemoPeople lists those whom anybody may be: people with an account whom the demo's data marks by
// the attribute "demo". It is empty for an organisation that is not a demo.
func (db *Store) DemoPeople(ctx context.Context) ([]DemoPerson, error) {
	people, err := core.All[DemoPerson](ctx, db.pool, `
		select person.id, person.name, person.attributes->>'demo' as says, account.epoch,
			`+hatsOf+` as hats
		from organisation
		join person on organisation.demo
		join account on account.person_id = person.id
		where person.attributes ? 'demo' and person.deactivated_at is null
		order by coalesce(person.attributes->>'demo_place', '9'), folded(person.name), person.id`)
	return people, core.Translate(err)
}

// hatsOf is somebody's hats as JSON, for a query that reads person.
const hatsOf = `coalesce((
				select json_agg(json_build_object(
					'Kind', hat.kind, 'Circle', coalesce(hat.circle_id, ''), 'Name', coalesce(circle.name, ''),
					'Group', coalesce(hat.from_group, '')
				) order by hat.kind, folded(circle.name))
				from hat
				left join circle on circle.id = hat.circle_id
				where hat.person_id = person.id
			), '[]'::json)`
