package server

import (
	"net/http"
	"testing"
	"time"

	"skein/web/path"
)

const standInAsked = `select id::text from stand_in where state = 'asked'`

// A lead says that they are unavailable, a co-lead says yes and decides meanwhile, the lead comes back.
func TestSomebodyStandsInForALeadAndIsShownToStandIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	at := path.Project("night-pressure")
	ines, noor, teo := h.as(people[asLead]), h.as(people[asCoLead]), h.as(people[asStaff])
	ines.get(at).has(1, `.panel a[href="/projects/night-pressure/hand-over"]`).has(1, `.panel a[href="/projects/night-pressure/stand-in"]`).
		has(1, `.panel a[href="/projects/night-pressure/step-down"]`)
	ines.get(path.StandIn("night-pressure")).says("main", "Who stands in for you?").says("select", "Noor Basri")
	noor.get(path.StandIn("night-pressure")).says("main", "While you are away Ines leads it on").has(0, `main form[action$="/stand-in"]`)
	teo.get(path.StandIn("night-pressure")).is(http.StatusForbidden)

	ines.post(path.StandIn("night-pressure"), "person", "teo-marchi", "until", "2026-05-20").is(http.StatusUnprocessableEntity).
		says("main", "Choose somebody who leads it beside you")
	ines.post(path.StandIn("night-pressure"), "until", "2026-05-01").is(http.StatusUnprocessableEntity).says("main", "That day has passed.")
	ines.post(path.StandIn("night-pressure"), "until", "nonsense").is(http.StatusUnprocessableEntity).says("main", "Choose a day.")
	teo.post(path.StandIn("night-pressure"), "until", "2026-05-20").is(http.StatusForbidden)
	ines.post(path.StandIn("night-pressure"), "until", "2026-05-20").goesTo(at)
	ines.post(path.StandIn("night-pressure"), "until", "2026-05-20").is(http.StatusConflict)
	ines.get(path.StandIn("night-pressure")).is(http.StatusConflict)
	ines.get(at).says(".panel", "Noor Basri is asked to stand in for you until 20 May").says(".panel", "Ask nobody after all")

	id := h.text(standInAsked)
	answer, end := path.AnswerStandIn("night-pressure", id), path.EndStandIn("night-pressure", id)
	noor.get(path.Home).says("main", "Would you stand in for Ines Calder in Night Pressure?").has(2, `form[action="`+answer+`"]`)
	noor.get(path.Notices).says("main", "Would you stand in for Ines Calder in Night Pressure until 20 May?")
	teo.get(path.Person("noor-basri")).silent("For Ines Calder") // they have not said yes
	teo.get(path.Person("ines-calder")).silent("stands in")
	noor.post(answer, "answer", "perhaps").is(http.StatusUnprocessableEntity)
	teo.post(answer, "answer", "yes").is(http.StatusNotFound)
	noor.post(answer, "answer", "yes").goesTo(at)
	noor.post(answer, "answer", "yes").is(http.StatusConflict)

	noor.get(path.Home).says("main", "Standing in for Ines Calder.")
	noor.get(at).says(".panel .state", "You stand in for Ines until 20 May.").has(1, `.panel a[href="/projects/night-pressure/complete"]`).
		has(0, `.panel a[href="/projects/night-pressure/hand-over"]`)
	teo.get(at).says(".panel", "Noor Basri stands in for Ines until 20 May.").says("#team", "stands in for Ines")
	teo.get(path.Person("noor-basri")).says("main", "For Ines Calder until 20 May")
	teo.get(path.Person("ines-calder")).says("main", "Noor Basri stands in until 20 May")
	h.later(24 * 9 * time.Hour) // the last day, then the one after
	h.as(people[asStaff]).get(path.Person("noor-basri")).says("main", "For Ines Calder")
	h.later(24 * time.Hour)
	h.as(people[asStaff]).get(path.Person("noor-basri")).is(http.StatusOK).silent("For Ines Calder")
	h.as(people[asStaff]).get(path.Person("ines-calder")).is(http.StatusOK).silent("stands in")
	h.later(-24 * 10 * time.Hour)
	teo.post(path.CoLeadProject("night-pressure")).goesTo(at)
	noor.post(path.AnswerCoLead("night-pressure", "teo-marchi"), "answer", "yes").goesTo(at)
	teo.post(end).is(http.StatusForbidden)
	ines.get(at).says(".panel", "I am back")
	ines.post(end).goesTo(at)
	ines.post(end).is(http.StatusConflict)
	noor.get(path.Notices).says("main", "Nobody has to stand in for Ines Calder in Night Pressure any more.")
	h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "asked somebody to stand in")
}

func TestStandingInOfABrokenDatabaseIsAFaultWithoutDetail(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines := h.as(people[asLead])
	h.owns(`alter table stand_in rename to stand_in_gone`)
	ines.get(path.StandIn("night-pressure")).is(http.StatusInternalServerError).lacks("main", "stand_in")
	ines.post(path.StandIn("night-pressure"), "until", "2026-05-20").is(http.StatusInternalServerError).lacks("main", "stand_in")
}
