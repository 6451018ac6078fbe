package homedb_test

import (
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

func TestWhatAStewardLooksAfter(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		insert into hat (person_id, kind, circle_id, given_at) values ('ben', 'steward', 'leaks', '2026-01-01'), ('ben', 'steward', 'river', '2026-01-01');
		update claim_window set closes_at = '2026-05-20' where project_id = 'night';
		insert into term (project_id, person_id, state, during, ends_on, live_at) values ('desk', 'ada', 'live', '[2026-04-01,)', '2026-06-30', '2026-04-01')`)
	read := func(circles ...skein.CircleID) homedb.Stewarded {
		t.Helper()
		home, err := db.Home.Home(t.Context(), homedb.HomeQuery{Person: "ben", Circles: circles, Now: pgtest.Monday, Today: pgtest.Today})
		if err != nil {
			t.Fatal(err)
		}
		return home.Stewarded
	}
	s := read("leaks", "river")
	var leads []string
	for _, l := range s.Leads {
		says := string(l.ID) + " " + l.LeadName
		if l.Takes {
			says += "takes claims"
		}
		leads = append(leads, strings.TrimSpace(says))
	}
	pgtest.Same(t, "leads, those that end first", leads, "desk Ada Reed", "sensors", "meter", "night takes claims")
	if first := s.Leads[0]; first.Total != 4 || first.Open != 1 || first.Deciding != 2 {
		t.Errorf("%d in all, %d open, %d being decided", first.Total, first.Open, first.Deciding)
	}
	pgtest.Same(t, "circles", s.Circles, "Leaks", "River Care")
	pgtest.Same(t, "never led", s.Names, "Ben Moss", "Cyd Will")
	if s.People != 3 || s.Never != 2 {
		t.Errorf("%d of %d never led", s.Never, s.People)
	}
	// Once everybody is told, who was chosen is said, and nothing is being decided there.
	pgtest.Exec(t, pool, `
		update claim_window set state = 'taken', closed_at = '2026-05-01' where project_id = 'night';
		insert into claim (project_id, phase_id, window_id, person_id, state, drafted_at, changed_at, submitted_at) select 'night', phase_id, id, 'cyd', 'chosen', '2026-04-20', '2026-04-20', '2026-04-20' from claim_window where project_id = 'night';
		insert into term (project_id, person_id, claim_id, state, offered_at, answer_by, answered_at)
			select 'night', 'cyd', id, 'accepted', '2026-05-02', '2026-05-04', '2026-05-03' from claim where project_id = 'night' and person_id = 'cyd' and state = 'chosen'`)
	chosen := func() (name string, deciding, coming int) {
		for _, l := range read("leaks", "river").Leads {
			if l.ID == "night" {
				return l.ComingName, l.Deciding, l.Coming
			}
		}
		return "", 0, 0
	}
	if name, deciding, coming := chosen(); name != "" || deciding != 3 || coming != 0 {
		t.Errorf("before it is told: %q, %d being decided, %d coming", name, deciding, coming)
	}
	pgtest.Exec(t, pool, `update claim_window set told_at = '2026-05-03' where project_id = 'night'`)
	if name, deciding, coming := chosen(); name != "Cyd Will" || deciding != 2 || coming != 1 {
		t.Errorf("once it is told: %q, %d being decided, %d coming", name, deciding, coming)
	}
	if s := read(); s.Leads != nil || s.Circles != nil {
		t.Errorf("whoever is no steward looks after %+v", s)
	}
}

func TestWhomSomebodyCouldAsk(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ask := func() string {
		t.Helper()
		home, err := db.Home.Home(t.Context(), homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today})
		if err != nil {
			t.Fatal(err)
		}
		if home.Adviser == nil {
			return ""
		}
		return string(home.Adviser.ID) + " " + string(home.Adviser.Kind)
	}
	for _, step := range []struct{ sql, want string }{
		{``, ""},
		{`insert into hat (person_id, kind, given_at) values ('cyd', 'executive', '2026-01-01'), ('ada', 'administrator', '2026-01-01')`, ""}, // no account; oneself
		{`insert into account (person_id, email, made_at) values ('cyd', 'c@quarry.example', '2026-01-01'), ('ben', 'b@quarry.example', '2026-01-01'), ('old', 'o@quarry.example', '2026-01-01')`, "cyd executive"},
		{`insert into hat (person_id, kind, circle_id, given_at) values ('cyd', 'steward', 'river', '2026-01-01'), ('old', 'steward', 'leaks', '2026-01-01')`, "cyd executive"}, // elsewhere; has left
		{`insert into hat (person_id, kind, circle_id, given_at) values ('ben', 'steward', 'leaks', '2026-01-01')`, "ben steward"},
		{`insert into absence (person_id, from_on, until_on) values ('ben', '2026-05-01', '2026-06-01')`, "cyd executive"},
	} {
		if step.sql != "" {
			pgtest.Exec(t, pool, step.sql)
		}
		if got := ask(); got != step.want {
			t.Errorf("%s: %q, want %q", step.sql, got, step.want)
		}
	}
}
