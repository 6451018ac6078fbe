package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/chooser"
	"skein/internal/jobs"
	"skein/internal/lead"
	"skein/internal/postgres"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// start is when the tests begin: a Monday.
var start = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

// house is an organisation with one open lead, and a clock that the test moves.
type house struct {
	testing.TB
	pool    *pgxpool.Pool
	db      *postgres.DB
	chooser *chooser.Chooser
	clock   *jobs.Clock
	now     time.Time
	project skein.ProjectID // that its moves are about
}

// water is Corriemere: Leaks lies in Network. Marta is a steward of Leaks, Owen of Network, Adela
// an administrator. Judith proposed Leak Sensors.
const water = `
insert into circle (id, name, parent_id) values ('network', 'Network', null), ('leaks', 'Leaks', 'network');
insert into person (id, name, circle_id, read_how_at) values
	('marta', 'Marta Oyelaran', 'leaks', now()), ('owen', 'Owen Tay', 'network', now()),
	('adela', 'Adela Roy', null, now()), ('judith', 'Judith Hale', 'leaks', now());
insert into hat (person_id, kind, circle_id, given_at) values
	('marta', 'steward', 'leaks', now()), ('owen', 'steward', 'network', now()), ('adela', 'administrator', null, now());
insert into skill (id, name) values ('valves', 'Valve data'), ('maps', 'Maps');
insert into project (id, title, purpose, circle_id, proposed_by, state, trust, hours_per_week, end_on) values
	('sensors', 'Leak Sensors', 'Hear a leak before the street does.', 'leaks', 'judith', 'open', 'weighed', 4, '2027-01-31');
insert into phase (id, project_id, uncertainty, stakes, urgency) values
	('00000000-0000-7000-8000-000000000001', 'sensors', null, 1, 3);
insert into requirement (phase_id, skill_id, importance, level) values
	('00000000-0000-7000-8000-000000000001', 'valves', 5, 3);`

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{TB: t, pool: pgtest.New(t), now: start, project: "sensors"}
	h.db = postgres.New(h.pool)
	h.chooser = chooser.New(h.db)
	h.exec(water)
	var err error
	h.clock, err = jobs.New(jobs.Config{
		Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) exec(sql string, args ...any) {
	h.Helper()
	if _, err := h.pool.Exec(context.Background(), sql, args...); err != nil {
		h.Fatalf("%v\n%s", err, sql)
	}
}

// one asks for one value as text.
func (h *house) one(sql string, args ...any) string {
	h.Helper()
	var s *string
	if err := h.pool.QueryRow(context.Background(), "select ("+sql+")::text", args...).Scan(&s); err != nil {
		h.Fatalf("%v\n%s", err, sql)
	}
	if s == nil {
		return ""
	}
	return *s
}

// is checks one value.
func (h *house) is(want, sql string, args ...any) {
	h.Helper()
	if got := h.one(sql, args...); got != want {
		h.Errorf("%s: %q, want %q", sql, got, want)
	}
}

// eventually waits until a query says what is wanted; it fails after twenty seconds.
func (h *house) eventually(want, sql string, args ...any) {
	h.Helper()
	for end := time.Now().Add(20 * time.Second); h.one(sql, args...) != want && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	h.is(want, sql, args...)
}

// window opens claims as publishing does.
func (h *house) window(closes time.Duration) {
	h.Helper()
	var at *time.Time
	if closes > 0 {
		end := h.now.Add(closes)
		at = &end
	}
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		select project_id, id, $2, $3, 'seed' from phase where project_id = $1`, string(h.project), h.now, at)
}

const week = 7 * 24 * time.Hour

// person makes somebody who has read what is compared, with outcomes of that level in valves.
func (h *house) person(id string, level int) skein.PersonID {
	h.Helper()
	h.exec(`insert into person (id, name, circle_id, hours_per_week, read_how_at) values ($1, initcap($1), 'leaks', 6, now())`, id)
	for i := 1; i <= 3 && level > 0; i++ {
		h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
			values ($1, 'valves', 'outcome', $2, '2026-03-01', $3)`, id, level, fmt.Sprint("work ", i))
	}
	return skein.PersonID(id)
}

func (h *house) by(p skein.PersonID) skein.By {
	return skein.NewBy(p, h.now, time.UTC)
}

// does runs a verb on the lead of Leak Sensors.
func (h *house) does(p skein.PersonID, do func(*lead.Lead) error) error {
	return h.db.Lead.UpdateLead(context.Background(), h.by(p), h.project, do, leaddb.Judging(h.chooser.Judge()))
}

// claim sends a claim.
func (h *house) claim(p skein.PersonID, change ...func(*skein.Claim)) error {
	c := skein.Claim{Why: "I know these mains."}
	for _, more := range change {
		more(&c)
	}
	return h.send(p, c, "")
}

// send sends a claim under a key.
func (h *house) send(p skein.PersonID, c skein.Claim, key string) error {
	q := leaddb.SendQuery{Project: h.project, Begin: true, Key: key, Judge: h.chooser.Judge(), With: c.With}
	return h.db.Lead.UpdateClaim(context.Background(), h.by(p), q, func(s *lead.Sending) error { return s.Send(h.by(p), c, false, nil) })
}

// withdraw takes a claim back, before or after the close.
func (h *house) withdraw(p skein.PersonID) error {
	q := leaddb.SendQuery{Project: h.project}
	err := h.db.Lead.UpdateClaim(context.Background(), h.by(p), q, func(s *lead.Sending) error { return s.Withdraw(h.by(p)) })
	if errors.Is(err, lead.ErrClosed) {
		return h.does(p, func(l *lead.Lead) error { return l.Withdraw(h.by(p)) })
	}
	return err
}

// beside says yes to what a claim asks, before or after the close.
func (h *house) beside(p skein.PersonID, claim skein.ClaimID) error {
	q := leaddb.SendQuery{Project: h.project, Claim: claim}
	err := h.db.Lead.UpdateClaim(context.Background(), h.by(p), q, func(s *lead.Sending) error { return s.Answer(h.by(p), true) })
	if errors.Is(err, lead.ErrClosed) {
		return h.does(p, func(l *lead.Lead) error { return l.Answer(h.by(p), claim, true) })
	}
	return err
}

// must fails the test on an error.
func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// later moves the clock and lets it act.
func (h *house) later(d time.Duration) {
	h.Helper()
	h.now = h.now.Add(d)
	h.must(h.clock.Tick(context.Background()))
}

// answer is the steward's check of the waiting pick.
func (h *house) answer(who skein.PersonID, a lead.PickAnswer) error {
	id := skein.PickID(h.one(`select id from pick where state = 'waiting' and project_id = $1`, string(h.project)))
	return h.does(who, func(l *lead.Lead) error { return l.Check(h.by(who), id, a) })
}

func (h *house) claimOf(p skein.PersonID) skein.ClaimID {
	return skein.ClaimID(h.one(`select id from claim where person_id = $1 and project_id = $2 order by drafted_at desc limit 1`, p, string(h.project)))
}

func (h *house) accept(p skein.PersonID) error {
	return h.does(p, func(l *lead.Lead) error { return l.Accept(h.by(p), h.claimOf(p)) })
}

func (h *house) decline(p skein.PersonID) error {
	return h.does(p, func(l *lead.Lead) error { return l.Decline(h.by(p), h.claimOf(p)) })
}

const (
	claimState = `select state from claim where person_id = $1 order by drafted_at desc limit 1`
	leadState  = `select person_id || ' ' || state from term where role = 'primary' order by id desc limit 1`
	toldOf     = `select count(*) from notice where person_id = $1 and kind = $2`
)
