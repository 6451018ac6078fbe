package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"skein/web/path"

	"github.com/PuerkitoBio/goquery"
)

// namesakes are eight people of one name, without a team, as in ../shared/cases/27-same-names.
func (h *house) namesakes() {
	for i := range 8 {
		h.person(fmt.Sprintf("p%02d", i))
	}
	h.exec(`update person set name = 'Same Name', hours_per_week = 9, email = null where id like 'p0_'`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
		select person.id, 'valves', 'outcome', 4, '2026-03-01', 'work ' || n from person, generate_series(1, 3) n where person.id like 'p0_'`)
}

// Whoever is called the same as others can be chosen by what the refusal offers, in every form that names
// somebody, and the form that was filled in with it can be sent again.
func TestPeopleOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.namesakes()
	p00 := h.as("p00")
	p00.get(path.People).says("main", "Same Name (p03)").says("main", "Judith Amadi").lacks("main", "(judith-amadi)")
	p00.post(claimPath, "why", "We know it.", "with", "Same Name").is(http.StatusUnprocessableEntity).
		says("main", "More than one is called Same Name. Write Same Name (p00), Same Name (p01), Same Name (p02),").
		says("main", "or Same Name (p07), or the e-mail address").says("textarea[name=why]", "We know it.")
	for _, typed := range []string{"Same Name (p03)", "p03", "same name (p03)"} {
		p00.post(claimPath, "why", "We know it.", "with", typed).goesTo(claimPath)
		if got := h.text(`select with_person_id from claim where person_id = 'p00'`); got != "p03" {
			t.Errorf("%q is %s", typed, got)
		}
	}
	kept, _ := p00.get(claimPath).Find("input[name=with]").Attr("value")
	p00.post(claimPath, "why", "We still do.", "with", kept).goesTo(claimPath)
	if h.text(`select with_person_id from claim where person_id = 'p00'`) != "p03" {
		t.Error("the form as it stood names somebody else")
	}
	h.exec(`update person set circle_id = 'leaks' where id = 'p05'`)
	p00.post(claimPath, "with", "Same Name").is(http.StatusUnprocessableEntity).says("main", "Same Name (Leaks)")
	p00.post(claimPath, "with", "Same Name (Leaks)").goesTo(claimPath)
	if h.text(`select with_person_id from claim where person_id = 'p00'`) != "p05" {
		t.Error("the circle does not tell them apart")
	}
	p00.post(path.SettingsAsks, "about", "valves", "colleague", "Same Name").is(http.StatusUnprocessableEntity).says("main", "Same Name (p03)")
	p00.post(claimPath, "with", "Same Name (p99)").is(http.StatusUnprocessableEntity).says("main", "Nobody here is called Same Name (p99)")
}

// One person may be asked for two needs, whatever they are called, and what is written can be sent again as
// it stands.
func TestOnePersonIsAskedForTwoNeeds(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.namesakes()
	h.exec(`update project set template = 'fix' where id = 'sensors'`)
	h.exec(`update phase set uncertainty = 'complex', expertise = 3, commitment = 3, reach = 3, readiness = 3`)
	h.exec(`insert into need (project_id, kind, what, asked_of, place) values ('sensors', 'tools', 'A boat', 'p03', 0), ('sensors', 'budget', 'A fund', 'p03', 1),
		('sensors', 'people', 'A crew', 'owen-tay', 2), ('sensors', 'sponsor', 'A voice', 'owen-tay', 3)`)
	judith := h.as("judith-amadi")
	send := func(change ...string) *answer {
		page := judith.get(path.EditProject("sensors")).is(http.StatusOK)
		sent := url.Values{}
		page.Find("#proposal input, #proposal textarea").Each(func(_ int, s *goquery.Selection) {
			name, _ := s.Attr("name")
			kind, _ := s.Attr("type")
			_, checked := s.Attr("checked")
			if value, _ := s.Attr("value"); kind != "checkbox" && kind != "radio" || checked {
				sent.Set(name, value+strings.TrimSpace(s.Filter("textarea").Text()))
			}
		})
		page.Find("#proposal select").Each(func(_ int, s *goquery.Selection) {
			name, _ := s.Attr("name")
			value, _ := s.Find("option[selected]").Attr("value")
			sent.Set(name, value)
		})
		for i := 0; i < len(change); i += 2 {
			sent.Set(change[i], change[i+1])
		}
		var fields []string
		for name := range sent {
			fields = append(fields, name, sent.Get(name))
		}
		return judith.post(path.EditProject("sensors"), fields...)
	}
	send("purpose", "Hear every leak.").is(http.StatusSeeOther)
	if n := h.count(`select count(*) from need where asked_of = 'p03' or asked_of = 'owen-tay'`); n != 4 || h.text(`select purpose from project`) != "Hear every leak." {
		t.Errorf("%d needs ask them", n)
	}
	send("hours", "0").is(http.StatusUnprocessableEntity).says("main", "A lead takes some time")
}
