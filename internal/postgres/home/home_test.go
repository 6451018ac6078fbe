package homedb_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

func wanted(h homedb.Home) (list []string) {
	for _, w := range h.Waiting {
		list = append(list, fmt.Sprint(w.Kind, " ", w.Title, " ", w.Who, " ", w.About+w.Need.What))
	}
	return list
}

func TestHomeListsWhatWantsAnAnswer(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, with_person_id, coach_id)
			select id, project_id, phase_id, 'ada', 'offered', '2026-05-02'::timestamptz, '2026-05-02'::timestamptz, null, null
			from claim_window where project_id = 'sensors'
			union all
			select id, project_id, phase_id, 'cyd', 'submitted', '2026-05-02', '2026-05-02', 'ada', null
			from claim_window where project_id = 'night'
			union all
			select id, project_id, phase_id, 'ben', 'submitted', '2026-05-02', '2026-05-02', null, 'ada'
			from claim_window where project_id = 'night';
		insert into term (project_id, person_id, state, claim_id, offered_at, answer_by)
			select project_id, person_id, 'offered', id, '2026-05-10', '2026-05-14 17:00Z' from claim where person_id = 'ada';
		insert into term (project_id, person_id, state, during, ends_on, live_at)
			values ('desk', 'ada', 'live', '[2026-04-01,)', '2026-06-30', '2026-04-01');
		insert into term (project_id, person_id, role, state, answer_by) values ('desk', 'cyd', 'co', 'asked', '2026-05-13');
		insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
			select id, project_id, 'ada', 1, '2026-05-10', '2026-05-16' from claim_window where project_id = 'night';
		insert into pick (window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by)
			select window_id, project_id, 1, id, 'best', 'Best placed.', 2, 1, '2026-05-10', 'waiting', 'ada', '2026-05-12'
			from claim where person_id = 'ben';
		insert into need (project_id, kind, what, asked_of) values
			('night', 'budget', '200 pounds', 'ada'), ('desk', 'hours', '3 hours a week', null), ('meter', 'hours', '6 hours a week', null), ('done', 'hours', '3 hours', 'ada');
		insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values
			('cyd', 'valve', 'ada', '2026-05-10', '2026-05-24'), ('cyd', 'write', 'ada', '2026-04-10', '2026-04-24');
		insert into review (claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by)
			select id, project_id, person_id, '2026-05-10', 'My valve work was missed.', 'ada', '2026-05-20' from claim where person_id = 'cyd'`)
	q := homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today, Everybody: true}
	home, err := db.Home.Home(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "waiting", wanted(home),
		"coach Night Pressure Ben Moss ",
		"with Night Pressure Cyd Will ",
		"pick Night Pressure  ",
		"place Drought Desk Cyd Will co",
		"offer Leak Sensors Ben Moss ",
		"invite Night Pressure  ",
		"review Night Pressure Cyd Will My valve work was missed.",
		"ask  Cyd Will valve data",
		"need Night Pressure Ben Moss 200 pounds")
	if home.Waits != 9 || home.Waiters != 2 || home.Unnamed != 2 {
		t.Errorf("%d things of %d people, %d of nobody named", home.Waits, home.Waiters, home.Unnamed)
	}
	if w := home.Waiting[4]; w.First || *w.Hours != 5 || !w.Until.Equal(time.Date(2026, 5, 14, 17, 0, 0, 0, time.UTC)) {
		t.Errorf("offer %+v", w)
	}
	if len(home.Terms) != 1 || home.Terms[0].Title != "Drought Desk" || len(home.Terms[0].Missing) != 1 || home.Terms[0].Paused {
		t.Errorf("terms %+v", home.Terms)
	}
	q.Everybody, q.Circles = false, []skein.CircleID{"river", "leaks"}
	home, err = db.Home.Home(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(home.Waiting) != 3 || home.Waits != 10 {
		t.Errorf("%d of %d; a steward is asked for what nobody is named for", len(home.Waiting), home.Waits)
	}
}

// What one holds takes its hours once: an offer, a co-lead's place, and where one stands in.
func TestHomeCountsTheHoursOfAllThatOneHolds(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		insert into term (project_id, person_id, role, state, during, live_at) values
			('desk', 'ada', 'co', 'live', '[2026-04-01,)', '2026-04-01'), ('desk', 'ben', 'primary', 'live', '[2026-04-01,)', '2026-04-01'),
			('night', 'cyd', 'primary', 'live', '[2026-04-01,)', '2026-04-01');
		insert into term (project_id, person_id, state, offered_at, answer_by) values ('sensors', 'ada', 'offered', '2026-05-10', '2026-05-14 17:00Z');
		insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on)
			select id, gen_random_uuid(), 'ada', case id when 'desk' then 'ben' else 'cyd' end, 'standing', '2026-05-02', '2026-05-04', '2026-05-03', '2026-05-03'
			from project where id in ('desk', 'night')`)
	home, err := db.Home.Home(context.Background(), homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today, Everybody: true})
	if err != nil || home.HoursHeld != 3+4+5 {
		t.Errorf("%v hours are held, want 12; %v", home.HoursHeld, err)
	}
}

// Whoever is asked to stand in reads how long that is for, and not when the project ends.
func TestAQuestionToStandInNamesItsOwnLastDay(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		update project set end_on = '2026-12-31' where id in ('desk', 'night');
		insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, from_on, until_on) values
			('desk', gen_random_uuid(), 'ada', 'ben', 'asked', '2026-05-02', '2026-05-20', '2026-05-03', '2026-06-10'),
			('night', gen_random_uuid(), 'ada', 'ben', 'asked', '2026-05-02', '2026-05-20', '2026-05-03', null)`)
	home, err := db.Home.Home(context.Background(), homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today, Everybody: true})
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, w := range home.Waiting {
		if w.Kind != homedb.WaitStandIn {
			continue
		}
		asked++
		if w.Project == "night" && w.EndOn != nil || w.Project == "desk" && (w.EndOn == nil || w.EndOn.Format("2006-01-02") != "2026-06-10") {
			t.Errorf("%s: until %v", w.Project, w.EndOn)
		}
	}
	if asked != 2 {
		t.Errorf("%d questions wait, want 2", asked)
	}
}

func TestHomeShowsLeaveToComeAndNotWhatWasSentAway(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		insert into need (project_id, kind, what) values ('meter', 'hours', '6 hours a week');
		insert into absence (person_id, from_on, until_on) values ('ada', '2026-01-01', '2026-01-02'), ('ada', '2026-06-01', null)`)
	q := homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today}
	home, err := db.Home.Home(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(home.Leaves) != 1 || home.Waits != 0 {
		t.Errorf("%+v", home)
	}
	if err := db.Lead.Dismiss(context.Background(), pgtest.By("ada"), "night"); err != nil {
		t.Fatal(err)
	}
	if err := db.Lead.Undismiss(context.Background(), pgtest.By("ada"), "night"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action || ' ' || noun_id from audit_told order by id`),
		"project.dismiss night", "project.undismiss night")
	if err := db.Lead.Dismiss(context.Background(), pgtest.By("ada"), "nothing"); err != skein.ErrNotFound {
		t.Errorf("nothing: %v", err)
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `
		insert into notice (person_id, kind, says, link, made_at, about)
		select 'ada', 'chosen', 'Sentence ' || n || '.', '/projects/x', '2026-05-11'::timestamptz - n * interval '1 hour', n::text
		from generate_series(1, 7) n
		union all
		select 'ben', 'chosen', 'Not for Ada.', '', '2026-05-10', 'b'`)
	home, err := db.Home.Home(ctx, homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today})
	if err != nil || home.Unseen != 7 || len(home.Notices) != 5 || home.Notices[0].Says != "Sentence 1." {
		t.Fatalf("%+v, %v", home, err)
	}
	var read []string
	before := ""
	for {
		notices, next, err := db.Home.Notices(ctx, "ada", before, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range notices {
			read = append(read, n.Says)
		}
		if before = next; next == "" {
			break
		}
	}
	if len(read) != 7 || read[6] != "Sentence 7." {
		t.Errorf("read %q", read)
	}
	if err := db.Home.SeeNotices(ctx, pgtest.By("ada")); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "unseen", pgtest.Texts(t, pool, `select says from notice where seen_at is null`), "Not for Ada.")
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action || ' ' || (details->>'notices') from audit_told`), "notice.see 7")
}
