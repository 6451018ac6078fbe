package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// HoldKind is what somebody holds.
type HoldKind string

// What somebody may hold, in the order in which it is listed.
const (
	HoldsOffer    HoldKind = "offer"    // they are offered its lead
	HoldsComing   HoldKind = "coming"   // they accepted its lead, and begin on Starts; zero: as soon as their needs are settled
	HoldsLead     HoldKind = "lead"     // they lead it
	HoldsStandIn  HoldKind = "standin"  // they stand in for Who until Until; zero: until somebody leads
	HoldsCoLead   HoldKind = "co"       // they lead it beside somebody
	HoldsBeside   HoldKind = "beside"   // they are asked to lead it beside Who, or said that they would and its lead has not answered
	HoldsQuestion HoldKind = "question" // they ask Who to lead it beside them
	HoldsAsked    HoldKind = "asked"    // they are asked to stand in for Who
	HoldsShadow   HoldKind = "shadow"   // they shadow its lead
	HoldsMember   HoldKind = "member"   // they are in its team
	HoldsNeed     HoldKind = "need"     // they are asked for a need
	HoldsAdvice   HoldKind = "advice"   // they are asked what they say of a decision
	HoldsRemit    HoldKind = "remit"    // they are asked to agree to a change of what its lead decides
	HoldsProject  HoldKind = "project"  // they proposed it and look after it, as nobody leads it
	HoldsCircle   HoldKind = "circle"   // they are its steward; Title is the circle's
	HoldsPriority HoldKind = "priority" // they answer for it; Title is the priority's
	HoldsRail     HoldKind = "rail"     // they answer for a guardrail, named by About
)

// Hold is one thing that somebody openly holds.
type Hold struct {
	Kind  HoldKind
	ID    string // of the term, the stand-in, the need, the circle, the priority; of a member, the project
	Title string
	// Project is what it belongs to; empty for circles, priorities and guardrails.
	Project skein.ProjectID
	Who     string     // for whom they stand in or would, or who leads what they would lead beside them, by name; empty: nobody
	About   string     // the kind of a guardrail
	Need    skein.Need // what is needed
	Starts  skein.Date // the day on which it begins; zero: none is set
	Until   skein.Date // the last day of the place; zero: none is set
}

// holdsSQL lists what a person openly holds. What is sealed is no part of it: claims, checks, invitations
// and reviews, and drafts. Whom a lead is offered to is open from the telling on.
var holdsSQL = `
select kind, id, title, project, who, about, starts, until, coalesce((select ` + core.NeedSaid + ` from need where held.kind = 'need' and need.id = held.id::uuid), '{}') as need
from (
	select case term.state when 'offered' then 'offer' else 'coming' end as kind,
		term.id::text as id, project.title, project.id as project, '' as who, '' as about, term.starts_on as starts, term.ends_on as until
	from term
	join project on project.id = term.project_id
	where term.person_id = @person and term.role = 'primary' and term.state in ` + core.TermComing + `
	union all
	select case term.role when 'primary' then 'lead' when 'co' then 'co' else 'shadow' end,
		term.id::text, project.title, project.id, '', '', null, term.ends_on
	from term
	join project on project.id = term.project_id
	where term.person_id = @person and term.state in ` + core.TermHolds + `
	union all
	select 'standin', stand_in.id::text, project.title, project.id, person.name, '', null, stand_in.until_on
	from stand_in
	join project on project.id = stand_in.project_id
	join person on person.id = stand_in.for_id
	where stand_in.person_id = @person and stand_in.state = 'standing'
	union all
	select 'asked', stand_in.id::text, project.title, project.id, person.name, '', null, stand_in.until_on
	from stand_in
	join project on project.id = stand_in.project_id
	join person on person.id = stand_in.for_id
	where stand_in.person_id = @person and stand_in.state = 'asked'
	union all
	select case when term.state = 'asked' and term.answered_at is null then 'question' else 'beside' end,
		term.id::text, project.title, project.id, coalesce(leads.name, ''), '', null, term.ends_on
	from term
	join project on project.id = term.project_id
	left join term led on led.project_id = project.id and led.role = 'primary' and led.state in ` + core.TermHolds + `
	left join person leads on leads.id = led.person_id
	where term.person_id = @person and term.role = 'co' and (term.state = 'asked' or ` + core.AskedBeside + `)
	union all
	select 'member', project.id, project.title, project.id, '', member.brings, null, null
	from member
	join project on project.id = member.project_id and project.state in ` + core.ProjectUnderWay + `
	where member.person_id = @person and member.left_at is null
	union all
	select 'need', need.id::text, project.title, project.id, '', '', null, null
	from need
	join project on project.id = need.project_id and project.state in ` + core.ProjectIsLead + `
	where need.asked_of = @person and ` + core.NeedAsked + `
	union all
	select 'advice', advice.id::text, project.title, project.id, '', '', null, null
	from advice
	join decision on decision.id = advice.decision_id and decision.state = 'asking'
	join project on project.id = advice.project_id
	where advice.person_id = @person and advice.state = 'asked'
	union all
	select 'remit', remit_change.id::text, project.title, project.id, '', '', null, null
	from remit_change
	join project on project.id = remit_change.project_id
	where remit_change.asked_of = @person and remit_change.by_lead and remit_change.state = 'proposed'
	union all
	select 'project', project.id, project.title, project.id, '', '', null, project.end_on
	from project
	where project.proposed_by = @person and project.state = 'open'
	union all
	select 'circle', circle.id, circle.name, '', '', '', null, null
	from hat
	join circle on circle.id = hat.circle_id
	where hat.person_id = @person and hat.kind = 'steward'
	union all
	select 'priority', priority.id, priority.title, '', '', '', null, null
	from priority
	where priority.owner_id = @person and priority.retired_at is null
	union all
	select 'rail', guardrail.id::text, '', '', '', guardrail.kind, null, null
	from guardrail
	where guardrail.owner_id = @person and guardrail.retired_at is null
) held
order by array_position(array['offer', 'coming', 'lead', 'standin', 'co', 'beside', 'question', 'asked', 'shadow', 'member', 'need', 'advice', 'remit', 'project', 'circle', 'priority', 'rail'], kind),
	folded(title), id`

// Holds lists all that a person openly holds: what goes on to others when their door is closed. Nothing
// that is sealed is in it, and so it is seen by whoever may close it.
func (db *Store) Holds(ctx context.Context, person skein.PersonID) ([]Hold, error) {
	held, err := core.All[Hold](ctx, db.pool, holdsSQL, pgx.NamedArgs{"person": person})
	return held, core.Translate(err)
}
