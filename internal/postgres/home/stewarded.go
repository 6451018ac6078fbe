package homedb

import (
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Stewarded is what a steward looks after, their circles and those within them: for a home page.
type Stewarded struct {
	Circles []string // of which they are steward, by name
	Leads   []StewardedLead
	People  int      // with the organisation today, in the circles
	Never   int      // of these, who have never led
	Names   []string // the first few of them
}

// StewardedLead is a project there that somebody leads or could lead; those that end first come first.
type StewardedLead struct {
	ID           skein.ProjectID
	Title        string
	State        skein.ProjectState
	LeadName     string
	Reconsidered bool
	ComingName   string     // who accepted its lead and has not begun, as far as everybody knows
	ComingOn     skein.Date // the day on which they begin, where one is set
	EndsOn       skein.Date // of the lead's term; zero without one
	LastDay      skein.Date // of the lead here; zero: none is known
	EndOn        skein.Date // of the project
	OpenedAt     time.Time  // since when nobody leads it
	WindowState  skein.WindowState
	ClosesAt     time.Time
	Takes        bool // claims, now
	Total        int  // how many there are
	Open         int  // of these, for which claims are taken while nobody leads
	Deciding     int  // and of which claims have closed
	Coming       int  // and for which somebody was chosen who has not begun
}

// How many leads and names of a steward's circles a home page shows.
const (
	stewardedLeads = 12
	neverNames     = 4
)

var stewardedLeadsSQL = `
select
    project.id,
    project.title,
    project.state,
    coalesce(lead.name, '') as lead_name,
    project.state = 'led' and ` + core.Reconsidered("project.id") + ` as reconsidered,
    coalesce(coming.name, '') as coming_name,
    coming.starts_on as coming_on,
    term.ends_on,
    lead.active_until as last_day,
    project.end_on,
    coalesce(latest.opened_at, project.published_at, project.made_at) as opened_at,
    coalesce(latest.state, '') as window_state,
    latest.closes_at,
    coalesce(latest.takes, false) as takes,
    count(*) over ()::int as total,
    (count(*) filter (where term.id is null and latest.takes) over ())::int as open,
    (count(*) filter (where term.id is null and latest.takes is not true and coming.name is null) over ())::int as deciding,
    (count(*) filter (where term.id is null and latest.takes is not true and coming.name is not null) over ())::int as coming
from project
left join term on term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
left join person lead on lead.id = term.person_id
left join lateral ` + core.Coming("project.id") + ` coming on true
left join lateral (
    select latest.opened_at, latest.state, latest.closes_at,
        latest.closed_at is null and coalesce(latest.closes_at > @now, true) as takes
    from claim_window latest
    where latest.project_id = project.id
    order by latest.closed_at is null desc, latest.opened_at desc, latest.number desc
    limit 1
) latest on true
where project.circle_id = any(@circles) and project.state in ` + core.ProjectIsLead + `
order by term.id is null, term.ends_on, opened_at, folded(project.title), project.id
limit @stewarded`

var stewardedPeopleSQL = `
with those as (
    select person.id, person.name,
        exists (
            select from term
            where term.person_id = person.id and term.role = 'primary' and term.state in ` + core.TermBegun + `
        ) as led
    from person
    where person.circle_id = any(@circles) and ` + core.ActiveToday + `
)
select
    array(
        select circle.name
        from hat
        join circle on circle.id = hat.circle_id
        where hat.person_id = @me and hat.kind = 'steward'
        order by folded(circle.name), circle.id
    ) as circles,
    (select count(*)::int from those) as people,
    (select count(*)::int from those where not led) as never,
    array(select name from those where not led order by folded(name), id limit @names) as names`

type stewardedPeople struct {
	Circles []string
	People  int
	Never   int
	Names   []string
}

// queue reads what a steward looks after; nothing for whoever is none.
func (s *Stewarded) queue(batch *pgx.Batch, q HomeQuery) {
	if len(q.Circles) == 0 {
		return
	}
	args := pgx.NamedArgs{
		"me": q.Person, "circles": core.Texts(q.Circles), "today": q.Today, "now": q.Now, "stewarded": stewardedLeads, "names": neverNames,
	}
	core.Collect(batch, &s.Leads, stewardedLeadsSQL, args)
	batch.Queue(stewardedPeopleSQL, args).Query(func(rows pgx.Rows) error {
		p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[stewardedPeople])
		s.Circles, s.People, s.Never, s.Names = p.Circles, p.People, p.Never, p.Names
		return err
	})
}
