package bulkdb

import (
	"context"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// One is an id that files have for somebody who is here under another.
type One struct {
	From, Into skein.PersonID
	Called     string // as the files call them
}

// join lets those ids lead to whom they mean from now on, as a merge does: the next file is read so by itself. It is
// ErrMoved where somebody has the id by now, or whom it means is gone.
func (i *importing) join(ctx context.Context) error {
	for _, one := range i.options.One {
		done, err := i.tx.Exec(ctx, `
			insert into person_alias (id, log_key, person_id, made_at)
			select $1, gen_random_uuid()::text, id, $3
			from person
			where id = $2 and not exists (select from person taken where taken.id = $1)`, one.From, one.Into, i.by.At)
		if err != nil {
			return core.Translate(err)
		}
		if done.RowsAffected() == 0 {
			return ErrMoved
		}
		i.events = append(i.events, skein.Event{
			Action: "person.merge", Noun: "person", NounID: string(one.Into), Details: map[string]any{"was": one.From, "called": one.Called},
		})
	}
	return nil
}
