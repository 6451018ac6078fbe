package leaddb

// The columns of the things in a lead's life, as they are read into package skein's types.

const windowColumns = windowShownColumns + `,
	claim_window.seed`

// windowShownColumns are without the seed of the lottery, which no page shows.
const windowShownColumns = `
	claim_window.id::text as id,
	claim_window.project_id as project,
	claim_window.phase_id::text as phase,
	claim_window.number,
	claim_window.opened_at,
	claim_window.closes_at,
	claim_window.closed_at,
	claim_window.told_at,
	claim_window.state,
	coalesce(claim_window.claimed, 0) as claimed,
	claim_window.asked_at,
	claim_window.restarts,
	coalesce(claim_window.trust, '') as trust,
	coalesce(claim_window.rotation, 0) as rotation,
	coalesce(claim_window.policy_version, 0) as policy,
	coalesce(claim_window.best_fit, 0) as best_fit,
	coalesce(claim_window.best_order, 0) as best_order,
	coalesce(claim_window.best_mark, 0) as best_mark`

const claimColumns = `
	claim.id::text as id,
	claim.window_id::text as window,
	claim.project_id as project,
	claim.phase_id::text as phase,
	claim.person_id as person,
	coalesce(claim.with_person_id, '') as with,
	claim.with_agreed_at as with_agreed,
	coalesce(claim.coach_id, '') as coach,
	claim.coach_agreed_at as coach_agreed,
	claim.state,
	claim.why,
	claim.unscored,
	claim.drafted_at,
	claim.changed_at,
	claim.submitted_at,
	claim.decided_at,
	claim.passed`

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
	pick.answer_by,
	pick.passed_on,
	coalesce(pick.answered_by, '') as answered_by,
	pick.answered_at,
	pick.reason`

const inviteColumns = `
	invite.window_id::text as window,
	invite.project_id as project,
	invite.person_id as person,
	invite.band,
	invite.state,
	invite.made_at,
	invite.answer_by,
	invite.answered_at`

const termColumns = `
	term.id::text as id,
	term.project_id as project,
	coalesce(term.phase_id::text, '') as phase,
	term.person_id as person,
	term.role,
	term.state,
	lower(term.during) as "from",
	upper(term.during) - 1 as until,
	term.ends_on,
	term.starts_on,
	term.start_base,
	coalesce(term.claim_id::text, '') as claim,
	term.offered_at,
	term.answer_by,
	term.answered_at,
	term.needs_by,
	term.live_at,
	term.leave_seen,
	term.word_due,
	term.word_told,
	term.ended_at,
	term.end_reason`

const standInColumns = `
	stand_in.id::text as id,
	stand_in.project_id as project,
	stand_in.spell::text as spell,
	stand_in.person_id as person,
	stand_in.for_id as for,
	coalesce(stand_in.asked_by, '') as asked_by,
	stand_in.state,
	stand_in.of_leave,
	stand_in.asked_at,
	stand_in.answer_by,
	stand_in.answered_at,
	stand_in.from_on as from,
	stand_in.until_on as until,
	stand_in.ended_on,
	stand_in.ended_at,
	stand_in.end_reason`

const handoverColumns = `
	handover.id::text as id,
	handover.project_id as project,
	handover.term_id::text as term,
	coalesce(handover.next_id::text, '') as next,
	handover.state,
	handover.now,
	handover.summary,
	handover.actions,
	handover.ifs,
	coalesce(handover.writer_id, '') as writer,
	handover.written_at,
	handover.due,
	handover.again,
	coalesce(handover.said_by, '') as said_by,
	handover.said_at,
	handover.said,
	coalesce(handover.signed_by, '') as signed_by,
	handover.signed_at,
	handover.ended_at,
	handover.thanked_at`

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
	review.answered_at,
	coalesce(review.upheld, false) as upheld,
	review.answer`
