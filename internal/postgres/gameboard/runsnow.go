package gameboarddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// RunsNow makes a restored copy the one that runs: from then on it reaches people, by the mail that
// waited too. Twice is once.
func (db *Store) RunsNow(ctx context.Context, by skein.By) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `update organisation set restored_at = null where restored_at is not null`)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		if err := core.QueueWaitingMail(ctx, tx); err != nil {
			return nil, err
		}
		return []skein.Event{{
			Action: "backup.run", Noun: "organisation", NounID: "organisation",
		}}, nil
	})
}
