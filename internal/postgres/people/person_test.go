package peopledb_test

import (
	"context"
	"errors"
	"testing"

	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

func TestUpdatePersonWritesWhatChanged(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	err := db.People.UpdatePerson(ctx, pgtest.By("ada"), "ada", func(p *skein.Person) error {
		hours := 3.5
		p.About, p.HoursPerWeek, p.ReadHowAt = "Valves.", &hours, pgtest.Monday
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.People.Person(ctx, "ada")
	if err != nil {
		t.Fatal(err)
	}
	if got.About != "Valves." || *got.HoursPerWeek != 3.5 || !got.ReadHowAt.Equal(pgtest.Monday) ||
		!got.WelcomedAt.IsZero() || !got.ActiveUntil.IsZero() || got.Circle != "leaks" || got.Email != "" {
		t.Errorf("got %+v", got)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select actor_id || ' ' || action || ' ' || (details->>'changed') from audit_told`),
		`ada person.update ["about", "hours", "read_how"]`)
}

func TestUpdatePersonThatChangesNothingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	if err := db.People.UpdatePerson(context.Background(), pgtest.By("ada"), "ada", func(*skein.Person) error { return nil }); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event`))
}

func TestUpdatePersonRefuses(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `update person set email = 'ben@example.org' where id = 'ben'`)
	var invalid skein.Invalid
	err := db.People.UpdatePerson(ctx, pgtest.By("ada"), "ada", func(p *skein.Person) error { p.Name = " "; return nil })
	if !errors.As(err, &invalid) || invalid.On("name") == "" {
		t.Errorf("no name: %v", err)
	}
	err = db.People.UpdatePerson(ctx, pgtest.By("ada"), "ada", func(p *skein.Person) error { p.Email = "BEN@example.org"; return nil })
	if !errors.As(err, &invalid) || invalid.On("email") == "" {
		t.Errorf("somebody else's e-mail: %v", err)
	}
	err = db.People.UpdatePerson(ctx, pgtest.By("ada"), "nobody", func(*skein.Person) error { return nil })
	if !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event`))
}

func TestLeaveIsOnesOwn(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	if err := db.People.AddAbsence(ctx, pgtest.By("ada"), skein.Absence{From: pgtest.Today}); err != nil {
		t.Fatal(err)
	}
	id := pgtest.Texts(t, pool, `select id::text from absence`)[0]
	end := func(a *skein.Absence) error { a.Until = pgtest.Today.AddDate(0, 0, 3); return nil }
	for _, id := range []string{id, "no uuid"} {
		if err := db.People.UpdateAbsence(ctx, pgtest.By("ben"), id, end); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("somebody else's leave: %v", err)
		}
		if err := db.People.RemoveAbsence(ctx, pgtest.By("ben"), id); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("somebody else's leave: %v", err)
		}
	}
	if err := db.People.UpdateAbsence(ctx, pgtest.By("ada"), id, end); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "leave", pgtest.Texts(t, pool, `select from_on || ' ' || until_on from absence`), "2026-05-11 2026-05-14")
	back := func(a *skein.Absence) error { a.Until = pgtest.Today.AddDate(0, 0, -1); return nil }
	if err := db.People.UpdateAbsence(ctx, pgtest.By("ada"), id, back); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("ends before it starts: %v", err)
	}
	if err := db.People.RemoveAbsence(ctx, pgtest.By("ada"), id); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event order by id`),
		"absence.add", "absence.update", "absence.remove")
}

// What somebody was called stays beside the log, where an erasure finds it.
func TestANewNameNotesTheOneOfBefore(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	name := func(to string) func(*skein.Person) error {
		return func(p *skein.Person) error { p.Name = to; return nil }
	}
	if err := db.People.UpdatePerson(ctx, pgtest.By("ada"), "ada", name("Ada Reedlight")); err != nil {
		t.Fatal(err)
	}
	if err := db.People.MendPerson(ctx, pgtest.By("ben"), "ada", name("Ada Reedlight-Moss")); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "called", pgtest.Texts(t, pool, `select details ->> 'called' from audit_content order by event_id`), "Ada Reed", "Ada Reedlight")
	pgtest.Same(t, "in the chain", pgtest.Texts(t, pool, `select distinct details::text from audit_event`), `{"changed": ["name"]}`)
}
