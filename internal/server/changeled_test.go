package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

func TestALeadChangesWhatItSays(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.ChangeLed("night-pressure"), path.Project("night-pressure")
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		teo.get(at).is(http.StatusForbidden)
		teo.get(project).has(0, `main a[href="`+at+`"]`)
		ines.get(project).has(1, `main a[href="`+at+`"]`)
	})
	t.Run("invalid", func(t *testing.T) {
		ines.post(at, "title", "", "purpose", "Lower it.", "end", "2026-08-20").is(http.StatusUnprocessableEntity).says(".wrong", "Give it a title").says("textarea", "Lower it.")
		ines.post(at, "title", "Night", "purpose", "Lower it.", "end", "2026-05-01").is(http.StatusUnprocessableEntity).says(".wrong", "Choose a later day.")
	})
	t.Run("beside the lead", func(t *testing.T) {
		const only = "only whoever leads it, or stands in for them, brings it nearer"
		h.as(people[asCoLead]).get(at).says("main", only)
		h.as(people[asStandIn]).get(at).lacks("main", only)
		ines.get(at).lacks("main", only)
	})
	t.Run("done", func(t *testing.T) {
		ines.get(at).is(http.StatusOK).says("textarea", "Lower the pressure at night.")
		ines.post(at, "title", "Night Pressure, west", "purpose", "Lower it in the west.", "judged", "By the meter.", "end", "2026-08-20").goesTo(project)
		teo.get(project).says("h1", "Night Pressure, west").says("main", "Lower it in the west.").says("main", "By the meter.").says("#team", "leads until 20")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "changed the words, the end, or who moves with it")
		if got := h.text(`select count(distinct ends_on)::text || ' ' || max(ends_on)::text from term`); got != "1 2026-08-20" {
			t.Errorf("the lead and who leads beside end on %s", got)
		}
	})
	t.Run("handed on", func(t *testing.T) {
		ines.post(path.HandOverProject("night-pressure")).is(http.StatusSeeOther)
		ines.get(at).is(http.StatusConflict)
		ines.post(at, "title", "Night", "purpose", "Lower it.", "end", "2026-08-20").is(http.StatusConflict)
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table step rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(at, "title", "Night", "purpose", "Lower it.", "end", "2026-08-20").is(http.StatusInternalServerError).silent()
	})
}
