package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
)

// openLead is a house with one open lead, Leak Sensors, in Leaks, of which Marta is a steward.
func openLead(t testing.TB, options ...func(*Config)) *house {
	h := newTest(t, options...)
	network := h.circle("Network", "")
	leaks := h.circle("Leaks", network)
	h.person("Marta Oyelaran", steward(leaks))
	h.person("Owen Tay", steward(network))
	h.person("Judith Amadi")
	h.exec(`insert into skill (id, name) values ('valves', 'Valve data'), ('maps', 'Maps')`)
	h.exec(`
		insert into project (id, title, purpose, circle_id, proposed_by, state, trust, hours_per_week, end_on)
		values ('sensors', 'Leak Sensors', 'Hear a leak before the street does.', $1, 'judith-amadi', 'open', 'weighed', 5, '2027-01-31')`, leaks)
	h.exec(`insert into phase (id, project_id, stakes, urgency) values ('00000000-0000-7000-8000-0000000000f1', 'sensors', 1, 3)`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level, place) values
		('00000000-0000-7000-8000-0000000000f1', 'valves', 5, 3, 0), ('00000000-0000-7000-8000-0000000000f1', 'maps', 2, 3, 1)`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		values ('sensors', '00000000-0000-7000-8000-0000000000f1', $1, $1::timestamptz + interval '7 days', 'seed')`, wall)
	return h
}

// able makes somebody whom others say can do what Leak Sensors asks for, at that level.
func (h *house) able(name string, level int) skein.PersonID {
	h.Helper()
	id := h.person(name)
	h.exec(`update person set circle_id = 'leaks' where id = $1`, id)
	for _, skill := range []string{"valves", "maps"} {
		for i := range 3 {
			h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ($1, $2, 'outcome', $3, '2026-03-01', $4)`,
				id, skill, level, fmt.Sprint("work ", i))
		}
	}
	return id
}

// close moves the clock past the window and lets it act.
func (h *house) tick(d time.Duration) {
	h.Helper()
	h.later(d)
	if err := h.db.Lead.Tick(context.Background(), *h.now.Load(), h.server.chooser.Judge()); err != nil {
		h.Fatal(err)
	}
}

const claimPath = "/projects/sensors/claim"

func TestClaimingIsForStaff(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.anonymous().get(claimPath).is(http.StatusSeeOther)
	h.anonymous().post(claimPath, "why", "x").is(http.StatusSeeOther)
	h.as(h.person("Ines Calder")).get("/projects/nothing/claim").is(http.StatusNotFound)
	h.exec(`update project set state = 'draft'`)
	h.as("judith-amadi").get(claimPath).is(http.StatusNotFound)
	if n := h.count(`select count(*) from claim`); n != 0 {
		t.Fatalf("%d claims", n)
	}
}

func TestAClaimInThreeSteps(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.as(h.able("Ines Calder", 4))
	page := ines.get(claimPath).is(http.StatusOK)
	page.says("#check", "Ready.").says("#check", "Valve data").says("#send", "Claims close").says("#send", "Somebody who has no part in it checks it.").silent("Marta Oyelaran, or")
	page.has(1, "form#claim[data-autosave]").has(0, "input[name=read]").has(0, "#field-coach")
	key, _ := page.Find("form#claim input[name=idempotency_key]").Attr("value")
	ines.post(claimPath+"/draft", "why", "I know").is(http.StatusNoContent)
	ines.get(claimPath).is(http.StatusOK).says("#field-why", "I know")
	ines.post(claimPath, "idempotency_key", key, "why", "I know these mains.").goesTo(claimPath)
	ines.post(claimPath, "idempotency_key", key, "why", "Sent again").goesTo(claimPath)
	if got := h.text(`select state || ' ' || why from claim`); got != "submitted I know these mains." {
		t.Fatalf("the claim is %q", got)
	}
	sent := ines.get(claimPath).is(http.StatusOK).says("#sent", "You claimed it today.").says("#send", "Send it again")
	sent.has(0, "form#claim[data-autosave]")
	ines.post(claimPath, "why", "Better said.").goesTo(claimPath)
	if n := h.count(`select count(*) from audit_told where action in ('claim.submit', 'claim.change') and actor_id = 'ines-calder'`); n != 2 {
		t.Fatalf("%d audit rows, want sent and changed", n)
	}
	ines.post(claimPath + "/withdraw").goesTo("/projects/sensors")
	ines.post(claimPath + "/withdraw").is(http.StatusNotFound)
}

func TestAClaimThatIsNotRight(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	nils := h.as(h.able("Nils Berg", 2))
	h.exec(`update person set read_how_at = null where id = 'nils-berg'`)
	nils.get(claimPath).is(http.StatusOK).says("#check", "A stretch").has(1, "#field-coach").has(1, "input[name=read]")
	bad := nils.post(claimPath, "why", "I want to learn.", "coach", "Nobody Known").is(http.StatusUnprocessableEntity)
	bad.says("#field-coach-error", "Nobody here is called Nobody Known.").says("#field-why", "I want to learn.")
	bad = nils.post(claimPath, "why", "I want to learn.").is(http.StatusUnprocessableEntity)
	bad.says("#field-coach-error", "name somebody who would coach you").says("#field-read-error", "Read what is compared first")
	nils.post(claimPath, "why", "I want to learn.", "coach", "marta oyelaran", "read", "yes").goesTo(claimPath)
	if h.text(`select coach_id from claim`) != "marta-oyelaran" || h.count(`select count(*) from read_how where person_id = 'nils-berg'`) != 1 {
		t.Fatal("the coach or the reading was not kept")
	}
	marta := h.as("marta-oyelaran")
	marta.get(claimPath).is(http.StatusOK).says("main", "Nils Berg would like you as a coach")
	claim := h.text(`select id::text from claim`)
	nils.post("/claims/"+claim+"/beside", "answer", "yes").is(http.StatusNotFound)
	marta.post("/claims/"+claim+"/beside", "answer", "perhaps").is(http.StatusBadRequest)
	marta.post("/claims/"+claim+"/beside", "answer", "yes").goesTo("/")
	nils.get(claimPath).says("#sent", "Marta Oyelaran will coach you.")
}

func TestWhatIsMissingIsMendedInPlace(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	noor := h.as(h.person("Noor Aziz"))
	noor.get(claimPath).is(http.StatusOK).says("#check", "Not yet.").has(1, "#fix-valves").has(1, "#fix-maps")
	noor.post(claimPath, "why", "I would.").is(http.StatusUnprocessableEntity).says("#field-unscored-error", "claim without a score")
	noor.post(claimPath+"/word", "skill", "valves", "level", "9").is(http.StatusUnprocessableEntity).says("#fix-valves", "Choose one of the answers.")
	noor.post(claimPath+"/word", "skill", "valves", "level", "3").goesTo(claimPath)
	noor.get(claimPath).says("#check", "only your word")
	noor.post(claimPath+"/ask", "skill", "valves", "colleague", "").is(http.StatusUnprocessableEntity).says("#fix-valves", "Name a colleague")
	noor.post(claimPath+"/ask", "skill", "valves", "colleague", "Owen Tay").goesTo(claimPath)
	noor.get(claimPath).says("#fix-valves", "Asked: Owen Tay.")
	noor.post(claimPath, "why", "I would.", "unscored", "yes").goesTo(claimPath)
}

func TestAGateSaysWhatStopsAClaim(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.able("Ines Calder", 4)
	h.exec(`update person set hours_per_week = 2 where id = $1`, ines)
	h.as(ines).get(claimPath).is(http.StatusOK).says("#check", "It takes 5 hours a week").has(0, "form#claim")
	h.as(ines).post(claimPath, "why", "x").is(http.StatusForbidden).says("main", "It takes 5 hours a week")
}

func TestClaimPagesWithoutADatabase(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.as(h.able("Ines Calder", 4))
	h.breaks("claim_window")
	ines.get(claimPath).is(http.StatusInternalServerError).silent("claim_window")
	ines.get("/projects/sensors/result").is(http.StatusInternalServerError).silent("claim_window")
	ines.post(claimPath, "why", "x").is(http.StatusInternalServerError).silent("claim_window")
}

func TestAClaimPageAsksTheDatabaseFourTimes(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.as(h.able("Ines Calder", 4))
	ines.maxRoundTrips(4, claimPath)
	ines.maxRoundTrips(4, "/projects/sensors/result")
}

func TestWhileClaimsGatherNobodySeesThem(t *testing.T) {
	t.Parallel()
	for _, trust := range []string{"weighed", "open"} {
		t.Run(trust, func(t *testing.T) {
			t.Parallel()
			unseen(t, trust)
		})
	}
}

func unseen(t *testing.T, trust string) {
	h := openLead(t)
	ines := h.able("Ines Calder", 4)
	h.exec(`update project set trust = $1`, trust)
	if trust == "open" {
		h.exec(`update claim_window set closes_at = null`)
	}
	watchers := []*browser{h.as("judith-amadi"), h.as("marta-oyelaran"), h.as(h.person("Gethin Moss", administrator, executive)), h.as(h.able("Hamish Orde", 4))}
	look := func() (pages []string) {
		for _, w := range watchers {
			for _, at := range []string{claimPath, "/projects/sensors/result"} {
				page := w.get(at).is(http.StatusOK)
				page.Find("input[name=idempotency_key]").Remove()
				html, _ := page.Find("main").Html()
				pages = append(pages, html)
			}
		}
		return pages
	}
	before := look()
	h.as(ines).post(claimPath, "why", "Mine.").goesTo(claimPath)
	for i, after := range look() {
		if after != before[i] {
			t.Errorf("%s: a page of watcher %d has changed with a claim", trust, i/2)
		}
	}
	if n := h.count(`select count(*) from notice`); n != 0 {
		t.Errorf("%s: %d notices tell of a claim", trust, n)
	}
	if n := h.count(`select count(*) from audit_told where action like 'claim.%' and not audit_event_sealed(action, noun, noun_id)`); n != 0 {
		t.Errorf("%s: the log tells of a claim", trust)
	}
}

func TestAllThatIsWrongWithAClaimIsToldAtOnce(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	person := h.able("Ines Calder", 2) // a stretch: it takes a coach
	h.exec(`update person set read_how_at = null where id = $1`, person)
	ines := h.as(person)
	bad := ines.post(claimPath, "why", strings.Repeat("why ", 200), "with", "Nobody Else", "coach", "Nobody Either").is(http.StatusUnprocessableEntity)
	bad.says("#why", "Say it in 600 characters or fewer.").says("#why", "Nobody here is called Nobody Else.").
		says("#why", "Nobody here is called Nobody Either.").says("#send", "Read what is compared first")
	bad = ines.post(claimPath, "with", "Nobody Else", "read", "yes").is(http.StatusUnprocessableEntity)
	bad.says("#why", "Nobody here is called Nobody Else.").says("#why", "It is a stretch for you, so name somebody").has(1, "input[name=read][checked]")
	if n := h.count(`select count(*) from claim`) + h.count(`select count(*) from read_how where person_id = $1`, person); n != 0 {
		t.Errorf("refused, and yet %d things are kept", n)
	}
	ines.post(claimPath, "coach", "Judith Amadi", "read", "yes").goesTo(claimPath)
}

func TestAnErrorOpensTheFoldThatItIsIn(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.as(h.person("Ines Calder"))
	bad := ines.post(claimPath+"/ask", "skill", "valves", "colleague", "Nobody Else").is(http.StatusUnprocessableEntity)
	bad.has(1, "#fix-valves details[open]").says("#fix-valves details[open] .field.refused", "Nobody here is called Nobody Else.").
		has(1, `#fix-valves details[open] input[name=colleague][value="Nobody Else"]`).has(0, "#fix-maps details[open]")
	bad = ines.post(claimPath+"/word", "skill", "valves", "level", "9").is(http.StatusUnprocessableEntity)
	bad.says("#fix-valves details[open] .field.refused", "Choose one of the answers.").has(1, "#fix-valves details[open]")
}

// What stops whoever would lead beside is said at their field, of them, without their numbers; what was
// written stays.
func TestWhoWouldLeadBesideHasNoHours(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.as(h.able("Ines Calder", 4))
	h.able("Hamish Orde", 3)
	h.exec(`update person set hours_per_week = 0 where id = 'hamish-orde'`)
	ines.post(claimPath, "why", "I know every valve.", "with", "Hamish Orde").is(http.StatusUnprocessableEntity).
		says("#claim-form, main", "Whoever would lead beside does not have the hours free that it takes. Choose somebody else, or claim it alone.").
		says("textarea[name=why]", "I know every valve.").lacks("main", "0 are free").lacks("main", "not yours to do")
	ines.post(claimPath, "why", "I know every valve.").goesTo(claimPath)
	ines.post(claimPath + "/withdraw").is(http.StatusSeeOther)
	h.exec(`update person set hours_per_week = 0 where id = 'ines-calder'`)
	ines.post(claimPath, "why", "Still I.").is(http.StatusForbidden)
	if h.text(`select why from claim where state = 'draft'`) != "Still I." {
		t.Error("what was written is gone")
	}
}
