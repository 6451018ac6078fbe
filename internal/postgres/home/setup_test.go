package homedb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
)

// TestSetupTicksItself goes from an empty database to the first lead.
func TestSetupTicksItself(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	read := func() homedb.Setup {
		t.Helper()
		s, err := db.Home.Setup(t.Context(), "ada", pgtest.Monday, pgtest.Today)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	want := homedb.Setup{
		People: 3, Circles: 2, Depth: 1, Executives: []string{}, Stewards: []string{}, Stewarded: []string{},
		Without: 2, LargestID: "leaks", LargestName: "Leaks",
	}
	if d := cmp.Diff(want, read()); d != "" {
		t.Error(d)
	}
	pgtest.Exec(t, pool, `
		insert into account (person_id, email, made_at) values ('ada', 'ada@quarry.example', '2026-05-01'), ('old', 'old@quarry.example', '2026-01-01');
		insert into absence (person_id, from_on, until_on) values ('ben', '2026-05-01', '2026-06-01');
		insert into circle (id, name, parent_id) values ('quay', 'Quay', 'leaks');
		insert into hat (person_id, kind, circle_id, given_at) values
			('ben', 'steward', 'leaks', '2026-05-01'), ('old', 'steward', 'river', '2026-01-01'),
			('ada', 'executive', null, '2026-05-01'), ('ben', 'executive', null, '2026-05-01');
		insert into priority (id, title, place, weight) values ('p', 'Bread', 1, 1);
		insert into project (id, title, state, proposed_by) values ('x', 'A Draft', 'draft', 'ada')`)
	want = homedb.Setup{
		People: 3, Away: 1, Accounts: 1, Circles: 3, Depth: 2, Priorities: 1, Executives: []string{"Ada Reed"},
		Stewards: []string{"Ben Moss"}, Stewarded: []string{"Leaks"}, Without: 1, LargestID: "river", LargestName: "River Care", Draft: "x",
	}
	if d := cmp.Diff(want, read()); d != "" {
		t.Error(d)
	}
	if done, all := read().Steps(); done != 4 || all != 5 {
		t.Errorf("%d of %d done", done, all)
	}
	pgtest.Exec(t, pool, `
		update project set state = 'led', published_at = '2026-05-02' where id = 'x';
		insert into term (project_id, person_id, state, during, live_at) values ('x', 'cyd', 'live', '[2026-05-03,)', '2026-05-03')`)
	if s := read(); !s.HasLead() || s.Led != 1 || s.Draft != "" {
		t.Errorf("%+v", s)
	}
}

func TestTheListIsPutAwayOnce(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	for _, away := range []bool{true, true, false, false} {
		if err := db.Gameboard.PutSetupAway(t.Context(), pgtest.By("ada"), away); err != nil {
			t.Fatal(err)
		}
		org, err := db.Gameboard.Organisation(t.Context())
		if err != nil || org.SetupAway != away {
			t.Errorf("away: %v, %v", org.SetupAway, err)
		}
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_told order by id`), "setup.away", "setup.back")
}
