package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/jobs"
	"skein/internal/postgres/core"
	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
)

// mailer is what sends mail, as far as the queue knows.
type mailer struct {
	mu    sync.Mutex
	tried map[string]int
	fail  func(id string) error
}

// Deliver counts.
func (m *mailer) Deliver(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tried[id]++
	return m.fail(id)
}

// Forgotten does nothing.
func (m *mailer) Forgotten(context.Context, string) error { return nil }

// TestTheQueueSendsMailBesideTheClock: a move's job is worked by a server that sends mail; what the mail server did
// not take waits, and costs no try; a server that sends none leaves it alone.
func TestTheQueueSendsMailBesideTheClock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into account (person_id, email, made_at, signed_in_at) select id, id || '@water.example', now(), now() from person`)
	h.must(h.db.Mail.SetSending(context.Background(), true))
	tell := func(to skein.PersonID) string {
		h.must(pgx.BeginFunc(context.Background(), h.pool, func(tx pgx.Tx) error {
			return core.Tell(context.Background(), tx, h.by(""), []skein.Notice{{To: to, Kind: skein.NoticeOffer, Project: "sensors", About: "offer " + string(to)}})
		}))
		return h.one(`select id from mail where person_id = $1`, to)
	}
	fails, goes := tell("marta"), tell("owen")
	const told = ` from river_job where kind = 'mail' and args ->> 'id' in (select id::text from mail where week is null)` // the clock makes Monday's mail meanwhile
	m := &mailer{tried: map[string]int{}, fail: func(id string) error {
		if id == fails {
			return errors.Join(maildb.FailedError{Says: "the mail server does not answer", Tries: 1}, nil)
		}
		return nil
	}}
	run := func(mail jobs.Mailer, until func() bool) {
		clock, err := jobs.New(jobs.Config{Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now }, Mail: mail})
		h.must(err)
		h.must(clock.Start(context.Background()))
		for end := time.Now().Add(20 * time.Second); !until() && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		h.must(clock.Stop(ctx))
	}
	states := func() string {
		return h.one(`select string_agg(state || ' ' || attempt, ', ' order by id)` + told)
	}
	run(nil, func() bool { return h.one(`select count(*) from clock where last_tick_at is not null`) == "1" })
	if got := states(); got != "available 0, available 0" {
		t.Errorf("a server that sends none: %s", got)
	}
	run(m, func() bool {
		return h.one(`select count(*)`+told+` and state in ('scheduled', 'completed')`) == "2"
	})
	if got := states(); got != "scheduled 0, completed 1" || m.tried[fails] != 1 || m.tried[goes] != 1 {
		t.Errorf("%s, %v", got, m.tried)
	}
	h.is("true", `select scheduled_at > clock_timestamp() and scheduled_at < clock_timestamp() + interval '20 seconds'`+told+` and state = 'scheduled'`)
}

// TestMondaysMailIsLookedForByTheClock: where mail goes out.
func TestMondaysMailIsLookedForByTheClock(t *testing.T) {
	t.Parallel()
	for sends, want := range map[bool]string{true: "4", false: "0"} {
		t.Run(fmt.Sprint(sends), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.exec(`insert into account (person_id, email, made_at, signed_in_at) select id, id || '@water.example', now(), now() from person`)
			h.must(h.db.Mail.SetSending(context.Background(), sends))
			clock, err := jobs.New(jobs.Config{
				Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now }, Mail: &mailer{},
			})
			h.must(err)
			h.must(clock.Tick(context.Background()))
			h.must(clock.Tick(context.Background()))
			h.is(want, `select count(*) from mail where week = '2026-05-11'`)
			h.now = h.now.Add(24 * time.Hour) // Tuesday
			h.must(clock.Tick(context.Background()))
			h.is(want, `select count(*) from mail`)
		})
	}
}
