package leaddb

import (
	"time"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Unfinished is something the viewer has begun and not finished: a claim that is in or being decided,
// or a project that nobody but them sees as a draft.
type Unfinished struct {
	Project skein.ProjectID
	Title   string
	Claim   skein.ClaimState // empty: it is a draft of a project
	Until   *time.Time       // when claims close, where that may be shown
	Decided bool             // claims have closed
	Coach   string           // whom they named as a coach, by name
	With    string           // who was asked to claim with them
}

// UnfinishedSQL is one's own alone: nobody else's claim is read.
var UnfinishedSQL = `
select *
from (
    select
        project.id as project,
        project.title,
        claim.state as claim,
        case when claim_window.closed_at is null then claim_window.closes_at end as until,
        claim_window.closed_at is not null as decided,
        coalesce(coach.name, '') as coach,
        coalesce(companion.name, '') as with
    from claim
    left join person coach on coach.id = claim.coach_id
    left join person companion on companion.id = claim.with_person_id
    join claim_window on claim_window.id = claim.window_id
    join project on project.id = claim.project_id
    where claim.person_id = @me
        and claim.state in ('draft', 'submitted', 'chosen')
        and claim_window.told_at is null
        and project.state in ` + core.ProjectSeeks + `
    union all
    select id, title, '', null, false, '', ''
    from project
    where proposed_by = @me and state = 'draft'
) begun
order by claim = '', until nulls last, folded(title)
limit 12`
