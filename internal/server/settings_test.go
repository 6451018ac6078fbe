package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/web/path"
)

// Times are said by a reader's own clocks, with the zone; the day they act on stays the organisation's.
func TestTimesAreSaidInOnesOwnZone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.exec(`update organisation set zone = 'Europe/London'`)
	noor := h.as(h.person("Noor Basri"))
	h.exec(`insert into notice (person_id, kind, says, link, made_at, about) values ('noor-basri', 'led', 'Alba leads it.', '/', '2026-05-11 07:00Z', 'x')`)
	noor.get(path.Notices).is(http.StatusOK).says("time", "today 08:00").has(1, "time[title$=BST]").says(".foot", "Times of Europe/London")
	for _, wrong := range []string{"Atlantis", "Local", strings.Repeat("x", 500)} {
		refused := noor.post(path.SettingsProfile, "name", "Noor Basri", "zone", wrong).is(http.StatusUnprocessableEntity).says("#field-zone-error", "Name a time zone")
		if typed, _ := refused.Find("input[name=zone]").Attr("value"); typed != wrong {
			t.Errorf("what was typed is gone: %q", typed)
		}
	}
	noor.get(path.Settings).has(1, "datalist option[value='Pacific/Auckland']").has(1, "input[name=zone][list]")
	noor.post(path.SettingsProfile, "name", "Noor Basri", "zone", "auckland").goesTo(path.Settings)
	noor.get(path.Settings).has(1, "input[name=zone][value='Pacific/Auckland']")
	noor.get(path.Notices).says("time", "today 19:00 NZST").says(".foot", "Times of Pacific/Auckland")
	h.later(4 * time.Hour) // 14:00 in London, the twelfth in Auckland
	noor.get(path.Notices).says("time", "yesterday 19:00 NZST")
	noor.get(path.Settings).has(1, "input[name=from][value='2026-05-11']")
	noor.post(path.SettingsProfile, "name", "Noor Basri").goesTo(path.Settings) // a form without the field, as the version before has
	if zone := h.text(`select time_zone from person`); zone != "Pacific/Auckland" {
		t.Errorf("the zone is %s", zone)
	}
	noor.post(path.SettingsProfile, "name", "Noor Basri", "zone", "").goesTo(path.Settings)
	noor.get(path.Notices).says("time", "today 08:00")
}

func TestSettingsSayWhatOneCanDo(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.get("/settings").is(http.StatusOK).says("#skills", "Valve data").says("#wishes", "Plain writing")
	ines.maxRoundTrips(5, "/settings")
	ines.post("/settings/skills", "skill", "", "level", "3").is(http.StatusUnprocessableEntity).says("#skills .wrong", "Name the skill")
	bad := ines.post("/settings/skills", "skill", "Night flows", "level", "").is(http.StatusUnprocessableEntity).says("#skills .wrong", "Choose one of the answers.")
	if typed, _ := bad.Find("[name=skill][type=text]").Attr("value"); typed != "Night flows" {
		t.Errorf("what was typed is gone: %q", typed)
	}
	ines.post("/settings/skills", "skill", "Night flows", "level", "3").goesTo("/settings#skills")
	ines.get("/settings").says("[role=status]", "Ask somebody who has seen it").says("#skills", "Night flows, on your own: only your word, May.")
	skill := h.text(`select id from skill where name = 'Night flows'`)
	h.exec(`update evidence set observed_on = '2026-01-01' where skill_id = $1`, skill)
	ines.get("/settings").has(1, "#skills form[action='/settings/skills/still-true']")
	ines.post("/settings/skills/still-true", "skill", skill).goesTo("/settings#skills")
	ines.get("/settings").has(0, "#skills form[action='/settings/skills/still-true']")
	ines.post("/settings/skills/still-true", "skill", "nothing").is(http.StatusNotFound)
	ines.post("/settings/skills/remove", "skill", skill).goesTo("/settings#skills")
	if n := h.count(`select count(*) from evidence where skill_id = $1`, skill); n != 0 {
		t.Errorf("%d words left", n)
	}
	h.anonymous().post("/settings/skills", "skill", "x", "level", "3").is(http.StatusSeeOther)
}

func TestSettingsAskColleagues(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.post("/settings/asks", "about", "valve", "colleague", "").is(http.StatusUnprocessableEntity).says(".wrong", "Name a colleague")
	ines.post("/settings/asks", "about", "valve", "colleague", "Ines Calder").is(http.StatusUnprocessableEntity).says(".wrong", "other than yourself")
	ines.post("/settings/asks", "about", "nothing", "colleague", "Dario Venn").is(http.StatusUnprocessableEntity).says(".wrong", "one of the skills")
	ines.post("/settings/asks", "about", "valve", "colleague", "Dario Venn, Noor Haddad").goesTo("/settings#skills")
	if n := h.count(`select count(*) from ask where person_id = 'ines-calder'`); n != 2 {
		t.Errorf("%d asked", n)
	}
	ines.get("/settings").says("#skills", "Dario Venn is asked about Valve data")
}

func TestSettingsOfOneself(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.post("/settings/profile", "name", " ", "self", "Valves.", "hours", "4").is(http.StatusUnprocessableEntity).says("#profile .wrong", "Say the name")
	ines.post("/settings/profile", "name", "Ines Calder", "self", strings.Repeat("a", 601)).is(http.StatusUnprocessableEntity).says("#profile .wrong", "600 characters")
	ines.post("/settings/profile", "name", "Ines Calder", "self", "", "hours", "many").is(http.StatusUnprocessableEntity).says("#profile .wrong", "one of the numbers")
	ines.post("/settings/profile", "name", "Ines M Calder", "self", "Valves.", "hours", "8", "email", "other@example.org", "circle", "x").goesTo("/settings")
	if got := h.text(`select concat_ws('|', name, about, hours_per_week, email) from person where id = 'ines-calder'`); got != "Ines M Calder|Valves.|8.00|ines.calder@corriemere.example" {
		t.Errorf("kept %s", got)
	}
	if n := h.count(`select count(*) from audit_told where action = 'person.update' and actor_id = 'ines-calder'`); n != 1 {
		t.Errorf("%d audit rows", n)
	}
	h.breaks("wish")
	ines.get("/settings").is(http.StatusInternalServerError).silent()
}

func TestWishesAndLeave(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.post("/settings/wishes", "wish", "").is(http.StatusUnprocessableEntity).says("#wishes .wrong", "Name the skill")
	ines.post("/settings/wishes", "wish", "Deciding quickly").goesTo("/settings#wishes")
	ines.post("/settings/wishes/remove", "skill", "write").goesTo("/settings#wishes")
	if got := h.text(`select string_agg(skill_id, ' ') from wish`); got != "practice-quick-decisions" {
		t.Errorf("wishes for %s", got)
	}
	ines.post("/settings/leave", "from", "").is(http.StatusUnprocessableEntity).says("#leave .wrong", "from which day")
	ines.post("/settings/leave", "from", "2026-05-20", "until", "2026-05-10").is(http.StatusUnprocessableEntity).says("#leave .wrong", "ends before it starts")
	ines.post("/settings/leave", "from", "soon").is(http.StatusUnprocessableEntity).says("#leave .wrong", "Choose a day")
	ines.post("/settings/leave", "from", "2026-05-11").goesTo("/settings#leave")
	page := ines.get("/settings").says("#leave", "until you are back")
	page.has(1, `#leave form[action="`+path.Back+`"]`)
	h.as("dario-venn").post(path.Back).is(http.StatusConflict).says("main", "You are not away")
	ines.post(path.Back).goesTo("/settings#leave")
	ines.post(path.Back).is(http.StatusConflict)
	if n := h.count(`select count(*) from absence`); n != 0 {
		t.Errorf("a leave that began today and ended today is %d leaves", n)
	}
}

func TestOnesOwnDataIsOnesOwn(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`update person set attributes = '{"grade": "G7"}'`)
	h.anonymous().signIn("ines.calder@corriemere.example", "not her password").is(http.StatusUnprocessableEntity)
	h.anonymous().signIn("dario.venn@corriemere.example", "not his password").is(http.StatusUnprocessableEntity)
	a := ines.get("/settings/my-data.json").is(http.StatusOK)
	var data struct {
		Person struct{ Name string }
		Leave  []any
		// where she is signed in, and where somebody was not let in
		Sessions []struct{ Browser string }
		Refused  []struct{ Network string } `json:"sign_ins_refused"`
	}
	if err := json.Unmarshal([]byte(a.body), &data); err != nil || data.Person.Name != "Ines Calder" || len(data.Sessions) != 1 || len(data.Refused) != 1 {
		t.Errorf("%v: %s", err, a.body)
	}
	if strings.Contains(a.body, "G7") || !strings.Contains(a.Response.Header.Get("Content-Disposition"), "skein-my-data-2026-05-11.json") {
		t.Errorf("%v\n%s", a.Response.Header, a.body)
	}
	h.anonymous().get("/settings/my-data.json").is(http.StatusSeeOther)
}
