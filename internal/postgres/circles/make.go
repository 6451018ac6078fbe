package circlesdb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

const circleSQL = `
select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
from circle
where id = $1
for no key update`

// Make makes a circle, with an id that the caller chose or one of its own. What is
// wrong with it is Invalid. An id of one that was closed opens that one again, empty.
func (db *Store) Make(ctx context.Context, by skein.By, c skein.Circle) (id skein.CircleID, err error) {
	if err := c.Check(); err != nil {
		return "", err
	}
	if c.ID != "" {
		if err := skein.CheckNewID(string(c.ID)); err != nil {
			return "", err
		}
	}
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := lockTree(ctx, tx); err != nil {
			return nil, err
		}
		if err := freeName(ctx, tx, c); err != nil {
			return nil, err
		}
		again, err := core.Value[bool](ctx, tx, `select exists (select from closed_circle where id = $1)`, c.ID)
		if err != nil {
			return nil, err
		}
		err = tx.QueryRow(ctx, `
			insert into circle (id, name, purpose, parent_id)
			values (coalesce(nullif($1, ''), uuid_v7()::text), $2, $3, nullif($4, ''))
			returning id`, c.ID, c.Name, c.Purpose, c.Parent).Scan(&id)
		details := map[string]any{"name": c.Name}
		if again {
			details["again"] = true
		}
		return []skein.Event{event("circle.create", id, details)}, err
	})
	return id, err
}

// Rename changes what a circle is called and what it is for, by the caller's rule. Two that lie in one
// have two names. What changes nothing is not in the log.
func (db *Store) Rename(ctx context.Context, by skein.By, id skein.CircleID, rule func(*skein.Circle) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := lockTree(ctx, tx); err != nil {
			return nil, err
		}
		c, err := core.One[skein.Circle](ctx, tx, circleSQL, id)
		if err != nil {
			return nil, err
		}
		was := c
		if err := rule(&c); err != nil {
			return nil, err
		}
		if err := c.Check(); err != nil || c.WordsVersion() == was.WordsVersion() {
			return nil, err
		}
		if c.Name != was.Name {
			if err := freeName(ctx, tx, c); err != nil {
				return nil, err
			}
		}
		_, err = tx.Exec(ctx, `update circle set name = $2, purpose = $3 where id = $1`, id, c.Name, c.Purpose)
		details := map[string]any{"purpose": c.Purpose != was.Purpose}
		if c.Name != was.Name {
			details["name"], details["was"] = c.Name, was.Name
		}
		return []skein.Event{event("circle.rename", id, details)}, err
	})
}

// NameCircles changes what the organisation calls a circle, and several, from what was read. What it is
// called in the middle of a sentence is kept; pages begin sentences with it themselves.
func (db *Store) NameCircles(ctx context.Context, by skein.By, read string, one, many string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var was skein.Organisation
		err := tx.QueryRow(ctx, `select circle_word, circle_words from organisation for update`).Scan(&was.CircleWord, &was.CircleWords)
		if err != nil {
			return nil, err
		}
		o := was
		o.CircleWord, o.CircleWords = one, many
		if err := o.CheckWord(); err != nil || o.WordVersion() == was.WordVersion() {
			return nil, err
		}
		if err := skein.Fresh(read, was.WordVersion()); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update organisation set circle_word = $1, circle_words = $2`, o.CircleWord, o.CircleWords)
		return []skein.Event{{
			Action: "organisation.word", Noun: "organisation", NounID: "organisation",
			Details: map[string]any{"word": o.CircleWord, "words": o.Circles(), "was": was.CircleWord},
		}}, err
	})
}
