package peopledb

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// nameFree refuses, at its field, a new name that people would take for that of somebody else who is or
// was here: see skein.NameKey. An administrator may give one, and so may whoever loads files. Two who
// choose one name at once come one after the other, and the second is refused.
func nameFree(ctx context.Context, tx pgx.Tx, by skein.By, before, after skein.Person) error {
	key := skein.NameKey(after.Name)
	if key == skein.NameKey(before.Name) || by.Person == "" {
		return nil
	}
	var may bool
	err := tx.QueryRow(ctx, `select exists (select from hat where person_id = $1 and kind = 'administrator')`, by.Person).Scan(&may)
	if err != nil || may {
		return err
	}
	if err := core.Exec(ctx, tx, `select pg_advisory_xact_lock(hashtextextended('name ' || $1, 0))`, key); err != nil {
		return err
	}
	names, err := core.Values[string](ctx, tx, `select name from person where id <> $1`, after.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(names, func(name string) bool { return skein.NameKey(name) == key }) {
		return skein.Invalid{{
			Field:   "name",
			Message: "Somebody who is or was here has this name. Write it so that people can tell you apart, or ask an administrator to give it to you.",
		}}
	}
	return nil
}
