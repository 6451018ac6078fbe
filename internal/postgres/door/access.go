package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// AccessQuery asks who may come in.
type AccessQuery struct {
	Words  string         // in the name, or the beginning of the e-mail address
	Show   string         // "", or one of hats, steward, executive, administrator, without, invited, refused, left
	Circle skein.CircleID // in this circle or within it; empty: in any or none
	Now    time.Time
	Today  skein.Date
	// AfterName is the last of the page before: the list goes on behind it.
	AfterName string
	AfterID   skein.PersonID
	Limit     int
}

func (q AccessQuery) args() pgx.NamedArgs {
	return pgx.NamedArgs{
		"words": q.Words, "prefixes": core.Prefixes(q.Words), "show": q.Show, "circle": q.Circle, "now": q.Now, "today": q.Today,
		"after_name": q.AfterName, "after_id": q.AfterID, "limit": q.Limit + 1,
	}
}

// AccessRow is one person in the list of who may come in.
type AccessRow struct {
	ID          skein.PersonID
	Name        string
	SortName    string // as the list is sorted: without case and accents
	Circle      string // the name of their circle
	Email       string // with which they sign in; empty without an account
	Deactivated *time.Time
	LastDay     skein.Date // of their own, that has passed
	InvitedTo   *time.Time // until when a link of theirs is good
	MayBeGiven  bool       // a link to come in by: they have no account, and have not left
	Hats        []NamedHat
}

// AccessList is a page of the list, and what is said above it.
type AccessList struct {
	People  []AccessRow    // one more than the limit when more follow
	Circles []skein.Circle // by name
	Without int            // how many of all who match have neither an account nor a good link
}

// listed are the people whom a query asks for; they need account joined.
const listed = `
	(@words = '' or position(folded(@words) in folded(person.name)) > 0
		or name_words(person.name) @@ to_tsquery('simple', folded(@prefixes))
		or starts_with(lower(coalesce(account.email, person.email, '')), lower(@words)))
	and (@circle = '' or person.circle_id in (
		with recursive within as (
			select id from circle where id = @circle
			union
			select circle.id from circle join within on circle.parent_id = within.id
		)
		select id from within
	))
	and case @show
		when '' then person.deactivated_at is null
		when 'refused' then person.deactivated_at is null and (account.mail_refused = account.email or exists (
			select from invitation where invitation.person_id = person.id and invitation.refused is not null and invitation.used_at is null
				and invitation.expires_at > @now
		))
		when 'left' then person.deactivated_at is not null and person.erased_at is null
		when 'without' then person.deactivated_at is null and account.person_id is null
		when 'invited' then person.deactivated_at is null and ` + goodLink + `
		else person.deactivated_at is null and exists (
			select from hat where hat.person_id = person.id and (@show = 'hats' or hat.kind = @show)
		)
	end`

// goodLink holds for people with a link that was not used yet and has not run out.
const goodLink = `exists (
	select from invitation
	where invitation.person_id = person.id and invitation.used_at is null and invitation.email is null and invitation.expires_at > @now
)`

// mayBeGiven holds for people who may get their first link.
const mayBeGiven = `(account.person_id is null and not coalesce(` + core.Left + `, false))`

// Access lists people and their hats by name.
func (db *Store) Access(ctx context.Context, q AccessQuery) (AccessList, error) {
	var found AccessList
	batch := &pgx.Batch{}
	core.Collect(batch, &found.People, `
		select person.id, person.name, folded(person.name) as sort_name,
			coalesce(circle.name, '') as circle,
			coalesce(account.email, '') as email,
			person.deactivated_at as deactivated,
			case when person.active_until < @today then person.active_until end as last_day,
			(select max(expires_at) from invitation where person_id = person.id and used_at is null and email is null and expires_at > @now) as invited_to,
			`+mayBeGiven+` as may_be_given,
			`+hatsOf+` as hats
		from person
		left join account on account.person_id = person.id
		left join circle on circle.id = person.circle_id
		where (folded(person.name), person.id) > (@after_name, @after_id)
			and`+listed+`
		order by folded(person.name), person.id
		limit @limit`, q.args())
	collectCircles(batch, &found.Circles)
	batch.Queue(`
		select count(*)
		from person
		left join account on account.person_id = person.id
		where `+mayBeGiven+` and not `+goodLink+` and`+listed, q.args()).QueryRow(func(row pgx.Row) error {
		return row.Scan(&found.Without)
	})
	return found, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// PersonAccess is what an administrator sees of one person.
type PersonAccess struct {
	AccessRow
	CircleID    skein.CircleID
	RefusedAt   *time.Time // when a mail server refused their address; nil: it did not
	Refused     string     // and what it said
	LinkRefused string     // what it said of the mail with the newest link that was not used
	Mailed      bool       // that link was mailed
	Hours       *float64
	From, Until skein.Date // the first and the last day; zero: not said
	Manager     Named      // who decides their hours; nobody where the id is empty
	OwnEmail    string     // of the person, whether or not they sign in with it
	SignedInAt  *time.Time
	LinkedAt    *time.Time // when they first came by the organisation's account; nil: they did not
	ByPassword  bool       // a password opens the door for them, or would
	Attributes  map[string]any
	// ErasureAsked is when they asked to be erased, ErasedAt since when they are; nil: neither.
	ErasureAsked, ErasedAt *time.Time
	Circles                []skein.Circle // that they may be a steward of
}

// Person is who it is, in what an administrator may mend.
func (p PersonAccess) Person() skein.Person {
	return skein.Person{
		ID: p.ID, Name: p.Name, Circle: p.CircleID, Manager: p.Manager.ID, HoursPerWeek: p.Hours, ActiveFrom: p.From, ActiveUntil: p.Until,
	}
}

// PersonAccess returns what an administrator sees of one person, in one round trip.
func (db *Store) PersonAccess(ctx context.Context, id skein.PersonID, now time.Time) (PersonAccess, error) {
	var p PersonAccess
	batch := &pgx.Batch{}
	batch.Queue(`
		select person.id, person.name, coalesce(circle.name, ''), coalesce(account.email, ''), person.deactivated_at,
			`+hatsOf+`, coalesce(person.email, ''),
			greatest( -- by an invitation's link, and as a demo's, nobody signs in, and all the same they came in
				account.signed_in_at,
				(select max(used_at) from invitation where person_id = person.id),
				(select max(made_at) from sessions where person_id = person.id)
			),
			person.attributes,
			(select max(expires_at) from invitation where person_id = person.id and used_at is null and email is null and expires_at > $2),
			coalesce(person.circle_id, ''), person.hours_per_week, person.active_from, person.active_until,
			coalesce(manager.id, ''), coalesce(manager.name, ''),
			case when account.mail_refused = account.email then account.mail_refused_at end,
			coalesce(case when account.mail_refused = account.email then account.mail_refused_says end, ''),
			coalesce(link.refused, ''), coalesce(link.mailed, false),
			(select min(linked_at) from identity where identity.person_id = person.id),
			coalesce(`+core.ByPassword+`, (select passwords from sign_in_rule)),
			(select asked_at from erasure where erasure.person_id = person.id), person.erased_at
		from person
		left join account on account.person_id = person.id
		left join lateral (
			select refused, mailed
			from invitation
			where person_id = person.id and used_at is null and email is null and expires_at > $2
			order by made_at desc
			limit 1
		) link on true
		left join circle on circle.id = person.circle_id
		left join person manager on manager.id = person.manager_id
		where person.id = $1`, id, now,
	).QueryRow(func(row pgx.Row) error {
		return row.Scan(&p.ID, &p.Name, &p.Circle, &p.Email, &p.Deactivated, &p.Hats, &p.OwnEmail, &p.SignedInAt, &p.Attributes, &p.InvitedTo,
			&p.CircleID, &p.Hours, &p.From, &p.Until, &p.Manager.ID, &p.Manager.Name, &p.RefusedAt, &p.Refused, &p.LinkRefused, &p.Mailed,
			&p.LinkedAt, &p.ByPassword, &p.ErasureAsked, &p.ErasedAt)
	})
	collectCircles(batch, &p.Circles)
	return p, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// collectCircles reads the circles by name.
func collectCircles(batch *pgx.Batch, into *[]skein.Circle) {
	batch.Queue(`select id, name from circle order by folded(name), id`).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[skein.Circle])
		return err
	})
}
