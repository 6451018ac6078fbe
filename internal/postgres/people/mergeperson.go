package peopledb

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

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
