package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// tell keeps the flow's notices. Somebody who was told the same before is not told again.
func (f *flow) tell(ctx context.Context) error {
	return tell(ctx, f.tx, f.by, f.notices)
}

func tell(ctx context.Context, tx pgx.Tx, by skein.By, notices []skein.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	for _, n := range notices {
		batch.Queue(`
			insert into notice (person_id, kind, project_id, claim_id, says, link, made_at, about)
			values ($1, $2, nullif($3, ''), nullif($4, '')::uuid, $5, $6, $7, $8)
			on conflict on constraint notice_once do nothing`,
			n.Person, n.Kind, n.Project, string(n.Claim), n.Says, n.Link, by.At, n.About)
	}
	return tx.SendBatch(ctx, batch).Close()
}
