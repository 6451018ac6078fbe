package postgres

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// PublishPolicy puts new tables of the matching in the place of those that the caller knew, and with
// them the rotation of every circle that has no parent; whoever inherits it follows. If somebody
// else published meanwhile it is refused, and nothing changes. It returns
// how many circles were given another rotation.
func (db *DB) PublishPolicy(ctx context.Context, by skein.By, known int, t skein.PolicyTables, rotation float64, why string) (circles int, err error) {
	err = db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var newest int
		// Publishing is rare: whoever else does it waits here and then finds a newer version.
		if _, err := tx.Exec(ctx, `lock table policy in share row exclusive mode`); err != nil {
			return nil, err
		}
		if err := tx.QueryRow(ctx, `select coalesce(max(version), 0) from policy`).Scan(&newest); err != nil {
			return nil, err
		}
		if newest != known {
			return nil, skein.Refused{Why: "Somebody else published newer tables meanwhile.", Who: "Look at those first, then accept again."}
		}
		// Version 1 is the engine's own.
		version := max(1, newest) + 1
		_, err := tx.Exec(ctx, `
			insert into policy (version, lens, trust, made_at, made_by, reason)
			values ($1, $2, $3, $4, nullif($5, ''), $6)`,
			version, t.Lens, t.Trust, by.At, by.Person, why)
		if err != nil {
			return nil, err
		}
		events := []skein.Event{{Action: "policy.publish", Noun: "policy", NounID: strconv.Itoa(version), Details: map[string]any{"why": why}}}
		turned, err := turnOutermost(ctx, tx, rotation)
		circles = len(turned)
		return append(events, turned...), err
	})
	return circles, err
}

// turnOutermost gives every circle without a parent the same rotation, and tells of those that had
// another. They are locked first: a steward may be choosing at the same moment.
func turnOutermost(ctx context.Context, tx pgx.Tx, rotation float64) ([]skein.Event, error) {
	rows, _ := tx.Query(ctx, `
		with was as (
			select id, rotation from circle
			where parent_id is null and coalesce(rotation, 0) <> $1
			order by id
			for update
		)
		update circle set rotation = $1
		from was
		where was.id = circle.id
		returning circle.id, was.rotation`, rotation)
	var events []skein.Event
	var c skein.Circle
	_, err := pgx.ForEachRow(rows, []any{&c.ID, &c.Rotation}, func() error {
		events = append(events, turnedEvent(c.ID, c.Rotation, &rotation))
		return nil
	})
	return events, err
}
