package leaddb

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// stewardsSQL lists the stewards of a circle and of those above it, the nearest first.
var stewardsSQL = `
select hat.person_id as person, min(up.depth)::int as depth, bool_or(not ` + core.ActiveToday + `) as left, max(` + core.AwayUntil + `) as away_until
from circles_above(@circle) up
join hat on hat.circle_id = up.circle_id
join person on person.id = hat.person_id
where hat.kind = 'steward'
group by hat.person_id
order by min(up.depth), hat.person_id`

// stewardsOfSQL lists those of a project's circle and of the circles above it.
var stewardsOfSQL = strings.Replace(stewardsSQL, "@circle", "(select circle_id from project where id = @project)", 1)

// readersAbove lists who could look at a decision with fresh eyes, but for a part in it: the stewards
// of the project's circle, then those of each circle above, then executives, who do not check picks,
// then administrators.
const readersAbove = `
	select hat.person_id, hat.kind = 'executive' as executive,
		min(case hat.kind when 'steward' then up.depth when 'executive' then 500000 else 1000000 end) as depth
	from hat
	left join (
		select above.circle_id, above.depth
		from project
		cross join circles_above(project.circle_id) above
		where project.id = @project
	) up on up.circle_id = hat.circle_id
	where hat.kind = 'steward' and up.circle_id is not null or hat.kind in ('executive', 'administrator')
	group by hat.person_id, hat.kind = 'executive'`

// readersSQL lists those of them who are with the organisation, in the order in which they are asked.
var readersSQL = `
select person.id as person, ` + core.AwayUntil + ` as away_until, hatted.executive
from (` + readersAbove + `) hatted
join person on person.id = hatted.person_id
where` + core.ActiveToday + `
order by hatted.depth, person.name, person.id`

// goneSQL lists who has left, with the projects that they hold something in or were asked for it.
// What they were asked to review is passed on by the clock of reviews.
var goneSQL = `
with left_us as (
	select person.id from person where ` + core.Left + `
), held (project_id, person_id) as (
	` + heldSQL + `
	union all
	select claim.project_id, named.person_id
	from claim
	join claim_window on claim_window.id = claim.window_id and claim_window.state in ` + core.WindowGoing + `
	cross join lateral (
		values (claim.person_id, claim.state in ` + core.ClaimPending + `), (claim.with_person_id, claim.state in ` + core.ClaimAsks + `),
			(claim.coach_id, claim.state in ` + core.ClaimAsks + `)
	) named (person_id, counts)
	where named.counts
), gone as (
	select held.project_id, held.person_id
	from held
	join left_us on left_us.id = held.person_id
	join project on project.id = held.project_id and project.state in ` + core.ProjectIsLead + `
)`

// awaySQL lists who is on leave and was asked for something in a project, with the last day of the
// leave.
var awaySQL = `
select person.id as person, ` + core.AwayUntil + ` as away_until
from person
where person.id in (
		select asked_of from need where project_id = @project
		union
		select asked_of from pick where window_id = ` + presentWindow + `
		union
		select person_id from stand_in where project_id = @project and state in ` + core.StandInOpen + `
		union
		select person_id from term where project_id = @project and role = 'co' and state = 'offered'
		union
		select person_id from invite where window_id = ` + presentWindow + `
		union
		select review.asked_of from review join claim on claim.id = review.claim_id where claim.window_id = ` + presentWindow + `
		union
		select named.person_id
		from claim
		cross join lateral (values (claim.with_person_id), (claim.coach_id)) named (person_id)
		where claim.window_id = ` + presentWindow + `
	)
	and ` + core.ActiveToday + `
	and ` + core.AwayUntil + ` is not null
order by person.id`

// beforeSQL lists who was invited in this phase, or was offered the lead and did not take it.
const beforeSQL = `
select invite.person_id
from invite
join claim_window on claim_window.id = invite.window_id
join phase on phase.id = claim_window.phase_id and phase.ended_at is null
where phase.project_id = @project
union
select claim.person_id
from claim
join phase on phase.id = claim.phase_id and phase.ended_at is null
where phase.project_id = @project and claim.state in ('declined', 'lapsed')
order by 1`

// OwnerSQL finds who looks after a project while nobody leads it, of those who are with the
// organisation on a day: whoever proposed it, else the nearest steward, an executive, an administrator.
func OwnerSQL(day string) string {
	return `
		select person.id, person.name
		from (
			select project.proposed_by as id, -1 as rank
			union all
			select hat.person_id,
				case hat.kind when 'steward' then up.depth when 'executive' then 1000 else 2000 end
			from hat
			left join circles_above(project.circle_id) up on up.circle_id = hat.circle_id
			where hat.kind <> 'steward' or up.circle_id is not null
		) owners
		join person on person.id = owners.id
		where ` + strings.ReplaceAll(core.ActiveToday, "@today", day) + `
		order by owners.rank, person.name, person.id
		limit 1`
}

// Held returns the projects in which somebody who has left still holds something or is asked for it, because nobody
// has passed it on yet.
func Held(ctx context.Context, on core.Querier, by skein.By, person skein.PersonID) ([]skein.ProjectID, error) {
	return core.Values[skein.ProjectID](ctx, on, goneSQL+`
		select project_id from gone where person_id = @person
		union
		select project_id from review where asked_of = @person and answered_at is null
		order by 1`, pgx.NamedArgs{"person": person, "today": by.Day})
}
