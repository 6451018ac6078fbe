package keepdb_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// over is a year and a month before Monday.
const over = `'2025-04-01'`

func TestWhatWasKeptLongEnoughGoesAndNothingElse(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, pgtest.WaitingRows,
		`insert into ask (id, person_id, skill_id, asked_of, asked_at, answer_by) values
			('00000000-0000-7000-8000-00000000000a', 'ada', 'valve', 'ben', `+over+`, '2026-06-01')`,
		`insert into question (id, project_id, asked_by, asked_at, says, answer, answered_by, answered_at) values
			('00000000-0000-7000-8000-00000000000b', 'night', 'ada', `+over+`, 'How deep?', '', null, null),
			('00000000-0000-7000-8000-00000000000c', 'night', 'ada', `+over+`, 'How long?', 'Long.', 'ben', now())`,
		`insert into notice (person_id, kind, about, of_id, made_at) values
			('ben', 'asked', 'question', '00000000-0000-7000-8000-00000000000b', `+over+`), ('ben', 'asked', 'answered', '00000000-0000-7000-8000-00000000000c', `+over+`),
			('ben', 'asked', 'old', null, `+over+`), ('ben', 'asked', 'waits', '00000000-0000-7000-8000-00000000000a', `+over+`), ('ben', 'asked', 'young', null, '2025-06-01')`,
		`insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 2, 'So.', now())`,
		`insert into refusal (guardrail_id, person_id, at) select id, 'ada', day::timestamptz from guardrail, unnest(array['2026-02-01', '2026-03-01']) day`,
		`insert into mail (person_id, week, made_at, sent_at) values ('ada', '2026-01-26', now(), '2026-01-26'), ('ada', '2026-03-30', now(), '2026-03-30'), ('ada', '2025-03-31', now(), null), ('ada', '2024-12-30', '2025-01-01', null)`, // the last: no server took mail for months
		`insert into invitation (token_hash, person_id, made_at, expires_at, used_at) values
			('used', 'ada', now(), '2026-06-01', '2026-01-01'), ('lapsed', 'ada', now(), '2026-01-01', null), ('good', 'ada', now(), '2026-06-01', null)`,
		`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at)
			select id, project_id, phase_id, 'ada', 'draft', `+over+`, `+over+` from claim_window where project_id in ('sensors', 'night')`,
		`update claim_window set closed_at = `+over+` where project_id = 'sensors'`)
	if more, err := db.Keep.Tick(ctx, pgtest.Monday); err != nil || more {
		t.Fatal(more, err)
	}
	pgtest.Same(t, "notices", pgtest.Texts(t, pool, `select about from notice order by 1`), "question", "waits", "young")
	pgtest.Same(t, "refusals", pgtest.Texts(t, pool, `select at::date::text from refusal`), "2026-03-01")
	pgtest.Same(t, "mails", pgtest.Texts(t, pool, `select week::text from mail order by 1`), "2025-03-31", "2026-03-30")
	pgtest.Same(t, "links", pgtest.Texts(t, pool, `select encode(token_hash, 'escape') from invitation`), "good")
	pgtest.Same(t, "drafts", pgtest.Texts(t, pool, `select project_id from claim`), "night")
	pgtest.Same(t, "windows", pgtest.Texts(t, pool, `select count(*)::text from claim_window`), "3")
	kept, err := db.Keep.Kept(ctx)
	if err != nil || kept.MatchMonths != 48 || kept.Removed[skein.KeptLinks].Last != 2 || !kept.Removed[skein.KeptNotices].At.Equal(pgtest.Monday) {
		t.Errorf("%+v, %v", kept, err)
	}
	if _, nothing := kept.Removed[skein.KeptMatches]; nothing {
		t.Error("it is said that a record of a match went")
	}
	if _, err := db.Keep.Tick(ctx, pgtest.Monday.AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	if again, _ := db.Keep.Kept(ctx); !again.Removed[skein.KeptLinks].At.Equal(pgtest.Monday) || again.Removed[skein.KeptLinks].Rows != 2 {
		t.Errorf("where nothing went: %+v", again)
	}
}

// matched are windows closed long ago: of a project that goes on, its last and one before; of one that is over; and one
// whose lead still leads.
var matched = []string{
	pgtest.WaitingRows,
	`delete from claim_window`,
	`insert into claim_window (id, project_id, phase_id, number, opened_at, closed_at, state, seed)
		select v.id::uuid, v.project, phase.id, v.number, '2021-01-01', '2021-02-01', v.state, 's'
		from (values ('00000000-0000-7000-8000-000000000001', 'desk', 1, 'restarted'), ('00000000-0000-7000-8000-000000000002', 'desk', 2, 'picked'),
			('00000000-0000-7000-8000-000000000003', 'done', 1, 'picked'), ('00000000-0000-7000-8000-000000000004', 'meter', 1, 'picked'),
			('00000000-0000-7000-8000-000000000005', 'meter', 2, 'restarted')) v (id, project, number, state)
		join phase on phase.project_id = v.project`,
	`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at)
		select id, project_id, phase_id, 'ada', 'ended', '2021-01-01', '2021-01-01' from claim_window`,
	`update project set ended_at = '2021-06-01' where id = 'done'`,
	`insert into term (project_id, person_id, role, state, during, claim_id)
		select project_id, 'ada', 'primary', case project_id when 'meter' then 'live' else 'ended' end, '[2021-02-01,2021-05-01)', id
		from claim where project_id in ('done', 'meter') and window_id <> '00000000-0000-7000-8000-000000000005'`,
}

func TestRecordsOfMatchesGoOnceNothingFollowsFromThem(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, matched...)
	if err := db.Keep.SetMatchMonths(ctx, pgtest.By("ben"), "48", 120); err != nil {
		t.Fatal(err)
	}
	left := func() []string {
		if _, err := db.Keep.Tick(ctx, pgtest.Monday); err != nil {
			t.Fatal(err)
		}
		return pgtest.Texts(t, pool, `select project_id || number from claim_window order by 1`)
	}
	pgtest.Same(t, "within ten years", left(), "desk1", "desk2", "done1", "meter1", "meter2")
	if err := db.Keep.SetMatchMonths(ctx, pgtest.By("ben"), "120", 6); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "after half a year", left(), "desk2", "meter1", "meter2")
	pgtest.Same(t, "who led stays", pgtest.Texts(t, pool, `select project_id || ' ' || (claim_id is null) from term order by 1`), "done true", "meter false")
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action || ' ' || (details ->> 'was') || ' ' || (details ->> 'months') from audit_told order by position`),
		"retention.set 48 120", "retention.set 120 6")
}

func TestTheNumberOfMonthsHasAFloorAndOneWinner(t *testing.T) {
	t.Parallel()
	db, _ := pgtest.People(t)
	ctx := context.Background()
	for _, months := range []int{-1, 0, 5, 601} {
		if err := db.Keep.SetMatchMonths(ctx, pgtest.By("ben"), "48", months); err == nil || !strings.HasPrefix(err.Error(), "months: ") {
			t.Errorf("%d: %v", months, err)
		}
	}
	if err := db.Keep.SetMatchMonths(ctx, pgtest.By("ben"), "48", 12); err != nil {
		t.Fatal(err)
	}
	if err := db.Keep.SetMatchMonths(ctx, pgtest.By("cyd"), "48", 24); !errors.Is(err, skein.ErrStale) {
		t.Errorf("the second: %v", err)
	}
}

// Two servers remove what is there once, and each row is counted once.
func TestTwoServersRemoveAtOnce(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, `insert into notice (person_id, kind, about, made_at) select 'ben', 'asked', n::text, `+over+` from generate_series(1, 1200) n`)
	failed := make(chan error, 2)
	for range 2 {
		go func() {
			for {
				more, err := db.Keep.Tick(ctx, pgtest.Monday)
				if err != nil || !more {
					failed <- err
					return
				}
			}
		}()
	}
	for range 2 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if _, err := db.Keep.Tick(ctx, pgtest.Monday); err != nil { // what one left because the other had it
		t.Error(err)
	}
	pgtest.Same(t, "left and removed", pgtest.Texts(t, pool, `select (select count(*) from notice) || ' ' || rows from removed`), "0 1200")
}
