package gameboarddb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// CirclePage is a circle with all that its page says.
type CirclePage struct {
	skein.Circle
	Above    []skein.Circle // the nearest first
	Within   []skein.Circle // one step down, by name
	Stewards []CircleSteward
	People   int          // active in the circle itself
	Anywhere float64      // the rotation of whoever chooses none
	Leads    []CircleLead // of the circle itself, then those it must move with, the open ones first; at most MostCircleLeads
	AllLeads int
}

// CircleSteward is a steward of a circle, or of one above it.
type CircleSteward struct {
	Name   string
	Circle skein.CircleID
}

// CircleLead is a project that the circle leads or could lead, or must move with.
type CircleLead struct {
	ID           skein.ProjectID
	Title        string
	State        skein.ProjectState
	Lead         string // who leads it; empty: nobody
	Reconsidered bool   // their lead is being reconsidered
	Coming       string // who accepted its lead and has not begun, as far as everybody knows
	ComingOn     skein.Date
	Further      bool // it belongs elsewhere, and the circle must move with it
	All          int  // how many there are
}

// MostCircleLeads is how many leads a circle's page lists.
const MostCircleLeads = 20

// circleUpSQL reads a circle and those above it, the nearest first.
const circleUpSQL = `
select circle.id, circle.name, circle.purpose, coalesce(circle.parent_id, '') as parent, circle.rotation, circle.matching
from circles_above($1) up
join circle on circle.id = up.circle_id
order by up.depth`

var circleStewardsSQL = stewardsSQL("$1")

// stewardsSQL reads the stewards of a circle and of those above it, the nearest first.
func stewardsSQL(circle string) string {
	return `
select person.name, up.circle_id as circle
from circles_above(` + circle + `) up
join hat on hat.circle_id = up.circle_id
join person on person.id = hat.person_id
where hat.kind = 'steward' and person.deactivated_at is null
order by up.depth, folded(person.name), person.id`
}

var circleLeadsSQL = `
select project.id, project.title, project.state, coalesce(person.name, '') as lead,
	project.state = 'led' and ` + core.Reconsidered("project.id") + ` as reconsidered,
	coalesce(coming.name, '') as coming, coming.starts_on as coming_on,
	project.circle_id is distinct from $1 as further, count(*) over ()::int as all
from project
left join term on term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
left join person on person.id = term.person_id
left join lateral ` + core.Coming("project.id") + ` coming on true
where (project.circle_id = $1 or project.id in (select project_id from further_circle where circle_id = $1))
	and project.state in ` + core.ProjectIsLead + `
order by project.circle_id is distinct from $1, project.state = 'open' desc, folded(project.title), project.id
limit $2`

// CirclePage reads a circle's page in one round trip.
func (db *Store) CirclePage(ctx context.Context, id skein.CircleID, today skein.Date) (CirclePage, error) {
	var p CirclePage
	var up []skein.Circle
	batch := &pgx.Batch{}
	core.Collect(batch, &up, circleUpSQL, id)
	core.Collect(batch, &p.Within, `
		select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
		from circle
		where parent_id = $1
		order by folded(name), id`, id)
	core.Collect(batch, &p.Stewards, circleStewardsSQL, id)
	core.Collect(batch, &p.Leads, circleLeadsSQL, id, MostCircleLeads)
	batch.Queue(`select coalesce((select rotation from policy order by version desc limit 1), 0)`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&p.Anywhere) })
	batch.Queue(`
		select count(*)
		from person
		where circle_id = @circle and`+core.ActiveToday, pgx.NamedArgs{"circle": id, "today": today}).
		QueryRow(func(row pgx.Row) error { return row.Scan(&p.People) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return p, fmt.Errorf("circle: %w", core.Translate(err))
	}
	if len(up) == 0 {
		return p, skein.ErrNotFound
	}
	p.Circle, p.Above = up[0], up[1:]
	if len(p.Leads) > 0 {
		p.AllLeads = p.Leads[0].All
	}
	return p, nil
}

// Rotation is the rotation that holds in the circle, and the circle that states it: its own, else
// that of the nearest above that does. Without any it is nobody's: what the published tables say.
func (p CirclePage) Rotation() (rotation float64, from skein.CircleID) {
	for _, c := range append([]skein.Circle{p.Circle}, p.Above...) {
		if c.Rotation != nil {
			return *c.Rotation, c.ID
		}
	}
	return p.Anywhere, ""
}

// Matching tells whether people are compared in the circle.
func (p CirclePage) Matching() bool {
	for _, c := range append([]skein.Circle{p.Circle}, p.Above...) {
		if c.Matching != nil {
			return *c.Matching
		}
	}
	return true
}

// TurnCircle changes how leads rotate in a circle, by the caller's rule. What changes nothing is not
// in the log.
func (db *Store) TurnCircle(ctx context.Context, by skein.By, id skein.CircleID, rule func(*skein.Circle) error) (changed bool, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		c, err := core.One[skein.Circle](ctx, tx, `
			select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
			from circle
			where id = $1
			for no key update`, id)
		if err != nil {
			return nil, err
		}
		was := c.Rotation
		if err := rule(&c); err != nil {
			return nil, err
		}
		if was == c.Rotation || was != nil && c.Rotation != nil && *was == *c.Rotation {
			return nil, nil
		}
		changed = true
		_, err = tx.Exec(ctx, `update circle set rotation = $2 where id = $1`, id, c.Rotation)
		return []skein.Event{turnedEvent(id, was, c.Rotation)}, err
	})
	return changed && err == nil, err
}

// turnedEvent tells the log how leads rotated in a circle and how they do now; nil is as above.
func turnedEvent(id skein.CircleID, was, now *float64) skein.Event {
	return skein.Event{
		Action: "circle.update", Noun: "circle", NounID: string(id), Circle: id,
		Details: map[string]any{"rotation": now, "was": was},
	}
}
