package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// aQuestion is the row of a question of Teo's to Night Pressure's lead.
const aQuestion = "00000000-0000-7000-8000-0000000000d2"

func (h *house) questioned() {
	h.Helper()
	h.exec(`insert into question (id, project_id, asked_by, asked_at, says) values ($1, 'night-pressure', 'teo-marchi', $2, 'Can crews still flush mains?')`, aQuestion, wall)
}

func TestAnybodyAsksALeadAndReadsTheAnswer(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	at, project := path.AskLead("night-pressure"), path.Project("night-pressure")
	ines, teo, judith := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asExecutive])
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		ines.get(at).is(http.StatusForbidden)
		ines.get(project).has(0, `#questions form`).has(0, `.panel a[href="`+at+`"]`)
		teo.get(path.AskLead("meter-letters")).is(http.StatusConflict)
		teo.post(path.AskLead("meter-letters"), "says", "Why?").is(http.StatusConflict).has(0, ".typed") // a word is no text
		teo.get(path.AskLead("nothing")).is(http.StatusNotFound)
	})
	t.Run("invalid", func(t *testing.T) {
		teo.get(project).has(1, `#questions form[action="`+at+`"]`).has(1, `.panel a[href="`+at+`"]`)
		teo.get(at).is(http.StatusOK).says("h1", "What would you ask Ines?")
		teo.post(at, "says", "").is(http.StatusUnprocessableEntity).says(".wrong", "Ask in a sentence.")
	})
	var one string
	t.Run("done", func(t *testing.T) {
		teo.post(at, "says", "Can crews still flush mains?").goesTo(project + "#questions")
		one = path.AnswerQuestion("night-pressure", h.text(`select id::text from question`))
		teo.get(project).says("#questions", "Can crews still flush mains?").says("#questions", "Not answered, since today.").has(0, `#questions a[href="`+one+`"]`)
		if h.count(`select count(*) from mail where person_id = 'ines-calder'`) > 1 || h.count(`select count(*) from notice where kind = 'asked' and code = 'lead' and person_id = 'ines-calder'`) != 1 {
			t.Error("whoever leads is not told, or twice")
		}
		ines.get(path.Home).says("h1", "One person is waiting for you").says("main", "Teo Marchi asks you about Night Pressure.").has(1, `main a.button[href="`+one+`"]`)
		ines.get(path.Notices).says("main", "Teo Marchi asks you something about Night Pressure.")
		teo.get(one).is(http.StatusForbidden)
		teo.post(one, "answer", "Yes.").is(http.StatusForbidden)
		ines.get(path.AnswerQuestion("night-pressure", aQuestion)).is(http.StatusNotFound)
		ines.get(one).is(http.StatusOK).says("main", "Can crews still flush mains?")
		ines.post(one, "answer", " ").is(http.StatusUnprocessableEntity).says(".wrong", "Say it in a sentence.")
		ines.post(one, "answer", "Not above Weir Lane.").goesTo(project + "#questions")
		ines.post(one, "answer", "Everywhere, but for Weir Lane.").is(http.StatusConflict).says(".typed", "Everywhere, but for Weir Lane.")
		ines.get(one).is(http.StatusConflict)
		judith.get(project).says("#questions", "Not above Weir Lane.").says("#questions", "Ines Calder, today.")
		ines.get(path.Home).silent("asks you about")
		ines.get(path.Notices).says("main", "You answered.")
		teo.get(path.Notices).says("main", "Ines Calder answered what you asked about Night Pressure.")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "asked the lead").says("main", "answered a question")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table question rename to lost`)
		teo.get(at).is(http.StatusInternalServerError).silent()
		teo.post(at, "says", "Why?").is(http.StatusInternalServerError).silent()
		ines.post(one, "answer", "Yes.").is(http.StatusInternalServerError).silent()
	})
}
