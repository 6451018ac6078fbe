package keepdb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Ask keeps that whoever acts asks to be erased. To ask twice is to ask once: the first day counts.
func (db *Store) Ask(ctx context.Context, by skein.By) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `insert into erasure (person_id, asked_at) values ($1, $2) on conflict do nothing`, by.Person, by.At)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{{Action: "person.ask_erase", Noun: "person", NounID: string(by.Person)}}, nil
	})
}

// TakeBack forgets that whoever acts asked to be erased.
func (db *Store) TakeBack(ctx context.Context, by skein.By) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `delete from erasure where person_id = $1`, by.Person)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{{Action: "person.unask_erase", Noun: "person", NounID: string(by.Person)}}, nil
	})
}

// Erasure is what is known of whether somebody is to be erased.
type Erasure struct {
	Asked  *time.Time // when they asked for it; nil: they did not
	Erased *time.Time // since when they are; nil: they are not
}

// Erasure reads whether somebody asked to be erased, or was.
func (db *Store) Erasure(ctx context.Context, person skein.PersonID) (Erasure, error) {
	found, err := core.One[Erasure](ctx, db.pool, `
		select (select asked_at from erasure where erasure.person_id = person.id) as asked, erased_at as erased
		from person
		where id = $1`, person)
	return found, core.Translate(err)
}

// WasErased tells whether whoever had an id was erased.
func (db *Store) WasErased(ctx context.Context, id skein.PersonID) (bool, error) {
	is, err := core.Value[bool](ctx, db.pool, `select exists (select from erased where id_hash = erased_hash($1))`, id)
	return is, core.Translate(err)
}
