package homedb

import (
	"strconv"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// answeringDays is how many days the five working days take in which something is answered that was asked on a day:
// skein.WorkingDays.
const answeringDays = `case extract(isodow from ` + core.ProposedOn + `) when 6 then 6 when 7 then 5 else 7 end`

// awayToDecide holds where a person was on leave for all of the time in which they could have answered what was proposed
// upwards, so that somebody else was asked: lead's answersHere.
var awayToDecide = `exists (
            select from ` + core.Spells("person.id") + ` leave
            where leave.spell @> ` + core.ProposedOn + ` and coalesce(upper(leave.spell) > ` + core.ProposedOn + ` + ` + answeringDays + `, true)
        )`

// waitingSQL lists what wants one person's answer, the earliest deadline first, and how many
// things and people wait in all. Each kind is one arm; each arm names the thing that is answered.
var waitingSQL = `
with waiting as (
    -- chosen: the offer is theirs to answer
    select 'offer' as kind, coalesce(term.claim_id, term.id)::text as id, term.project_id as project,
        project.proposed_by as waiter, '' as about, term.answer_by as until
    from term
    join project on project.id = term.project_id
    where term.person_id = @me and term.role = 'primary' and term.state = 'offered'

    union all
    -- who waits for a check is sealed
    select 'pick', pick.id::text, pick.project_id, null,
        case when pick.claim_id is null then 'written' else '' end, pick.answer_by
    from pick
    where pick.asked_of = @me and pick.state = 'waiting'

    union all
    select 'invite', invite.window_id::text, invite.project_id, null, '', invite.answer_by
    from invite
    where invite.person_id = @me and invite.state = 'waiting'

    union all
    select 'need', need.id::text, need.project_id, nullif(coalesce(held.person_id, project.proposed_by), @me), '', need.answer_by
    from need
    join project on project.id = need.project_id
    left join term held on held.project_id = project.id and held.role = 'primary' and held.state in ` + core.TermStays + `
    where need.id in (
            select id
            from need
            where asked_of = @me and ` + core.NeedAsked + `
            union all
            select need.id
            from project
            join need on need.project_id = project.id
            where project.circle_id = any(@circles::text[]) and need.asked_of is null
                and ` + core.NeedAsked + `
        )
        and held.person_id is distinct from @me
        and project.state in ` + core.ProjectUnderWay + `

    union all
    -- what the lead they said yes to gets, answered with less or no: they say what they make of it
    select case need.answer when 'less' then 'less' else 'short' end, need.id::text, need.project_id, need.answered_by, '',
        term.needs_by
    from term
    join need on need.project_id = term.project_id and (need.claim_id is null or need.claim_id = term.claim_id)
    where term.person_id = @me and term.role = 'primary' and term.state = 'accepted'
        and need.granted_at is null and need.waived_at is null and need.answer is not null

    union all
    select 'ask', ask.id::text, null, ask.person_id, skill.name, ask.answer_by
    from ask
    join skill on skill.id = ask.skill_id
    where ask.asked_of = @me and ask.answered_at is null and ask.answer_by > @now

    union all
    select 'place', asking.id::text, asking.project_id, asking.person_id, asking.role, asking.answer_by
    from term mine
    join term asking on asking.project_id = mine.project_id and asking.role = 'co' and asking.state = 'asked'
    where mine.person_id = @me and mine.role = 'primary' and mine.state in ` + core.TermHolds + `

    union all
    select 'place', asking.id::text, asking.project_id, asking.person_id, asking.role, asking.answer_by
    from stand_in mine
    join term asking on asking.project_id = mine.project_id and asking.role = 'co' and asking.state = 'asked'
    where mine.person_id = @me and mine.state = 'standing' and mine.from_on <= @today and asking.person_id <> @me

    union all
    -- to whoever leads, or stands in for them
    select 'question', question.id::text, question.project_id, question.asked_by, question.says, null
    from question
    where question.answered_at is null and question.asked_by <> @me and question.project_id in (
        select mine.project_id
        from term mine
        join project on project.id = mine.project_id and project.state in ` + core.ProjectUnderWay + `
        where mine.person_id = @me and mine.role = 'primary' and mine.state in ` + core.TermHolds + `
        union
        select stand_in.project_id
        from stand_in
        where stand_in.person_id = @me and stand_in.state = 'standing' and stand_in.from_on <= @today
    )

    union all
    -- a change of what a lead decides: of whoever is asked, and of who leads or stands in where the priority's side proposed it
    select 'remit', remit_change.id::text, remit_change.project_id, remit_change.proposed_by, ` + leaddb.RemitOf + `, remit_change.answer_by
    from remit_change
    where remit_change.state = 'proposed' and remit_change.proposed_by <> @me and (
        remit_change.by_lead and remit_change.asked_of = @me
            and not ` + core.LedSince("@me", "remit_change.project_id", "organisation_day(remit_change.proposed_at)") + `
        or not remit_change.by_lead and (
            exists (
                select from term mine
                where mine.project_id = remit_change.project_id and mine.person_id = @me and mine.role = 'primary' and mine.state in ` + core.TermHolds + `
            )
            or exists (
                select from stand_in
                where stand_in.project_id = remit_change.project_id and stand_in.person_id = @me and stand_in.state = 'standing'
                    and stand_in.from_on <= @today
            )
        )
    )

    union all
    -- asked to lead it beside its lead
    select 'colead', term.id::text, term.project_id, leads.person_id, '', term.answer_by
    from term
    left join term leads on leads.project_id = term.project_id and leads.role = 'primary' and leads.state in ` + core.TermHolds + `
    where term.person_id = @me and ` + core.AskedBeside + `

    union all
    select 'standin', stand_in.id::text, stand_in.project_id, stand_in.for_id, '', stand_in.answer_by
    from stand_in
    where stand_in.person_id = @me and stand_in.state = 'asked'

    union all
    select case when advice.consent then 'agree' else 'advice' end, decision.id::text, decision.project_id, advice.asked_by, decision.question,
        (decision.advice_on + 1)::timestamp at time zone organisation.zone - interval '1 minute'
    from advice
    join decision on decision.id = advice.decision_id and decision.state = 'asking'
    cross join organisation
    where advice.person_id = @me and advice.state = 'asked'

    union all
    -- to whoever leads, leads beside them, or stands in: everybody has answered, one of them with no, or their day has passed
    select case when said.waits or not said.answered then 'overdue' when said.no then 'disagree' else 'decide' end,
        decision.id::text, decision.project_id, null, decision.question, null
    from decision
    join project on project.id = decision.project_id and project.state in ` + core.ProjectUnderWay + `
    cross join lateral (
        select coalesce(bool_or(advice.state = 'asked'), false) as waits,
            coalesce(bool_or(advice.state in ('given', 'passed') and not ` + core.LeadsIt("advice.person_id", "advice.project_id") + `), false) as answered,
            coalesce(bool_or(advice.consent and advice.state = 'given' and not advice.agrees), false) as no
        from advice
        where advice.decision_id = decision.id
    ) said
    where decision.state = 'asking' and decision.line -> 0 ->> 'level' <> 'propose'
        and (decision.advice_on < @today or said.answered and not said.waits)
        and ` + core.LeadsIt("@me", "decision.project_id") + `

    union all
    -- to whoever answers for the priority, or where nobody does who is here and did not propose it, to stewards of its circle
    select 'propose', decision.id::text, decision.project_id, decision.opened_by, decision.question,
        (decision.advice_on + 1)::timestamp at time zone organisation.zone - interval '1 minute'
    from decision
    join project on project.id = decision.project_id and project.state in ` + core.ProjectUnderWay + `
    cross join organisation
    left join priority on priority.id = project.priority_id and priority.retired_at is null
    left join person on person.id = priority.owner_id and ` + core.ActiveToday + `
    where decision.state = 'asking' and decision.line -> 0 ->> 'level' = 'propose' and not ` + core.ProposedIt("@me") + `
        and (person.id = @me
            or project.circle_id = any(@circles::text[]) and (
                decision.advice_on < @today or person.id is null or ` + core.ProposedIt("person.id") + ` or ` + awayToDecide + `
            ))

    union all
    -- a lead that is handed on: its note is to be written, said back or signed
    select case handover.state when 'draft' then 'write' when 'written' then 'say' else 'sign' end, handover.id::text, handover.project_id,
        case when handover.state <> 'written' then next.person_id when giver.state in ` + core.TermHolds + ` then giver.person_id end, '', handover.due
    from handover
    join term giver on giver.id = handover.term_id
    join term next on next.id = handover.next_id
    join project on project.id = handover.project_id
    where handover.due is not null and next.state = 'accepted' and (
        handover.state = 'written' and next.person_id = @me
        or handover.state <> 'written' and giver.state in ` + core.TermHolds + ` and giver.person_id = @me
        or handover.state <> 'written' and project.circle_id = any(@circles::text[]) and next.person_id <> @me and giver.person_id <> @me and (
            handover.again and handover.state = 'said_back'
            or giver.end_reason = '` + skein.EndGone + `'
            or giver.state in ` + core.TermHolds + ` and ` + leaddb.OnLongLeave("giver.person_id", "@today") + `
        )
    )

    union all
    -- how a time in office went
    select 'outcome', outcome.id::text, outcome.project_id, nullif(term.person_id, @me),
        case when outcome_answer.part = 'owner' then 'owner' else '' end, outcome.due
    from outcome_answer
    join outcome on outcome.id = outcome_answer.outcome_id and outcome.state = 'asking'
    join term on term.id = outcome.term_id
    where outcome_answer.person_id = @me and outcome_answer.answered_at is null and not outcome_answer.passed

    union all
    -- a lead that is being reconsidered: whoever leads it and its stewards say what becomes of it, and where they
    -- say different things it goes on waiting for both
    select 'becomes', reconsideration.id::text, reconsideration.project_id, case when term.person_id <> @me then term.person_id end,
        case
            when reconsideration.answer = '' or reconsideration.steward_says = '' then ''
            when @me in (term.person_id, reconsideration.steward_id) then 'mine'
            else 'theirs'
        end,
        reconsideration.due
    from reconsideration
    join term on term.id = reconsideration.term_id and term.state in ` + core.TermHolds + `
    join project on project.id = reconsideration.project_id
    where reconsideration.state = 'open' and (
        term.person_id = @me
        or project.circle_id = any(@circles::text[]) and not ` + core.LeadsIt("@me", "reconsideration.project_id") + `
    ) and (
        reconsideration.answer <> '' and reconsideration.steward_says <> ''
        or case when term.person_id = @me then reconsideration.answer else reconsideration.steward_says end = ''
    )

    union all
    select 'with', claim.id::text, claim.project_id, claim.person_id, '',
        claim_window.closes_at
    from claim
    join claim_window on claim_window.id = claim.window_id
    where claim.with_person_id = @me and claim.with_agreed_at is null
        and claim.state = 'submitted' and claim_window.closed_at is null

    union all
    select 'coach', claim.id::text, claim.project_id, claim.person_id, '',
        claim_window.closes_at
    from claim
    join claim_window on claim_window.id = claim.window_id
    where claim.coach_id = @me and claim.coach_agreed_at is null
        and claim.state in ` + core.ClaimAsks + ` and claim.state in ` + core.ClaimNamed + `

    union all
    select 'erase', erasure.person_id, null, erasure.person_id, '', erasure.asked_at + interval '` + strconv.Itoa(skein.ErasureDays) + ` days'
    from erasure
    where erasure.person_id <> @me and exists (select from hat where hat.person_id = @me and hat.kind = 'administrator')

    union all
    select 'review', review.id::text, review.project_id, review.asked_by, review.what, review.answer_by
    from review
    where review.asked_of = @me and review.answered_at is null
), pressing as (
    select waiting.*,
        count(*) over ()::int as waits,
        (select count(distinct all_of_them.waiter) from waiting all_of_them)::int as waiters,
        (count(*) filter (where waiting.waiter is null) over ())::int as unnamed
    from waiting
    order by until nulls last, kind, id
    limit @limit
)
select waiting.kind,
    waiting.id,
    coalesce(waiting.project, '') as project,
    coalesce(project.title, '') as title,
    coalesce(person.name, '') as who,
    coalesce(person.id, '') as who_id,
    waiting.about,
    case when need.id is null then '{}' else ` + core.NeedSaid + ` end as need,
    waiting.until,
    project.hours_per_week::float8 as hours,
    -- standing in lasts as long as was asked, and not as long as the project
    case when waiting.kind = 'standin' then (
        select stand_in.until_on from stand_in where stand_in.id::text = waiting.id
    ) else project.end_on end as end_on,
    not exists (
        select from term where term.person_id = @me and term.role = 'primary' and term.during is not null
    ) as first,
    waiting.waits,
    waiting.waiters,
    waiting.unnamed
from pressing waiting
left join project on project.id = waiting.project
left join person on person.id = waiting.waiter
left join need on need.id = case when waiting.kind in ('need', 'less', 'short') then waiting.id::uuid end
order by waiting.until nulls last, waiting.kind, waiting.id`
