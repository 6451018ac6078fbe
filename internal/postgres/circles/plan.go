package circlesdb

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Plan is what a move of a circle, or its close, would do. Drafts go along unseen: only those who may
// change one know of it.
type Plan struct {
	Circle   skein.CirclePlace
	To       skein.CircleID // the circle that it moves into, or that gets what was in it; "": none
	ToName   string
	People   int // with the organisation, in the circle itself
	Projects int // that everybody sees, over or not
	Within   []skein.CirclePlace
	Stewards []Named
	Alike    string        // a name that two would have where they come to lie
	Again    []PlanProject // where claims begin again
	Waits    []PlanProject // which it has to wait for, and why
	Moves    []PlanMove    // that belong elsewhere, are not over, and that it must move with
}

// Named is a person as a list shows them.
type Named struct {
	ID   skein.PersonID
	Name string
}

// PlanProject is a project for which claims gather, or are being decided, by something that would be
// other.
type PlanProject struct {
	ID    skein.ProjectID
	Title string
	State skein.ProjectState
	Why   string `db:"-"` // it cannot be now; empty: claims begin again
}

// PlanMove is a project that a circle must move with and that belongs elsewhere.
type PlanMove struct {
	PlanProject
	Anyway bool // it belongs to whichever gets what was in the circle, or that one must move with it already
}

// Version names what the plan says: whoever was shown another one looks again.
func (p Plan) Version() string {
	var projects, people, within, moves []string
	for _, one := range append(append([]PlanProject{}, p.Again...), p.Waits...) {
		projects = append(projects, string(one.ID)+" "+one.Why)
	}
	for _, one := range p.Moves {
		moves = append(moves, fmt.Sprint(one.ID, " ", one.Anyway))
	}
	for _, one := range p.Stewards {
		people = append(people, string(one.ID))
	}
	for _, one := range p.Within {
		within = append(within, string(one.ID))
	}
	return skein.ShownVersion(p.Circle.Name, p.To, p.People, p.Projects, within, people, projects, moves)
}

// bearsSQL finds, of some circles, the projects for which claims gather or are being decided. Whether
// somebody has claimed is read only where claims have closed.
var bearsSQL = `
select project.id, project.title, project.state, project.circle_id as circle, claim_window.state as window, claim_window.restarts,
	claim_window.state = 'picked' and exists (
		select from claim
		where claim.window_id = claim_window.id and claim.state in ` + core.ClaimStands + `
	) as claimed
from project
join claim_window on claim_window.project_id = project.id and claim_window.state in ` + core.WindowGoing + `
where project.circle_id = any($1)
order by folded(project.title), project.id`

// lockIn locks the projects of some circles in the order in which others do: none is published, or decided,
// until the transaction ends.
func lockIn(ctx context.Context, on core.Querier, circles []skein.CircleID) error {
	return core.Exec(ctx, on, `
		select count(*)
		from (select from project where circle_id = any($1) order by id for no key update) locked`, core.Texts(circles))
}

// bears fills in the projects of some circles that the change bears on.
func (p *Plan) bears(ctx context.Context, on core.Querier, circles []skein.CircleID) error {
	type row struct {
		ID       skein.ProjectID
		Title    string
		State    skein.ProjectState
		Circle   skein.CircleID
		Window   skein.WindowState
		Restarts int
		Claimed  bool
	}
	rows, err := core.All[row](ctx, on, bearsSQL, core.Texts(circles))
	p.Again, p.Waits = nil, nil
	for _, r := range rows {
		one := PlanProject{ID: r.ID, Title: r.Title, State: r.State}
		one.Why = lead.Stands(skein.Window{State: r.Window, Restarts: r.Restarts}, r.Claimed)
		if one.Why == "" {
			p.Again = append(p.Again, one)
		} else {
			p.Waits = append(p.Waits, one)
		}
	}
	return err
}

// inItSQL counts what lies in a circle itself.
var inItSQL = `
select
	(select count(*) from person where circle_id = @circle and` + core.ActiveToday + `) as people,
	(select count(*) from project where circle_id = @circle and ` + core.ProjectShown + `) as projects,
	coalesce((
		select min(child.name)
		from circle child
		join circle other on coalesce(other.parent_id, '') = @into and folded(other.name) = folded(child.name)
		where child.parent_id = @circle and other.id <> @circle
	), '') as alike`

// movesWithSQL lists the projects that a circle must move with and that belong elsewhere; $2 gets what is in it.
var movesWithSQL = `
select project.id, project.title, project.state,
    coalesce(project.circle_id = $2, false)
        or exists (select from further_circle other where other.project_id = project.id and other.circle_id = $2) as anyway
from further_circle
join project on project.id = further_circle.project_id
where further_circle.circle_id = $1 and project.circle_id is distinct from $1 and project.state in ` + core.ProjectIsLead + `
order by folded(project.title), project.id`

const ownStewardsSQL = `
select person.id, person.name
from hat
join person on person.id = hat.person_id
where hat.circle_id = $1 and hat.kind = 'steward'
order by folded(person.name), person.id`

// closing says what the close of a circle would do, as its rows stand; held, its projects are locked.
func closing(ctx context.Context, tx pgx.Tx, id skein.CircleID, today skein.Date, held bool) (Plan, error) {
	t, anywhere, err := tree(ctx, tx, today)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Circle: t[id]}
	if p.Circle.ID == "" {
		return p, skein.ErrNotFound
	}
	p.To, p.Within = p.Circle.Parent, t.Children(id)
	p.ToName = t[p.To].Name
	err = tx.QueryRow(ctx, inItSQL, pgx.NamedArgs{"circle": id, "into": string(p.To), "today": today}).Scan(&p.People, &p.Projects, &p.Alike)
	if err != nil {
		return p, err
	}
	if p.Stewards, err = core.All[Named](ctx, tx, ownStewardsSQL, id); err != nil {
		return p, err
	}
	if p.Moves, err = core.All[PlanMove](ctx, tx, movesWithSQL, id, string(p.To)); err != nil {
		return p, err
	}
	circles := t.Moves(t.Closed(id), id, p.To, anywhere)
	if held {
		if err := lockIn(ctx, tx, append(slices.Clone(circles), id)); err != nil { // its own go along
			return p, err
		}
	}
	return p, p.bears(ctx, tx, circles)
}

// Closing says what the close of a circle would do.
func (db *Store) Closing(ctx context.Context, id skein.CircleID, today skein.Date) (p Plan, err error) {
	err = core.Snapshot(ctx, db.pool, func(tx pgx.Tx) (err error) {
		p, err = closing(ctx, tx, id, today, false)
		return err
	})
	return p, core.Translate(err)
}
