package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Notice is one sentence that somebody was told.
type Notice struct {
	ID     string
	Kind   string
	Says   string
	Link   string
	MadeAt time.Time
	Seen   bool
}

const noticeColumns = `
    notice.id::text as id,
    notice.kind,
    notice.says,
    notice.link,
    notice.made_at,
    notice.seen_at is not null as seen`

// Notices returns what a person was told, the newest first, before the notice named (or from the
// newest), and the id to go on from, or "".
func (db *DB) Notices(ctx context.Context, person skein.PersonID, before string, limit int) (notices []Notice, next string, err error) {
	rows, _ := db.pool.Query(ctx, `
		select`+noticeColumns+`
		from notice
		where person_id = $1 and ($2 = '' or (made_at, id) < (
			select made_at, id from notice where person_id = $1 and id::text = $2
		))
		order by made_at desc, id desc
		limit $3`, person, before, limit+1)
	notices, err = pgx.CollectRows(rows, pgx.RowToStructByName[Notice])
	if err == nil && len(notices) > limit {
		notices = notices[:limit]
		next = notices[limit-1].ID
	}
	return notices, next, translate(err)
}

// SeeNotices notes that by has seen what they were told until now.
func (db *DB) SeeNotices(ctx context.Context, by skein.By) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `
			update notice
			set seen_at = $2
			where person_id = $1 and seen_at is null and made_at <= $2`, by.Person, by.At)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{{
			Action: "notice.see", Noun: "person", NounID: string(by.Person),
			Details: map[string]any{"notices": tag.RowsAffected()},
		}}, nil
	})
}
