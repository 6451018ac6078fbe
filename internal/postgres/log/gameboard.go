package logdb

import (
	"context"

	"skein/internal/postgres/core"
)

// changesSQL finds by what it is about first: there are few such rows, and going through the whole log
// from its end for them would take as long as the log is.
const changesSQL = `
with told as materialized (
	select id, at, actor_id, action, noun, noun_id, details
	from audit_event
	where noun in ('priority', 'guardrail', 'organisation')
		and (noun <> 'organisation' or action = 'vision.update')
)
select told.id, told.at,
	coalesce(told.actor_id, '') as actor,
	coalesce(actor.name, '') as actor_name,
	told.action, told.noun, told.noun_id,
	'' as about, '' as project, '' as project_title, '' as circle, '' as circle_name,
	told.details
from told
left join person actor on actor.id = told.actor_id
order by told.id desc
limit $1`

// GameboardChanges lists what was changed last of the vision, the priorities and the guardrails, the
// newest first. Everybody may know of it.
func (db *Store) GameboardChanges(ctx context.Context, limit int) ([]AuditRow, error) {
	rows, err := core.All[AuditRow](ctx, db.pool, changesSQL, limit)
	if err == nil {
		err = db.name(ctx, rows)
	}
	return rows, core.Translate(err)
}
