package peopledb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// besides are the statements that follow what no key refers to: lists of people, and what was kept of a
// comparison, in which a person stands under the names that match.Assessment and match.Compared give them.
var besides = []string{
	`update pick set passed_on = array_replace(passed_on, $1, $2) where $1 = any(passed_on)`,
	`update review set passed_on = array_replace(passed_on, $1, $2) where $1 = any(passed_on)`,
	`update need set passed_on = array_replace(passed_on, $1, $2) where $1 = any(passed_on)`,
	`update claim
	set assessment = person_renamed(assessment, '{Person,With,By,person,with}', $1, $2)
	where position(to_json($1::text)::text in assessment::text) > 0`,
}

// renames is how often a rename is tried again that was in somebody's way.
const renames = 3

// Rename gives a person another id. Everything that refers to them follows in one transaction: keys to a
// person cascade (a test holds that every one does), and statements of their own follow the rest. The log
// names people by a key that stays, so its rows show the new id without a change. Whoever is renamed signs
// in again. The error is ErrNotFound where nobody has the old id, Invalid on "id" where the new
// one is no id, and a Conflict where somebody has it.
func (db *Store) Rename(ctx context.Context, by skein.By, old, new skein.PersonID) error {
	if err := skein.CheckNewID(string(new)); err != nil {
		return err
	}
	if old == new {
		return skein.Invalid{{Field: "id", Message: "That is the id they have already."}}
	}
	for try := 1; ; try++ {
		err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) { return rename(ctx, tx, old, new) })
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "40P01" || try == renames { // a deadlock with whoever moves what is theirs
			return err
		}
	}
}

// rename is one try. Whoever is about to write something of the person waits from its first statement on, and then
// finds nobody of the old id.
func rename(ctx context.Context, tx pgx.Tx, old, new skein.PersonID) ([]skein.Event, error) {
	if err := RenameWithin(ctx, tx, old, new); err != nil {
		return nil, err
	}
	return []skein.Event{{
		Action: "person.rename", Noun: "person", NounID: string(new), Details: map[string]any{"was": old, "is": new},
	}}, nil
}

// RenameWithin gives a person another id in a transaction that does more, and writes no audit row of it.
func RenameWithin(ctx context.Context, tx pgx.Tx, old, new skein.PersonID) error {
	if _, err := core.Value[skein.PersonID](ctx, tx, `select id from person where id = $1 for update`, old); err != nil {
		return err
	}
	// A session holds the id that its person had; one of the version before does not say whose it is.
	if err := core.Exec(ctx, tx, `
		delete from sessions
		where person_id = $1 or person_id is null and position(convert_to($1, 'UTF8') in data) > 0`, old); err != nil {
		return err
	}
	for _, sql := range besides {
		if err := core.Exec(ctx, tx, sql, old, new); err != nil {
			return err
		}
	}
	return core.Exec(ctx, tx, `update person set id = $2 where id = $1`, old, new)
}
