package server

import (
	"net/http"
	"strings"
	"testing"

	"skein/web/path"
)

func TestTheListTicksItself(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	gethin := h.as(h.person("Gethin Moss", administrator))
	list := gethin.get(path.AdminSetup).is(http.StatusOK).says("h1", "Five things, and somebody leads")
	list.says("#matters", "nobody who can sign in is one").says("#steward", "name that first").has(1, "#people a.button:not(.outlined)")
	gethin.get(path.Home).says("#setup", "Five things, and somebody leads.").has(1, "#setup a[href='"+path.AdminSetup+"']")

	h.circle("Network", "")
	h.person("Judith Amadi", executive)
	list = gethin.get(path.AdminSetup).says("h1", "Three things, and somebody leads")
	list.says("#people .said", "Done: Bring your people.").says("#people", "Two people are here. Two can sign in.")
	list.says("#teams", "One.").says("#matters", "Judith Amadi says it; you do not have to.").says("#steward", "Name a steward for Network.")

	h.person("Marta Oyelaran", steward("network"))
	h.exec(`insert into priority (id, title, place, weight) values ('p', 'Bread', 1, 1)`)
	h.exec(`insert into project (id, title, state, published_at) values ('x', 'Some Lead', 'open', $1)`, wall)
	list = gethin.get(path.AdminSetup).says("h1", "The first lead is open").has(0, "main a.button:not(.outlined)")
	list.says("#steward", "Marta Oyelaran for Network. Every team has one, or one above it.").says("#lead", "Nobody leads one now.")
	gethin.get(path.Home).has(0, "#setup")

	h.as(h.person("Ada Reed")).get(path.AdminSetup).is(http.StatusForbidden)
	h.anonymous().get(path.AdminSetup).is(http.StatusSeeOther)
	h.breaks("priority")
	gethin.get(path.AdminSetup).is(http.StatusInternalServerError).silent("priority_is_gone")
}

func TestTheListIsPutAway(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	gethin := h.as(h.person("Gethin Moss", administrator))
	gethin.post(path.SetupAway, "away", "yes").goesTo(path.Home)
	gethin.get(path.Home).has(0, "#setup").has(1, "footer a[href='"+path.AdminSetup+"']")
	gethin.get(path.AdminPeople).has(0, "nav.within a[href='"+path.AdminSetup+"']")
	gethin.get(path.AdminSetup).is(http.StatusOK).says("main", "Show it with the others again")
	gethin.post(path.SetupAway, "away", "no").goesTo(path.AdminSetup)
	gethin.get(path.Home).has(1, "#setup")
	h.as(h.person("Ada Reed")).post(path.SetupAway, "away", "yes").is(http.StatusForbidden)
	h.anonymous().post(path.SetupAway, "away", "yes").is(http.StatusSeeOther)
	h.breaks("organisation")
	gethin.post(path.SetupAway, "away", "yes").is(http.StatusInternalServerError).silent("organisation_is_gone")
}

// What money is said in is chosen where an organisation is set up, and each sum follows.
func TestMoneyIsSaidInTheOrganisationsCurrency(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.valves(people[asStaff])
	ines, owen := h.as(people[asStaff]), h.as(people[asAdministrator])
	h.exec(`insert into need (project_id, kind, what, amount, answer_by) values ('meter-letters', 'budget', 'Posters', 1200, '2026-05-04Z')`)
	h.exec(`insert into remit (project_id, area, level, ceiling, with_whom, place) values ('meter-letters', 'Printing', 'alone', 500, '', 1)`)
	at := path.Project("meter-letters")
	ines.get(at).is(http.StatusOK).says("main", "£1,200, Posters").says(".beside", "up to £500")
	owen.get(path.AdminSetup).is(http.StatusOK).has(1, "#currency input[name=currency][value='£']")
	for _, wrong := range []string{"", "5", "dollars"} {
		owen.post(path.AdminCurrency, "currency", wrong, "version", "£").is(http.StatusUnprocessableEntity).says("#currency .wrong", "its sign or its letters")
	}
	owen.post(path.AdminCurrency, "currency", "CHF", "version", "£").goesTo(path.AdminSetup + "#currency")
	owen.get(path.AdminSetup).says("[role=status]", "Money is said in CHF from now on.")
	page := ines.get(at).says("main", "CHF 1,200, Posters").says(".beside", "up to CHF 500")
	if strings.Contains(page.said("main"), "£") {
		t.Error("the page says pounds")
	}
	owen.post(path.AdminCurrency, "currency", "CHF", "version", "£").is(http.StatusSeeOther) // as it is
	if n := h.count(`select count(*) from audit_told where action = 'organisation.currency' and details ->> 'was' = '£'`); n != 1 {
		t.Errorf("%d rows of the log", n)
	}
	owen.get(path.AdminAudit).says("main", "the currency in which money is said")
	ines.post(path.AdminCurrency, "currency", "€").is(http.StatusForbidden)
	h.anonymous().post(path.AdminCurrency, "currency", "€").is(http.StatusSeeOther)
	h.breaks("organisation")
	owen.post(path.AdminCurrency, "currency", "€", "version", "CHF").is(http.StatusInternalServerError).silent("organisation_is_gone")
}
