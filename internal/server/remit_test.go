package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/web/path"
)

func TestWhatALeadDecidesIsProposedAndAgreedOnTwoPages(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update priority set owner_id = 'judith-orme'`)
	at, project := path.Remit("night-pressure"), path.Project("night-pressure")
	ines, teo, judith, marta := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asExecutive]), h.as(people[asSteward])
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		teo.get(at).is(http.StatusForbidden)
		marta.get(at).is(http.StatusForbidden).says("main", "whoever answers for its priority")
		teo.get(project).has(0, `main a[href="`+at+`"]`)
		ines.get(path.Remit("meter-letters")).is(http.StatusForbidden)
		ines.get(path.Remit("nothing")).is(http.StatusNotFound)
	})
	t.Run("invalid", func(t *testing.T) {
		ines.post(at, "hours", "none", "area.0", "Money", "decides.0", "alone", "reason", "").is(http.StatusUnprocessableEntity).
			has(1, `#field-hours[aria-invalid="true"][value="none"]`).has(1, `[name="area.0"][value="Money"]`)
		ines.post(at, "hours", "5", "area.0", "Money", "decides.0", "alone", "reason", " ").is(http.StatusUnprocessableEntity).
			has(1, `#field-reason[aria-invalid="true"]`)
	})
	t.Run("done", func(t *testing.T) {
		ines.get(project).has(1, `main a[href="`+at+`"]`)
		ines.get(at).is(http.StatusOK).says("main", "Judith Orme").says("main", "who answers for the priority")
		ines.post(at, "hours", "5", "area.0", "Money", "decides.0", "alone", "ceiling.0", "500", "reason", "We buy parts.").goesTo(at)
		teo.get(project).is(http.StatusOK).says("main", "A change is proposed").says("main", "We buy parts.").says("main", "5 hours a week").says("main", "before: 4 hours a week").says("main", "Judith Orme").has(0, `main a[href="`+at+`"]`)
		judith.get(path.Notices).says("main", "Ines Calder proposes to change what the lead of Night Pressure decides, and its hours. Agree")
		judith.get(path.Home).says("main", "Ines Calder proposes to change what the lead decides, and its hours, in Night Pressure").has(2, `a[href="`+at+`"]`) // the row, and what is new
		judith.get(at).is(http.StatusOK).has(1, `form input[name="answer"][value="yes"]`).has(1, "#field-refusal")
		ines.get(at).has(0, `form input[name="answer"][value="yes"]`).has(1, `form input[name="answer"][value="back"]`)
		change := h.text(`select id::text from remit_change`)
		judith.post(path.AnswerRemit("night-pressure", change), "answer", "no", "refusal", " ").is(http.StatusUnprocessableEntity).has(1, `#field-refusal[aria-invalid="true"]`)
		judith.post(path.AnswerRemit("night-pressure", change), "answer", "perhaps").is(http.StatusUnprocessableEntity)
		ines.post(path.AnswerRemit("night-pressure", change), "answer", "yes").is(http.StatusForbidden)
		judith.post(path.AnswerRemit("night-pressure", change), "answer", "yes").goesTo(project)
		judith.post(path.AnswerRemit("night-pressure", change), "answer", "yes").is(http.StatusConflict)
		teo.get(project).says("main", "Money, up to").says("main", "5 hours a week").has(0, "#remit-change")
		ines.get(at).says("main", "Judith Orme agreed")
		ines.get(path.Notices).says("main", "agreed to the change of what the lead of").says("main", "Night Pressure")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "agreed to a change of what the lead decides").says("main", "Hours a week: 5 hours a week, before: 4 hours a week")
	})
	t.Run("the hours alone", func(t *testing.T) {
		terms := []string{"area.0", "Money", "decides.0", "alone", "ceiling.0", "500", "reason", "It grew."}
		ines.post(at, append(terms, "hours", "6")...).goesTo(at)
		judith.get(path.Home).says("main", "Ines Calder proposes to change the hours a week of Night Pressure").lacks("main", "Ines Calder proposes to change what the lead decides in")
		judith.get(path.Notices).says("main", "Ines Calder proposes to change the hours a week of Night Pressure. Agree")
		judith.get(project).says("main", "A change of the hours a week waits for your answer")
		judith.post(path.AnswerRemit("night-pressure", h.text(`select id::text from remit_change where state = 'proposed'`)), "answer", "no", "refusal", "Not now.").goesTo(project)
		ines.get(path.Notices).says("main", "Judith Orme refused the change of the hours a week of Night Pressure")
		h.exec(`update person set hours_per_week = 8 where id = 'ines-calder'`)
		ines.post(at, append(terms, "hours", "9")...).is(http.StatusUnprocessableEntity).says(".wrong", "hours a week left for it, beside what else you hold.")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table remit_change rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(at, changeForm...).is(http.StatusInternalServerError).silent()
	})
}

// Who is asked follows who answers for the priority, on the page, on Home and by the clock; and the hat by which they were
// asked.
func TestAChangeIsAskedOfWhoAnswersForThePriorityNow(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.Remit("night-pressure"), path.Project("night-pressure")
	h.changing()
	answer := path.AnswerRemit("night-pressure", h.text(`select id::text from remit_change`))
	passed := func() string {
		return h.text(`select asked_of || ' ' || (select count(*) from audit_event where action = 'remit.pass_on') from remit_change`)
	}
	judith, teo := h.as(people[asExecutive]), h.as(people[asStaff])
	h.tick(time.Minute)
	if got := passed(); got != "judith-orme 0" {
		t.Errorf("asked: %s", got)
	}
	h.exec(`update priority set owner_id = $1`, people[asStaff])
	judith.post(answer, "answer", "yes").is(http.StatusForbidden)
	h.tick(time.Minute)
	h.tick(time.Minute)
	if got := passed(); got != string(people[asStaff])+" 1" {
		t.Errorf("asked: %s", got)
	}
	judith.get(path.Home).lacks("main", "proposes to change what the lead decides")
	judith.post(answer, "answer", "yes").is(http.StatusForbidden)
	teo.get(path.Home).says("main", "Ines Calder proposes to change what the lead decides")

	h.exec(`update priority set owner_id = null`) // a steward is asked, who loses the hat
	h.tick(time.Minute)
	if got := passed(); got != string(people[asSteward])+" 2" {
		t.Errorf("asked: %s", got)
	}
	h.exec(`delete from hat where kind = 'steward' and person_id = $1`, people[asSteward])
	h.tick(time.Minute)
	if got := passed(); strings.HasPrefix(got, string(people[asSteward])) || !strings.HasSuffix(got, " 3") {
		t.Errorf("asked: %s", got)
	}
	h.exec(`update priority set owner_id = $1`, people[asStaff])
	h.tick(time.Minute)
	teo.get(at).has(1, `form input[name="answer"][value="yes"]`)
	teo.post(answer, "answer", "yes").goesTo(project)
}
