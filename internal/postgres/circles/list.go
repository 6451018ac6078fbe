package circlesdb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Row is one circle of the list.
type Row struct {
	ID       skein.CircleID
	Name     string
	Purpose  string
	Parent   skein.CircleID
	Depth    int
	People   int      // with the organisation, in the circle itself
	Leads    int      // its projects that somebody leads or could lead
	Stewards []string // by name
}

// Gone is a circle that was closed.
type Gone struct {
	ID       skein.CircleID
	Name     string
	To       string // where what was in it went, as it is called now; "": to none, or that one is gone too
	ClosedAt time.Time
}

// List is all circles, each followed by what lies in it, and those that were closed, the last first.
type List struct {
	Circles []Row
	Gone    []Gone
}

// MostGone is how many of the circles that were closed the list names.
const MostGone = 20

var listSQL = `
with recursive tree as (
	select circle.id, circle.name, circle.purpose, '' as parent, 0 as depth, array[folded(circle.name), circle.id] as path
	from circle
	where circle.parent_id is null
	union all
	select circle.id, circle.name, circle.purpose, tree.id, tree.depth + 1, tree.path || array[folded(circle.name), circle.id]
	from circle
	join tree on tree.id = circle.parent_id
), people as (
	select circle_id, count(*)::int as n
	from person
	where circle_id is not null and` + core.ActiveToday + `
	group by circle_id
), leads as (
	select circle_id, count(*)::int as n
	from project
	where circle_id is not null and state in ` + core.ProjectIsLead + `
	group by circle_id
)
select tree.id, tree.name, tree.purpose, tree.parent, tree.depth,
	coalesce(people.n, 0) as people,
	coalesce(leads.n, 0) as leads,
	array(
		select person.name
		from hat
		join person on person.id = hat.person_id
		where hat.kind = 'steward' and hat.circle_id = tree.id and ` + core.ActiveToday + `
		order by folded(person.name), person.id
	) as stewards
from tree
left join people on people.circle_id = tree.id
left join leads on leads.circle_id = tree.id
order by tree.path`

// List lists all circles.
func (db *Store) List(ctx context.Context, today skein.Date) (List, error) {
	var l List
	batch := &pgx.Batch{}
	core.Collect(batch, &l.Circles, listSQL, pgx.NamedArgs{"today": today})
	core.Collect(batch, &l.Gone, `
		select closed_circle.id, closed_circle.name, coalesce(circle.name, '') as "to", closed_circle.closed_at
		from closed_circle
		left join circle on circle.id = closed_circle.parent_id
		order by closed_circle.closed_at desc, closed_circle.id
		limit $1`, MostGone)
	return l, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// Page is one circle as administrators see it.
type Page struct {
	skein.Circle
	Above    []skein.CirclePlace // the nearest first
	Stewards []Named
	People   int
	Leads    int
	Within   int      // circles one step down
	Members  []string // names of some who are in it
	Tree     skein.CircleTree
}

// Page reads one circle as administrators see it.
func (db *Store) Page(ctx context.Context, id skein.CircleID, today skein.Date) (Page, error) {
	var p Page
	var places []skein.CirclePlace
	var own []skein.Circle
	batch := &pgx.Batch{}
	core.Collect(batch, &places, treeSQL, pgx.NamedArgs{"today": today})
	core.Collect(batch, &own, `
		select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
		from circle
		where id = $1`, id)
	core.Collect(batch, &p.Stewards, ownStewardsSQL, id)
	core.CollectValues(batch, &p.Members, `
		select person.name
		from person
		where circle_id = @circle and`+core.ActiveToday+`
		order by folded(person.name), person.id
		limit 60`, pgx.NamedArgs{"circle": id, "today": today})
	batch.Queue(`
		select
			(select count(*) from person where circle_id = @circle and`+core.ActiveToday+`),
			(select count(*) from project where circle_id = @circle and state in `+core.ProjectIsLead+`),
			(select count(*) from circle where parent_id = @circle)`, pgx.NamedArgs{"circle": id, "today": today}).
		QueryRow(func(row pgx.Row) error { return row.Scan(&p.People, &p.Leads, &p.Within) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return p, core.Translate(err)
	}
	if len(own) == 0 {
		return p, skein.ErrNotFound
	}
	p.Circle, p.Tree = own[0], skein.CircleTree{}
	for _, c := range places {
		p.Tree[c.ID] = c
	}
	p.Above = p.Tree.Up(id)[1:]
	return p, nil
}
