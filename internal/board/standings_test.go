package board_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// gathering lets every project of the village be claimed.
const gathering = `insert into claim_window (project_id, phase_id, opened_at, seed)
	select project_id, id, '2026-05-01', 's' from phase`

// TestStandingsAreWhatTheEngineSays compares, after any changes on any day, how people see the board from
// memory with how they see it read anew, and each fit with the engine's own.
func TestStandingsAreWhatTheEngineSays(t *testing.T) {
	t.Parallel()
	pool := village(t)
	if _, err := pool.Exec(t.Context(), gathering); err != nil {
		t.Fatal(err)
	}
	db := postgres.New(pool)
	fresh := through(db, nil)
	clock := now
	follower := chooser.NewFollower(db, nil, func() time.Time { return clock })
	followed := through(db, follower)
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			s := drawChange(t)
			if _, err := pool.Exec(ctx, s); err != nil {
				t.Fatalf("%v\n%s", err, s)
			}
		}
		clock = clock.AddDate(0, 0, rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(t, "days pass"))
		if clock.After(now.AddDate(0, 3, 0)) {
			clock = now
		}
		if err := follower.Look(ctx); err != nil {
			t.Fatal(err)
		}
		for n := range 8 {
			person := skein.PersonID(fmt.Sprint("p", n))
			want, err := fresh.board.Standings(context.Background(), person, skein.Day(clock))
			if err != nil {
				t.Fatal(err)
			}
			got, err := followed.board.Standings(ctx, person, skein.Day(clock))
			if err != nil {
				t.Fatal(err)
			}
			sameStandings(t, fresh.chooser, person, clock, want, got)
		}
	})
}

func sameStandings(t *rapid.T, plain *chooser.Chooser, person skein.PersonID, clock time.Time, want, got *board.Standings) {
	t.Helper()
	for _, q := range []board.Query{{Sort: board.BySuits}, {Sort: board.ByNewest}, {Sort: board.ByNewest, Circle: "b"}} {
		q.Limit, q.Today = 2, skein.Day(clock)
		x, err := want.Page(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		y, err := got.Page(context.Background(), q)
		if d := cmp.Diff(x, y); d != "" || err != nil {
			t.Fatalf("%s by %s of %q: %v\n%s", person, q.Sort, q.Circle, err, d)
		}
	}
	ids := func(all []board.Suggestion) (ids []skein.ProjectID) {
		for _, c := range all {
			ids = append(ids, c.ID)
		}
		return ids
	}
	if x, y := ids(want.Suggestions()), ids(got.Suggestions()); !slices.Equal(x, y) {
		t.Fatalf("%s could lead %v, want %v", person, y, x)
	}
	for _, project := range []skein.ProjectID{"j0", "j1", "j2"} {
		one, err := plain.One(context.Background(), project, person, skein.Day(clock))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []*board.Standings{want, got} {
			fit, ok := s.Fit(project)
			if !ok {
				continue // a draft is nowhere on it
			}
			if fit.Fit != one.Assessment.Fit || fit.Zone != one.Assessment.Zone {
				t.Fatalf("%s in %s: %+v, want %v %s", person, project, fit, one.Assessment.Fit, one.Assessment.Zone)
			}
			a, _ := s.Answer(project)
			if d := cmp.Diff(one.Assessment, a.Assessment); d != "" {
				t.Fatalf("%s in %s:\n%s", person, project, d)
			}
		}
	}
}

// TestTheBoardGoesThroughEveryLead pages through the board in each order: every lead comes once, in
// order, also when one of them goes meanwhile.
func TestTheBoardGoesThroughEveryLead(t *testing.T) {
	t.Parallel()
	pool := village(t)
	for _, s := range []string{
		`insert into project (id, title, state, hours_per_week) select 'k' || n, 'K', 'open', n % 7 from generate_series(10, 40) n`,
		`insert into phase (project_id) select id from project where id like 'k%'`,
		`insert into requirement (phase_id, skill_id, importance, level) select id, 's' || (n % 3), 1 + n % 5, 1 + n % 4
			from (select id, row_number() over (order by project_id) as n from phase where project_id like 'k%') k`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on) select 'p1', 's' || n, 'outcome', 2 + n, '2026-05-01' from generate_series(0, 2) n`,
		gathering,
		`update claim_window set closes_at = '2026-05-20' where project_id > 'k2'`,
	} {
		if _, err := pool.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	c := through(postgres.New(pool), nil)
	for _, sort := range []board.Sort{board.BySuits, board.ByClosing, board.ByPriority, board.ByNewest} {
		standings, err := c.board.Standings(t.Context(), "p1", skein.Day(now))
		if err != nil {
			t.Fatal(err)
		}
		var seen []skein.ProjectID
		var fits []board.Fit
		q := board.Query{Sort: sort, Limit: 10, Today: skein.Day(now)}
		for {
			page, err := standings.Page(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page.Open {
				if slices.Contains(seen, row.ID) {
					t.Fatalf("by %s %s comes twice", sort, row.ID)
				}
				fit, _ := standings.Fit(row.ID)
				seen, fits = append(seen, row.ID), append(fits, fit)
			}
			if page.Next == nil {
				break
			}
			q.After = *page.Next
		}
		if len(seen) != 34 {
			t.Errorf("by %s %d leads, want 34", sort, len(seen))
		}
		for i := 1; sort == board.BySuits && i < len(fits); i++ {
			if a, b := fits[i-1], fits[i]; a.Zone == b.Zone && a.Fit < b.Fit {
				t.Errorf("%v before %v", a, b)
			}
		}
	}
}

func TestWhatCouldBeSomebodys(t *testing.T) {
	t.Parallel()
	pool := village(t)
	could := func() (ids []skein.ProjectID) {
		standings, err := through(postgres.New(pool), nil).board.Standings(t.Context(), "p1", skein.Day(now))
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range standings.Suggestions() {
			ids = append(ids, one.ID)
			if one.Ground != (one.Wish != "") || one.Assessment.Person != "p1" {
				t.Errorf("%+v", one)
			}
		}
		return ids
	}
	exec := func(s string) {
		if _, err := pool.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	exec(gathering)
	exec(`delete from requirement where phase_id in (select id from phase where project_id = 'j2')`)
	exec(`insert into requirement (phase_id, skill_id, importance) select id, 's2', 3 from phase where project_id = 'j2'`)
	exec(`delete from requirement where skill_id = 's2' and phase_id in (select id from phase where project_id <> 'j2')`)
	exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p1', 's0', 'outcome', 4, '2026-05-01')`)
	exec(`insert into wish (person_id, skill_id, made_at) values ('p1', 's2', '2026-05-01')`)
	exec(`update person set hours_per_week = 10 where id = 'p1'`)
	if got := could(); !slices.Equal(got, []skein.ProjectID{"j1", "j0", "j2"}) && !slices.Equal(got, []skein.ProjectID{"j0", "j1", "j2"}) {
		t.Errorf("could lead %v", got)
	}
	exec(`insert into dismissal (person_id, project_id, at) values ('p1', 'j1', '2026-05-01')`)
	if got := could(); !slices.Equal(got, []skein.ProjectID{"j0", "j2"}) {
		t.Errorf("after one was sent away: %v", got)
	}
	exec(`update evidence set hidden_at = '2026-05-02'`)
	if got := could(); !slices.Equal(got, []skein.ProjectID{"j2"}) {
		t.Errorf("with nothing to show, only what they wish: %v", got)
	}
	exec(`update phase set uncertainty = 'unclear'`)
	if got := could(); len(got) != 0 {
		t.Errorf("what is unclear is split first: %v", got)
	}
}
