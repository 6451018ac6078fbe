package peopledb

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// personColumns reads a person as the language knows them: what is not stated comes as the zero
// value. What an import said beyond these columns never leaves the database here.
const personColumns = `
	person.id,
	person.name,
	coalesce(person.email, '') as email,
	coalesce(person.circle_id, '') as circle,
	coalesce(person.manager_id, '') as manager,
	person.hours_per_week,
	person.about,
	person.active_from,
	person.active_until,
	person.deactivated_at as deactivated,
	` + core.ReadHowAt + ` as read_how_at,
	person.welcomed_at,
	coalesce(person.time_zone, '') as time_zone`

// Person returns one person.
func (db *Store) Person(ctx context.Context, id skein.PersonID) (skein.Person, error) {
	person, err := core.One[skein.Person](ctx, db.pool, `select`+personColumns+` from person where id = $1`, id)
	return person, core.Translate(err)
}

// UpdatePerson changes one person by the caller's rule and notes which fields it changed.
func (db *Store) UpdatePerson(ctx context.Context, by skein.By, id skein.PersonID, change func(*skein.Person) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		was := ""
		changed, err := changePerson(ctx, tx, by, id, func(p *skein.Person) error {
			was = p.Name
			return change(p)
		})
		if err != nil || len(changed) == 0 {
			return nil, err
		}
		return []skein.Event{updated(id, changed, was)}, nil
	})
}

// updated is that fields of somebody were changed. Their name of before is noted beside it: an erasure looks for it in what
// others said, and takes it away too.
func updated(id skein.PersonID, changed []string, was string) skein.Event {
	details := map[string]any{"changed": changed}
	if slices.Contains(changed, "name") {
		details["called"] = was
	}
	return skein.Event{Action: "person.update", Noun: "person", NounID: string(id), Details: details}
}

// changePerson is UpdatePerson inside a transaction. It returns the names of the changed fields.
func changePerson(ctx context.Context, tx pgx.Tx, by skein.By, id skein.PersonID, change func(*skein.Person) error) ([]string, error) {
	before, err := core.One[skein.Person](ctx, tx, `select`+personColumns+` from person where id = $1 for no key update`, id)
	if err != nil {
		return nil, err
	}
	after := before
	if err := change(&after); err != nil {
		return nil, err
	}
	if err := after.Check(); err != nil {
		return nil, err
	}
	if err := nameFree(ctx, tx, by, before, after); err != nil {
		return nil, err
	}
	changed := personChanges(before, after)
	if len(changed) == 0 {
		return nil, nil
	}
	save := func() error { return savePerson(ctx, tx, after) }
	if goesSooner(before, after) {
		return changed, goesOnlyIf(core.KeepAdministratorBeyond(ctx, tx, by.Day, save), before, after)
	}
	return changed, save()
}

// goesSooner tells whether somebody is there on fewer days than before.
func goesSooner(before, after skein.Person) bool {
	ends := !after.ActiveUntil.IsZero() && (before.ActiveUntil.IsZero() || after.ActiveUntil.Before(before.ActiveUntil))
	return ends || after.ActiveFrom.After(before.ActiveFrom) || before.Deactivated.IsZero() && !after.Deactivated.IsZero()
}

// goesOnlyIf says at the day that was changed why the last administrator stays.
func goesOnlyIf(err error, before, after skein.Person) error {
	var refused skein.Refused
	if !errors.As(err, &refused) || !after.Deactivated.Equal(before.Deactivated) {
		return err
	}
	field := "active_until"
	if after.ActiveUntil.Equal(before.ActiveUntil) {
		field = "active_from"
	}
	return skein.Invalid{{Field: field, Message: refused.Why + " " + refused.Who}}
}

func savePerson(ctx context.Context, tx pgx.Tx, after skein.Person) error {
	if !after.ReadHowAt.IsZero() {
		err := core.Exec(ctx, tx, `insert into read_how (person_id, at) values ($1, $2) on conflict do nothing`, after.ID, after.ReadHowAt)
		if err != nil {
			return err
		}
	}
	return core.Exec(ctx, tx, `
		update person
		set name = $2, email = $3, circle_id = $4, manager_id = $5, hours_per_week = $6, about = $7,
			active_from = $8, active_until = $9, deactivated_at = $10, welcomed_at = $11, time_zone = $12
		where id = $1`,
		after.ID, after.Name, core.Nullable(after.Email), core.Nullable(after.Circle), core.Nullable(after.Manager),
		after.HoursPerWeek, after.About, after.ActiveFrom, after.ActiveUntil,
		after.Deactivated, after.WelcomedAt, core.Nullable(after.TimeZone))
}

// personChanges names the fields in which two versions of a person differ.
func personChanges(a, b skein.Person) []string {
	hours := func(h *float64) float64 {
		if h == nil {
			return -1
		}
		return *h
	}
	differ := map[string]bool{
		"name": a.Name != b.Name, "email": a.Email != b.Email, "circle": a.Circle != b.Circle,
		"manager": a.Manager != b.Manager, "hours": hours(a.HoursPerWeek) != hours(b.HoursPerWeek),
		"about": a.About != b.About, "active_from": !a.ActiveFrom.Equal(b.ActiveFrom),
		"active_until": !a.ActiveUntil.Equal(b.ActiveUntil), "deactivated": !a.Deactivated.Equal(b.Deactivated),
		"read_how": !a.ReadHowAt.Equal(b.ReadHowAt), "welcomed": !a.WelcomedAt.Equal(b.WelcomedAt),
		"time_zone": a.TimeZone != b.TimeZone,
	}
	var names []string
	for name, yes := range differ {
		if yes {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
