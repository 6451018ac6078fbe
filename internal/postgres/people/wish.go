package peopledb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// AddWish notes a skill that by would like to grow in.
func (db *Store) AddWish(ctx context.Context, by skein.By, named skein.Skill) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		return addWish(ctx, tx, by, named)
	})
}

// addWish is AddWish inside a transaction. A wish that is there already stays as it is.
func addWish(ctx context.Context, tx pgx.Tx, by skein.By, named skein.Skill) ([]skein.Event, error) {
	skill, events, err := SkillOf(ctx, tx, named)
	if err != nil {
		return nil, err
	}
	tag, err := tx.Exec(ctx, `
		insert into wish (person_id, skill_id, made_at)
		values ($1, $2, $3)
		on conflict do nothing`, by.Person, skill, by.At)
	if err != nil || tag.RowsAffected() == 0 {
		return events, err
	}
	return append(events, own(by, "wish.add", map[string]any{"skill": skill})...), nil
}

// RemoveWish takes a wish of by back.
func (db *Store) RemoveWish(ctx context.Context, by skein.By, skill skein.SkillID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `delete from wish where person_id = $1 and skill_id = skill_now($2)`, by.Person, skill)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return own(by, "wish.remove", map[string]any{"skill": skill}), nil
	})
}
