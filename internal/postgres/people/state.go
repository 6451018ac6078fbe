package peopledb

import (
	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// What a merge does to the life of a lead, where two rows that were two people's cannot both stand for one.
// No verb says it: it is no act of theirs, nobody is told, and it changes no lead. Nothing else in this area
// sets a state.

// furthest are the states of claims of which the first stands where both claimed in one window, whenever it was
// sent; of the others the later stands, and last come those of which nothing can come.
var (
	furthest = []skein.ClaimState{
		skein.ClaimLive, skein.ClaimEnded, skein.ClaimAccepted, skein.ClaimOffered, skein.ClaimChosen, skein.ClaimDeclined, skein.ClaimLapsed,
	}
	leastOf = []skein.ClaimState{skein.ClaimDraft, skein.ClaimVoid}
)

// oneClaim leaves one claim a window: the later, silently. A review of the other is not answered any more.
func oneClaim(b *pgx.Batch, args pgx.NamedArgs) {
	args["furthest"], args["least"] = core.Texts(furthest), core.Texts(leastOf)
	b.Queue(`
		with standing as (
			select id,
				row_number() over (
					partition by window_id
					order by coalesce(array_position(@furthest::text[], state), case when state = any(@least::text[]) then 99 else 50 end),
						coalesce(submitted_at, changed_at) desc, id
				) as n
			from claim
			where person_id = any(@both) and state <> 'withdrawn'
		)
		update claim
		set state = 'withdrawn', withdrawn_at = @at
		from standing
		where claim.id = standing.id and standing.n > 1`, args)
	b.Queue(`
		update review
		set answered_at = @at
		from claim
		where claim.id = review.claim_id and claim.person_id = any(@both) and claim.state = 'withdrawn' and review.answered_at is null`, args)
}

// onePlace ends the lesser of two places in one project: whoever leads or co-leads does not shadow, and has one place
// of a kind.
func onePlace(b *pgx.Batch, args pgx.NamedArgs) {
	args["roles"], args["merged"] = core.Texts([]skein.Role{skein.Primary, skein.CoLead, skein.Shadow}), skein.EndMerged
	b.Queue(`
		update term lesser
		set state = case when lesser.state in `+core.TermHolds+` then 'ended' else 'void' end,
			ended_at = @at,
			end_reason = case when lesser.state in `+core.TermHolds+` then @merged else lesser.end_reason end,
			during = case
				when lesser.during is null then null
				else daterange(lower(lesser.during), greatest(@today::date, lower(lesser.during)), '[]')
			end
		where lesser.person_id = any(@both) and lesser.role <> 'primary' and lesser.state in `+core.TermPlaced+` and exists (
			select
			from term other
			where other.project_id = lesser.project_id and other.person_id = any(@both) and other.person_id <> lesser.person_id
				and other.state in `+core.TermPlaced+` and (other.state in `+core.TermHolds+` or other.role = lesser.role)
				and (
					array_position(@roles::text[], other.role), other.state not in `+core.TermHolds+`,
					coalesce(other.live_at, other.offered_at, @at), other.id
				) < (
					array_position(@roles::text[], lesser.role), lesser.state not in `+core.TermHolds+`,
					coalesce(lesser.live_at, lesser.offered_at, @at), lesser.id
				)
		)`, args)
}

// part is SQL that holds where whom two became has a part in what is decided in the window of a row: see lead's
// freshEyes.
func part(table, window string) string {
	return `(
		exists (select from project where project.id = ` + table + `.project_id and project.proposed_by = @into)
		or exists (
			select
			from claim
			where claim.window_id = ` + window + ` and @into in (claim.person_id, claim.with_person_id, claim.coach_id)
				and claim.submitted_at is not null and claim.state <> 'withdrawn'
		)
		or exists (
			select
			from term
			where term.project_id = ` + table + `.project_id and term.person_id = @into and term.state in ` + core.TermCounts + `
		)
		or exists (
			select
			from stand_in
			where stand_in.project_id = ` + table + `.project_id and stand_in.person_id = @into and stand_in.state = 'standing'
		)
	)`
}

// passOnChecks lets the clock pass on at once what whom two became was asked to look at without a part, and has one now.
func passOnChecks(b *pgx.Batch, args pgx.NamedArgs) {
	b.Queue(`
		update pick
		set answer_by = case when asked_of = @into then least(answer_by, @at) else answer_by end,
			passed_on = array_remove(passed_on, @into)
		where pick.state = 'waiting' and (asked_of = @into or @into = any(passed_on)) and `+part("pick", "(pick).window_id"), args)
	b.Queue(`
		update review
		set answer_by = least(answer_by, @at)
		where answered_at is null and asked_of = @into
			and (asked_by = @into or `+part("review", "(select asked.window_id from claim asked where asked.id = review.claim_id)")+`)`, args)
}

// oneInvite leaves one invitation a window: the one that says most.
func oneInvite(b *pgx.Batch, args pgx.NamedArgs) {
	args["answers"] = []string{string(skein.InviteAccepted), string(skein.InviteWaiting), string(skein.InviteDeclined), string(skein.InviteLapsed)}
	b.Queue(`
		delete from invite
		using (
			select window_id, person_id,
				row_number() over (partition by window_id order by coalesce(array_position(@answers::text[], state), 99), person_id <> @into) as n
			from invite
			where person_id = any(@both)
		) twice
		where invite.window_id = twice.window_id and invite.person_id = twice.person_id and twice.n > 1`, args)
}
