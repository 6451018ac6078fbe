package logdb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
)

// toldSQL finds by what it is about first: there are few such rows, and going through the whole log
// from its end for them would take as long as the log is.
const toldSQL = `
with told as materialized (
	select id, at, actor_id, action, noun, noun_id, details
	from audit_told
	where noun in ('priority', 'guardrail', 'organisation')
		and (noun <> 'organisation' or action = 'vision.update')
)`

const changesSQL = toldSQL + `
select told.id, told.at,
	coalesce(told.actor_id, '') as actor,
	coalesce(actor.name, '') as actor_name,
	told.action, told.noun, told.noun_id,
	'' as about, '' as project, '' as project_title, '' as circle, '' as circle_name, false as circle_closed,
	told.details
from told
left join person actor on actor.id = told.actor_id
order by told.id desc
limit $1`

const ownersSQL = toldSQL + `
select id, name from person where id in (select details->>'owner' from told)`

// GameboardChanges lists what was changed last of the vision, the priorities and the guardrails, the
// newest first. Everybody may know of it.
func (db *Store) GameboardChanges(ctx context.Context, limit int) ([]AuditRow, error) {
	var rows []AuditRow
	owners := map[string]string{}
	batch := &pgx.Batch{}
	core.Collect(batch, &rows, changesSQL, limit)
	core.CollectPairs(batch, owners, ownersSQL)
	err := db.pool.SendBatch(ctx, batch).Close()
	for i := range rows {
		rows[i].People = owners
	}
	return rows, core.Translate(err)
}
