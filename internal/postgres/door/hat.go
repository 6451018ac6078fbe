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
		return insertHat(ctx, tx, by, person, hat)
	})
}

func insertHat(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, hat skein.Hat) ([]skein.Event, error) {
	if err := hat.Check(); err != nil {
		return nil, err
	}
	tag, err := tx.Exec(ctx, `
		insert into hat (person_id, kind, circle_id, given_by, given_at)
		values ($1, $2, $3, $4, $5)
		on conflict on constraint hat_once do nothing`,
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
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if hat.Kind == skein.Administrator {
			if err := keepAdministrator(ctx, tx, by, person); err != nil {
				return nil, err
			}
		}
		tag, err := tx.Exec(ctx, `
			delete from hat
			where person_id = $1 and kind = $2 and circle_id is not distinct from $3`,
			person, hat.Kind, core.Nullable(hat.Circle))
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{hatEvent("hat.take", person, hat)}, nil
	})
}

// keepAdministrator sees that an administrator who can sign in remains without this person. It
// locks the administrators, so that two who remove each other at once come one after the other.
func keepAdministrator(ctx context.Context, tx pgx.Tx, by skein.By, without skein.PersonID) error {
	admins, err := core.Values[skein.PersonID](ctx, tx, `
		select person.id
		from hat
		join person on person.id = hat.person_id
		join account on account.person_id = hat.person_id
		where hat.kind = 'administrator'
			and`+core.ActiveToday+`
		order by person.id
		for update of hat, person`, pgx.NamedArgs{"today": by.Day})
	if err != nil {
		return err
	}
	others, one := 0, false
	for _, admin := range admins {
		if admin == without {
			one = true
		} else {
			others++
		}
	}
	if !one {
		return nil
	}
	return skein.KeepAdministrator(others)
}

// Deactivate closes the door to somebody and ends their sessions. What they hold stays theirs on
// the books until it is handed over.
func (db *Store) Deactivate(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := keepAdministrator(ctx, tx, by, person); err != nil {
			return nil, err
		}
		return setActive(ctx, tx, person, &by.At, "person.deactivate")
	})
}

// Reactivate opens the door to somebody again. They sign in anew.
func (db *Store) Reactivate(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		return setActive(ctx, tx, person, nil, "person.reactivate")
	})
}

func setActive(ctx context.Context, tx pgx.Tx, person skein.PersonID, deactivated *time.Time, action string) ([]skein.Event, error) {
	before, err := core.Value[*time.Time](ctx, tx, `select deactivated_at from person where id = $1 for update`, person)
	if err != nil || (before == nil) == (deactivated == nil) {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `update person set deactivated_at = $2 where id = $1`, person, deactivated); err != nil {
		return nil, err
	}
	return []skein.Event{{Action: action, Noun: "person", NounID: string(person)}}, raiseEpoch(ctx, tx, person)
}
