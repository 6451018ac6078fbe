package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/chooser"
	"skein/internal/jobs"
	"skein/internal/postgres"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// second is another server on the same database, with connections of its own.
func (h *house) second(pool *pgxpool.Pool) *house {
	h.Helper()
	other := *h
	other.pool, other.db = pool, postgres.New(pool)
	other.chooser = chooser.New(other.db)
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: other.db, Chooser: other.chooser, Now: func() time.Time { return h.now }})
	if err != nil {
		h.Fatal(err)
	}
	other.clock = clock
	return &other
}

func TestTwoServersActOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other := h.second(pgtest.New(t))
	var people []skein.PersonID
	for i := range 6 {
		people = append(people, h.person(fmt.Sprint("p", i), 3+i%3))
	}
	h.window(week)
	for _, p := range people {
		h.must(h.claim(p))
	}
	// Pick, passed on three times, told, and six offers that lapse: all by two servers at once.
	for _, d := range []time.Duration{week, 48 * time.Hour, 48 * time.Hour, 48 * time.Hour, 48 * time.Hour, 48 * time.Hour} {
		h.now = h.now.Add(d)
		var wg sync.WaitGroup
		for range 4 {
			for _, server := range []*house{h, other} {
				wg.Go(func() {
					if err := server.clock.Tick(context.Background()); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		h.must(h.clock.Tick(context.Background()))
	}
	h.is("1", `select count(*) from audit_event where action = 'window.close'`)
	h.is("1", `select count(*) from audit_event where action = 'pick.make'`)
	h.is("2", `select count(*) from audit_event where action = 'pick.pass_on'`)
	h.is("1", `select count(*) from audit_event where action = 'pick.unchecked'`)
	h.is("2", `select count(*) from audit_event where action = 'term.lapse'`)
	h.is("3", `select count(*) from audit_event where action = 'term.offer'`)
	h.is("1", `select count(*) from term where state = 'offered'`)
	h.is("5", `select count(*) from notice where kind = 'notchosen'`)
	h.is("3", `select count(*) from notice where kind = 'offer'`)
}

func TestAKilledTickLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.now = h.now.Add(week)
	// The judge dies in the middle of the close, after rows were locked and read.
	judge := h.chooser.Judge()
	broken := judge
	broken.Claims = func(leaddb.Closing) ([]skein.Judged, error) { return nil, errors.New("killed") }
	if err := h.db.Lead.Tick(context.Background(), h.now, broken); err == nil {
		t.Fatal("a failed move is not reported")
	}
	h.is("submitted", claimState, ines)
	h.is("open", `select state from claim_window`)
	h.is("0", `select count(*) from audit_event where action = 'window.close'`)
	// A context that ends while a transaction runs.
	ctx, cancel := context.WithCancel(context.Background())
	cut := judge
	cut.Claims = func(c leaddb.Closing) ([]skein.Judged, error) { cancel(); return judge.Claims(c) }
	if err := h.db.Lead.Tick(ctx, h.now, cut); err == nil {
		t.Fatal("a cut-off move is not reported")
	}
	h.is("open", `select state from claim_window`)
	// Postgres notices on its own that nobody is there any more; until then it holds the row, which a
	// tick passes over and the next one takes.
	h.eventually("0", `select count(*) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`)
	h.must(h.db.Lead.Tick(context.Background(), h.now, judge))
	h.is("picked", `select state from claim_window`)
	h.is("chosen", claimState, ines)
}

func TestOneBadRowDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.exec(`insert into project (id, title, state) values ('broken', 'Broken', 'open')`)
	h.exec(`insert into phase (id, project_id) values ('00000000-0000-7000-8000-000000000002', 'broken')`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		values ('broken', '00000000-0000-7000-8000-000000000002', $1, $1, 'x')`, h.now)
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at)
		select id, project_id, phase_id, 'ines', 'submitted', $1, $1 from claim_window where project_id = 'broken'`, h.now)
	judge := h.chooser.Judge()
	picky := judge
	picky.Claims = func(c leaddb.Closing) ([]skein.Judged, error) {
		if c.Window.Project == "broken" {
			return nil, errors.New("cannot")
		}
		return judge.Claims(c)
	}
	h.now = h.now.Add(week)
	if err := h.db.Lead.Tick(context.Background(), h.now, picky); err == nil {
		t.Error("the failure is not reported")
	}
	h.is("picked", `select state from claim_window where project_id = 'sensors'`)
	h.is("open", `select state from claim_window where project_id = 'broken'`)
}

func TestARepeatedRequestDoesNothingTwice(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.window(week)
	const key = "0196c000-0000-4000-8000-000000000001"
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			err := h.send(ines, skein.Claim{Why: "Once."}, key)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	h.is("1", `select count(*) from claim`)
	h.is("1", `select count(*) from audit_event where action in ('claim.submit', 'claim.change')`)
	h.must(h.withdraw(ines))
	h.must(h.send(ines, skein.Claim{}, key))
	h.is("withdrawn", claimState, ines)
}

func TestTheQueueRunsTheClock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.exec(`update organisation set confirm_weighed = false`)
	h.window(week)
	h.must(h.claim(ines))
	h.now = h.now.Add(week)
	h.must(h.clock.Start(context.Background()))
	deadline := time.Now().Add(20 * time.Second)
	for h.one(`select count(*) from term`) == "0" && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	h.must(h.clock.Stop(ctx))
	h.is("ines offered", leadState)
}
