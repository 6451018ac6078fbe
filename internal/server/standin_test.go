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
	noor.get(path.Notices).says("main", "You said yes.") // the notice names the question that it asks

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

// Whoever is away says once, on their Home, that they are back: their leave ends, and with it standing in and every
// question for it. Until then their Home says who stands in.
func TestWhoeverIsBackSaysSoOnce(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines, teo, standIn := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asStandIn])
	name := h.text(`select name from person where id = $1`, people[asStandIn])
	ines.get(path.Home).says("#away", name+" stands in for you.").says("main", name+" stands in for you").has(1, `#away form[action="`+path.Back+`"]`)
	standIn.get(path.Home).says("main", "Standing in for Ines Calder.").says("main", "In a lead’s place")
	teo.get(path.Home).has(0, "#away")
	h.exec(`insert into absence (person_id, from_on, until_on) values ('ines-calder', '2026-05-01', '2026-05-20'), ('ines-calder', '2026-07-01', '2026-07-20')`)
	ines.get(path.Home).says("#away", "You are away until 20 May.").says("#away", "When you are back, nobody stands in for you any more.")
	teo.post(path.Back).is(http.StatusConflict)
	ines.post(path.Back, "then", path.Home).goesTo(path.Home)
	ines.get(path.Home).has(0, "#away").silent("stands in for you")
	standIn.get(path.Home).silent("Standing in for Ines Calder.")
	if got := h.text(`select string_agg(from_on || ' ' || until_on, ', ' order by from_on) from absence where person_id = 'ines-calder'`); got != "2026-05-01 2026-05-10, 2026-07-01 2026-07-20" {
		t.Errorf("leaves are %s", got)
	}
	if n := h.count(`select count(*) from stand_in where for_id = 'ines-calder' and state in ('asked', 'standing')`); n != 0 {
		t.Errorf("%d stand in", n)
	}
	ines.post(path.Back).is(http.StatusConflict)
	h.owns(`alter table stand_in rename to stand_in_gone`)
	ines.post(path.Back).is(http.StatusInternalServerError).lacks("main", "stand_in")
}

// What a lead who left led is looked after by somebody, who reads so on their Home and on the page.
func TestWhoLooksAfterWhatALeadLeftReadsSo(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`update term set state = 'ended', during = daterange('2026-01-01', '2026-05-04'), ended_at = $1, end_reason = 'left the organisation' where role = 'primary' and project_id = 'night-pressure'`, wall)
	h.exec(`update project set state = 'open', proposed_by = null where id = 'night-pressure'`)
	h.exec(`insert into claim_window (project_id, phase_id, number, opened_at, state, seed) values ('night-pressure', '00000000-0000-7000-8000-000000000001', 7, $1, 'inviting', 's')`, wall)
	marta, teo := h.as(people[asSteward]), h.as(people[asStaff])
	marta.get(path.Home).says("main", "Ines Calder left on 3 May. You look after it until somebody leads.")
	teo.get(path.Home).silent("You look after it")
	marta.get(path.Project("night-pressure")).says("main", "You look after it until somebody leads.")
	teo.get(path.Project("night-pressure")).says("main", "Marta Lind looks after it until somebody leads.")
}
