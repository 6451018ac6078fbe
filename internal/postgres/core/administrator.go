package core

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Administrator is one who can come in on a day, and their last day; zero: none is set.
type Administrator struct {
	ID    skein.PersonID
	Until skein.Date
	// ByPassword tells whether they can come in by a password: they have one, where passwords are switched off for
	// others. Where they are not, all may.
	ByPassword bool
}

// ByPassword holds for accounts, joined to account, whose password opens the door: all, or administrators who are named
// for it where passwords are switched off.
const ByPassword = `(
	(select passwords from sign_in_rule)
	or account.keeps_password and exists (select from hat where hat.person_id = account.person_id and hat.kind = 'administrator')
)`

// Administrators reads who can come in on a day and open doors to others: an administrator with an
// account, who has begun and has not left. It locks them, so that acts that end them come one after
// the other.
func Administrators(ctx context.Context, tx pgx.Tx, day skein.Date) ([]Administrator, error) {
	return All[Administrator](ctx, tx, `
		select person.id, person.active_until as until,
			(select passwords from sign_in_rule) or account.keeps_password and account.password_hash is not null as by_password
		from hat
		join person on person.id = hat.person_id
		join account on account.person_id = hat.person_id
		where hat.kind = 'administrator'
			and`+ActiveToday+`
		order by person.id
		for no key update of hat, person`, pgx.NamedArgs{"today": day})
}

// KeepAdministrator sees that an administrator who can come in remains after a change, where one
// could before it; and one who can by a password, where only those who are named for it can.
func KeepAdministrator(ctx context.Context, tx pgx.Tx, day skein.Date, change func() error) error {
	_, _, err := keepAdministrator(ctx, tx, day, change)
	return err
}

// KeepAdministratorBeyond is KeepAdministrator of a change of the days on which people come and go: it also sees
// that the last day of the administrators comes no nearer.
func KeepAdministratorBeyond(ctx context.Context, tx pgx.Tx, day skein.Date, change func() error) error {
	before, after, err := keepAdministrator(ctx, tx, day, change)
	if err != nil || len(before) == 0 {
		return err
	}
	return skein.KeepAdministratorBeyond(lasting(before), lasting(after))
}

func keepAdministrator(ctx context.Context, tx pgx.Tx, day skein.Date, change func() error) (before, after []Administrator, err error) {
	if before, err = Administrators(ctx, tx, day); err != nil {
		return nil, nil, err
	}
	if err = change(); err != nil {
		return nil, nil, err
	}
	after, err = Administrators(ctx, tx, day)
	if err != nil || len(before) == 0 {
		return before, after, err
	}
	if err = skein.KeepAdministrator(len(after)); err == nil && len(ByPasswordOf(before)) > 0 {
		err = skein.KeepPassword(len(ByPasswordOf(after)))
	}
	return before, after, err
}

// ByPasswordOf are those of them who can come in by a password.
func ByPasswordOf(all []Administrator) []Administrator {
	return slices.DeleteFunc(slices.Clone(all), func(a Administrator) bool { return !a.ByPassword })
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
