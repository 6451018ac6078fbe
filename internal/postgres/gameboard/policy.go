package gameboarddb

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// PublishPolicy puts new tables of the matching in the place of those that the caller knew, with the
// rotation of all who do not choose one. If somebody else published meanwhile it is refused, and
// nothing changes. It returns how many circles keep a rotation that they chose.
func (db *Store) PublishPolicy(ctx context.Context, by skein.By, known int, t comparison.PolicyTables, rotation float64, why string) (chosen int, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
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
			insert into policy (version, lens, trust, rotation, made_at, made_by, reason)
			values ($1, $2, $3, $4, $5, nullif($6, ''), $7)`,
			version, t.Lens, t.Trust, rotation, by.At, by.Person, why)
		if err != nil {
			return nil, err
		}
		err = tx.QueryRow(ctx, `select count(*) from circle where rotation is not null`).Scan(&chosen)
		return []skein.Event{{
			Action: "policy.publish", Noun: "policy", NounID: strconv.Itoa(version),
			Details: map[string]any{"why": why, "rotation": rotation},
		}}, err
	})
	return chosen, err
}
