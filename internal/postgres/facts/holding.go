package factsdb

import (
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// heldBy holds for the terms that take hours when the day begins: terms in office, and offers that were
// not yet answered or not yet live. What was promised without a claim is a file's word on a day to come.
var heldBy = `term.role in ('primary', 'co')
        and (
            lower(term.during) < @day and coalesce(upper(term.during) >= @day, true)
            or term.role = 'primary' and term.offered_at < @day and coalesce(lower(term.during) >= @day, true)
            and (
                not @then::bool or term.claim_id is not null
                or coalesce(term.starts_on < @day, term.state in ` + core.TermComing + `)
            ) and (
                term.state in ` + core.TermComing + `
                or coalesce(term.live_at, term.ended_at, term.answered_at) >= @day
            )
        )`

// stoodBy holds for the stand-ins that take hours when the day begins, beside the terms of heldBy.
const stoodBy = `(stand_in.state = 'standing' or stand_in.state = 'ended')
        and stand_in.from_on < @day and coalesce(coalesce(stand_in.ended_on, stand_in.until_on) >= @day, true)
        and not exists (
            select from term
            where term.project_id = stand_in.project_id and term.person_id = stand_in.person_id and term.role = 'co'
                and lower(term.during) < @day and coalesce(upper(term.during) >= @day, true)
        )`

// placeHoursSQL names whoever has a place that takes the project's hours, once for each place.
var placeHoursSQL = `
select term.project_id as project, term.person_id as person
from term
where term.project_id = any(@projects)
    and ` + heldBy + `
union all
select stand_in.project_id, stand_in.person_id
from stand_in
where stand_in.project_id = any(@projects)
    and ` + stoodBy + `
order by 1, 2`

// byProject gathers people by project, in the order of the rows.
func byProject(rows []placeRow) map[string][]skein.PersonID {
	all := map[string][]skein.PersonID{}
	for _, row := range rows {
		all[row.Project] = append(all[row.Project], skein.PersonID(row.Person))
	}
	return all
}
