package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/jobs"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// tickerEnv makes this test binary a server that does nothing but move by the clock.
const (
	tickerEnv = "SKEIN_TEST_TICKER"
	tickerNow = "SKEIN_TEST_TICKER_NOW"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(tickerEnv); url != "" {
		fmt.Fprintln(os.Stderr, tickForever(url, os.Getenv(tickerNow)))
		os.Exit(1)
	}
	if url := os.Getenv(hangerEnv); url != "" {
		fmt.Fprintln(os.Stderr, hangForever(url))
		os.Exit(1)
	}
	if url := os.Getenv(mailHangerEnv); url != "" {
		fmt.Fprintln(os.Stderr, mailForever(url))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func tickForever(url, at string) error {
	now, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return err
	}
	ctx := context.Background()
	pool, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	db := postgres.New(pool)
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: db, Chooser: chooser.New(db), Now: func() time.Time { return now }})
	for err == nil {
		err = clock.Tick(ctx)
	}
	return err
}

const (
	kills = 50
	leads = 24
)

// TestKilledFiftyTimes: a server that moves by the clock is killed (-9) at any moment and started
// again, and no move is half made, lost, or told twice.
func TestKilledFiftyTimes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update organisation set confirm_weighed = false`)
	for _, p := range []string{"ada", "ben", "cem"} {
		h.person(p, 4)
	}
	h.exec(`update person set hours_per_week = null`)
	h.exec(`insert into project (id, title, purpose, circle_id, state, trust, hours_per_week)
		select 'p' || n, 'Project ' || n, 'x', 'leaks', 'open', case n % 2 when 0 then 'open' else 'weighed' end, 1 from generate_series(1, $1) n`, leads)
	h.exec(`insert into phase (project_id) select 'p' || n from generate_series(1, $1) n`, leads)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level) select id, 'valves', 5, 3 from phase where project_id like 'p%'`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		select project_id, id, $1, $2, project_id from phase where project_id like 'p%'`, h.now, h.now.Add(week))
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select w.id, w.project_id, w.phase_id, p, 'submitted', $1, $1, $1 from claim_window w, unnest(array['ada', 'ben', 'cem']) p`, h.now)

	amid, moves := 0, ""
	// Windows close, then offers lapse to the second, to the third, and to invitations.
	moments := []time.Duration{week, 48 * time.Hour, 48 * time.Hour, 48 * time.Hour}
	for i := range kills {
		if i%(kills/len(moments)) == 0 && i/(kills/len(moments)) < len(moments) {
			h.now = h.now.Add(moments[i/(kills/len(moments))])
		}
		ticker := exec.Command(os.Args[0])
		ticker.Env = append(os.Environ(), tickerEnv+"="+pgtest.URL(t), tickerNow+"="+h.now.Format(time.RFC3339Nano))
		h.must(ticker.Start())
		time.Sleep(time.Duration(60+rand.IntN(240)) * time.Millisecond)
		h.must(ticker.Process.Kill())
		_ = ticker.Wait()
		h.whole()
		if n := h.one(`select count(*) from audit_event`); n != moves {
			moves, amid = n, amid+1
		}
	}
	t.Logf("moves were made before %d of %d kills; windows closed: %s, offers lapsed: %s", amid, kills,
		h.one(`select count(*) from audit_event where action = 'window.close'`),
		h.one(`select count(*) from audit_event where action = 'term.lapse'`))
	h.must(h.clock.Tick(context.Background()))
	h.must(h.clock.Tick(context.Background()))
	h.whole()
	h.is(fmt.Sprint(leads), `select count(*) from audit_event where action = 'window.close'`)
	h.is(fmt.Sprint(leads/2), `select count(*) from project where state = 'led'`)
	h.is("0", `select count(*) from claim where state in ('submitted', 'chosen')`)
}

// whole checks what must hold at every moment between two moves.
func (h *house) whole() {
	h.Helper()
	for what, sql := range map[string]string{
		"a window closed without its pick":   `select count(*) from claim_window w where state in ('picked', 'taken') and not exists (select from pick where window_id = w.id)`,
		"a window closed twice":              `select count(*) from (select noun_id from audit_told where action = 'window.close' group by 1 having count(*) > 1) x`,
		"a closed window that the log lacks": `select count(*) from claim_window w where closed_at is not null and not exists (select from audit_told where action = 'window.close' and noun_id = w.id::text)`,
		"an offer without its claim":         `select count(*) from term t where state = 'offered' and not exists (select from claim where id = t.claim_id and state = 'offered')`,
		"an offer that nobody was told of":   `select count(*) from term t where state = 'offered' and not exists (select from notice n where n.person_id = t.person_id and n.kind = 'offer' and n.about = 'term:' || t.id)`,
		"a lead whose project is not led":    `select count(*) from term t join project p on p.id = t.project_id where t.state = 'live' and p.state <> 'led'`,
		"an offer that the log lacks":        `select count(*) from term t where not exists (select from audit_told where action = 'term.offer' and noun_id = t.id::text)`,
		"somebody not told":                  `select count(*) from claim c join claim_window w on w.id = c.window_id where c.state = 'not_chosen' and not exists (select from notice n where n.claim_id = c.id)`,
	} {
		if n := h.one(sql); n != "0" {
			h.Errorf("%s: %s", what, n)
		}
	}
}
