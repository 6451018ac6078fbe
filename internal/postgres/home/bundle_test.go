package homedb_test

import (
	"fmt"
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// One person may be asked in many projects at the same hour: that is one notice.
func TestManyNoticesOfOneDayAreOne(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, `
		insert into project (id, title, state) select 'st' || n, 'Storm ' || n, 'open' from generate_series(1, 40) n;
		insert into phase (project_id) select id from project where id like 'st%';
		insert into claim_window (project_id, phase_id, opened_at, seed, state)
			select project_id, id, '2026-05-01', 'seed', 'inviting' from phase where project_id like 'st%';
		insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
			select id, project_id, 'ada', 1, '2026-05-10 09:00Z', timestamptz '2026-05-12 09:00Z' + substr(project_id, 3)::int * interval '1 minute'
			from claim_window where project_id like 'st%';
		insert into notice (person_id, kind, project_id, of_id, answer_by, made_at, about)
			select person_id, 'invite', project_id, window_id, answer_by, made_at + substr(project_id, 3)::int * interval '1 minute', 'window:' || window_id
			from invite where project_id like 'st%';
		insert into notice (person_id, kind, project_id, made_at, about) values
			('ada', 'led', 'st1', '2026-05-10 09:20:30Z', 'a'), ('ada', 'led', 'st2', '2026-05-10 09:20:40Z', 'b'), ('ada', 'led', 'st3', '2026-05-09', 'c');
		insert into notice (person_id, kind, project_id, of_id, made_at, about)
			select 'ada', 'invite', project_id, id, '2026-05-08', 'before' from claim_window where project_id = 'st7'`)
	read := func() (all []string) {
		for before := ""; ; {
			page, next, err := db.Home.Notices(t.Context(), "ada", before, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range page {
				all = append(all, fmt.Sprint(n.Kind, " ", n.Title, " ", n.Projects, " ", n.Since, " ", n.By.UTC().Format("15:04")))
			}
			if before = next; next == "" {
				return all
			}
		}
	}
	home := func() homedb.Home {
		home, err := db.Home.Home(t.Context(), homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today})
		if err != nil {
			t.Fatal(err)
		}
		return home
	}
	pgtest.Same(t, "told", read(),
		"invite Storm 40 40  09:01", "led Storm 2 1  00:00", "led Storm 1 1  00:00", "led Storm 3 1  00:00", "invite Storm 7 1  00:00")
	if h := home(); h.Unseen != 5 || len(h.Notices) != 5 || h.Waits != 40 || h.Waiters != 0 || h.Unnamed != 40 {
		t.Errorf("%+v", h)
	}
	pgtest.Exec(t, pool, `update invite set state = 'declined' where project_id in ('st1', 'st40')`)
	pgtest.Same(t, "some are settled", read()[:1], "invite Storm 40 40  09:02")
	pgtest.Exec(t, pool, `update invite set state = 'lapsed' where project_id <> 'st40'`)
	pgtest.Same(t, "all are settled", read()[:1], "invite Storm 40 40 settled 09:40")
	pgtest.Exec(t, pool, `update invite set state = 'lapsed'`)
	pgtest.Same(t, "all alike", read()[:1], "invite Storm 40 40 late 09:40")
	if err := db.Home.SeeNotices(t.Context(), skein.By{Person: "ada", At: pgtest.Monday, Day: pgtest.Today}); err != nil {
		t.Fatal(err)
	}
	pgtest.Exec(t, pool, `insert into notice (person_id, kind, project_id, made_at, about) values ('ada', 'invite', 'st1', '2026-05-10 20:00Z', 'later')`)
	if h := home(); h.Unseen != 1 || len(h.Notices) != 1 || h.Notices[0].Projects != 1 {
		t.Errorf("what comes after the others were seen: %+v", h)
	}
}
