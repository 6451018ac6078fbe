package jobs_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/jobs"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// hangerEnv makes this test binary a server whose first tick never ends: it says so and waits to be killed.
const hangerEnv = "SKEIN_TEST_HANGER"

func hangForever(url string) error {
	ctx := context.Background()
	pool, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	db := postgres.New(pool)
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: db, Chooser: chooser.New(db), Now: func() time.Time {
		_, _ = os.Stdout.WriteString("in the middle\n")
		select {}
	}})
	if err == nil {
		err = clock.Start(ctx)
	}
	if err == nil {
		time.Sleep(time.Hour)
	}
	return err
}

// TestAServerKilledInMidTickHoldsUpNoOther: the tick's row stays `running` for ever, and no other may
// begin beside it. Another server counts it as lost after the rescue's time, and goes on.
func TestAServerKilledInMidTickHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.exec(`update organisation set confirm_weighed = false`)
	h.window(week)
	h.must(h.claim(ines))
	h.now = h.now.Add(week)

	killed := exec.Command(os.Args[0])
	killed.Env = append(os.Environ(), hangerEnv+"="+pgtest.URL(t))
	says, err := killed.StdoutPipe()
	h.must(err)
	h.must(killed.Start())
	_, err = bufio.NewReader(says).ReadString('\n')
	h.must(err)
	h.must(killed.Process.Kill())
	_ = killed.Wait()
	h.is("1", `select count(*) from river_job where kind = 'tick' and state = 'running'`)
	_, err = h.pool.Exec(context.Background(), `
		insert into river_job (kind, max_attempts, args, queue, unique_key, unique_states)
		select kind, max_attempts, args, queue, unique_key, unique_states from river_job`)
	if err == nil {
		t.Fatal("a tick began beside one that runs: what this test is about is gone")
	}

	clock, err := jobs.New(jobs.Config{
		Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now },
		Timeout: time.Second, Rescue: 2 * time.Second,
	})
	h.must(err)
	h.must(clock.Start(context.Background()))
	// The dead server is the queue's leader for some fifteen seconds yet; the lost are looked for every thirty.
	for end := time.Now().Add(90 * time.Second); h.one(`select count(*) from term`) == "0" && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	h.must(clock.Stop(ctx))
	h.is("ines offered", leadState)
	h.is("true", `select last_tick_at > clock_timestamp() - interval '1 minute' from clock`)
}

// TestATickIsKept: a tick that looked at all clocks is kept, one that was cut off is not.
func TestATickIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := context.Background()
	if _, ticked, err := h.db.Lead.SinceTick(ctx); ticked || err != nil {
		t.Fatalf("before the first tick: %v, %v", ticked, err)
	}
	cut, cancel := context.WithCancel(ctx)
	cancel()
	if err := h.clock.Tick(cut); err == nil {
		t.Error("a tick that was cut off says nothing")
	}
	if _, ticked, _ := h.db.Lead.SinceTick(ctx); ticked {
		t.Error("a tick that was cut off counts")
	}
	h.must(h.clock.Tick(ctx))
	if age, ticked, err := h.db.Lead.SinceTick(ctx); !ticked || err != nil || age < 0 || age > time.Minute {
		t.Errorf("after a tick: %v, %v, %v", age, ticked, err)
	}
	h.exec(`update clock set last_tick_at = last_tick_at - interval '1 hour'`)
	if age, _, _ := h.db.Lead.SinceTick(ctx); age < time.Hour {
		t.Errorf("an hour later: %v", age)
	}
	h.must(h.clock.Tick(ctx))
	if age, _, _ := h.db.Lead.SinceTick(ctx); age > time.Minute {
		t.Errorf("after the next: %v", age)
	}
	// A move that fails holds up no other, and the clocks were looked at all the same.
	h.exec(`update clock set last_tick_at = last_tick_at - interval '1 hour'`)
	pgtest.Exec(t, pgtest.Owner(t), `alter table review rename to review_is_gone`)
	if err := h.clock.Tick(ctx); err == nil {
		t.Error("a broken clock is not reported")
	}
	if age, _, _ := h.db.Lead.SinceTick(ctx); age > time.Minute {
		t.Errorf("beside a broken clock: %v", age)
	}
}
