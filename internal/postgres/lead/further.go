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
		batch.Queue(insertFurtherSQL, []string{string(project)}, core.Texts(circles))
	}
}

// insertFurtherSQL lets circles move with projects. A project's own is never among them.
const insertFurtherSQL = `
	insert into further_circle (project_id, circle_id)
	select project.id, circle.id
	from project
	cross join circle
	where project.id = any($1) and circle.id = any($2) and circle.id is distinct from project.circle_id
	on conflict do nothing`

// MoveFurther puts a circle in the place of one that is closed, wherever that one had to move with a project; "" is
// none. The projects of the one that is closed have moved by now.
func MoveFurther(ctx context.Context, tx pgx.Tx, from, to skein.CircleID) error {
	if err := core.Exec(ctx, tx, `
		delete from further_circle
		using project
		where project.id = further_circle.project_id and further_circle.circle_id = $1 and project.circle_id = $1`, to); err != nil {
		return err
	}
	projects, err := core.Values[string](ctx, tx, `delete from further_circle where circle_id = $1 returning project_id`, from)
	if err != nil {
		return err
	}
	return core.Exec(ctx, tx, insertFurtherSQL, projects, []string{string(to)})
}
