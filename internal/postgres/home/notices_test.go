package homedb_test

import (
	"slices"
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Whoever was asked for something reads what came of it, instead of being asked again.
func TestANoticeSaysWhatCameOfItsAsk(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		insert into claim (id, window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, with_person_id, coach_id)
			select '0197b2a4-0000-4000-8000-00000000000c', id, project_id, phase_id, 'ben', 'submitted', '2026-05-02', '2026-05-02', 'ada', 'cyd'
			from claim_window where project_id = 'night';
		insert into term (id, project_id, person_id, state, claim_id, offered_at, answer_by)
			values ('0197b2a4-0000-4000-8000-000000000001', 'sensors', 'ada', 'offered', null, '2026-05-10', '2026-05-14');
		insert into pick (id, window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by)
			select '0197b2a4-0000-4000-8000-000000000002', window_id, project_id, 1, id, 'best', 'Best placed.', 2, 1, '2026-05-10', 'waiting', 'ada', '2026-05-12' from claim;
		insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
			select id, project_id, 'ada', 1, '2026-05-10', '2026-05-16' from claim_window where project_id = 'night';
		insert into review (id, claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by)
			select '0197b2a4-0000-4000-8000-000000000003', id, project_id, person_id, '2026-05-10', 'Look again.', 'ada', '2026-05-20' from claim;
		insert into ask (id, person_id, skill_id, asked_of, asked_at, answer_by)
			values ('0197b2a4-0000-4000-8000-000000000004', 'cyd', 'valve', 'ada', '2026-05-10', '2026-05-24');
		insert into need (project_id, kind, what, asked_of) values ('night', 'budget', '200 pounds', 'ada');
		insert into notice (person_id, kind, project_id, claim_id, says, made_at, about) values
			('ada', 'offer', 'sensors', null, 'offer', '2026-05-10', 'term:0197b2a4-0000-4000-8000-000000000001'),
			('ada', 'check', 'night', null, 'check', '2026-05-10', 'pick:0197b2a4-0000-4000-8000-000000000002'),
			('ada', 'review', 'night', null, 'review', '2026-05-10', 'review:0197b2a4-0000-4000-8000-000000000003'),
			('ada', 'asked', null, null, 'asked', '2026-05-10', 'ask 0197b2a4-0000-4000-8000-000000000004'),
			('ada', 'with', 'night', '0197b2a4-0000-4000-8000-00000000000c', 'with', '2026-05-10', 'claim:x'),
			('cyd', 'coach', 'night', '0197b2a4-0000-4000-8000-00000000000c', 'coach', '2026-05-10', 'claim:x'),
			('ada', 'needs', 'night', null, 'needs', '2026-05-10', 'needs:night'),
			('ada', 'led', 'night', null, 'led', '2026-05-10', 'term:0197b2a4-0000-4000-8000-000000000001'),
			('ada', 'check', 'night', null, 'odd', '2026-05-10', 'whatever');
		insert into notice (person_id, kind, project_id, says, made_at, about)
			select 'ada', 'invite', 'night', 'invite', '2026-05-10', 'window:' || id from claim_window where project_id = 'night';
		update notice set of_id = substring(about from '[0-9a-f]{8}-[0-9a-f-]{27}$')::uuid, code = case kind when 'needs' then 'asked' else '' end`)
	since := func() (all []string) {
		for _, person := range []string{"ada", "cyd"} {
			notices, _, err := db.Home.Notices(t.Context(), skein.PersonID(person), "", 30)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range notices {
				if n.Since != "" {
					all = append(all, n.Says+" "+n.Since)
				}
			}
		}
		slices.Sort(all)
		return all
	}
	pgtest.Same(t, "while all of it waits", since())
	pgtest.Exec(t, pool, `
		update term set state = 'declined' where project_id = 'sensors' and person_id = 'ada';
		update pick set state = 'confirmed', answered_by = 'ada';
		update review set answered_by = 'ada', answered_at = now(), upheld = true;
		update ask set answered_at = now();
		update claim set with_agreed_at = now(), coach_id = null;
		update need set granted_at = now(), granted_by = 'ada' where asked_of = 'ada';
		update invite set state = 'lapsed'`)
	pgtest.Same(t, "afterwards", since(), "asked answered", "check confirmed", "coach settled", "invite late", "needs granted", "offer no", "review answered", "with yes")
	pgtest.Exec(t, pool, `delete from notice where says in ('asked', 'invite', 'with', 'needs')`) // home holds the newest five
	home, err := db.Home.Home(t.Context(), homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today})
	if err != nil {
		t.Fatal(err)
	}
	if n := slices.IndexFunc(home.Notices, func(n homedb.Notice) bool { return n.Says == "offer" }); n < 0 || home.Notices[n].Since != "no" {
		t.Errorf("home says %+v", home.Notices)
	}
}

// What was answered, and what somebody else is asked, waits for nobody who would answer.
func TestANeedWaitsForWhoeverIsAsked(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		insert into need (project_id, kind, what, asked_of, answer_by, answer, answered_at) values
			('night', 'budget', '200 pounds', 'ada', '2026-05-01', 'nobody', '2026-05-02'), ('meter', 'hours', '6 hours a week', 'ben', '2026-12-01', null, null),
			('desk', 'hours', '3 hours a week', 'ada', '2026-05-01', null, null)`)
	home, err := db.Home.Home(t.Context(), homedb.HomeQuery{Person: "ada", Now: pgtest.Monday, Today: pgtest.Today, Everybody: true})
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "waiting", wanted(home), "need Drought Desk  3 hours a week")
}
