package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// mostChanges is how many of the last changes the page of the vision tells.
const mostChanges = 8

// showVisionRead is the vision, the priorities and the guardrails as everybody reads them.
func (s *server) showVisionRead(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	vision, priorities, guardrails, err := s.db.Gameboard.Vision(r.Context(), v.Today())
	if err != nil {
		return err
	}
	changes, err := s.db.Log.GameboardChanges(r.Context(), mostChanges)
	if err != nil {
		return err
	}
	d := view.VisionRead(v, vision, priorities, guardrails, changes)
	return s.render(w, r, http.StatusOK, page.VisionRead(s.frame(r, "Vision", path.Vision), d))
}

// executiveRoutes are open to executives alone. None of them appoints anybody.
func (s *server) executiveRoutes(r chi.Router) {
	r.Get(path.Admin, s.handle(s.showReview))
	r.Get(path.AdminVision, s.handle(s.showVision))
	r.Post(path.AdminVision, s.posted(s.updateVision))
	r.Post(path.Priorities, s.posted(s.createPriority))
	r.Post(pattern(path.Priority("{id}")), s.posted(s.updatePriority))
	r.Post(pattern(path.MovePriority("{id}")), s.posted(s.movePriority))
	r.Post(pattern(path.RetirePriority("{id}")), s.posted(s.retirePriority))
	r.Post(path.Guardrails, s.posted(s.createGuardrail))
	r.Post(pattern(path.Guardrail("{id}")), s.posted(s.updateGuardrail))
	r.Post(pattern(path.RetireGuardrail("{id}")), s.posted(s.retireGuardrail))
}

func (s *server) showVision(w http.ResponseWriter, r *http.Request) error {
	change := r.URL.Query().Get("change")
	if add := r.URL.Query().Get("add"); add != "" {
		change = "add:" + add
	}
	return s.renderVision(w, r, http.StatusOK, change, page.VisionForm{})
}

// renderVision shows the page; with an empty form what is being changed is filled in as it stands.
func (s *server) renderVision(w http.ResponseWriter, r *http.Request, status int, change string, form page.VisionForm) error {
	v := viewer(r)
	vision, priorities, guardrails, err := s.db.Gameboard.Vision(r.Context(), v.Today())
	if err != nil {
		return err
	}
	people, err := s.db.Door.Hatted(r.Context())
	if err != nil {
		return err
	}
	d := view.Vision(v, vision, priorities, guardrails, people, change, form)
	return s.render(w, r, status, page.Vision(s.frame(r, "Vision", path.AdminVision), d))
}
