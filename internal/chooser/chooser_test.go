package chooser_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

var now = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

func waterworks(t *testing.T) (*pgxpool.Pool, *chooser.Chooser) {
	t.Helper()
	pool := pgtest.New(t)
	for _, s := range []string{
		`insert into circle (id, name) values ('leaks', 'Leaks')`,
		`insert into person (id, name, circle_id) values ('ada', 'Ada Marr', 'leaks'), ('ben', 'Ben Okoro', 'leaks'), ('cem', 'Cem Aksoy', 'leaks')`,
		`insert into skill (id, name) values ('valves', 'Valve data'), ('maps', 'Reading maps')`,
		`insert into project (id, title, circle_id, state) values ('night', 'Night Pressure', 'leaks', 'open'), ('day', 'Day Flow', 'leaks', 'open')`,
		`insert into phase (project_id) values ('night'), ('day')`,
		`insert into requirement (phase_id, skill_id, importance, level, must)
			select id, 'valves', 5, 3, project_id = 'night' from phase union all select id, 'maps', 2, 2, false from phase where project_id = 'day'`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
			('ada', 'valves', 'peer', 4, '2026-05-11', 'ben'), ('ada', 'valves', 'peer', 4, '2026-04-01', 'cem'),
			('ben', 'valves', 'outcome', 3, '2025-04-01', null), ('cem', 'maps', 'self', 3, '2026-04-01', null)`,
	} {
		if _, err := pool.Exec(context.Background(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	return pool, chooser.New(postgres.New(pool))
}

func TestWhatSomebodySaidTodayCountsToday(t *testing.T) {
	t.Parallel()
	_, c := waterworks(t)
	a, err := c.One(t.Context(), "night", "ada", skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	if a.Assessment.Zone != match.Ready {
		t.Errorf("zone %s: %+v", a.Assessment.Zone, a.Explanation)
	}
	if got := a.Explanation.Lines[0].Text; got != "Valve data: Ben and Cem, May." {
		t.Errorf("line %q", got)
	}
}

func TestManyKeepTheOrderAsked(t *testing.T) {
	t.Parallel()
	_, c := waterworks(t)
	answers, err := c.Many(t.Context(), "cem", []skein.ProjectID{"night", "nowhere", "day"}, skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	if len(answers) != 2 || answers[0].Project != "night" || answers[1].Project != "day" {
		t.Fatalf("%+v", answers)
	}
	if answers[0].Assessment.Zone != match.NotYet {
		t.Errorf("night: %s", answers[0].Assessment.Zone)
	}
}

func TestARankingIsThatOfTheDayAsked(t *testing.T) {
	t.Parallel()
	_, c := waterworks(t)
	r, err := c.Rank(t.Context(), "night", day(4, 1))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Ranked) != 1 || r.Ranked[0].Person != "ben" {
		t.Fatalf("%+v, want only ben, who alone had evidence by then", r.Ranked)
	}
	var sum float64
	for _, m := range r.Ranked[0].Met {
		sum += m.Share
	}
	if math.Abs(sum-r.Ranked[0].Fit) > 1e-12 {
		t.Errorf("shares add up to %v, fit %v", sum, r.Ranked[0].Fit)
	}
}

func TestANewlyPublishedPolicyHoldsAtOnce(t *testing.T) {
	t.Parallel()
	pool, c := waterworks(t)
	if _, err := c.One(t.Context(), "night", "ada", skein.Day(now)); err != nil {
		t.Fatal(err)
	}
	p := match.DefaultPolicy()
	p.Trust.W0 = 9
	lens, _ := json.Marshal(p.Lens)
	trust, _ := json.Marshal(p.Trust)
	if _, err := pool.Exec(t.Context(), `insert into policy (version, lens, trust, made_at, reason) values (7, $1, $2, now(), 'a test')`,
		lens, trust); err != nil {
		t.Fatal(err)
	}
	a, err := c.One(t.Context(), "night", "ada", skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	if a.Query.Policy.Version != 7 || a.Query.Policy.Trust.W0 != 9 {
		t.Errorf("policy %d with w0 %v", a.Query.Policy.Version, a.Query.Policy.Trust.W0)
	}
}
