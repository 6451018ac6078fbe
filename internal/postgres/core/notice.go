package core

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Tell appends notices to people's lists; one that was given before stays as it was.
func Tell(ctx context.Context, tx pgx.Tx, by skein.By, notices []skein.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	for _, n := range notices {
		batch.Queue(`
			insert into notice (person_id, kind, code, project_id, claim_id, who_id, skill_id, level, need_id, of_id, answer_by, on_day,
				made_at, about, subject_id, hat, circle_id)
			values ($1, $2, $3, nullif($4, ''), nullif($5, '')::uuid, nullif($6, ''), nullif($7, ''), nullif($8, 0), nullif($9, '')::uuid,
				nullif($10, '')::uuid, $11, $12, $13, $14, nullif($15, ''), nullif($16, ''), nullif($17, ''))
			on conflict on constraint notice_once do nothing`,
			n.To, n.Kind, n.Code, n.Project, string(n.Claim), n.Who, n.Skill, n.Level, string(n.Need), n.Of, n.By, n.On,
			by.At, n.About, n.Subject, n.Hat, n.Circle)
	}
	return tx.SendBatch(ctx, batch).Close()
}
