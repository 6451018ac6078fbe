package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestTheSituationPicksAStewardChecksAndTheChosenAccepts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 4), h.person("hamish", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish, func(c *skein.Claim) { c.Why = "Mains Renewal was mine." }))

	h.later(week - time.Second)
	h.is("0", `select count(*) from pick`)
	h.is("0", `select count(*) from notice where kind not in ('with', 'coach')`)

	h.later(time.Second)
	h.is("marta", `select asked_of from pick where state = 'waiting'`)
	h.is("1", toldOf, "marta", "check")
	h.is("0", toldOf, ines, "offer")
	h.is("true", `select bool_and(audit_event_sealed(action, noun, noun_id)) from audit_told where noun in ('claim', 'pick')`)
	h.is("", `select told_at from claim_window`)

	chosen := skein.PersonID(h.one(`select person_id from claim where state = 'chosen'`))
	other := map[skein.PersonID]skein.PersonID{ines: hamish, hamish: ines}[chosen]
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.is("offered", claimState, chosen)
	h.is("not_chosen", claimState, other)
	h.is("1", toldOf, chosen, "offer")
	h.is("1", toldOf, other, "notchosen")
	h.is("false", `select bool_or(audit_event_sealed(action, noun, noun_id)) from audit_told`)
	h.is("2", `select band_size from claim where state = 'offered'`)

	h.must(h.accept(chosen))
	h.is(string(chosen)+" live", leadState)
	h.is("live", claimState, chosen)
	h.is("led", `select state from project where id = 'sensors'`)
	h.is("taken", `select state from claim_window`)
	h.is("2027-01-31", `select ends_on from term`)
	if err := h.accept(chosen); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("accepted twice: %v", err)
	}
}

func TestWhatHoldsWhenClaimsCloseDecidesWhoseTurnItIs(t *testing.T) {
	t.Parallel()
	for turns, chosen := range map[skein.Turns]string{skein.TakeTurns: "ines", skein.StayWith: "hamish"} {
		t.Run(string(turns), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			ines, hamish := h.person("ines", 4), h.person("hamish", 4)
			h.exec(`insert into project (id, title, circle_id, state) values ('before', 'Mains Renewal', 'leaks', 'completed')`)
			h.exec(`insert into phase (id, project_id) values ('00000000-0000-7000-8000-000000000002', 'before')`)
			h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000002', 'valves', 5)`)
			h.exec(`insert into term (project_id, person_id, state, during, ended_at) values ('before', 'hamish', 'ended', daterange($1::date - 200, $1::date - 20), $1::date - 20)`, h.now)
			h.window(week)
			h.must(h.claim(ines))
			h.must(h.claim(hamish))
			h.now = h.now.Add(week - time.Second)
			changed, err := h.db.Gameboard.TurnCircle(context.Background(), h.by("owen"), "network", func(c *skein.Circle) error { return c.Turn(turns, true) })
			if err != nil || !changed {
				t.Fatal(changed, err)
			}
			h.later(time.Second)
			h.is(chosen, `select person_id from claim where state = 'chosen'`)
			h.is("1", `select band_size from claim where state = 'chosen'`)
		})
	}
}

func TestAStrangerAnswersNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 4), h.person("hamish", 2)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	if err := h.answer(hamish, lead.PickAnswer{}); !errors.As(err, new(skein.Refused)) {
		t.Errorf("confirmed by somebody who was not asked: %v", err)
	}
	h.must(h.answer("marta", lead.PickAnswer{}))
	err := h.does(hamish, func(l *lead.Lead) error { return l.Accept(h.by(hamish), h.claimOf(ines)) })
	if !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("accepted by another: %v", err)
	}
}

func TestAReturnedPickGathersClaimsAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 4), h.person("hamish", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish))
	h.later(week)
	if err := h.answer("marta", lead.PickAnswer{Return: true}); err == nil {
		t.Error("returned without a reason")
	}
	h.must(h.answer("marta", lead.PickAnswer{Return: true, Reason: "The skill should be maps."}))
	h.is("restarted", `select state from claim_window where number = 1`)
	h.is("open", `select state from claim_window where number = 2`)
	h.is("submitted", claimState, ines)
	h.is("1", toldOf, ines, "returned")
	h.is("1", toldOf, hamish, "returned")
	h.is("2", `select count(*) from claim where window_id = (select id from claim_window where number = 2)`)
	h.later(week)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.is("1", `select count(*) from term where state = 'offered'`)
}

func TestSilencePassesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 4), h.person("hamish", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish))
	h.later(week)
	for _, next := range []string{"marta", "owen", "adela"} {
		h.is(next, `select asked_of from pick where state = 'waiting'`)
		h.is("1", toldOf, next, "check")
		h.later(48 * time.Hour)
	}
	h.is("unchecked", `select state from pick`)
	first := h.one(`select person_id from term where state = 'offered'`)
	h.later(48 * time.Hour)
	h.is("lapsed", claimState, first)
	h.is("1", toldOf, first, "lapsed")
	second := skein.PersonID(h.one(`select person_id from term where state = 'offered'`))
	if string(second) == first || second == "" {
		t.Fatalf("after %s comes %q", first, second)
	}
	h.must(h.decline(second))
	h.is("declined", claimState, second)
	h.is("2", `select count(*) from claim_window`)
	h.is("true", `select state in ('inviting', 'open') and closes_at is null from claim_window where number = 2`)
	h.is("0", `select count(*) from invite where person_id in ('ines', 'hamish')`)
}

func TestWhoProposedOrCoachesDoesNotCheck(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update project set proposed_by = 'marta'`)
	nils := h.person("nils", 2)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('nils', 'valves', 'self', 4, '2026-04-01')`)
	h.window(week)
	h.must(h.claim(nils, func(c *skein.Claim) { c.Coach = "owen" }))
	h.must(h.beside("owen", h.claimOf(nils)))
	h.later(week)
	h.is("adela", `select asked_of from pick`)
}

func TestAProjectHasOneLeadWhoeverHandsOver(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.exec(`update project set state = 'handing_over' where id = 'sensors'`)
	h.exec(`insert into term (project_id, person_id, state, during) values ('sensors', 'judith', 'handing_over', '[2026-01-01,)')`)
	h.exec(`insert into need (project_id, kind, what, asked_of) values ('sensors', 'tools', 'Forty sensors', 'judith')`)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.must(h.accept(ines))
	h.is("ines accepted", leadState)
	h.is("handing_over", `select state from term where person_id = 'judith'`)
	h.is("handing_over", `select state from project where id = 'sensors'`)
	h.is("1", toldOf, "judith", "needs")

	h.later(14 * 24 * time.Hour)
	h.is("accepted", claimState, ines) // nobody loses a lead by the silence of others: somebody else is asked
	h.is("true", `select 'judith' = any(passed_on) from need`)
	h.is("handing_over", `select state from term where person_id = 'judith'`)
}

func TestSteppingDownOpensClaimsAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.must(h.accept(ines))
	h.now = h.now.Add(24 * time.Hour)
	if err := h.does("marta", func(l *lead.Lead) error { return l.StepDown(h.by("marta")) }); !errors.As(err, new(skein.Refused)) {
		t.Errorf("somebody else stepped down: %v", err)
	}
	h.must(h.does(ines, func(l *lead.Lead) error { return l.StepDown(h.by(ines)) }))
	h.is("ines ended", leadState)
	h.is("ended", claimState, ines)
	h.is("open", `select state from project where id = 'sensors'`)
	h.is("open", `select state from claim_window where number = 2`)
	h.is("1", toldOf, "judith", "ended")
}

func TestALeadEndsWithItsLastDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 4)
	h.exec(`insert into guardrail (kind, number, reason, made_at) values ('longest_term', 3, 'Turns at the front.', now())`)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.must(h.accept(ines))
	h.is("2026-08-18", `select ends_on from term`)
	h.later(time.Date(2026, 8, 15, 9, 0, 0, 0, time.UTC).Sub(h.now))
	h.later(time.Minute)
	h.is("1", toldOf, ines, "ending")
	h.later(time.Date(2026, 8, 18, 23, 0, 0, 0, time.UTC).Sub(h.now))
	h.is("ines live", leadState)
	h.later(2 * time.Hour)
	h.is("ines ended", leadState)
	h.is("open", `select state from claim_window where number = 2`)
	h.is("open", `select state from project where id = 'sensors'`)
}

func TestAProjectPastItsLastDayIsComplete(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update project set state = 'led', end_on = '2026-05-12' where id = 'sensors'`)
	h.exec(`insert into term (project_id, person_id, state, during, ends_on) values
		('sensors', 'judith', 'live', '[2026-01-01,)', '2026-05-12')`)
	h.later(48 * time.Hour)
	h.is("completed", `select state from project where id = 'sensors'`)
	h.is("0", `select count(*) from claim_window`)
}
