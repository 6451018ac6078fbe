package core

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Administrator is one who can come in on a day, and their last day; zero: none is set.
type Administrator struct {
	ID    skein.PersonID
	Until skein.Date
}

// Administrators reads who can come in on a day and open doors to others: an administrator with an
// account, who has begun and has not left. It locks them, so that acts that end them come one after
// the other.
func Administrators(ctx context.Context, tx pgx.Tx, day skein.Date) ([]Administrator, error) {
	return All[Administrator](ctx, tx, `
		select person.id, person.active_until as until
		from hat
		join person on person.id = hat.person_id
		join account on account.person_id = hat.person_id
		where hat.kind = 'administrator'
			and`+ActiveToday+`
		order by person.id
		for no key update of hat, person`, pgx.NamedArgs{"today": day})
}

// KeepAdministrator sees that an administrator who can come in remains after a change, where one
// could before it.
func KeepAdministrator(ctx context.Context, tx pgx.Tx, day skein.Date, change func() error) error {
	before, err := Administrators(ctx, tx, day)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := Administrators(ctx, tx, day)
	if err != nil || len(before) == 0 {
		return err
	}
	return skein.KeepAdministrator(len(after))
}

// KeepAdministratorBeyond is KeepAdministrator of a change of the days on which people come and go: it also sees
// that the last day of the administrators comes no nearer.
func KeepAdministratorBeyond(ctx context.Context, tx pgx.Tx, day skein.Date, change func() error) error {
	before, err := Administrators(ctx, tx, day)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := Administrators(ctx, tx, day)
	if err != nil || len(before) == 0 {
		return err
	}
	if err := skein.KeepAdministrator(len(after)); err != nil {
		return err
	}
	return skein.KeepAdministratorBeyond(lasting(before), lasting(after))
}

// lasting is the day after which none of these is there; zero: one is for good.
func lasting(all []Administrator) skein.Date {
	var last skein.Date
	for _, a := range all {
		if a.Until.IsZero() {
			return skein.Date{}
		}
		if a.Until.After(last) {
			last = a.Until
		}
	}
	return last
}
