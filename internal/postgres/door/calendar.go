package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// SetCalendar gives by's calendar another address, whose secret has this hash; nil: none. One given before is worth
// nothing from then on.
func (db *Store) SetCalendar(ctx context.Context, by skein.By, hash []byte, wall time.Time) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		event, at := skein.Event{Action: "account.calendar", Noun: "account", NounID: string(by.Person)}, &wall
		if hash == nil {
			event.Action, at = "account.calendar_off", nil
		}
		tag, err := tx.Exec(ctx, `
			update account
			set calendar_hash = $2, calendar_at = $3
			where person_id = $1 and ($2::bytea is not null or calendar_hash is not null)`, by.Person, hash, at)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{event}, nil
	})
}

// CalendarOwner is whose calendar has an address; not found where it is nobody's, or this is a copy of which nobody has
// said that it is the one that runs.
func (db *Store) CalendarOwner(ctx context.Context, hash []byte) (skein.PersonID, error) {
	person, err := core.Value[skein.PersonID](ctx, db.pool, `
		select person_id
		from account
		where calendar_hash = $1 and not exists (select from organisation where restored_at is not null)`, hash)
	return person, core.Translate(err)
}
