package peopledb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// mergeStops lists what is in the way of making two people one. All of it is known to everybody: what is sealed
// is in nobody's way.
func mergeStops(ctx context.Context, on core.Querier, by skein.By, from, into skein.PersonID) ([]skein.MergeStop, error) {
	args := pgx.NamedArgs{"from": from, "into": into, "both": []string{string(from), string(into)}, "today": by.Day}
	stops, err := core.All[skein.MergeStop](ctx, on, placeStops, args)
	if err != nil {
		return nil, err
	}
	more, err := core.All[skein.MergeStop](ctx, on, sumStops, args)
	return append(stops, more...), err
}

// placeStops are places that one person cannot have both.
var placeStops = `
with place as (
	select term.person_id, term.role, term.state, term.project_id, project.title, person.name
	from term
	join project on project.id = term.project_id
	join person on person.id = term.person_id
	where term.person_id = any(@both) and term.state in ` + core.TermCounts + ` and not ` + core.AskedBeside + `
)
select '` + string(skein.MergeHandedOn) + `' as why, title as project, name as who, '' as other, 0::float8 as sum, 0::float8 as may
from place
where role = 'primary' and state = 'handing_over'
union all
select case other.role when 'primary' then '` + string(skein.MergeFollows) + `' else '` + string(skein.MergeBeside) + `' end,
	place.title, place.name, other.name, 0, 0
from place
join place other on other.project_id = place.project_id and other.person_id <> place.person_id
where place.role = 'primary' and place.state = 'live' and other.role in ('primary', 'co')
union all
select '` + string(skein.MergeCoach) + `', project.title, person.name, coach.name, 0, 0
from claim
join term on term.claim_id = claim.id and term.state in ` + core.TermComing + `
join project on project.id = claim.project_id
join person on person.id = claim.person_id
join person coach on coach.id = claim.coach_id
where claim.person_id = any(@both) and claim.coach_id = any(@both)
union all
select '` + string(skein.MergeStandIn) + `', project.title, person.name, other.name, 0, 0
from stand_in
join project on project.id = stand_in.project_id
join person on person.id = stand_in.person_id
join person other on other.id = stand_in.for_id
where stand_in.person_id = any(@both) and stand_in.for_id = any(@both) and stand_in.state in ` + core.StandInOpen + `
order by 1, 2, 3`

// sumStops are what they would hold together, over a guardrail or their hours, where neither was before.
var sumStops = `
with held as (
	select count(*) as leads, count(*) filter (where person_id = @from) as leads_from,
		(
			select coalesce(sum(hours_per_week), 0)::float8
			from project
			where id in ` + core.TakesHours("= any(@both)") + `
		) as hours,
		(
			select coalesce(sum(hours_per_week), 0)::float8
			from project
			where id in ` + core.TakesHours("= @from") + `
		) as hours_from
	from term
	where person_id = any(@both) and role = 'primary' and state in ` + core.TermCounts + `
), free as (
	select coalesce(mine.hours_per_week, other.hours_per_week)::float8 as hours, other.hours_per_week::float8 as of_from
	from person mine
	cross join person other
	where mine.id = @into and other.id = @from
)
select '` + string(skein.MergeLeads) + `' as why, '' as project, '' as who, '' as other, held.leads::float8 as sum, guardrail.number::float8 as may
from held
join guardrail on guardrail.kind = 'leads_at_once' and guardrail.retired_at is null
where held.leads > guardrail.number and held.leads_from between 1 and held.leads - 1
union all
select '` + string(skein.MergeHours) + `', '', '', '', held.hours, free.hours
from held
cross join free
where held.hours > free.hours and held.hours_from > 0
	and (held.hours_from < held.hours or (held.hours <= free.of_from) is not false) -- who was over before stays so`
