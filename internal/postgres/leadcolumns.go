package postgres

// The columns of the things in a lead's life, as they are read into package skein's types.

const windowColumns = `
	claim_window.id::text as id,
	claim_window.project_id as project,
	claim_window.phase_id::text as phase,
	claim_window.number,
	claim_window.opened_at,
	coalesce(claim_window.closes_at, '0001-01-01 00:00:00+00') as closes_at,
	claim_window.sealed,
	coalesce(claim_window.closed_at, '0001-01-01 00:00:00+00') as closed_at,
	coalesce(claim_window.told_at, '0001-01-01 00:00:00+00') as told_at,
	claim_window.state,
	claim_window.seed,
	coalesce(claim_window.claimed, 0) as claimed`

const claimColumns = `
	claim.id::text as id,
	claim.window_id::text as window,
	claim.project_id as project,
	claim.phase_id::text as phase,
	claim.person_id as person,
	coalesce(claim.with_person_id, '') as with,
	coalesce(claim.with_agreed_at, '0001-01-01 00:00:00+00') as with_agreed,
	coalesce(claim.coach_id, '') as coach,
	coalesce(claim.coach_agreed_at, '0001-01-01 00:00:00+00') as coach_agreed,
	claim.state,
	claim.why,
	claim.unscored,
	claim.drafted_at,
	claim.changed_at,
	coalesce(claim.submitted_at, '0001-01-01 00:00:00+00') as submitted_at,
	coalesce(claim.decided_at, '0001-01-01 00:00:00+00') as decided_at`

const pickColumns = `
	pick.id::text as id,
	pick.window_id::text as window,
	pick.project_id as project,
	pick.number,
	coalesce(pick.claim_id::text, '') as claim,
	pick.rule,
	pick.sentence,
	pick.compared,
	pick.band_size,
	pick.made_at,
	pick.state,
	coalesce(pick.asked_of, '') as asked_of,
	coalesce(pick.answer_by, '0001-01-01 00:00:00+00') as answer_by,
	pick.passed_on,
	coalesce(pick.answered_by, '') as answered_by,
	coalesce(pick.answered_at, '0001-01-01 00:00:00+00') as answered_at,
	pick.reason`

const inviteColumns = `
	invite.window_id::text as window,
	invite.project_id as project,
	invite.person_id as person,
	invite.band,
	invite.state,
	invite.made_at,
	invite.answer_by,
	coalesce(invite.answered_at, '0001-01-01 00:00:00+00') as answered_at`

const termColumns = `
	term.id::text as id,
	term.project_id as project,
	coalesce(term.phase_id::text, '') as phase,
	term.person_id as person,
	term.role,
	term.state,
	coalesce(lower(term.during), '0001-01-01') as "from",
	coalesce(upper(term.during) - 1, '0001-01-01') as until,
	coalesce(term.ends_on, '0001-01-01') as ends_on,
	coalesce(term.claim_id::text, '') as claim,
	coalesce(term.offered_at, '0001-01-01 00:00:00+00') as offered_at,
	coalesce(term.answer_by, '0001-01-01 00:00:00+00') as answer_by,
	coalesce(term.answered_at, '0001-01-01 00:00:00+00') as answered_at,
	coalesce(term.needs_by, '0001-01-01 00:00:00+00') as needs_by,
	coalesce(term.live_at, '0001-01-01 00:00:00+00') as live_at,
	coalesce(term.ended_at, '0001-01-01 00:00:00+00') as ended_at,
	term.end_reason`

const reviewColumns = `
	review.id::text as id,
	review.claim_id::text as claim,
	review.project_id as project,
	review.asked_by,
	review.asked_at,
	review.what,
	coalesce(review.asked_of, '') as asked_of,
	review.passed_on,
	review.answer_by,
	coalesce(review.answered_by, '') as answered_by,
	coalesce(review.answered_at, '0001-01-01 00:00:00+00') as answered_at,
	coalesce(review.upheld, false) as upheld,
	review.answer`
