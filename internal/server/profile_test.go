package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

func TestAProfileSaysWhoSaysSo(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`update person set attributes = '{"grade": "G7"}', about = 'Valves, mostly.'`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, note) values ('ines-calder', 'write', 'peer', 3, '2026-04-01', 'dario-venn', 'The bill letter.')`)
	dario := h.as("dario-venn")
	p := dario.get("/people/ines-calder").is(http.StatusOK).says("h1", "Ines Calder")
	p.says("#skills", "Valve data, sets the standard: Noor Haddad and Dario Venn, April.").says("main", "Drought Desk").says("main", "Since 1 April, until 30 June.")
	p.says("#wishes", "Plain writing.").says("main", "Room to lead: 14 hours a week.").says("main", "Last confirmed 1 April.").says("main", "Valves, mostly.")
	p.has(0, "form[action='/settings/skills/show']").has(1, "#endorse form")
	for _, never := range []string{"G7", "%", "score", "fit "} {
		if strings.Contains(p.said("main"), never) {
			t.Errorf("the page says %q", never)
		}
	}
	dario.maxRoundTrips(4, "/people/ines-calder")
	own := ines.get("/people/ines-calder").is(http.StatusOK).says("main", "Change this").has(0, "#endorse")
	own.says("#skills", "“The bill letter.”").has(4, "form[action='/settings/skills/show']")
	ines.post("/settings/skills/show", "skill", "write", "giver", "dario-venn", "show", "no").goesTo("/people/ines-calder#skills")
	ines.get("/people/ines-calder").says("[role=status]", "It is hidden").says("#skills", "Hidden; it counts for nothing.")
	if got := dario.get("/people/ines-calder").said("#skills"); strings.Contains(got, "Plain writing") {
		t.Errorf("what is hidden is shown: %s", got)
	}
	ines.post("/settings/skills/show", "skill", "write", "giver", "dario-venn", "show", "yes").goesTo("/people/ines-calder#skills")
	dario.get("/people/ines-calder").says("#skills", "Plain writing")
	dario.get("/people/nobody").is(http.StatusNotFound)
	h.anonymous().get("/people/ines-calder").is(http.StatusSeeOther)
	h.breaks("wish")
	dario.get("/people/ines-calder").is(http.StatusInternalServerError).silent()
}

func TestEndorsing(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	dario := h.as("dario-venn")
	ines.post("/people/ines-calder/endorse", "skill", "Valve data", "level", "5").is(http.StatusForbidden).says("main", "Nobody endorses themselves.")
	bad := dario.post("/people/ines-calder/endorse", "skill", "", "level", "").is(http.StatusUnprocessableEntity)
	bad.has(2, "#endorse .wrong")
	dario.post("/people/nobody/endorse", "skill", "x", "level", "3").is(http.StatusNotFound)
	dario.post("/people/ines-calder/endorse", "skill", "Running incidents", "level", "4", "note", "The burst main.").goesTo("/people/ines-calder")
	dario.get("/people/ines-calder").says("[role=status]", "They are told").says("#skills", "Running incidents")
	ines.get("/notices").says("main", "Dario Venn spoke for you: Running incidents, others come to you.")
	dario.post("/people/ines-calder/endorse", "skill", "Running incidents", "level", "0").goesTo("/people/ines-calder")
	if n := h.count(`select count(*) from evidence where skill_id = 'practice-incidents'`); n != 0 {
		t.Errorf("%d words left", n)
	}
}

func TestPeopleAreFoundAndPaged(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`insert into person (id, name) select 'x' || n, 'Xenia ' || lpad(n::text, 3, '0') from generate_series(1, 70) n`)
	first := ines.get("/people").is(http.StatusOK).has(30, ".row")
	if got := first.Find(".row a").First().Text(); got != "Dario Venn" {
		t.Errorf("begins with %s", got)
	}
	seen := 30
	next, _ := first.Find("a[rel=next]").Attr("href")
	for next != "" {
		page := ines.get(next).is(http.StatusOK)
		seen += page.Find(".row").Length()
		next, _ = page.Find("a[rel=next]").Attr("href")
	}
	if seen != 74 {
		t.Errorf("saw %d of 74", seen)
	}
	ines.maxRoundTrips(3, "/people")
	ines.get("/people?q=noor").is(http.StatusOK).has(1, ".row").says(".row", "Noor Haddad").says(".row", "Leads Pump Swap.")
	ines.get("/people?skill="+url.QueryEscape("River levels")+"&circle=leaks").is(http.StatusOK).has(1, ".row").says(".row", "Ines Calder")
	ines.get("/people?q=zebra").is(http.StatusOK).says("main", "Nobody here fits all of that.")
	h.anonymous().get("/people").is(http.StatusSeeOther)
}

func TestHowIsReadOnce(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`update person set read_how_at = null`)
	h.anonymous().get("/how").is(http.StatusOK).says("main", "once you have signed in").has(0, "form[action='/how']")
	card := ines.get("/how?then=/projects/night/claim").is(http.StatusOK).says("main", "who decides").has(1, "form[action='/how']")
	card.has(4, "[aria-label='What counts'] tbody tr").says("#card", "What works is known")
	for _, never := range []string{"lens", "capability", "gate"} {
		if strings.Contains(strings.ToLower(card.said("main")), never) {
			t.Errorf("the page says %q", never)
		}
	}
	ines.post("/how", "then", "/projects/night/claim").goesTo("/projects/night/claim")
	if n := h.count(`select count(*) from read_how`); n != 1 {
		t.Errorf("%d have read it", n)
	}
	ines.post("/how", "then", "//elsewhere.example/").goesTo("/")
	ines.get("/how").says("main", "You read this today.").has(0, "form[action='/how']")
	ines.maxRoundTrips(4, "/how")
	h.anonymous().post("/how").is(http.StatusSeeOther)
	h.promisesWhatIsBuilt(ines.get("/how"))
}

func TestABrokenDatabaseIsNotToldOnPagesOfPeople(t *testing.T) {
	t.Parallel()
	for at, table := range map[string]string{
		"/people": "circle", "/search?q=x": "project", "/how": "policy", "/welcome/before": "skill", "/welcome": "skill",
	} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			ines := h.as(h.person("Ines Calder"))
			h.breaks(table)
			ines.get(at).is(http.StatusInternalServerError).silent()
		})
	}
}

// promisesWhatIsBuilt keeps a page from speaking of what no address answers to yet.
func (h *house) promisesWhatIsBuilt(page *answer) {
	h.Helper()
	var routes []string
	err := chi.Walk(h.server.routes(), func(_, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		routes = append(routes, route)
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	said := strings.ToLower(page.said("main"))
	for words, route := range map[string]string{
		"look back": "how-did-it-go", "how did it go": "how-did-it-go", "a word to all": "/week", "check-in": "/week",
		"read-back": "handing-on", "switch comparing off": "/matching", "conflict of interest": "/interests",
	} {
		if strings.Contains(said, words) && !slices.ContainsFunc(routes, func(r string) bool { return strings.Contains(r, route) }) {
			h.Errorf("%s speaks of %q, and nothing answers at %s", page.what, words, route)
		}
	}
}

// Nobody confirmed anything who has never been here: the page says whose word it is.
func TestWhoNeverCameInHasConfirmedNothing(t *testing.T) {
	t.Parallel()
	h, _ := monday(t)
	dario := h.as("dario-venn")
	h.exec(`insert into person (id, name) values ('imported', 'Imported Person')`)
	dario.get("/people/imported").is(http.StatusOK).says("main", "They have not come in yet.").lacks("main", "Last confirmed")
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('imported', 'valve', 'self', 3, '2026-04-01')`)
	dario.get("/people/imported").says("main", "They have not come in yet: what stands here is from others, or out of a file. The newest word is of 1 April.").lacks("main", "Last confirmed")
	h.exec(`update person set deactivated_at = $1 where id = 'imported'`, wall)
	dario.get("/people/imported").says("main", "They never came in.").lacks("main", "yet:")
}
