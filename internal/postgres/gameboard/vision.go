package gameboarddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// PriorityRow is a priority with what hangs on it.
type PriorityRow struct {
	skein.Priority
	skein.Answers
	Projects     int // neither draft nor ended
	Led          int
	Open         int // nobody leads it, nor is known to come
	Coming       int // nobody leads it, and somebody accepted its lead
	HandingOver  int
	Reconsidered int // of those led
	Paused       int
}

// GuardrailRow is a guardrail with what it has done since it was put up.
type GuardrailRow struct {
	skein.Guardrail
	skein.Answers
	Refused   int       // times that it kept a project from being published
	RefusedAt time.Time // the last of them; zero: never
}

var priorityRows = `
	select
		priority.id,
		priority.title,
		priority.place,
		priority.weight::double precision as weight,
		priority.horizon,
		priority.measure,
		coalesce(priority.owner_id, '') as owner,
` + core.OwnerColumns + `,
		count(project.id) filter (where project.state in ` + core.ProjectUnderWay + `) as projects,
		count(project.id) filter (where project.state = 'led') as led,
		count(project.id) filter (where project.state = 'open' and coming.name is null) as open,
		count(project.id) filter (where project.state = 'open' and coming.name is not null) as coming,
		count(project.id) filter (where project.state = 'handing_over') as handing_over,
		count(project.id) filter (where project.state = 'paused') as paused,
		count(project.id) filter (where project.state = 'led' and ` + core.Reconsidered("project.id") + `) as reconsidered
	from priority
	left join person on person.id = priority.owner_id
	left join project on project.priority_id = priority.id
	left join lateral ` + core.Coming("project.id") + ` coming on project.state = 'open'
	where priority.retired_at is null
	group by priority.id, person.id
	order by priority.place`

const guardrailColumns = `
		guardrail.id::text as id,
		guardrail.kind,
		coalesce(guardrail.number, 0) as number,
		guardrail.reason,
		coalesce(guardrail.owner_id, '') as owner,
		guardrail.review_on,
		guardrail.made_at`

const guardrailRows = `
	select` + guardrailColumns + `,` + core.OwnerColumns + `,
		refusals.refused,
		refusals.refused_at
	from guardrail
	cross join lateral (
		select count(*) as refused, max(refusal.at) as refused_at
		from refusal
		where refusal.guardrail_id = guardrail.id
	) refusals
	left join person on person.id = guardrail.owner_id
	where guardrail.retired_at is null
	order by array_position(array['leads_at_once', 'priority_named', 'longest_term', 'shortest_window'], guardrail.kind)`

const visionRow = `
	select
		name as organisation,
		vision,
		purpose,
		vision_changed_at as changed_at
	from organisation`

// Vision returns the vision with its priorities and guardrails, and who may own one.
func (db *Store) Vision(ctx context.Context, today skein.Date) (v skein.Vision, ps []PriorityRow, gs []GuardrailRow, err error) {
	batch := &pgx.Batch{}
	core.CollectOne(batch, &v, visionRow)
	core.Collect(batch, &ps, priorityRows, pgx.NamedArgs{"today": today})
	core.Collect(batch, &gs, guardrailRows, pgx.NamedArgs{"today": today})
	err = core.Translate(db.pool.SendBatch(ctx, batch).Close())
	return v, ps, gs, err
}

// UpdateVision changes the vision by the caller's rule.
func (db *Store) UpdateVision(ctx context.Context, by skein.By, change func(*skein.Vision) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		v, err := core.One[skein.Vision](ctx, tx, visionRow+` for update`)
		if err != nil {
			return nil, err
		}
		before := v
		if err := change(&v); err != nil {
			return nil, err
		}
		if err := v.Check(); err != nil || v == before {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update organisation set name = $1, vision = $2, purpose = $3, vision_changed_at = $4`,
			v.Organisation, v.Vision, v.Purpose, by.At)
		return []skein.Event{{
			Action: "vision.update", Noun: "organisation", NounID: "organisation",
			Details: map[string]any{"vision": v.Vision, "purpose": v.Purpose, "was": before.Vision},
		}}, err
	})
}
