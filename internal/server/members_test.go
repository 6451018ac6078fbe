package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

func TestALeadAddsMembersAndEndsTheirPlaces(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project, work := path.AddMember("night-pressure"), path.Project("night-pressure"), path.Work("night-pressure")
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	t.Run("door closed", func(t *testing.T) { h.anonymous().post(at, "who", "Teo Marchi").is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		teo.post(at, "who", "Teo Marchi").is(http.StatusForbidden)
		teo.post(path.EndMember("night-pressure", "ines-calder")).is(http.StatusForbidden)
	})
	t.Run("invalid", func(t *testing.T) {
		for _, who := range []string{"", "Nobody Here", "Ines Calder"} {
			ines.post(at, "who", who, "brings", "A pump").is(http.StatusUnprocessableEntity).has(1, `#field-who[aria-invalid="true"]`).has(1, `#field-brings[value="A pump"]`)
		}
	})
	t.Run("done", func(t *testing.T) {
		ines.post(at, "who", "Teo Marchi", "brings", "A pump").goesTo(work)
		ines.get(work).says("#team", "Teo Marchi A pump")
		teo.get(project).says("#team", "Teo Marchi")
		teo.get(path.Notices).says("main", "added you to the team of")
		ines.post(path.EndMember("night-pressure", "teo-marchi")).goesTo(work)
		teo.get(path.Notices).says("main", "ended your place in the team of")
		ines.get(work).lacks("#team", "Teo Marchi")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "added somebody to the team of Night Pressure: it was Teo Marchi")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table member rename to lost`)
		ines.post(at, "who", "Teo Marchi").is(http.StatusInternalServerError).silent()
	})
}
