package peopledb

import (
	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// now is SQL for whom a column will name.
func now(column string) string {
	return `case ` + column + ` when @from then @into else ` + column + ` end`
}

// forget takes away what one asked or said of the other: nobody asks themselves or speaks for themselves.
func (m *merging) forget(b *pgx.Batch) {
	args := m.args()
	for _, sql := range []string{
		`with gone as (delete from ask where person_id = any(@both) and asked_of = any(@both) returning id)
		delete from notice using gone where notice.of_id = gone.id`,
		`with twice as (
			select id, row_number() over (partition by ` + now("person_id") + `, skill_id, ` + now("asked_of") + ` order by asked_at, id) as n
			from ask
			where answered_at is null and (person_id = any(@both) or asked_of = any(@both))
		), gone as (
			delete from ask using twice where ask.id = twice.id and twice.n > 1 returning ask.id
		)
		delete from notice using gone where notice.of_id = gone.id`,
		`delete from notice
		using claim
		where notice.claim_id = claim.id and notice.person_id = any(@both) and notice.kind = any(@named)
			and claim.person_id = any(@both) and (claim.with_person_id = any(@both) or claim.coach_id = any(@both))`,
	} {
		args["named"] = core.Texts([]skein.NoticeKind{skein.NoticeWith, skein.NoticeCoach})
		b.Queue(sql, args)
	}
	b.Queue(`
		with gone as (
			delete from evidence where kind = 'peer' and person_id = any(@both) and given_by = any(@both) returning id
		), untold as (
			delete from notice using gone where notice.of_id = gone.id
		)
		select count(*) from gone`, args).QueryRow(func(row pgx.Row) error { return row.Scan(&m.done.Dropped) })
	b.Queue(sameEvidence, args)
}

// sameEvidence leaves one row a key: into's, kept back where either was. What was answered with the other was answered
// with it.
var sameEvidence = `
with key as (
	select evidence.*, ` + now("person_id") + ` as whose, ` + now("given_by") + ` as giver
	from evidence
	where person_id = any(@both) or given_by = any(@both)
), same as (
	select id,
		first_value(id) over (like_it order by person_id = @from, coalesce(given_by = @from, false), id) as stays,
		max(hidden_at) over like_it as hidden,
		count(*) over like_it as rows
	from key
	window like_it as (partition by whose, skill_id, kind, observed_on, expires_on, giver, source)
), told as (
	update notice
	set of_id = same.stays
	from same
	where notice.of_id = same.id and same.id <> same.stays
), answered as (
	update ask
	set evidence_id = same.stays
	from same
	where ask.evidence_id = same.id and same.id <> same.stays
), hid as (
	update evidence
	set hidden_at = same.hidden
	from same
	where evidence.id = same.id and same.id = same.stays and same.rows > 1 and same.hidden is not null and evidence.hidden_at is null
)
delete from evidence
using same
where evidence.id = same.id and same.id <> same.stays`

// lives brings together what they have in the lives of leads.
func (m *merging) lives(b *pgx.Batch) {
	args := m.args()
	b.Queue(`
		update claim
		set with_person_id = null, with_agreed_at = null
		where person_id = any(@both) and with_person_id = any(@both)`, args)
	b.Queue(`
		update claim
		set coach_id = null, coach_agreed_at = null
		where person_id = any(@both) and coach_id = any(@both)`, args)
	oneClaim(b, args)
	onePlace(b, args)
	oneInvite(b, args)
	for _, sql := range []string{
		`update pick
		set passed_on = case when @into = any(passed_on) then array_remove(passed_on, @from) else array_replace(passed_on, @from, @into) end
		where @from = any(passed_on)`,
		`update week_word set seen_by = null, seen_at = null where person_id = any(@both) and seen_by = any(@both)`, // nobody sees their own
		`delete from stand_in where person_id = any(@both) and for_id = any(@both)`,                                 // over: nobody stands in for themselves
		`update need
		set passed_on = case when @into = any(passed_on) then array_remove(passed_on, @from) else array_replace(passed_on, @from, @into) end
		where @from = any(passed_on)`,
		`update review
		set passed_on = case when @into = any(passed_on) then array_remove(passed_on, @from) else array_replace(passed_on, @from, @into) end
		where @from = any(passed_on)`,
	} {
		b.Queue(sql, args)
	}
	b.Queue(besides[len(besides)-1], m.from, m.into)
	// Sent under one key by two, a form was no second try.
	b.Queue(`
		update claim
		set idempotency_key = null
		where person_id = @from and idempotency_key in (select idempotency_key from claim where person_id = @into)`, args)
	b.Queue(`
		update project
		set idempotency_key = null
		where proposed_by = @from and idempotency_key in (select idempotency_key from project where proposed_by = @into)`, args)
}

// twice takes away what both have, where it can be had once.
func (m *merging) twice(b *pgx.Batch) {
	args := m.args()
	for _, sql := range []string{
		`update member
		set brings = other.brings
		from member other
		where member.person_id = @into and other.person_id = @from and other.project_id = member.project_id
			and member.left_at is null and other.left_at is null and btrim(member.brings) = ''`,
		`delete from member
		using member other
		where member.person_id = @from and other.person_id = @into and other.project_id = member.project_id
			and (member.left_at is null and other.left_at is null or member.joined_at = other.joined_at)`,
		// A role that either has by hand no group takes away.
		`update hat
		set from_group = null, given_by = other.given_by, given_at = other.given_at
		from hat other
		where hat.person_id = @into and other.person_id = @from and other.kind = hat.kind and other.circle_id is not distinct from hat.circle_id
			and hat.from_group is not null and other.from_group is null`,
		`delete from hat
		using hat other
		where hat.person_id = @from and other.person_id = @into and other.kind = hat.kind and other.circle_id is not distinct from hat.circle_id`,
		`delete from absence
		using absence other
		where absence.person_id = @from and other.person_id = @into and other.from_on = absence.from_on
			and other.until_on is not distinct from absence.until_on`,
		`delete from wish using wish other where wish.person_id = @from and other.person_id = @into and other.skill_id = wish.skill_id`,
		// Of one question both were asked: what was answered stays, else into's.
		`delete from advice
		using advice other
		where advice.person_id = any(@both) and other.person_id = any(@both) and advice.person_id <> other.person_id
			and other.decision_id = advice.decision_id
			and (other.state in ('given', 'passed'), other.person_id = @into) > (advice.state in ('given', 'passed'), advice.person_id = @into)`,
		`delete from dismissal
		using dismissal other
		where dismissal.person_id = @from and other.person_id = @into and other.project_id = dismissal.project_id`,
		`update read_how
		set at = least(read_how.at, other.at)
		from read_how other
		where read_how.person_id = @into and other.person_id = @from`,
		// Whoever answered for the priority has the word of one who does, whichever of two answers stays.
		`update outcome_answer
		set owner = true
		from outcome_answer other
		where outcome_answer.person_id = any(@both) and other.person_id = any(@both) and other.person_id <> outcome_answer.person_id
			and other.outcome_id = outcome_answer.outcome_id and other.owner and not outcome_answer.owner`,
		// Of two answers of one person that stays which was sent, and of two that were, the one in the nearer part.
		`delete from outcome_answer
		using outcome_answer other
		where outcome_answer.person_id = any(@both) and other.person_id = any(@both) and other.person_id <> outcome_answer.person_id
			and other.outcome_id = outcome_answer.outcome_id
			and (outcome_answer.part <> 'lead', outcome_answer.answered_at is null, outcome_answer.person_id = @from)
				> (other.part <> 'lead', other.answered_at is null, other.person_id = @from)`,
		`delete from outcome_naming where named_by = any(@both) and person_id = any(@both)`,
		`delete from outcome_naming
		using outcome_naming other
		where outcome_naming.outcome_id = other.outcome_id and outcome_naming.skill_id = other.skill_id and (
			outcome_naming.person_id = @from and other.person_id = @into and other.named_by = outcome_naming.named_by
			or outcome_naming.named_by = @from and other.named_by = @into and other.person_id = outcome_naming.person_id
		)`,
		`delete from erasure using erasure other where erasure.person_id = @from and other.person_id = @into`,
		`delete from read_how using read_how other where read_how.person_id = @from and other.person_id = @into`,
		`delete from notice
		using notice other
		where notice.person_id = @from and other.person_id = @into and other.kind = notice.kind and other.about = notice.about`,
		// A link opens one door, and that one is gone.
		`delete from invitation where person_id = @from and used_at is null`,
	} {
		b.Queue(sql, args)
	}
}

// follow gives into what was from's.
func (m *merging) follow(b *pgx.Batch) {
	args := m.args()
	b.Queue(`delete from mail using mail other where mail.person_id = @from and other.person_id = @into and mail.week = other.week`, args)
	for _, c := range m.columns {
		if !seenTo[[2]string{c.Table, c.Name}] {
			b.Queue(`update `+c.Table+` set `+c.Name+` = @into where `+c.Name+` = @from`, args)
		}
	}
	args["named"] = core.Texts([]skein.NoticeKind{
		skein.NoticeAsked, skein.NoticeEndorsed, skein.NoticeShown, skein.NoticeWith, skein.NoticeCoach,
	})
	b.Queue(`delete from notice where person_id = @into and who_id = @into and kind = any(@named)`, args)
	passOnChecks(b, args)
}
