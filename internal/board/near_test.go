package board_test

import (
	"slices"
	"testing"

	"skein/internal/board"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// TestTheNearestOfEachWay looks for somebody nobody says anything of: the lead, the place as a co-lead and
// the place to learn that are nearest, each elsewhere.
func TestTheNearestOfEachWay(t *testing.T) {
	t.Parallel()
	pool := village(t)
	exec := func(all ...string) {
		t.Helper()
		for _, s := range all {
			if _, err := pool.Exec(t.Context(), s); err != nil {
				t.Fatalf("%v\n%s", err, s)
			}
		}
	}
	exec(
		`insert into project (id, title, state, circle_id) select 'k' || n, 'K', 'led', 'a' from generate_series(0, 2) n`,
		`insert into phase (project_id) select id from project where id like 'k%'`,
		`insert into requirement (phase_id, skill_id, importance, level) select id, case project_id when 'k0' then 's0' else 's1' end, 3, 2 from phase where project_id like 'k%'`,
		`insert into term (project_id, person_id, state, during, ends_on, live_at)
			select id, 'p7', 'live', '[2026-05-01,)', '2026-12-01', '2026-05-01' from project where id like 'k%'`,
		`insert into claim_window (project_id, phase_id, opened_at, seed) select project_id, id, '2026-05-01', 's' from phase where project_id like 'j%'`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values
			('p1', 's0', 'outcome', 4, '2026-05-01', 'x'), ('p1', 's0', 'outcome', 4, '2026-04-01', 'y')`,
	)
	c := through(postgres.New(pool), nil)
	near := func(person skein.PersonID) (ways []string) {
		t.Helper()
		s, err := c.board.Standings(t.Context(), person, skein.Day(now))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range s.Nearest(s.Suggestions(), now) {
			if n.Answer.Project != n.ID {
				t.Errorf("%s is answered as %s", n.ID, n.Answer.Project)
			}
			ways = append(ways, string(n.Way)+" "+string(n.ID))
		}
		return ways
	}
	same := func(what string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	same("nobody says anything of them", near("p2"), "lead j0", "shadow k0")
	if got := near("p1"); len(got) < 2 || !slices.Contains(got, "co-lead k0") {
		t.Errorf("somebody who knows what it asks for: %q", got)
	}
	same("who leads them all is beside none", near("p7"), "lead j0")
	exec(`insert into dismissal (person_id, project_id, at) select 'p2', id, '2026-05-02' from project where id in ('j0', 'k0')`)
	got := near("p2")
	if slices.Contains(got, "lead j0") || slices.Contains(got, "shadow k0") || len(got) != 2 {
		t.Errorf("what was sent away is offered: %q", got)
	}
	exec(`update claim_window set closes_at = '2026-05-11 08:00Z'`)
	same("what has closed is not open", near("p2")[:1], string(board.ToShadow)+" k1")
}
