package demo_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"skein/internal/demo"
	"skein/internal/postgres/pgtest"
)

func TestSeedMakesAPlaceWithSomethingToAnswer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	made, err := demo.Seed(ctx, pool, now)
	if err != nil || !made {
		t.Fatalf("seeded %v, %v", made, err)
	}
	if made, err = demo.Seed(ctx, pool, now); err != nil || made {
		t.Fatalf("a second seed %v, %v", made, err)
	}
	for what, sql := range map[string]string{
		"Ines is offered Leak Sensors":           `select count(*) from term where project_id = 'leak-sensors' and person_id = 'ines-calder' and state = 'offered'`,
		"between equals":                         `select count(*) from pick where project_id = 'leak-sensors' and band_size = 2 and state = 'confirmed'`,
		"Marta has a pick to check":              `select count(*) from pick where project_id = 'stop-tap-register' and asked_of = 'marta-oyelaran' and state = 'waiting'`,
		"the offer's notice names no other day":  `select count(*) from notice where person_id = 'ines-calder' and kind = 'offer' and answer_by is null`,
		"neither does that of the pick to check": `select count(*) from notice where person_id = 'marta-oyelaran' and kind = 'check' and project_id = 'stop-tap-register' and answer_by is null`,
		"Mirren stands in for Idris, who is away": `select count(*) from stand_in join absence on absence.person_id = for_id
			where project_id = 'riverfly-count' and stand_in.person_id = 'mirren-tait' and state = 'standing' and '2026-11-23' between absence.from_on and absence.until_on`,
		"Hamish is asked to stand in for Dario": `select count(*) from stand_in where project_id = 'quarry-road' and person_id = 'hamish-orde' and state = 'asked'`,
		"Ines and Marta are asked how the trial went": `select count(*) from outcome where project_id = 'logger-trial' and state = 'asking'
			and (select count(*) from outcome_answer where outcome_id = outcome.id and answered_at is null and person_id in ('ines-calder', 'marta-oyelaran')) = 2`,
		"how the signs went has closed":        `select count(*) from outcome where project_id = 'bathing-signs' and result = 'reached' and basis = 'owner'`,
		"somebody asks Tomas something":        `select count(*) from question where project_id = 'drought-desk' and answered_at is null`,
		"Marta has not seen Tomas's last word": `select count(*) from week_word where project_id = 'drought-desk' and day = '2026-11-19' and seen_by is null`,
		"of one lead nothing was said in time": `select count(*) from term where word_due < '2026-11-20'`,
		"words are of eleven kinds of age":     `select count(*) from (select from week_word having count(*) = 11) said`,
		"a note waits to be said back": `select count(*) from handover join term on term.id = next_id
			where handover.project_id = 'pipe-bridge' and handover.state = 'written' and term.person_id = 'hamish-orde' and term.state = 'accepted' and due > '2026-11-24'`,
		"four teams move with Drought Desk":      `select count(*) from (select from further_circle where project_id = 'drought-desk' having count(*) = 3) moving`,
		"a co-lead's place is asked of Tomas":    `select count(*) from term where project_id = 'drought-desk' and state = 'asked'`,
		"Maeve is asked about Hana's hours":      `select count(*) from remit_change where project_id = 'bill-on-a-page' and asked_of = 'maeve-sorley' and state = 'proposed' and by_lead`,
		"Mirren and Hamish are asked for advice": `select count(*) from decision where state = 'asking' and (select count(*) from advice where decision_id = decision.id and state = 'asked' and person_id in ('mirren-tait', 'hamish-orde')) = 2`,
		"one decision replaces another":          `select count(*) from decision join decision old on old.id = decision.replaces_id and old.state = 'replaced'`,
		"decisions of three projects":            `select count(*) from (select from decision where state = 'decided' having count(distinct project_id) = 3) decided`,
	} {
		var n int
		if err := pool.QueryRow(ctx, sql).Scan(&n); err != nil || n != 1 {
			t.Errorf("%s: %d, %v", what, n, err)
		}
	}
}

// Two starts at once make the demo once, whichever comes first.
func TestTwoStartsSeedOnce(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	var both sync.WaitGroup
	var made atomic.Int64
	for range 2 {
		both.Go(func() {
			filled, err := demo.Seed(t.Context(), pool, now)
			if err != nil {
				t.Error(err)
			}
			if filled {
				made.Add(1)
			}
		})
	}
	both.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
	if n := pgtest.Texts(t, pool, `select count(*)::text from person where id = 'ines-calder'`); n[0] != "1" {
		t.Errorf("%s of Ines", n[0])
	}
}

// A start that is killed in the middle leaves an empty database, which the next one fills.
func TestASeedThatIsKilledMakesNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	other := pgtest.Owner(t)
	// The last step of all fails, as if the server's power went there.
	pgtest.Put(t, other, `create function power_cut() returns trigger language plpgsql as $$ begin raise 'cut'; end $$`,
		`create trigger power_cut before update on pick for each row when (new.answer_by is distinct from old.answer_by) execute function power_cut()`)
	if filled, err := demo.Seed(t.Context(), pool, now); err == nil || filled {
		t.Fatalf("filled %v, %v", filled, err)
	}
	for _, table := range []string{"person", "project", "claim", "audit_event", "guardrail", "circle", "evidence", "notice"} {
		if n := pgtest.Texts(t, pool, `select count(*)::text from `+table); n[0] != "0" {
			t.Errorf("%s rows of %s stay behind", n[0], table)
		}
	}
	pgtest.Put(t, other, `drop trigger power_cut on pick`)
	if filled, err := demo.Seed(t.Context(), pool, now); err != nil || !filled {
		t.Fatalf("filled %v, %v", filled, err)
	}
}
