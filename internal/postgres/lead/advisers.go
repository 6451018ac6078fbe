package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Suggested is somebody who could be asked for advice, and why: what everybody can read of them.
type Suggested struct {
	ID   skein.PersonID
	Name string
	Why  SuggestedWhy
	Of   string // the name of what that is about: a circle, a skill, a project, a priority
}

// SuggestedWhy says why somebody is suggested.
type SuggestedWhy string

// Why somebody could be asked.
const (
	SuggestNamed    SuggestedWhy = "named"    // steward of a circle that what the lead decides names
	SuggestAnswers  SuggestedWhy = "answers"  // answers for the priority
	SuggestSteward  SuggestedWhy = "steward"  // of its circle
	SuggestFurther  SuggestedWhy = "further"  // of a circle that must move with it
	SuggestAffected SuggestedWhy = "affected" // leads something else there
	SuggestKnows    SuggestedWhy = "knows"    // others say they know what it asks for
	SuggestTeam     SuggestedWhy = "team"
)

// mostSuggested is how many people are suggested.
const mostSuggested = 12

// advisersSQL lists who could be asked of a decision: each arm is a reason that everybody can read. A further reason to
// be asked is a further arm. What somebody keeps back, and how they compare, is in none.
var advisersSQL = `
with it as (
	select decision.id, decision.area, decision.line, project.id as project, project.circle_id, project.priority_id
	from decision
	join project on project.id = decision.project_id
	where decision.id::text = @decision
), could as (
	select hat.person_id, 'named' as why, circle.name as of, 1 as place
	from it
	cross join jsonb_array_elements(it.line) row
	join circle on row ->> 'area' = it.area and circle.name <> ''
		and position(folded(circle.name) in folded(coalesce(row ->> 'with_whom', '') || ' ' || it.area)) > 0
	join hat on hat.circle_id = circle.id and hat.kind = 'steward'
	union all
	select priority.owner_id, 'answers', priority.title, 2
	from it
	join priority on priority.id = it.priority_id and priority.retired_at is null
	union all
	select hat.person_id, 'steward', circle.name, 3 + up.depth
	from it
	cross join circles_above(it.circle_id) up
	join circle on circle.id = up.circle_id
	join hat on hat.circle_id = up.circle_id and hat.kind = 'steward'
	where up.depth <= 1
	union all
	select hat.person_id, 'further', circle.name, 4
	from it
	join further_circle further on further.project_id = it.project
	join circle on circle.id = further.circle_id
	join hat on hat.circle_id = circle.id and hat.kind = 'steward'
	union all
	(
		select term.person_id, 'affected', other.title, 5
		from it
		join project other on other.id <> it.project and other.state in ` + core.ProjectIsLead + `
		join circle on circle.id = other.circle_id and (circle.id = it.circle_id or circle.parent_id = it.circle_id)
		join term on term.project_id = other.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
		order by circle.id = it.circle_id desc, folded(other.title), other.id
		limit 3
	)
	union all
	(
		select evidence.person_id, 'knows', skill.name, 6
		from it
		join phase on phase.project_id = it.project and phase.ended_at is null
		join requirement on requirement.phase_id = phase.id and not requirement.struck
		join skill on skill.id = requirement.skill_id
		join evidence on evidence.skill_id = skill.id and evidence.kind <> 'self' and evidence.hidden_at is null and evidence.level >= 3
			and coalesce(evidence.expires_on >= @today::date, true)
		order by evidence.level desc, evidence.observed_on desc, evidence.person_id
		limit 8
	)
	union all
	select member.person_id, 'team', '', 7
	from it
	join member on member.project_id = it.project and member.left_at is null
), first as (
	select distinct on (could.person_id) could.*
	from could
	order by could.person_id, could.place, could.of
)
select person.id, person.name, first.why, first.of
from first
join person on person.id = first.person_id
where ` + core.ActiveToday + `
	and ` + core.AwayUntil + ` is null
	and not exists (
		select from it
		join term on term.project_id = it.project and term.person_id = person.id and term.role in ('primary', 'co') and term.state in ` + core.TermHolds + `
		union all
		select from it
		join stand_in on stand_in.project_id = it.project and stand_in.person_id = person.id and stand_in.state = 'standing'
		union all
		select from it
		join advice on advice.decision_id = it.id and advice.person_id = person.id and advice.state <> 'void'
	)
order by first.place, folded(person.name), person.id
limit @most`

// Advisers returns who could be asked of a decision, by why, those that it bears on most first.
func (db *Store) Advisers(ctx context.Context, id skein.DecisionID, today skein.Date) ([]Suggested, error) {
	all, err := core.All[Suggested](ctx, db.pool, advisersSQL, pgx.NamedArgs{"decision": id, "today": today, "most": mostSuggested})
	return all, core.Translate(err)
}

// Ticked is somebody who was chosen among those who could be asked of a decision, and whether they have been asked.
type Ticked struct {
	ID    skein.PersonID
	Name  string
	Asked bool
}

// TickedAdvisers returns those of some people whom there are, by name.
func (db *Store) TickedAdvisers(ctx context.Context, id skein.DecisionID, chosen []string) ([]Ticked, error) {
	all, err := core.All[Ticked](ctx, db.pool, `
		select person.id, person.name, exists (
				select from advice where advice.decision_id::text = @decision and advice.person_id = person.id and advice.state <> 'void'
			) as asked
		from person
		where person.id = any(@chosen)
		order by folded(person.name), person.id`, pgx.NamedArgs{"decision": id, "chosen": chosen})
	return all, core.Translate(err)
}
