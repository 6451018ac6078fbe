package postgres_test

import (
	"slices"
	"testing"
	"time"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

func TestFiguresAreWhatWaits(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	now := time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)
	f, err := db.Figures(t.Context(), now)
	if err != nil || f.Ticked || f.MailsWaiting != 0 || f.MailFailing != 0 || len(f.Jobs) != 0 {
		t.Errorf("at first %+v, %v", f, err)
	}
	pgtest.Exec(t, pool, `update clock set last_tick_at = clock_timestamp() - interval '90 seconds'`)
	pgtest.Exec(t, pool, `update mail_state set failing_since = $1, failing_says = 'no'`, now.Add(-time.Hour))
	pgtest.Exec(t, pool, `insert into person (id, name) values ('ines', 'Ines Calder')`)
	pgtest.Exec(t, pool, `insert into mail (person_id, week, made_at, tries, sent_at, dropped_at, dropped) values
		('ines', '2026-05-04', now(), 0, null, null, null), ('ines', '2026-05-11', now(), 3, null, null, null),
		('ines', '2026-05-18', now(), 1, now(), null, null), ('ines', '2026-05-25', now(), 2, null, now(), 'late')`)
	pgtest.Exec(t, pool, `
		insert into river_job (kind, queue, max_attempts, args, priority, state, scheduled_at, finalized_at)
		select kind, kind, 25, '{}', 1, state::river_job_state, now(), done
		from (values
			('mail', 'scheduled', null::timestamptz), ('mail', 'scheduled', null), ('mail', 'discarded', now()),
			('tick', 'completed', now()), ('tick', 'available', null)
		) job (kind, state, done)`)
	f, err = db.Figures(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Ticked || f.SinceTick < 90*time.Second || f.MailsWaiting != 2 || f.MailsTried != 1 || f.MailFailing != time.Hour {
		t.Errorf("%+v", f)
	}
	want := []postgres.JobCount{
		{Queue: "mail", Kind: "mail", State: "scheduled", Count: 2},
		{Queue: "mail", Kind: "mail", State: "discarded", Count: 1},
		{Queue: "tick", Kind: "tick", State: "available", Count: 1},
	}
	for _, one := range want {
		if !slices.Contains(f.Jobs, one) {
			t.Errorf("no %+v in %+v", one, f.Jobs)
		}
	}
	if len(f.Jobs) != len(want) {
		t.Errorf("%+v", f.Jobs)
	}
	pool.Close()
	if _, err := db.Figures(t.Context(), now); err == nil {
		t.Error("a database that is away has figures")
	}
}
