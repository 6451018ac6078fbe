package server

import (
	"net/http"
	"strings"
	"testing"
)

// executives is a house with an executive, a steward and two ranked priorities.
func executives(t *testing.T) (h *house, judith *browser) {
	h = newTest(t)
	network := h.circle("Network", "")
	judith = h.as(h.person("Judith Amadi", executive))
	h.person("Marta Oyelaran", steward(network))
	h.exec(`insert into priority (id, title, place, owner_id) values ('water', 'No boil notices', 1, 'judith-amadi'), ('bills', 'Clear bills', 2, null)`)
	return h, judith
}

func TestVisionIsForExecutivesAlone(t *testing.T) {
	t.Parallel()
	h, _ := executives(t)
	for _, path := range []string{"/admin", "/admin/vision"} {
		h.anonymous().get(path).is(http.StatusSeeOther)
		h.as(h.person("Ines "+slug(path))).get(path).is(http.StatusForbidden).says("main", "executives")
	}
	h.as(h.person("Gethin Moss", administrator)).post("/admin/priorities/bills/move", "step", "up").is(http.StatusForbidden)
	if h.count(`select place from priority where id = 'bills'`) != 2 {
		t.Fatal("somebody without the hat moved a priority")
	}
}

func TestPrioritiesAreRankedAndChanged(t *testing.T) {
	t.Parallel()
	h, judith := executives(t)
	judith.get("/admin?move=bills").is(http.StatusOK).says("[role=status]", "Clear bills would come before No boil notices.")
	judith.post("/admin/priorities/bills/move", "step", "up", "then", "/admin").goesTo("/admin")
	if h.text(`select id from priority where place = 1`) != "bills" {
		t.Fatal("the priority did not move up")
	}
	judith.post("/admin/priorities/bills/move", "step", "up").is(http.StatusConflict).says("main", "at the end of the list")
	bad := judith.post("/admin/priorities/bills", "title", "", "measure", "Fewer calls", "weight", "1").is(http.StatusUnprocessableEntity)
	bad.says("#change .wrong", "Say it in a few words.")
	if value, _ := bad.Find("[name=measure]").Attr("value"); value != "Fewer calls" {
		t.Fatalf("what was typed is gone: %q", value)
	}
	judith.post("/admin/priorities/bills", "title", "Bills people understand", "measure", "Fewer calls", "weight", "2", "owner", "marta-oyelaran").goesTo("/admin/vision")
	judith.get("/admin/vision").is(http.StatusOK).says("#priority-bills", "Marta Oyelaran answers for it.")
	h.exec(`update priority set weight = 5 where id = 'bills'`) // as a file may say
	judith.get("/admin/vision?change=priority:bills").has(1, "input[name=weight][value='5'][checked]").says(".choices", "5 times")
	judith.post("/admin/priorities", "title", "Swimmable rivers", "weight", "0.5").goesTo("/admin/vision")
	judith.post("/admin/priorities/bills/retire").goesTo("/admin/vision")
	judith.post("/admin/priorities/bills/retire").is(http.StatusNotFound)
	judith.post("/admin/priorities/nobody", "title", "x", "weight", "1").is(http.StatusNotFound)
	if n := h.count(`select count(*) from audit_told where actor_id = 'judith-amadi' and action like 'priority.%'`); n != 4 {
		t.Fatalf("%d audit rows, want move, update, create, retire", n)
	}
}

func TestGuardrailsAreOneOfAKind(t *testing.T) {
	t.Parallel()
	h, judith := executives(t)
	judith.get("/admin/vision?add=guardrail").is(http.StatusOK).has(1, "select[name=kind]")
	judith.post("/admin/guardrails", "kind", "leads_at_once", "number", "many", "reason", "").
		is(http.StatusUnprocessableEntity).says("#change", "as a whole number from 1 to 100")
	judith.post("/admin/guardrails", "kind", "leads_at_once", "number", "2", "reason", "Evenings are for home.", "review_on", "2026-01-01").
		is(http.StatusUnprocessableEntity).says("#change", "That day has passed.")
	judith.post("/admin/guardrails", "kind", "leads_at_once", "number", "2", "reason", "Evenings are for home.", "owner", "judith-amadi").goesTo("/admin/vision")
	judith.post("/admin/guardrails", "kind", "leads_at_once", "number", "3", "reason", "More.").is(http.StatusConflict)
	id := h.text(`select id::text from guardrail`)
	judith.get("/admin/vision?change=guardrail:"+id).says("#change", "Two leads each.")
	judith.post("/admin/guardrails/"+id, "number", "3", "reason", "Evenings are for home.", "review_on", "2026-05-20").goesTo("/admin/vision")
	judith.get("/admin").says("main", "Keep or change “Three leads each”.")
	h.exec(`update guardrail set review_on = '2026-01-01'`) // it has passed since
	judith.post("/admin/guardrails/"+id, "number", "3", "reason", "Evenings are for rest.", "review_on", "2026-01-01").goesTo("/admin/vision")
	judith.post("/admin/guardrails/" + id + "/retire").goesTo("/admin/vision")
	if n := h.count(`select count(*) from guardrail where retired_at is null`); n != 0 {
		t.Fatal("the guardrail is still up")
	}
}

func TestVisionIsSaidInAFewWords(t *testing.T) {
	t.Parallel()
	h, judith := executives(t)
	judith.post("/admin/vision", "organisation", "", "vision", "Safe <b>water</b>").is(http.StatusUnprocessableEntity).says("#change .wrong", "called")
	judith.post("/admin/vision", "organisation", "Corriemere", "vision", "Safe <b>water</b>", "purpose", "Water for all.").goesTo("/admin/vision")
	judith.get("/admin/vision").is(http.StatusOK).says("h1", "Safe <b>water</b>").has(0, "h1 b")
	h.breaks("priority")
	judith.get("/admin/vision").is(http.StatusInternalServerError).silent("priority")
	judith.get("/admin").is(http.StatusInternalServerError).silent("priority")
}

func TestReviewOfAnEmptyOrganisationOffersWaysOn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	judith := h.as(h.person("Judith Amadi", executive))
	judith.get("/admin").is(http.StatusOK).says("h1", "No project is under way yet.").says("#priorities", "Set the first")
	judith.maxRoundTrips(4, "/admin")
	judith.maxRoundTrips(4, "/admin/vision")
}

func TestReviewCountsLeadPlaces(t *testing.T) {
	t.Parallel()
	h, judith := executives(t)
	h.exec(`insert into project (id, title, state, priority_id, published_at) values
		('a', 'A', 'led', 'water', now()), ('b', 'B', 'open', 'bills', '2026-04-30 09:00Z'), ('c', 'C', 'draft', 'bills', null)`)
	page := judith.get("/admin").is(http.StatusOK)
	page.says("h1", "1 of 2 projects led, 1 open. Clear bills is least covered.")
	page.says("#priority-water", "1 led").says("#priority-bills", "1 open")
	page.says("#priorities", "Waiting longest: B, eleven days")
	page.says("main", "Say who answers for Clear bills")
	h.exec(`insert into need (project_id, kind, what, answer_by) values ('b', 'budget', '£10,000', '2026-05-04Z')`)
	judith.get("/admin").is(http.StatusOK).says("main", "Grant what B needs: £10,000.")
}

// Whatever the review says that only the viewer can do, the page that it leads to lets them do.
func TestTheReviewOffersOnlyWhatTheViewerCanDo(t *testing.T) {
	t.Parallel()
	h, judith := executives(t)
	h.exec(`insert into circle (id, name, parent_id) values ('leaks', 'Leaks', 'network')`)
	h.exec(`insert into project (id, title, state, priority_id, circle_id, published_at) values ('b', 'B', 'open', 'bills', 'leaks', now())`)
	h.exec(`insert into phase (project_id) values ('b')`)
	h.exec(`insert into need (project_id, kind, what, answer_by) values ('b', 'budget', '£10,000', '2026-05-04Z')`)
	grant := "/projects/b/needs/" + h.text(`select id::text from need`) + "/grant"
	offered := func(want bool) {
		h.Helper()
		says := judith.get("/admin").is(http.StatusOK).said("main")
		if got := strings.Contains(says, "Grant what B needs: £10,000."); got != want {
			h.Errorf("offered: %v, want %v", got, want)
		}
		forms := 0
		if want {
			forms = 1
		}
		judith.get("/projects/b").is(http.StatusOK).has(forms, `form[action="`+grant+`"]`)
	}
	offered(false) // Marta looks after the team above
	judith.post(grant).is(http.StatusForbidden)
	h.exec(`update need set asked_of = 'judith-amadi'`)
	offered(true)
	h.exec(`update need set asked_of = 'marta-oyelaran'`)
	offered(false)
	h.exec(`update person set deactivated_at = $1 where id = 'marta-oyelaran'`, wall)
	offered(true)
	judith.post(grant).is(http.StatusSeeOther)
	offered(false)
}

func TestAVisionThatNobodyHasSaidYet(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.as(h.person("Teo Marchi")).get("/vision").is(http.StatusOK).has(0, "#changes").
		says("#vision", "Nobody has said it yet.").says("#priorities", "No priority is set").says("#guardrails", "No guardrail is up.")
}

// What the executives' page says that everybody sees, everybody sees.
func TestEverybodyReadsTheVision(t *testing.T) {
	t.Parallel()
	h, judith := executives(t)
	teo := h.as(h.person("Teo Marchi"))
	judith.post("/admin/vision", "organisation", "Quarry Foods", "vision", "Safe <b>bread</b>", "purpose", "Bread for all.").goesTo("/admin/vision")
	judith.post("/admin/guardrails", "kind", "leads_at_once", "number", "2", "reason", "Evenings are for home.", "owner", "judith-amadi").goesTo("/admin/vision")
	judith.post("/admin/priorities/bills/move", "step", "up").goesTo("/admin/vision")
	h.exec(`insert into project (id, title, state, priority_id) values ('b', 'B', 'open', 'bills'), ('c', 'C', 'led', 'bills')`)
	h.exec(`insert into phase (project_id) select id from project`)
	page := teo.get("/vision").is(http.StatusOK)
	page.says("h1", "Safe <b>bread</b>").has(0, "h1 b").says("#vision", "Bread for all.").has(0, `main a[href^="/admin"]`)
	page.says("#priority-bills", "1Clear bills Nobody answers for it yet. Two projects: 1 led, 1 open.")
	page.says("#priority-water", "2No boil notices Judith Amadi answers for it. No project serves it yet.").has(1, `#priority-water a[href="/people/judith-amadi"]`)
	page.has(1, `#priority-bills a[href="/leads?priority=bills"]`).says("#guardrails", "Two leads each.Evenings are for home. Judith Amadi answers for it.")
	page.says("#changes", "Judith Amadi moved a priority. “Clear bills”. One place up.").has(3, "#changes time")
	judith.get("/vision").is(http.StatusOK).has(1, `main a[href="/admin/vision"]`)
	for _, at := range []string{"/", "/leads", "/people", "/how", "/settings", "/projects/b", "/vision"} {
		teo.get(at).has(1, `.foot a[href="/vision"]`)
	}
	teo.get("/projects/b").has(1, `main a[href="/vision#priority-bills"]`)
	judith.get("/admin").has(3, `main a[href="/vision#priority-bills"]`).has(1, `main a[href="/vision#priority-water"]`)
	teo.maxRoundTrips(4, "/vision")
	h.breaks("audit_told")
	teo.get("/vision").is(http.StatusInternalServerError).silent("audit_told")
}
