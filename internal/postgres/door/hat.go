package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// GiveHat gives somebody a hat. To give one twice is to give it once.
func (db *Store) GiveHat(ctx context.Context, by skein.By, person skein.PersonID, hat skein.Hat) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		return giveHat(ctx, tx, by, person, hat)
	})
}

// giveHat gives a hat, and tells so.
func giveHat(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, hat skein.Hat) ([]skein.Event, error) {
	events, err := insertHat(ctx, tx, by, person, hat)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events, core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeGiven, Subject: person, Hat: hat.Kind, Circle: hat.Circle})
}

// insertHat gives a hat by hand. One that a group gave is by hand from then on: no group takes it away.
func insertHat(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, hat skein.Hat) ([]skein.Event, error) {
	if err := hat.Check(); err != nil {
		return nil, err
	}
	tag, err := tx.Exec(ctx, `
		insert into hat (person_id, kind, circle_id, given_by, given_at)
		values ($1, $2, $3, $4, $5)
		on conflict on constraint hat_once do update
		set from_group = null, given_by = excluded.given_by, given_at = excluded.given_at
		where hat.from_group is not null`,
		person, hat.Kind, core.Nullable(hat.Circle), core.Nullable(by.Person), by.At)
	if err != nil || tag.RowsAffected() == 0 {
		return nil, err
	}
	return []skein.Event{hatEvent("hat.give", person, hat)}, nil
}

func hatEvent(action string, person skein.PersonID, hat skein.Hat) skein.Event {
	return skein.Event{
		Action: action, Noun: "person", NounID: string(person), Circle: hat.Circle,
		Details: map[string]any{"hat": hat.Kind},
	}
}

// TakeHat takes a hat from somebody, unless they are the last administrator.
func (db *Store) TakeHat(ctx context.Context, by skein.By, person skein.PersonID, hat skein.Hat) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) (events []skein.Event, err error) {
		take := func() error {
			events, err = TakeHatWithin(ctx, tx, by, person, hat)
			return err
		}
		if hat.Kind == skein.Administrator {
			err = core.KeepAdministrator(ctx, tx, by.Day, take)
		} else {
			err = take()
		}
		return events, err
	})
}

// TakeHatWithin takes a hat from somebody in a transaction that does more, tells so, and returns the audit
// rows for it. It does not ask whether an administrator is left.
func TakeHatWithin(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, hat skein.Hat) ([]skein.Event, error) {
	events, err := deleteHat(ctx, tx, person, hat)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events, core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeRevoked, Subject: person, Hat: hat.Kind, Circle: hat.Circle})
}

func deleteHat(ctx context.Context, tx pgx.Tx, person skein.PersonID, hat skein.Hat) ([]skein.Event, error) {
	tag, err := tx.Exec(ctx, `
		delete from hat
		where person_id = $1 and kind = $2 and circle_id is not distinct from $3`,
		person, hat.Kind, core.Nullable(hat.Circle))
	if err != nil || tag.RowsAffected() == 0 {
		return nil, err
	}
	return []skein.Event{hatEvent("hat.take", person, hat)}, nil
}

// Deactivate closes the door to somebody and ends their sessions. What they hold is passed on by the
// clock of whoever has left: see lead's PersonGone.
func (db *Store) Deactivate(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) (events []skein.Event, err error) {
		err = core.KeepAdministrator(ctx, tx, by.Day, func() error {
			events, err = setActive(ctx, tx, by, person, &by.At)
			return err
		})
		return events, err
	})
}

// Reactivate opens the door to somebody again. They sign in anew.
func (db *Store) Reactivate(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		return setActive(ctx, tx, by, person, nil)
	})
}

func setActive(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, deactivated *time.Time) ([]skein.Event, error) {
	action, code := "person.reactivate", skein.CodeOpened
	if deactivated != nil {
		action, code = "person.deactivate", skein.CodeClosed
	}
	before, err := core.Value[*time.Time](ctx, tx, `select deactivated_at from person where id = $1 for no key update`, person)
	if err != nil || (before == nil) == (deactivated == nil) {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `update person set deactivated_at = $2 where id = $1`, person, deactivated); err != nil {
		return nil, err
	}
	if _, err = endSessions(ctx, tx, person); err == nil {
		err = core.TellAccess(ctx, tx, by, skein.Notice{Code: code, Subject: person})
	}
	return []skein.Event{{Action: action, Noun: "person", NounID: string(person)}}, err
}
