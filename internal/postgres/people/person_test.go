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
	for _, id := range []string{id, "no uuid"} {
		if err := db.People.RemoveAbsence(ctx, pgtest.By("ben"), id); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("somebody else's leave: %v", err)
		}
	}
	back := func(who skein.PersonID, want int) {
		t.Helper()
		if ended, err := db.People.EndLeaves(ctx, pgtest.By(who)); err != nil || ended != want {
			t.Errorf("%s is back from %d leaves, not %d: %v", who, ended, want, err)
		}
	}
	back("ben", 0)
	pgtest.Exec(t, pool, `insert into absence (person_id, from_on, until_on) values
		('ada', '2026-05-01', '2026-05-20'), ('ada', '2026-04-01', '2026-04-20'), ('ada', '2026-06-01', null)`)
	back("ada", 2)
	back("ada", 0)
	pgtest.Same(t, "leave", pgtest.Texts(t, pool, `select from_on || ' ' || coalesce(until_on::text, '') from absence order by from_on`),
		"2026-04-01 2026-04-20", "2026-05-01 2026-05-10", "2026-06-01 ")
	coming := pgtest.Texts(t, pool, `select id::text from absence where until_on is null`)[0]
	if err := db.People.RemoveAbsence(ctx, pgtest.By("ada"), coming); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event order by id`),
		"absence.add", "absence.remove", "absence.update", "absence.remove")
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
