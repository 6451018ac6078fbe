package doordb

import (
	"context"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Named is a person as a list shows them.
type Named struct {
	ID   skein.PersonID
	Name string
}

// Hatted returns everybody active who wears a hat, by name: those who may answer for something.
// Whoever answers for something already is among them.
func (db *Store) Hatted(ctx context.Context) ([]Named, error) {
	people, err := core.All[Named](ctx, db.pool, `
		select id, name
		from person
		where deactivated_at is null
			and (
				exists (select from hat where hat.person_id = person.id)
				or exists (select from priority where priority.owner_id = person.id and priority.retired_at is null)
				or exists (select from guardrail where guardrail.owner_id = person.id and guardrail.retired_at is null)
			)
		order by folded(name), id`)
	return people, core.Translate(err)
}
