package gameboarddb

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Map is every circle and what is led or could be led in one of them and in those within it.
type Map struct {
	Circles  []MapCircle // all of them, by name
	Outside  MapCircle   // what belongs to no circle
	Leads    []MapLead   // of the circle asked for and of those within it; see MostMapLeads
	Stewards []CircleSteward
}

// MapCircle is a circle with counts of its own, without those of what lies within it.
type MapCircle struct {
	ID           skein.CircleID
	Name         string
	Purpose      string
	Parent       skein.CircleID
	People       int // active in it
	Led          int // somebody leads it, or answers for it while it is paused
	Paused       int // of those
	Reconsidered int // likewise, being reconsidered
	Open         int // nobody leads it, nor is known to come
	Coming       int // nobody leads it, and somebody accepted its lead
	Hours        float64
}

// MapLead is a project that somebody leads or could lead. What is sealed is not among it: that it is open and
// until when claims gather is known to everybody.
type MapLead struct {
	ID           skein.ProjectID
	Title        string
	State        skein.ProjectState
	Circle       skein.CircleID
	Hours        float64
	Lead         string // who leads it; empty: nobody
	Reconsidered bool   // their lead is being reconsidered
	StandsIn     string // who stands in for them today
	Coming       string // who accepted its lead and has not begun, as far as everybody knows
	ComingOn     skein.Date
	OpenedAt     time.Time
	ClosesAt     time.Time
	WindowState  skein.WindowState // of the latest; empty: there was none
}

// MostMapLeads is how many leads of one circle are read at once, and MostMapAll how many at all: a map shows no
// more, and a list goes on page by page.
const (
	MostMapLeads = 40
	MostMapAll   = 300
)

// MapAsk says what of the map somebody looks at.
type MapAsk struct {
	In    skein.CircleID  // empty: all of it
	After skein.ProjectID // of the leads of the circle itself, only those that follow this one
	Today skein.Date
}

var mapCirclesSQL = `
with held as (
	select
		project.circle_id,
		count(*) filter (where project.state in ` + core.ProjectHasLead + `)::int as led,
		count(*) filter (where project.state = 'paused')::int as paused,
		count(*) filter (where project.state = 'led' and ` + core.Reconsidered("project.id") + `)::int as reconsidered,
		count(*) filter (where project.state = 'open' and not exists ` + core.Coming("project.id") + `)::int as open,
		count(*) filter (where project.state = 'open' and exists ` + core.Coming("project.id") + `)::int as coming,
		coalesce(sum(project.hours_per_week), 0)::float8 as hours
	from project
	where project.state in ` + core.ProjectUnderWay + `
	group by project.circle_id
), home as (
	select person.circle_id, count(*)::int as people
	from person
	where person.circle_id is not null and` + core.ActiveToday + `
	group by person.circle_id
)
select
	circle.id,
	circle.name,
	circle.purpose,
	coalesce(circle.parent_id, '') as parent,
	coalesce(home.people, 0) as people,
	coalesce(held.led, 0) as led,
	coalesce(held.paused, 0) as paused,
	coalesce(held.reconsidered, 0) as reconsidered,
	coalesce(held.open, 0) as open,
	coalesce(held.coming, 0) as coming,
	coalesce(held.hours, 0) as hours
from (
	select id, name, purpose, parent_id from circle
	union all
	select '', '', '', null
) circle
left join held on coalesce(held.circle_id, '') = circle.id
left join home on home.circle_id = circle.id
order by folded(circle.name), circle.id`

var mapLeadsSQL = `
with recursive down as (
	select circle.id from circle where circle.id = @in
	union
	select circle.id from circle join down on circle.parent_id = down.id
), placed as (
	select
		project.*,
		row_number() over (
			partition by project.circle_id
			order by project.state = 'open' desc, folded(project.title), project.id
		) as place
	from project
	where project.state in ` + core.ProjectUnderWay + `
		and (@in = '' or project.circle_id in (select id from down))
), first as (
	select placed.*
	from placed
	left join placed past on past.id = @after and past.circle_id is not distinct from placed.circle_id
	where placed.place > coalesce(past.place, 0) and placed.place <= coalesce(past.place, 0) + @each
	order by coalesce(placed.circle_id, '') = @in desc, placed.state = 'open' desc, placed.place, placed.id
	limit @all
)
select
	project.id,
	project.title,
	project.state,
	coalesce(project.circle_id, '') as circle,
	coalesce(project.hours_per_week, 0)::float8 as hours,
	coalesce(lead.name, '') as lead,
	project.state = 'led' and ` + core.Reconsidered("project.id") + ` as reconsidered,
	coalesce(deputy.name, '') as stands_in,
	coalesce(coming.name, '') as coming,
	coming.starts_on as coming_on,
	coalesce(latest.opened_at, project.published_at, project.made_at) as opened_at,
	latest.closes_at,
	coalesce(latest.state, '') as window_state
from first project
left join lateral (
	select
		latest.state,
		case when latest.closed_at is null then latest.opened_at end as opened_at,
		case when latest.closed_at is null then latest.closes_at end as closes_at
	from claim_window latest
	where latest.project_id = project.id
	order by latest.closed_at is null desc, latest.opened_at desc, latest.number desc
	limit 1
) latest on true
left join term on term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
left join person lead on lead.id = term.person_id
left join lateral ` + core.Coming("project.id") + ` coming on true
left join stand_in on stand_in.project_id = project.id and stand_in.for_id = term.person_id and stand_in.state = 'standing'
	and stand_in.from_on <= @today and coalesce(stand_in.until_on >= @today, true)
left join person deputy on deputy.id = stand_in.person_id
order by project.place, coalesce(project.circle_id, '')`

// mapStewardsSQL reads the stewards of the circle asked for; of all, those of the one that all others lie in.
var mapStewardsSQL = stewardsSQL(`coalesce(
	nullif(@in::text, ''),
	(select min(circle.id) from circle where circle.parent_id is null having count(*) = 1)
)`)

// Map reads the circles and the leads of one of them, in one round trip. A circle that is not there is
// ErrNotFound.
func (db *Store) Map(ctx context.Context, ask MapAsk) (Map, error) {
	var m Map
	args := pgx.NamedArgs{"in": ask.In, "after": ask.After, "today": ask.Today, "each": MostMapLeads, "all": MostMapAll}
	batch := &pgx.Batch{}
	core.Collect(batch, &m.Circles, mapCirclesSQL, args)
	core.Collect(batch, &m.Leads, mapLeadsSQL, args)
	core.Collect(batch, &m.Stewards, mapStewardsSQL, args)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return m, fmt.Errorf("map of circles: %w", core.Translate(err))
	}
	found, kept := ask.In == "", m.Circles[:0]
	for _, c := range m.Circles {
		if c.ID == "" {
			m.Outside = c
			continue
		}
		found, kept = found || c.ID == ask.In, append(kept, c)
	}
	m.Circles = kept
	if !found {
		return m, skein.ErrNotFound
	}
	return m, nil
}
