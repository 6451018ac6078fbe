package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Addressee is whose address something is.
type Addressee struct {
	ID                                   skein.PersonID
	Name                                 string
	Circle                               string // its name
	ActiveFrom, ActiveUntil, Deactivated time.Time
	Account                              bool
}

// Person is who it is.
func (a Addressee) Person() skein.Person {
	return skein.Person{ID: a.ID, Name: a.Name, ActiveFrom: a.ActiveFrom, ActiveUntil: a.ActiveUntil, Deactivated: a.Deactivated}
}

// Addressee returns the person whose own address it is; not found where it is nobody's.
func (db *Store) Addressee(ctx context.Context, email string) (Addressee, error) {
	found, err := core.One[Addressee](ctx, db.pool, `
		select person.id, person.name, coalesce(circle.name, '') as circle, person.active_from, person.active_until,
			person.deactivated_at as deactivated, account.person_id is not null as account
		from person
		left join circle on circle.id = person.circle_id
		left join account on account.person_id = person.id
		where lower(person.email) = lower($1) or person.id = (select person_id from email_alias where email_alias.email = lower($1))`, email)
	return found, core.Translate(err)
}

// WithoutAddress returns those who are here today, of whom no address is known and who have no account, by name.
func (db *Store) WithoutAddress(ctx context.Context, today skein.Date) ([]Addressee, error) {
	found, err := core.All[Addressee](ctx, db.pool, `
		select person.id, person.name, coalesce(circle.name, '') as circle, person.active_from, person.active_until,
			person.deactivated_at as deactivated, false as account
		from person
		left join circle on circle.id = person.circle_id
		where person.email is null and `+core.ActiveToday+`
			and not exists (select from account where account.person_id = person.id)
		order by folded(person.name), person.id`, pgx.NamedArgs{"today": today})
	return found, core.Translate(err)
}
