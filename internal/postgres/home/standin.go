package homedb

import (
	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// StandsIn is a project in which the viewer said yes to standing in.
type StandsIn struct {
	ID      skein.StandInID
	Project skein.ProjectID
	Title   string
	For     string     // the lead, by name
	From    skein.Date // the first day
	Until   skein.Date // the last day; zero: until somebody leads

	leaddb.LastWord
}

var standsInSQL = `
select stand_in.id::text as id,
    project.id as project,
    project.title,
    person.name as for,
    stand_in.from_on as from,
    stand_in.until_on as until,` + leaddb.LastWordColumns + `
from stand_in
join project on project.id = stand_in.project_id
join person on person.id = stand_in.for_id
` + leaddb.LastWordOf("project.id") + `
where stand_in.person_id = @me and stand_in.state = 'standing'
order by stand_in.until_on nulls last, folded(project.title), project.id
limit 50`

// Deputised is what the viewer leads while somebody stands in for them, or is asked to.
type Deputised struct {
	ID      skein.StandInID
	Project skein.ProjectID
	Name    string // who stands in, or is asked to
	Asked   bool   // they have not answered yet
	From    skein.Date
	Until   skein.Date
}

var deputisedSQL = `
select stand_in.id::text as id,
    stand_in.project_id as project,
    person.name,
    stand_in.state = 'asked' as asked,
    stand_in.from_on as from,
    stand_in.until_on as until
from stand_in
join person on person.id = stand_in.person_id
join term on term.project_id = stand_in.project_id and term.person_id = stand_in.for_id
    and term.role = 'primary' and term.state in ` + core.TermHolds + `
where stand_in.for_id = @me and stand_in.state in ` + core.StandInOpen + `
order by stand_in.id
limit 50`

// LooksAfter is a project whose lead has left and that the viewer looks after until somebody leads.
type LooksAfter struct {
	Project skein.ProjectID
	Title   string
	Left    string // who led it last, by name
	LeftOn  skein.Date
}

// looksAfterSQL goes by the projects of whoever could look after one: their own, those of their circles and, for
// executives and administrators, all that are open. While somebody stands in, that one does.
//
// Whose they could be is found first: else each open project's last lead is looked up for everybody's Home.
var looksAfterSQL = `
with project as materialized (
    select id, title, circle_id, proposed_by
    from project
    where state = 'open' and (
        proposed_by = @me
        or circle_id = any(@circles::text[])
        or exists (select from hat where hat.person_id = @me and hat.kind in ('executive', 'administrator'))
    )
)
select project.id as project, project.title, gone.name as left, upper(last.during) - 1 as left_on
from project
join lateral (
    select term.person_id, term.during, term.end_reason
    from term
    where term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermBegun + `
    order by lower(term.during) desc, term.id desc
    limit 1
) last on last.end_reason = @gone
join person gone on gone.id = last.person_id
where not exists (
        select from stand_in
        where stand_in.project_id = project.id and stand_in.state = 'standing'
            and stand_in.from_on <= @today and coalesce(stand_in.until_on >= @today, true)
    )
    and (select owner.id from (` + leaddb.OwnerSQL("@today::date") + `) owner) = @me
order by folded(project.title), project.id
limit 50`
