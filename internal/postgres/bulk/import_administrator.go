package bulkdb

import (
	"context"
	"slices"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// LastAdministratorError says which row would end the last administrator who can come in.
type LastAdministratorError struct {
	File  folder.File
	At    folder.Place
	Field string
	Name  string
	// ByPassword: others remain, and none of them can come in by a password, which are switched off for all who are not
	// named.
	ByPassword bool
}

func (e LastAdministratorError) Error() string {
	return e.File.At(e.At) + ": " + e.Field + ": " + e.Why()
}

// Why is the sentence without the place.
func (e LastAdministratorError) Why() string {
	if e.ByPassword {
		return e.Name + " is the only administrator who is named to come in by a password, and they are switched off for all others. Name another for it first, under Sign-in."
	}
	return e.Name + " is the only administrator who can come in, and after this nobody could open doors. Make somebody else an administrator first."
}

// keepAdministrator sees that changing people leaves an administrator who can come in, and notes the
// day on which the last of them ends. In an organisation that has none yet there is none to keep. Where
// no administrator is among them it locks nobody.
func (i *importing) keepAdministrator(ctx context.Context, changed []string, change func() error) error {
	concerned, err := core.Value[bool](ctx, i.tx, `
		select exists (select from hat where kind = 'administrator' and person_id = any($1))`, changed)
	if err != nil {
		return err
	}
	if !concerned {
		return change()
	}
	before, err := core.Administrators(ctx, i.tx, i.by.Day)
	if err != nil {
		return err
	}
	if err := change(); err != nil || len(before) == 0 {
		return err
	}
	after, err := core.Administrators(ctx, i.tx, i.by.Day)
	if err != nil {
		return err
	}
	if len(after) == 0 {
		return i.lastAdministrator(before, false)
	}
	if named := core.ByPasswordOf(before); len(named) > 0 && len(core.ByPasswordOf(after)) == 0 {
		return i.lastAdministrator(named, true)
	}
	for _, a := range after {
		if a.Until.IsZero() {
			return nil
		}
		if a.Until.After(i.loaded.AdministratedUntil) {
			i.loaded.AdministratedUntil = a.Until
		}
	}
	if !slices.ContainsFunc(before, func(a core.Administrator) bool { return a.Until.IsZero() || a.Until.After(i.loaded.AdministratedUntil) }) {
		i.loaded.AdministratedUntil = skein.Date{} // it was so before
	}
	return nil
}

// lastAdministrator finds the first row that ends one of the administrators there were.
func (i *importing) lastAdministrator(before []core.Administrator, byPassword bool) error {
	e := LastAdministratorError{File: i.folder.File("people.csv"), Field: "active_until", Name: "somebody", ByPassword: byPassword}
	for _, row := range i.folder.People {
		if !slices.ContainsFunc(before, func(a core.Administrator) bool { return a.ID == row.ID }) {
			continue
		}
		e.At, e.Name = row.Ends, row.Name
		if row.ActiveFrom.After(i.by.Day) {
			e.At, e.Field = row.Begins, "active_from"
		}
		break
	}
	return e
}
