package jobs_test

import (
	"errors"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestOnTrustTheFirstReadyClaimStartsADay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update project set trust = 'open'`)
	ines, hamish := h.person("ines", 4), h.person("hamish", 3)
	h.exec(`update evidence set level = 1 where person_id = 'hamish'`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ('hamish', 'valves', 'outcome', 4, '2026-05-01', 'x')`)
	h.window(0)
	h.later(24 * time.Hour)
	h.must(h.claim(ines))
	h.is("true", `select closes_at is null from claim_window`)
	h.later(23 * time.Hour)
	h.is("0", `select count(*) from term`)
	h.later(time.Hour)
	h.is("ines live", leadState)
	h.is("not_needed", `select state from pick`)
	h.is("led", `select state from project where id = 'sensors'`)
	if err := h.claim(hamish); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("claimed after the close: %v", err)
	}
}

func TestAStretchOnTrustWaitsForSomebodyReady(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update project set trust = 'open'`)
	nils, ines := h.person("nils", 0), h.person("ines", 4)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ('nils', 'valves', 'outcome', 2, '2026-05-01', 'x')`)
	h.window(0)
	if err := h.claim(nils); !errors.As(err, new(skein.Invalid)) {
		t.Fatalf("a stretch without a coach: %v", err)
	}
	h.must(h.claim(nils, func(c *skein.Claim) { c.Coach = "marta" }))
	h.later(24 * time.Hour)
	h.must(h.claim(ines))
	h.later(24*time.Hour - time.Second)
	h.is("0", `select count(*) from term`)
	h.later(time.Second)
	h.is("ines live", leadState)
	h.is("not_chosen", claimState, nils)
}

func TestACoachIsPartOfWhatAStretchNeeds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update project set trust = 'open'`)
	nils := h.person("nils", 0)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ('nils', 'valves', 'outcome', 2, '2026-05-01', 'x')`)
	h.window(0)
	h.must(h.claim(nils, func(c *skein.Claim) { c.Coach = "marta" }))
	h.is("1", toldOf, "marta", "coach")
	h.must(h.beside("marta", h.claimOf(nils)))
	h.later(week)
	h.is("nils live", leadState)
	h.is("Marta Oyelaran as a coach", `select what from need where granted_by = 'marta'`)
}

func TestAStretchIsNotPickedBeforeTheCoachSaidYes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update project set trust = 'open'`)
	nils := h.person("nils", 0)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ('nils', 'valves', 'outcome', 2, '2026-05-01', 'x')`)
	h.window(0)
	h.must(h.claim(nils, func(c *skein.Claim) { c.Coach = "marta" }))
	h.later(week)
	h.is("not_chosen", claimState, nils)
	h.is("0", `select count(*) from term`)
	h.is("1", toldOf, nils, "notchosen")
}

func TestTwoClaimTogether(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor := h.person("ines", 4), h.person("noor", 2)
	h.exec(`update organisation set confirm_weighed = false`)
	h.window(week)
	h.must(h.claim(ines, func(c *skein.Claim) { c.With = noor }))
	h.is("1", toldOf, noor, "with")
	if err := h.beside("owen", h.claimOf(ines)); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("somebody else said yes: %v", err)
	}
	h.must(h.beside(noor, h.claimOf(ines)))
	h.later(week)
	h.must(h.accept(ines))
	h.is("noor", `select person_id from term where role = 'co' and state = 'live'`)
}

func TestWithoutAYesItCountsForTheFirstAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor := h.person("ines", 4), h.person("noor", 2)
	h.exec(`update organisation set confirm_weighed = false`)
	h.window(week)
	h.must(h.claim(ines, func(c *skein.Claim) { c.With = noor }))
	h.later(week)
	h.must(h.accept(ines))
	h.is("ines live", leadState)
	h.is("0", `select count(*) from term where role = 'co'`)
}

func TestNobodyClaimedSoTheBestPlacedAreAsked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 4), h.person("hamish", 4)
	h.person("nils", 1)
	h.window(week)
	h.later(week)
	h.is("inviting", `select state from claim_window`)
	h.is("2", `select count(*) from invite where state = 'waiting'`)
	h.is("1", toldOf, ines, "invite")
	h.is("true", `select bool_and(audit_event_sealed(action, noun, noun_id)) from audit_told where action like 'invite.%'`)

	window := skein.WindowID(h.one(`select id from claim_window`))
	h.must(h.does(ines, func(l *lead.Lead) error { return l.AcceptInvite(h.by(ines), window, false) }))
	h.is("void", `select state from invite where person_id = 'hamish'`)
	h.is("1", toldOf, hamish, "taken")
	if err := h.does(hamish, func(l *lead.Lead) error { return l.AcceptInvite(h.by(hamish), window, false) }); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("a second yes: %v", err)
	}
	h.is("chosen", claimState, ines)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.is("ines live", leadState)
}

func TestInvitationsGoBandByBandThenItStaysOpen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, p := range []string{"ada", "ben", "cem", "dee", "eve", "fay", "gil"} {
		h.person(p, 4)
	}
	h.window(week)
	h.later(week)
	h.is("5", `select count(*) from invite where state = 'waiting'`)
	h.later(48 * time.Hour)
	h.is("5", `select count(*) from invite where state = 'lapsed'`)
	h.is("2", `select count(*) from invite where state = 'waiting' and band = 2`)
	window := skein.WindowID(h.one(`select id from claim_window`))
	for _, p := range []string{"ada", "ben", "cem", "dee", "eve", "fay", "gil"} {
		if h.one(`select state from invite where person_id = $1`, p) == "waiting" {
			h.must(h.does(skein.PersonID(p), func(l *lead.Lead) error { return l.DeclineInvite(h.by(skein.PersonID(p)), window) }))
		}
	}
	h.is("open", `select state from claim_window`)
	h.is("1", toldOf, "judith", "nobody")
	h.later(90 * 24 * time.Hour)
	h.is("open", `select state from claim_window`)

	h.must(h.claim("ada"))
	h.later(week - time.Second)
	h.is("0", `select count(*) from pick`)
	h.later(time.Second)
	h.is("ada", `select person_id from claim where state = 'chosen'`)
}

func TestWhereNobodyIsComparedAStewardReads(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update circle set matching = false where id = 'network'`)
	ines, hamish := h.person("ines", 4), h.person("hamish", 1)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish))
	h.later(week)
	h.is("", `select claim_id from pick`)
	if err := h.answer("marta", lead.PickAnswer{}); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("confirmed nobody: %v", err)
	}
	if err := h.answer("marta", lead.PickAnswer{Claim: h.claimOf(hamish)}); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("chose without a reason: %v", err)
	}
	h.must(h.answer("marta", lead.PickAnswer{Claim: h.claimOf(hamish), Reason: "He knows the street."}))
	h.is("hamish offered", leadState)
	h.must(h.decline(hamish))
	h.is("marta", `select asked_of from pick where state = 'waiting'`)
	h.must(h.answer("marta", lead.PickAnswer{Claim: h.claimOf(ines), Reason: "She was second."}))
	h.is("ines offered", leadState)
}

func TestAWrittenClaimIsReadBesideThePicked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor := h.person("ines", 4), h.person("noor", 0)
	h.exec(`insert into project (id, title, state) values ('old', 'Old', 'led')`)
	h.exec(`insert into term (project_id, person_id, state, during) values ('old', 'ines', 'live', '[2026-01-01,)')`)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(noor, func(c *skein.Claim) { c.Unscored = true }))
	h.later(week)
	h.is("chosen", claimState, ines)
	h.is("submitted", claimState, noor)
	h.must(h.answer("marta", lead.PickAnswer{Equal: []skein.ClaimID{h.claimOf(noor)}}))
	// Equally placed, and she holds no lead now.
	h.is("noor offered", leadState)
	h.is("fewest_leads", `select rule from pick`)
	h.must(h.decline(noor))
	h.is("ines offered", leadState)
}

func TestWrittenClaimsThatNobodyCanReadCountAsEqual(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update circle set matching = false`)
	h.exec(`delete from hat`)
	ines := h.person("ines", 1)
	h.window(week)
	h.must(h.claim(ines))
	h.later(week)
	h.is("unchecked", `select state from pick`)
	h.is("ines offered", leadState)
}

func TestAWithdrawnPickIsMadeAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 5), h.person("hamish", 3)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish))
	h.later(week)
	chosen := skein.PersonID(h.one(`select person_id from claim where state = 'chosen'`))
	h.must(h.withdraw(chosen))
	h.is("void", `select state from pick where number = 1`)
	h.is("waiting", `select state from pick where number = 2`)
	h.is("1", `select count(*) from claim where state = 'chosen'`)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.is("0", `select count(*) from notice where person_id = $1 and kind in ('notchosen', 'offer')`, chosen)
}

func TestAReviewIsAnsweredBySomebodyElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, hamish := h.person("ines", 5), h.person("hamish", 3)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish))
	if err := h.does(hamish, func(l *lead.Lead) error { return l.AskReview(h.by(hamish), h.claimOf(hamish), "Too soon.") }); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("asked before it was decided: %v", err)
	}
	h.later(week)
	h.must(h.answer("marta", lead.PickAnswer{}))
	other := skein.PersonID(h.one(`select person_id from claim where state = 'not_chosen'`))
	h.must(h.does(other, func(l *lead.Lead) error {
		return l.AskReview(h.by(other), h.claimOf(other), "Mains Renewal is missing.")
	}))
	if err := h.does(other, func(l *lead.Lead) error { return l.AskReview(h.by(other), h.claimOf(other), "Again.") }); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("asked twice: %v", err)
	}
	h.is("owen", `select asked_of from review`)
	h.later(skein.ReviewTime)
	h.is("adela", `select asked_of from review`)
	id := skein.ReviewID(h.one(`select id from review`))
	if err := h.does("owen", func(l *lead.Lead) error { return l.AnswerReview(h.by("owen"), id, true, "Late.") }); !errors.As(err, new(skein.Refused)) {
		t.Errorf("answered by somebody else: %v", err)
	}
	h.must(h.does("adela", func(l *lead.Lead) error { return l.AnswerReview(h.by("adela"), id, true, "It was missing.") }))
	h.is("1", toldOf, other, "reviewed")
	h.is("true", `select upheld from review`)
}

func TestAGuardrailHoldsAtTheOfferToo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 1, 'Turns.', now())`)
	ines, hamish := h.person("ines", 5), h.person("hamish", 3)
	h.exec(`update organisation set confirm_weighed = false`)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(hamish))
	h.later(week)
	first := skein.PersonID(h.one(`select person_id from term where state = 'offered'`))
	other := map[skein.PersonID]skein.PersonID{ines: hamish, hamish: ines}[first]
	h.exec(`insert into project (id, title, state) values ('more', 'More', 'led')`)
	h.exec(`insert into term (project_id, person_id, state, during) values ('more', $1, 'live', '[2026-01-01,)')`, other)
	h.must(h.decline(first))
	h.is("not_chosen", claimState, other)
	h.is("2", `select count(*) from claim_window`)
}
