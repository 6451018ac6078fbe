package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

const passedOf = `select passed from claim where person_id = $1 and project_id = $2`

// also is another open lead of the same organisation, alike, that the returned house's moves are about.
func (h *house) also(id skein.ProjectID) *house {
	h.Helper()
	h.exec(`insert into project (id, title, purpose, circle_id, proposed_by, state, trust, hours_per_week, end_on)
		select $1, $1, purpose, circle_id, proposed_by, state, trust, hours_per_week, end_on from project where id = 'sensors'`, string(id))
	h.exec(`insert into phase (project_id, stakes, urgency) values ($1, 1, 3)`, string(id))
	h.exec(`insert into requirement (phase_id, skill_id, importance, level) select id, 'valves', 5, 3 from phase where project_id = $1`, string(id))
	other := *h
	other.project = id
	return &other
}

// atOnce runs moves side by side.
func (h *house) atOnce(moves ...func() error) {
	h.Helper()
	var wg sync.WaitGroup
	for _, m := range moves {
		wg.Go(func() {
			if err := m(); err != nil {
				h.Error(err)
			}
		})
	}
	wg.Wait()
}

// Two projects close at once on two servers, and one person is best placed in both.
func TestNobodyIsGivenMoreThanTheyCanHold(t *testing.T) {
	t.Parallel()
	for why, limit := range map[string]string{
		"leads": `insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 1, 'One at a time.', now())`,
		"hours": `update person set hours_per_week = 7 where id = 'ines'`,
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			ines, noor := h.person("ines", 5), h.person("noor", 3)
			h.exec(limit)
			second := h.second(pgtest.New(t))
			pumps := second.also("pumps")
			for _, one := range []*house{h, pumps} {
				one.window(week)
				one.must(one.claim(ines))
				one.must(one.claim(noor))
			}
			h.now = h.now.Add(week)
			second.now, pumps.now = h.now, h.now
			tick := func(one *house) func() error { return func() error { return one.clock.Tick(context.Background()) } }
			h.atOnce(tick(h), tick(second))
			h.is("2", `select count(*) from pick join claim on claim.id = pick.claim_id where claim.person_id = 'ines' and pick.state = 'waiting'`)
			h.atOnce(
				func() error { return h.answer("marta", lead.PickAnswer{}) },
				func() error { return pumps.answer("marta", lead.PickAnswer{}) },
			)
			h.is("1", `select count(*) from term where person_id = 'ines' and state = 'offered'`)
			h.is("1", `select count(*) from term where person_id = 'noor' and state = 'offered'`)
			h.is(why, `select string_agg(passed, '') from claim where person_id = 'ines'`)
			h.is("1", `select count(*) from audit_event where action = 'claim.pass_over'`)
			h.is("1", toldOf, ines, "notchosen")
		})
	}
}

func TestWhoIsFullByNowCannotSayYes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 5)
	h.exec(`insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 1, 'One at a time.', now())`)
	h.exec(`update organisation set confirm_weighed = false`)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	h.is("ines offered", leadState)
	h.also("pumps")
	h.exec(`insert into term (project_id, person_id, state, during) values ('pumps', 'ines', 'live', '[2026-01-01,)')`)
	if err := h.accept(ines); !errors.As(err, new(skein.Refused)) {
		t.Fatalf("accepting one lead too many: %v", err)
	}
	h.is("offered", `select state from term where project_id = 'sensors'`)
	h.exec(`update term set state = 'ended', during = '[2026-01-01,2026-02-01)' where project_id = 'pumps'`)
	h.must(h.accept(ines))
	h.is("live", `select state from term where project_id = 'sensors'`)
}

func TestWhoIsAwayForTheWholeTimeToAnswerIsPassedBy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor := h.person("ines", 5), h.person("noor", 3)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(noor))
	h.later(week)
	h.exec(`insert into absence (person_id, from_on, until_on) values ('ines', $1, $1::date + 20)`, h.now)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.is("noor offered", leadState)
	h.is("away", passedOf, ines, "sensors")
}

func TestTheStewardWhoIsAwayIsNotAskedToCheck(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 5)
	h.exec(`insert into absence (person_id, from_on) values ('marta', $1)`, h.now)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	h.is("owen", `select asked_of from pick`)
}

// More people than are locked at first are full: the decline is run again with more of them locked.
func TestALongOrderOfFullPeopleIsPassedOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update organisation set confirm_weighed = false`)
	h.exec(`insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 1, 'One at a time.', now())`)
	h.window(week)
	for i := range 14 {
		h.must(h.claim(h.person(fmt.Sprintf("p%02d", i), 4)))
	}
	h.later(week)
	first := skein.PersonID(h.one(`select person_id from term where state = 'offered'`))
	last := h.one(`select person_id from claim order by turn desc limit 1`)
	h.also("pumps")
	h.exec(`insert into project (id, title, state) select 'for-' || id, id, 'led' from person where id like 'p__'`)
	h.exec(`insert into term (project_id, person_id, state, during)
		select 'for-' || id, id, 'live', '[2026-01-01,)' from person where id like 'p__' and id not in ($1, $2)`, string(first), last)
	h.must(h.decline(first))
	h.is(last, `select person_id from term where state = 'offered'`)
	h.is("12", `select count(*) from claim where passed = 'leads'`)
	h.is("12", `select count(*) from audit_event where action = 'claim.pass_over'`)
	h.is("1", `select count(*) from audit_event where action = 'pick.next'`)
}

func TestWhatALeaverHeldGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor := h.person("ines", 5), h.person("noor", 3)
	h.exec(`insert into need (project_id, kind, what, asked_of) values ('sensors', 'tools', 'Forty sensors', 'judith')`)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(noor))
	h.later(week)
	h.is("marta", `select asked_of from pick where state = 'waiting'`)
	h.exec(`update person set deactivated_at = now() where id in ('marta', 'judith')`)
	h.later(time.Minute)
	h.is("owen", `select asked_of from pick where state = 'waiting'`)
	h.is("true", `select asked_of is null from need`)
	h.is("1", toldOf, "owen", "needs")
	h.must(h.answer("owen", lead.PickAnswer{}))
	h.must(h.accept(ines))
	h.is("ines accepted", leadState)
	h.exec(`update person set active_until = $1::date - 1 where id = 'ines'`, h.now)
	h.later(time.Minute)
	h.is("noor offered", leadState)
	h.must(h.accept(noor))
	h.must(h.does("owen", func(l *lead.Lead) error { return l.Grant(h.by("owen"), l.Needs[0].ID, false, skein.Date{}) }))
	h.is("noor live", leadState)
	h.exec(`update person set deactivated_at = now() where id = 'noor'`)
	h.later(time.Minute)
	h.is("open", `select state from project where id = 'sensors'`)
	h.is("left the organisation", `select end_reason from term where person_id = 'noor'`)
	h.is("1", toldOf, "owen", "ended")
	h.is("0", `select count(*) from term where state in ('offered', 'accepted', 'live')`)
	h.later(time.Minute)
	h.is("4", `select count(*) from audit_event where action = 'person.gone'`)
}

// What changes while claims gather, and nobody changed on the project itself, decides nothing here.
func TestAWindowIsDecidedByWhatHeldWhenItBegan(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor := h.person("ines", 5), h.person("noor", 5)
	h.exec(`update circle set rotation = 0.6 where id = 'network'`)
	w := skein.OpenWindow(skein.Project{ID: "sensors", Trust: skein.Weighed},
		skein.Phase{ID: "00000000-0000-7000-8000-000000000001"}, skein.Clocks{Window: week}, h.now)
	w.ID, w.Seed = "00000000-0000-7000-8000-0000000000aa", "seed"
	batch := &pgx.Batch{}
	leaddb.SaveWindow(batch, w)
	h.must(h.pool.SendBatch(context.Background(), batch).Close())
	h.is("0.6 0 weighed", `select rotation || ' ' || policy_version || ' ' || trust from claim_window`)
	h.exec(`insert into project (id, title, state) values ('before', 'Before', 'completed')`)
	h.exec(`insert into phase (id, project_id) values ('00000000-0000-7000-8000-0000000000bb', 'before')`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level) values ('00000000-0000-7000-8000-0000000000bb', 'valves', 5, 3)`)
	h.exec(`insert into term (project_id, person_id, state, during) values ('before', 'ines', 'ended', '[2026-03-01,2026-04-01)')`)
	h.must(h.claim(ines))
	h.must(h.claim(noor))
	h.exec(`update circle set rotation = -0.4 where id = 'network'`)
	h.exec(`update project set trust = 'open' where id = 'sensors'`)
	h.later(week)
	h.is("noor waiting", `select claim.person_id || ' ' || pick.state from pick join claim on claim.id = pick.claim_id`)
	h.is("true", `select best_fit > 0 and best_order is not null from claim_window`)
}
