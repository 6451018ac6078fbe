package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// notify puts notices into the same transaction as the move they tell of. Nobody is told the same
// thing twice, and nobody is told of what they did themselves.
func notify(ctx context.Context, tx pgx.Tx, by skein.By, notices []skein.Notice) error {
	batch := &pgx.Batch{}
	for _, n := range notices {
		if n.Person == "" || n.Person == by.Person {
			continue
		}
		batch.Queue(`
			insert into notice (person_id, kind, project_id, claim_id, says, link, made_at, about)
			values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict on constraint notice_once do nothing`,
			n.Person, n.Kind, nullable(n.Project), nullable(n.Claim), n.Says, n.Link, by.At, n.About)
	}
	return tx.SendBatch(ctx, batch).Close()
}
