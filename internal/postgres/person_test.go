package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

var (
	monday = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)
	today  = skein.Day(monday)
)

// people is a database with a few people in one circle and one outside it.
func people(t *testing.T) (*postgres.DB, *pgxpool.Pool) {
	t.Helper()
	pool := pgtest.New(t)
	exec(t, pool, `
		insert into circle (id, name) values ('leaks', 'Leaks'), ('river', 'River Care');
		insert into person (id, name, circle_id, hours_per_week, active_until) values
			('ada', 'Ada Reed', 'leaks', 6, null),
			('ben', 'Ben Moss', 'leaks', null, null),
			('cyd', 'Cyd Will', 'river', 4, null),
			('old', 'Olga Gone', 'leaks', 4, '2026-01-31');
		insert into skill (id, name) values ('valve', 'valve data'), ('write', 'plain writing')`)
	return postgres.New(pool), pool
}

func exec(t *testing.T, pool *pgxpool.Pool, sql string, args ...any) {
	t.Helper()
	if _, err := pool.Exec(context.Background(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// texts returns the first column of a query as text.
func texts(t *testing.T, pool *pgxpool.Pool, sql string, args ...any) []string {
	t.Helper()
	rows, _ := pool.Query(context.Background(), sql, args...)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func named(name string) skein.Skill { return skein.Skill{Name: name} }

func by(id skein.PersonID) skein.By { return skein.NewBy(id, monday, time.UTC) }

func TestUpdatePersonWritesWhatChanged(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	err := db.UpdatePerson(ctx, by("ada"), "ada", func(p *skein.Person) error {
		hours := 3.5
		p.About, p.HoursPerWeek, p.ReadHowAt = "Valves.", &hours, monday
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.Person(ctx, "ada")
	if err != nil {
		t.Fatal(err)
	}
	if got.About != "Valves." || *got.HoursPerWeek != 3.5 || !got.ReadHowAt.Equal(monday) ||
		!got.WelcomedAt.IsZero() || !got.ActiveUntil.IsZero() || got.Circle != "leaks" || got.Email != "" {
		t.Errorf("got %+v", got)
	}
	same(t, "audit", texts(t, pool, `select actor_id || ' ' || action || ' ' || (details->>'changed') from audit_event`),
		`ada person.update ["about", "hours", "read_how"]`)
}

func TestUpdatePersonThatChangesNothingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	if err := db.UpdatePerson(context.Background(), by("ada"), "ada", func(*skein.Person) error { return nil }); err != nil {
		t.Fatal(err)
	}
	same(t, "audit", texts(t, pool, `select action from audit_event`))
}

func TestUpdatePersonRefuses(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	exec(t, pool, `update person set email = 'ben@example.org' where id = 'ben'`)
	var invalid skein.Invalid
	err := db.UpdatePerson(ctx, by("ada"), "ada", func(p *skein.Person) error { p.Name = " "; return nil })
	if !errors.As(err, &invalid) || invalid.On("name") == "" {
		t.Errorf("no name: %v", err)
	}
	err = db.UpdatePerson(ctx, by("ada"), "ada", func(p *skein.Person) error { p.Email = "BEN@example.org"; return nil })
	if !errors.As(err, &invalid) || invalid.On("email") == "" {
		t.Errorf("somebody else's e-mail: %v", err)
	}
	err = db.UpdatePerson(ctx, by("ada"), "nobody", func(*skein.Person) error { return nil })
	if !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	same(t, "audit", texts(t, pool, `select action from audit_event`))
}

func TestLeaveIsOnesOwn(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	if err := db.AddAbsence(ctx, by("ada"), skein.Absence{From: today}); err != nil {
		t.Fatal(err)
	}
	id := texts(t, pool, `select id::text from absence`)[0]
	end := func(a *skein.Absence) error { a.Until = today.AddDate(0, 0, 3); return nil }
	for _, id := range []string{id, "no uuid"} {
		if err := db.UpdateAbsence(ctx, by("ben"), id, end); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("somebody else's leave: %v", err)
		}
		if err := db.RemoveAbsence(ctx, by("ben"), id); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("somebody else's leave: %v", err)
		}
	}
	if err := db.UpdateAbsence(ctx, by("ada"), id, end); err != nil {
		t.Fatal(err)
	}
	same(t, "leave", texts(t, pool, `select from_on || ' ' || until_on from absence`), "2026-05-11 2026-05-14")
	back := func(a *skein.Absence) error { a.Until = today.AddDate(0, 0, -1); return nil }
	if err := db.UpdateAbsence(ctx, by("ada"), id, back); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("ends before it starts: %v", err)
	}
	if err := db.RemoveAbsence(ctx, by("ada"), id); err != nil {
		t.Fatal(err)
	}
	same(t, "audit", texts(t, pool, `select action from audit_event order by id`),
		"absence.add", "absence.update", "absence.remove")
}
