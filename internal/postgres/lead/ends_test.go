package leaddb_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// grid are windows of all kinds, a project each, in which claims gather.
type grid struct {
	ids []skein.ProjectID
}

// came are the claims of a window, as days after it opened, with how far they are ready.
var came = map[string]string{
	"none":         "",
	"a stretch":    "1 stretch submitted",
	"ready":        "2 ready submitted",
	"both":         "1 stretch submitted, 3 ready submitted, 4 ready submitted",
	"carried over": "-4 ready submitted, 2 stretch submitted",
	"nobody else":  "1 ready draft, 1 ready withdrawn, 2 not_yet submitted",
}

func (g *grid) put(t *testing.T, pool *pgxpool.Pool, trust [3]string, urgency, claims string) {
	t.Helper()
	n := len(g.ids)
	id := fmt.Sprintf("%s, %s, urgency %s: %s", trust, claims, urgency, came[claims])
	g.ids = append(g.ids, skein.ProjectID(id))
	phase, window := fmt.Sprintf("00000000-0000-7000-8000-%012d", n), fmt.Sprintf("00000000-0000-7000-9000-%012d", n)
	pgtest.Exec(t, pool, `
		insert into project (id, title, state, trust, trust_until) values ($1, 'X', 'open', $2, nullif($3, '')::date)`, id, trust[1], trust[2])
	pgtest.Exec(t, pool, `insert into phase (id, project_id, urgency) values ($1, $2, nullif($3, '')::int)`, phase, id, urgency)
	pgtest.Exec(t, pool, `
		insert into claim_window (id, project_id, phase_id, opened_at, seed, trust) values ($1, $2, $3, $4, 's', nullif($5, ''))`,
		window, id, phase, pgtest.Monday, trust[0])
	for i, claim := range strings.FieldsFunc(came[claims], func(r rune) bool { return r == ',' }) {
		var days int
		var zone, state string
		if _, err := fmt.Sscan(claim, &days, &zone, &state); err != nil {
			t.Fatal(err)
		}
		pgtest.Exec(t, pool, `
			insert into claim (window_id, project_id, phase_id, person_id, state, zone, drafted_at, changed_at, submitted_at)
			values ($1, $2, $3, $4, $5, $6, $7, $7, case when $5 <> 'draft' then $7::timestamptz end)`,
			window, id, phase, fmt.Sprintf("p%d", i), state, zone, pgtest.Monday.AddDate(0, 0, days))
	}
}

// The end that follows from claims is worked out by lead and, for all windows at once, by SQL: they say
// the same.
func TestTheDatabaseClosesAWindowWhenItsRulesDo(t *testing.T) {
	t.Parallel()
	ctx, pool := context.Background(), pgtest.New(t)
	pgtest.Exec(t, pool, `insert into person (id, name) values ('p0', 'Ada'), ('p1', 'Bo'), ('p2', 'Cyd')`)
	g := &grid{}
	for _, trust := range [][3]string{ // of the window, of the project, and until when that holds
		{"open", "weighed", ""}, {"weighed", "open", ""}, {"open", "open", "2026-01-01"}, {"", "open", ""}, {"", "open", "2026-01-01"}, {"zero", "zero", ""},
	} {
		for _, urgency := range []string{"", "4", "5"} {
			for claims := range came {
				g.put(t, pool, trust, urgency, claims)
			}
		}
	}
	pgtest.Exec(t, pool, `insert into project (id, title, state) values ('fixed', 'X', 'open')`)
	pgtest.Exec(t, pool, `insert into phase (id, project_id) values ('00000000-0000-7000-8000-0000000000ff', 'fixed')`)
	pgtest.Exec(t, pool, `insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		values ('fixed', '00000000-0000-7000-8000-0000000000ff', $1, $1::timestamptz + interval '3 days', 's')`, pgtest.Monday)
	g.ids = append(g.ids, "fixed")
	by := skein.Itself(pgtest.Monday.AddDate(0, 0, 5), time.UTC)
	for _, rules := range []string{
		`select 1`,
		`update organisation set window_hours = 12`,
		`insert into guardrail (kind, number, reason, made_at) values ('shortest_window', 3, 'Nights.', now())`,
		`update guardrail set retired_at = now()`,
	} {
		pgtest.Exec(t, pool, rules)
		ends, err := core.Pairs[skein.ProjectID, time.Time](ctx, pool, `select project_id, coalesce(due, '0001-01-01 00:00Z') from (`+leaddb.WindowEnds+`) ending`,
			pgx.NamedArgs{"day": by.Day})
		if err != nil || len(ends) != len(g.ids) {
			t.Fatalf("%d of %d windows: %v", len(ends), len(g.ids), err)
		}
		different := map[time.Time]bool{}
		for _, id := range g.ids {
			err := leaddb.New(pool).UpdateLead(ctx, by, id, func(l *lead.Lead) error {
				want := l.ClosesBy()
				different[want] = true
				if got := ends[id]; !got.Equal(want) {
					t.Errorf("%s, %s: SQL says %v, lead %v", rules, id, got, want)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if len(different) < 5 {
			t.Errorf("%s: only %d ends", rules, len(different))
		}
	}
}
