package core

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Tell appends notices to people's lists; one that was given before stays as it was. Those by which somebody
// waits are mailed once the transaction has committed.
func Tell(ctx context.Context, tx pgx.Tx, by skein.By, notices []skein.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	var waits, bundled []string
	batch := &pgx.Batch{}
	for _, n := range notices {
		of := skein.NoticeOf{Kind: n.Kind, Code: n.Code}
		told := batch.Queue(`
			insert into notice (person_id, kind, code, project_id, claim_id, who_id, skill_id, level, need_id, of_id, answer_by, on_day,
				made_at, about, subject_id, hat, circle_id)
			values ($1, $2, $3, nullif($4, ''), nullif($5, '')::uuid, nullif($6, ''), nullif($7, ''), nullif($8, 0), nullif($9, '')::uuid,
				nullif($10, '')::uuid, $11, $12, $13, $14, nullif($15, ''), nullif($16, ''), nullif($17, ''))
			on conflict on constraint notice_once do nothing
			returning id::text`,
			n.To, n.Kind, n.Code, n.Project, string(n.Claim), n.Who, n.Skill, n.Level, string(n.Need), n.Of, n.By, n.On,
			by.At, n.About, n.Subject, n.Hat, n.Circle)
		if !of.IsAtOnce() {
			continue
		}
		told.Query(func(rows pgx.Rows) error {
			ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if of.IsBundled() {
				bundled = append(bundled, ids...)
			} else {
				waits = append(waits, ids...)
			}
			return err
		})
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if err := mailNotices(ctx, tx, by, waits, 0); err != nil {
		return err
	}
	return mailNotices(ctx, tx, by, bundled, together)
}
