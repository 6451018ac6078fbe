package gameboarddb_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

var may = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

// run executes SQL that sets a test's scene.
func run(t *testing.T, pool *pgxpool.Pool, sql string, args ...any) {
	t.Helper()
	if _, err := pool.Exec(context.Background(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// actions lists the audit log's actions, oldest first.
func actions(t *testing.T, pool *pgxpool.Pool) (list []string) {
	t.Helper()
	err := pool.QueryRow(context.Background(),
		`select coalesce(array_agg(action order by id), '{}') from audit_event`).Scan(&list)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestVision(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	run(t, pool, `insert into person (id, name) values ('judith', 'Judith')`)
	by := skein.NewBy("judith", may, time.UTC)

	t.Run("priorities keep a ranked order", func(t *testing.T) {
		var ids []skein.PriorityID
		for _, title := range []string{"No boil notices", "Leaks down", "Clear bills"} {
			id, err := db.Gameboard.CreatePriority(ctx, by, skein.Priority{Title: title, Weight: 1})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
		}
		if err := db.Gameboard.MovePriority(ctx, by, ids[2], -1, ""); err != nil {
			t.Fatal(err)
		}
		_, ps, _, err := db.Gameboard.Vision(ctx, skein.Day(may))
		if err != nil {
			t.Fatal(err)
		}
		if len(ps) != 3 || ps[1].Title != "Clear bills" || ps[2].Title != "Leaks down" {
			t.Fatalf("order after moving the third up: %+v", ps)
		}
		var conflict skein.Conflict
		if err := db.Gameboard.MovePriority(ctx, by, ids[0], -1, ""); !errors.As(err, &conflict) {
			t.Fatalf("moving the first up: %v, want a conflict", err)
		}
		var invalid skein.Invalid
		err = db.Gameboard.UpdatePriority(ctx, by, ids[0], func(p *skein.Priority) error { p.Title = " "; return nil })
		if !errors.As(err, &invalid) || invalid.On("title") == "" {
			t.Fatalf("a priority without a title: %v", err)
		}
		if err := db.Gameboard.RetirePriority(ctx, by, ids[1], ""); err != nil {
			t.Fatal(err)
		}
		if err := db.Gameboard.RetirePriority(ctx, by, ids[1], ""); !errors.Is(err, skein.ErrNotFound) {
			t.Fatalf("retiring twice: %v", err)
		}
	})

	t.Run("one guardrail of a kind", func(t *testing.T) {
		g := skein.Guardrail{Kind: skein.LeadsAtOnce, Number: 2, Reason: "A third was always done in the evening.", Owner: "judith"}
		if err := db.Gameboard.CreateGuardrail(ctx, by, g); err != nil {
			t.Fatal(err)
		}
		var conflict skein.Conflict
		if err := db.Gameboard.CreateGuardrail(ctx, by, g); !errors.As(err, &conflict) {
			t.Fatalf("a second of the kind: %v", err)
		}
		_, _, gs, err := db.Gameboard.Vision(ctx, skein.Day(may))
		if err != nil || len(gs) != 1 || gs[0].Sentence() != "Two leads each." || gs[0].OwnerName != "Judith" {
			t.Fatalf("guardrails %+v, %v", gs, err)
		}
		if err := db.Gameboard.UpdateGuardrail(ctx, by, gs[0].ID, func(g *skein.Guardrail) error { g.Number = 3; return nil }); err != nil {
			t.Fatal(err)
		}
		if err := db.Gameboard.RetireGuardrail(ctx, by, gs[0].ID, ""); err != nil {
			t.Fatal(err)
		}
		if err := db.Gameboard.UpdateGuardrail(ctx, by, "no-such", func(*skein.Guardrail) error { return nil }); !errors.Is(err, skein.ErrNotFound) {
			t.Fatalf("an unknown guardrail: %v", err)
		}
	})

	t.Run("an unchanged vision writes nothing", func(t *testing.T) {
		before := len(actions(t, pool))
		set := func(v *skein.Vision) error { v.Organisation, v.Vision = "Corriemere Water", "Safe water."; return nil }
		for range 2 {
			if err := db.Gameboard.UpdateVision(ctx, by, set); err != nil {
				t.Fatal(err)
			}
		}
		if got := actions(t, pool)[before:]; len(got) != 1 || got[0] != "vision.update" {
			t.Fatalf("audit rows %v, want one vision.update", got)
		}
	})
}

func TestQuarter(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	db := postgres.New(pool)

	empty, err := db.Gameboard.Quarter(ctx, "judith", may, skein.Day(may))
	if err != nil || empty.Waiting != nil || empty.Now.DaysToLead != -1 || empty.Now.Leading != 0 {
		t.Fatalf("an empty organisation: %+v, %v", empty, err)
	}
	run(t, pool, `
		insert into person (id, name) values ('ada', 'Ada'), ('bo', 'Bo'), ('cy', 'Cy');
		insert into priority (id, title, place) values ('bills', 'Bills', 1);
		insert into project (id, title, state, priority_id) values
			('a', 'A', 'led', 'bills'), ('b', 'B', 'led', 'bills'), ('c', 'C', 'led', null), ('d', 'D', 'open', 'bills');
		insert into phase (id, project_id) values ('00000000-0000-7000-8000-000000000001', 'd');
		insert into claim_window (project_id, phase_id, opened_at, seed)
			values ('d', '00000000-0000-7000-8000-000000000001', '2026-03-31 09:00Z', 's');
		insert into need (project_id, kind, what, answer_by) values ('d', 'hours', '6 hours a week', '2026-05-01Z');
		insert into term (project_id, person_id, state, during) values
			('a', 'ada', 'live', '[2025-01-01,)'),
			('b', 'ada', 'live', '[2026-04-01,)'),
			('c', 'bo', 'live', '[2026-04-02,)')`)
	q, err := db.Gameboard.Quarter(ctx, "judith", may, skein.Day(may))
	if err != nil {
		t.Fatal(err)
	}
	if q.States[skein.Led] != 3 || q.States[skein.OpenForLead] != 1 {
		t.Errorf("states %v", q.States)
	}
	if q.Now.FirstTime != 1 || q.Before.FirstTime != 0 {
		t.Errorf("first-time leads %d (%d), want Bo alone", q.Now.FirstTime, q.Before.FirstTime)
	}
	if q.Now.Leading != 2 || q.Now.Leads != 3 || q.Now.BusiestHold != 2 {
		t.Errorf("spread %+v, want two people, three leads, the busiest holding two", q.Now)
	}
	if q.Waiting == nil || q.Waiting.Title != "D" || len(q.Waiting.NeedsOpen) != 1 {
		t.Errorf("waiting %+v", q.Waiting)
	}
	if len(q.Overdue) != 1 || q.Overdue[0].Need.Kind != skein.NeedHours {
		t.Errorf("overdue %+v", q.Overdue)
	}
	if q.Priorities[0].Led != 2 || q.Priorities[0].Open != 1 || q.Priorities[0].Projects != 3 {
		t.Errorf("priority %+v", q.Priorities[0])
	}
}
