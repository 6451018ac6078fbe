package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// The rows of a link and a step of Night Pressure.
const (
	aLink = "00000000-0000-7000-8000-0000000000d3"
	aStep = "00000000-0000-7000-8000-0000000000d4"
)

func (h *house) working() {
	h.Helper()
	h.exec(`insert into project_link (id, project_id, label, url, added_at) values ($1, 'night-pressure', 'The board', 'https://work.example.org/night', $2)`, aLink, wall)
	h.exec(`insert into step (id, project_id, says, due_on, added_at) values ($1, 'night-pressure', 'Ask the crews', $2::date + 3, $2)`, aStep, wall)
}

func TestALeadSaysWhereTheWorkHappensAndTheTeamTicks(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.Work("night-pressure"), path.Project("night-pressure")
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		teo.get(at).is(http.StatusForbidden)
		teo.post(path.AddStep("night-pressure"), "says", "Ask", "due", "2026-06-01").is(http.StatusForbidden)
		teo.get(project).has(0, `main a[href="`+at+`"]`).has(0, "#plan").has(0, "#where")
		ines.get(project).has(1, `main a[href="`+at+`"]`)
	})
	t.Run("invalid", func(t *testing.T) {
		ines.post(path.AddLink("night-pressure"), "label", "Board", "url", "javascript:alert(1)").is(http.StatusUnprocessableEntity).
			says(".wrong", "which begins with https://").has(1, `input[value="Board"]`)
		ines.post(path.AddStep("night-pressure"), "says", "Ask the crews", "due", "2026-05-01").is(http.StatusUnprocessableEntity).
			says(".wrong", "That day has passed.").has(1, `input[value="Ask the crews"]`)
		ines.post(path.AddStep("night-pressure"), "says", "", "due", "soon").is(http.StatusUnprocessableEntity)
	})
	t.Run("done", func(t *testing.T) {
		ines.post(path.AddLink("night-pressure"), "label", "The board", "url", "https://work.example.org/night").goesTo(at)
		ines.post(path.AddStep("night-pressure"), "says", "Ask the crews", "due", "2026-05-20").goesTo(at)
		ines.get(at).says("#plan", "Ask the crews.").says("#where", "The board")
		tick := path.TickStep("night-pressure", h.text(`select id::text from step`))
		teo.get(project).has(1, `#where a[href="https://work.example.org/night"][rel~="noopener"]`).says("#where", "work.example.org").
			says("#plan", "Ask the crews.").has(0, "#plan form").says(".panel .next", "Ask the crews")
		teo.post(tick, "done", "yes").is(http.StatusForbidden)
		teo.post(path.JoinProject("night-pressure")).is(http.StatusSeeOther)
		teo.get(project).has(1, `#plan form[action="`+tick+`"]`)
		teo.post(tick, "done", "perhaps").is(http.StatusBadRequest)
		teo.post(tick, "done", "yes").goesTo(project + "#plan")
		ines.get(project).says("#plan", "Done:").says("#plan", "Teo Marchi, today.")
		ines.post(path.DropStep("night-pressure", h.text(`select id::text from step`))).goesTo(at)
		ines.post(path.DropLink("night-pressure", h.text(`select id::text from project_link`))).goesTo(at)
		ines.post(path.DropLink("night-pressure", "nothing")).goesTo(at)
		teo.get(project).has(0, "#plan").has(0, "#where")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "said whether a step is done").says("main", "added a link to where the work happens")
	})
	t.Run("full", func(t *testing.T) {
		h.exec(`insert into step (project_id, says, due_on, added_at) select 'night-pressure', 'Step ' || n, $1::date + n, $1 from generate_series(1, 7) n`, wall)
		ines.get(at).says("#plan", "which is as many as there may be").has(0, `form[action$="/steps"]`)
		ines.post(path.AddStep("night-pressure"), "says", "One more", "due", "2026-06-01").is(http.StatusUnprocessableEntity).says(".wrong", "There are 7 steps already.").has(1, `input[name="says"][value="One more"]`)
	})
	t.Run("over", func(t *testing.T) {
		ines.post(path.CompleteProject("night-pressure"), "reason", "It is done.").is(http.StatusSeeOther)
		ines.get(at).is(http.StatusConflict)
		teo.get(project).says("#plan", "Step 1.").has(0, "#plan form")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table step rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(path.AddStep("night-pressure"), "says", "One more", "due", "2026-06-01").is(http.StatusInternalServerError).silent()
	})
}
