package server

import (
	"net/http"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showLive is the day on which whoever leads a project began, as a page to show.
func (s *server) showLive(w http.ResponseWriter, r *http.Request) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	first, err := s.db.Lead.FirstLead(r.Context(), p.Project.ID)
	if err != nil {
		return err
	}
	d, leads := view.Live(viewer(r), p, first, s.chooser.Judge().Remit(p.Phase.Situation))
	if !leads { // who was told of it by then finds the project
		http.Redirect(w, r, path.Project(param(r, "id")), http.StatusSeeOther)
		return nil
	}
	return s.render(w, r, http.StatusOK, page.Live(s.frame(r, d.Statement, path.Leads), d))
}
