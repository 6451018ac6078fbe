package peopledb

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// follows are the columns that are another's from a merge on as they stand, once what cannot stand twice is gone. A test
// holds that these and what person and account do are all there are.
var follows = []struct{ table, column string }{
	{"absence", "person_id"},
	{"ask", "person_id"},
	{"ask", "asked_of"},
	{"claim", "person_id"},
	{"claim", "with_person_id"},
	{"claim", "coach_id"},
	{"dismissal", "person_id"},
	{"email_alias", "person_id"},
	{"evidence", "person_id"},
	{"evidence", "given_by"},
	{"guardrail", "owner_id"},
	{"hat", "person_id"},
	{"hat", "given_by"},
	{"identity", "person_id"},
	{"intake", "person_id"},
	{"intake", "wanted_by"},
	{"invitation", "person_id"},
	{"invitation", "made_by"},
	{"invite", "person_id"},
	{"kept_form", "person_id"},
	{"mail", "person_id"},
	{"member", "person_id"},
	{"need", "answered_by"},
	{"need", "asked_of"},
	{"need", "granted_by"},
	{"need", "waived_by"},
	{"notice", "person_id"},
	{"notice", "subject_id"},
	{"notice", "who_id"},
	{"person_alias", "person_id"},
	{"pick", "asked_of"},
	{"pick", "answered_by"},
	{"policy", "made_by"},
	{"priority", "owner_id"},
	{"project", "proposed_by"},
	{"read_how", "person_id"},
	{"refusal", "person_id"},
	{"review", "asked_by"},
	{"review", "asked_of"},
	{"review", "answered_by"},
	{"sign_in_refused", "person_id"},
	{"stand_in", "asked_by"},
	{"stand_in", "for_id"},
	{"stand_in", "person_id"},
	{"term", "person_id"},
	{"wish", "person_id"},
}

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
		`delete from stand_in where person_id = any(@both) and for_id = any(@both)`, // over: nobody stands in for themselves
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
		`delete from dismissal
		using dismissal other
		where dismissal.person_id = @from and other.person_id = @into and other.project_id = dismissal.project_id`,
		`update read_how
		set at = least(read_how.at, other.at)
		from read_how other
		where read_how.person_id = @into and other.person_id = @from`,
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

// account keeps the account that was used last, into's where neither was. Whoever is signed in by the other is not any
// more; nor by the one that moves, because a session holds the id that its person had.
func (m *merging) account(b *pgx.Batch) {
	// First, because an address that leads to from may be into's own in a moment.
	b.Queue(`update email_alias set person_id = $2 where person_id = $1`, m.from, m.into)
	from, into := m.people[m.from], m.people[m.into]
	moves := from.Account != "" && (into.Account == "" || from.UsedAt != nil && (into.UsedAt == nil || from.UsedAt.After(*into.UsedAt)))
	m.done.Email = into.Account
	ends := []skein.PersonID{m.from}
	if moves {
		m.done.Email = from.Account
		ends = m.both()
	}
	b.Queue(`
		delete from sessions
		where person_id = any($1) or person_id is null and exists (
			select from unnest($1::text[]) id where position(convert_to(id, 'UTF8') in sessions.data) > 0
		)`, core.Texts(ends))
	if !moves {
		b.Queue(`delete from account where person_id = $1`, m.from)
		return
	}
	b.Queue(`delete from account where person_id = $1`, m.into)
	b.Queue(`update account set person_id = $2, epoch = epoch + 1 where person_id = $1`, m.from, m.into)
}

// follow gives into what was from's.
func (m *merging) follow(b *pgx.Batch) {
	args := m.args()
	b.Queue(`delete from mail using mail other where mail.person_id = @from and other.person_id = @into and mail.week = other.week`, args)
	for _, f := range follows {
		b.Queue(`update `+f.table+` set `+f.column+` = @into where `+f.column+` = @from`, args)
	}
	args["named"] = core.Texts([]skein.NoticeKind{
		skein.NoticeAsked, skein.NoticeEndorsed, skein.NoticeShown, skein.NoticeWith, skein.NoticeCoach,
	})
	b.Queue(`delete from notice where person_id = @into and who_id = @into and kind = any(@named)`, args)
	passOnChecks(b, args)
}

// person keeps what into says of themself, fills in what only from said, and takes from away. They are with the
// organisation as long as either is.
func (m *merging) person(b *pgx.Batch) {
	args := m.args()
	args["email"] = core.Nullable(m.people[m.from].Email)
	b.Queue(`update person set email = null where id = @from and email is not null`, args)
	b.Queue(`
		insert into read_how (person_id, at)
		select @into, read_how_at
		from person
		where id = @from and read_how_at is not null and not exists (select from read_how where person_id = @from)
		on conflict (person_id) do nothing`, args)
	b.Queue(`
		update person
		set email = coalesce(person.email, @email::text),
			circle_id = coalesce(person.circle_id, other.circle_id),
			manager_id = coalesce(
				nullif(nullif(person.manager_id, other.id), person.id), nullif(nullif(other.manager_id, other.id), person.id)
			),
			hours_per_week = coalesce(person.hours_per_week, other.hours_per_week),
			about = case when btrim(person.about) = '' then other.about else person.about end,
			time_zone = coalesce(person.time_zone, other.time_zone),
			attributes = other.attributes || person.attributes,
			made_at = least(person.made_at, other.made_at),
			welcomed_at = least(person.welcomed_at, other.welcomed_at),
			deactivated_at = here.deactivated_at,
			active_from = case when (here.active_from <= here.active_until) is not false then here.active_from end,
			active_until = here.active_until
		from person other
		cross join person mine
		cross join lateral (
			select
				case when mine.deactivated_at is not null and other.deactivated_at is not null
					then greatest(mine.deactivated_at, other.deactivated_at) end as deactivated_at,
				case
					when (mine.active_from is null or other.active_from is null)
						and coalesce(mine.active_from, other.active_from) > @today then null
					else least(mine.active_from, other.active_from)
				end as active_from,
				case
					when mine.deactivated_at is null and other.deactivated_at is not null then mine.active_until
					when mine.deactivated_at is not null and other.deactivated_at is null then other.active_until
					when mine.active_until is not null and other.active_until is not null
						then greatest(mine.active_until, other.active_until)
				end as active_until
		) here
		where person.id = @into and mine.id = @into and other.id = @from`, args)
	b.Queue(`update person set manager_id = @into where manager_id = @from and id not in (@from, @into)`, args)
}

// aliases takes from away, and lets their id and addresses lead to into.
func (m *merging) aliases(b *pgx.Batch) {
	args := m.args()
	b.Queue(`
		with gone as (delete from person where id = @from returning id, log_key)
		insert into person_alias (id, log_key, person_id, made_at)
		select id, log_key, @into, @at
		from gone`, args)
	from, into := m.people[m.from], m.people[m.into]
	own := cmp.Or(m.done.Email, into.Email, from.Email) // the others lead to it, by which they sign in
	for _, address := range []string{into.Email, into.Account, from.Email, from.Account} {
		if address != "" && !strings.EqualFold(address, own) &&
			!slices.ContainsFunc(m.done.Aliases, func(a string) bool { return strings.EqualFold(a, address) }) {
			m.done.Aliases = append(m.done.Aliases, address)
		}
	}
	b.Queue(`
		insert into email_alias (email, person_id, made_at)
		select distinct lower(address), $2, $3::timestamptz
		from unnest($1::text[]) address
		on conflict (email) do update set person_id = excluded.person_id`, m.done.Aliases, m.into, m.by.At)
	b.Queue(`
		delete from email_alias
		using person
		left join account on account.person_id = person.id
		where person.id = $1 and email_alias.person_id = $1 and email_alias.email = lower(coalesce(account.email, person.email))`, m.into)
}
