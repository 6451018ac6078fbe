package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// queueFurther queues the read of the circles that must move with a project, beside its own.
func queueFurther(batch *pgx.Batch, project skein.ProjectID, into *[]skein.CircleID) {
	core.CollectValues(batch, into, `
		select circle_id
		from further_circle
		where project_id = $1
		order by circle_id collate "C"`, project)
}

// CircleName is a circle by its name.
type CircleName struct {
	ID   skein.CircleID
	Name string
}

// furtherNamedSQL reads them by name.
const furtherNamedSQL = `
	select circle.id, circle.name
	from further_circle
	join circle on circle.id = further_circle.circle_id
	where further_circle.project_id = $1
	order by folded(circle.name), circle.id`

// circlesByNameSQL reads all circles.
const circlesByNameSQL = `
	select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
	from circle
	order by folded(name), id`

// CirclesByName returns all circles.
func (db *Store) CirclesByName(ctx context.Context) ([]skein.Circle, error) {
	all, err := core.All[skein.Circle](ctx, db.pool, circlesByNameSQL)
	return all, core.Translate(err)
}

// SaveFurther writes the circles that must move with a project, beside its own. One that was closed meanwhile is
// left out: what was in it belongs to another by now.
func SaveFurther(batch *pgx.Batch, project skein.ProjectID, circles []skein.CircleID) {
	batch.Queue(`delete from further_circle where project_id = $1 and circle_id <> all($2)`, project, core.Texts(circles))
	if len(circles) > 0 {
		batch.Queue(`
			insert into further_circle (project_id, circle_id)
			select $1, circle.id from circle where circle.id = any($2)
			on conflict do nothing`, project, core.Texts(circles))
	}
}

// MoveFurther puts a circle in the place of one that is closed, wherever that one had to move with a project; "" is
// none. A project's own is in no further one's place. The projects of the one that is closed have moved by now.
func MoveFurther(ctx context.Context, tx pgx.Tx, from, to skein.CircleID) error {
	return core.Exec(ctx, tx, `
		with gone as (
			delete from further_circle
			where circle_id = $1 or circle_id = $2 and project_id in (select id from project where circle_id = $2)
			returning project_id
		)
		insert into further_circle (project_id, circle_id)
		select distinct gone.project_id, circle.id
		from gone
		join circle on circle.id = $2
		join project on project.id = gone.project_id and project.circle_id is distinct from circle.id
		on conflict do nothing`, from, to)
}
