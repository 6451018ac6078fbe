package homedb

import (
	"skein/internal/postgres/core"
)

// noticeSince says of a notice that asked for something what came of it since, so that nobody is
// asked again for what is done.
var noticeSince = `case notice.kind
    when 'offer' then (
        select case
                when term.state = 'offered' then ''
                when term.state = 'declined' then 'no'
                when term.state = 'lapsed' then 'late'
                when term.state = 'void' then 'settled'
                else 'yes'
            end
        from term where term.id = notice.of_id
    )
    when 'check' then (
        select case
                when pick.state = 'waiting' and pick.asked_of = notice.person_id then ''
                when pick.answered_by = notice.person_id then pick.state
                else 'settled'
            end
        from pick where pick.id = notice.of_id
    )
    when 'invite' then (
        select case invite.state when 'waiting' then '' when 'accepted' then 'yes' when 'declined' then 'no' when 'lapsed' then 'late' else 'settled' end
        from invite where invite.window_id = notice.of_id and invite.person_id = notice.person_id
    )
    when 'nobody' then (
        select case when claim_window.state in ` + core.WindowGoing + ` then '' else 'settled' end
        from claim_window where claim_window.id = notice.of_id
    )
    when 'review' then (
        select case
                when review.answered_by = notice.person_id then 'answered'
                when review.answered_at is not null or review.asked_of is distinct from notice.person_id then 'settled'
                else ''
            end
        from review where review.id = notice.of_id
    )
    when 'decision' then (
        select case
                when notice.code in ('decided', 'closed', 'over', 'left') then ''
                when notice.code = 'propose' and decision.decided_by = notice.person_id then 'answered'
                when decision.state <> 'asking' then 'settled'
                when notice.code in ('asked', 'agree', 'soon') and exists (
                    select from advice
                    where advice.decision_id = decision.id and advice.person_id = notice.person_id and advice.state in ('given', 'passed')
                ) then 'answered'
                else ''
            end
        from decision where decision.id = notice.of_id
    )
    when 'asked' then (
        select case
                when question.answered_by = notice.person_id then 'answered'
                when question.answered_at is not null or not exists (
                    select from term
                    where term.project_id = notice.project_id and term.person_id = notice.person_id
                        and term.role in ('primary', 'co') and term.state in ` + core.TermHolds + `
                    union all
                    select from stand_in
                    where stand_in.project_id = notice.project_id and stand_in.person_id = notice.person_id and stand_in.state = 'standing'
                ) then 'settled'
                else ''
            end
        from question
        where notice.code = 'lead' and question.id = notice.of_id
        union all
        select case when ask.answered_at is not null then 'answered' else '' end
        from ask where ask.id = notice.of_id
    )
    when 'with' then (
        select case
                when claim.with_person_id is distinct from notice.person_id or claim.state = 'withdrawn' then 'settled'
                when claim.with_agreed_at is not null then 'yes'
                when claim_window.closed_at is not null then 'late'
                else ''
            end
        from claim join claim_window on claim_window.id = claim.window_id where claim.id = notice.claim_id
    )
    when 'coach' then (
        select case
                when claim.coach_id is distinct from notice.person_id or claim.state in ('withdrawn', 'void', 'not_chosen') then 'settled'
                when claim.coach_agreed_at is not null then 'yes'
                else ''
            end
        from claim where claim.id = notice.claim_id
    )
    when 'needs' then (
        select 'granted'
        from project
        where project.id = notice.project_id
            and notice.code in ('asked', 'waits')
            and (project.state in ` + core.ProjectOver + ` or not exists (
                select from need
                where need.project_id = project.id and ` + core.NeedAsked + `
                    and coalesce(need.asked_of = notice.person_id, notice.code = 'asked')
            ))
    )
    when 'standin' then (
        select case stand_in.state when 'asked' then '' when 'standing' then 'yes' when 'declined' then 'no' when 'lapsed' then 'late' else 'settled' end
        from stand_in where notice.code = 'asked' and stand_in.id = notice.of_id
    )
    when 'word' then (
        select case when term.state in ` + core.TermHolds + ` then 'said' else 'settled' end
        from term
        where term.id = notice.of_id and not (term.state in ` + core.TermHolds + ` and term.word_due is not distinct from notice.on_day)
    )
    when 'outcome' then (
        select case
                when outcome_answer.answered_at is not null then 'answered'
                when outcome.state <> 'asking' or outcome_answer.passed then 'settled'
                else ''
            end
        from outcome_answer
        join outcome on outcome.id = outcome_answer.outcome_id
        where notice.code in ('', 'remind') and outcome.id = notice.of_id and outcome_answer.person_id = notice.person_id
    )
    when 'handover' then (
        select 'settled'
        where notice.code <> 'thanks' and not exists (
            select from handover
            join term next on next.id = handover.next_id and next.person_id = notice.who_id
            where handover.id = notice.of_id and handover.due = coalesce(notice.answer_by, handover.due) -- asked anew, the question before is settled
                and handover.state = case notice.code when 'writes' then 'draft' when 'signs' then 'said_back' else 'written' end
        )
    )
    when 'changed' then (
        select case term.state when 'offered' then '' when 'declined' then 'no' when 'lapsed' then 'late' when 'void' then 'settled' else 'yes' end
        from term where notice.code = 'asked' and term.id = notice.of_id
        union all
        select 'settled' -- told by a version that asked several at once, and waited for nobody
        where notice.code = 'asked' and not exists (select from term where term.id = notice.of_id)
        union all
        select 'settled'
        where notice.code in ('decide', 'again', 'soon', 'differ') and not exists (
            select from reconsideration
            join term on term.id = reconsideration.term_id
            where reconsideration.id = notice.of_id and reconsideration.state = 'open' and (
                reconsideration.answer <> '' and reconsideration.steward_says <> ''
                or case when term.person_id = notice.person_id then reconsideration.answer else reconsideration.steward_says end = ''
            )
        ) or notice.code = 'moved' and not exists (
            select from reconsideration where reconsideration.id = notice.of_id and reconsideration.state = 'open'
        ) or notice.code = 'keeps' and not exists (
            select from reconsideration where reconsideration.id = notice.of_id and reconsideration.state in ('handed_on', 'opened')
        )
    )
    when 'remit' then (
        select case
                when remit_change.state in ('agreed', 'refused') and remit_change.answered_by = notice.person_id then 'answered'
                when remit_change.state = 'lapsed' then 'late'
                else 'settled'
            end
        from remit_change
        where notice.code in ('asked', 'waits') and remit_change.id = notice.of_id
            and not (remit_change.state = 'proposed' and (remit_change.asked_of = notice.person_id or not remit_change.by_lead))
    )
    when 'team' then (
        select 'settled'
        where notice.code = 'asks' and not exists (
            select from term
            where term.project_id = notice.project_id and term.person_id = notice.who_id and term.role = 'co' and term.state = 'asked'
        )
    )
end`
