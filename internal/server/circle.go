package server

import (
	"errors"
	"net/http"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showCircle is the page of one circle: what it is for, what it leads and how leads rotate there.
func (s *server) showCircle(w http.ResponseWriter, r *http.Request) error {
	return s.renderCircle(w, r, http.StatusOK, nil)
}

// renderCircle shows a circle, with what somebody has just chosen there and why it cannot be.
func (s *server) renderCircle(w http.ResponseWriter, r *http.Request, status int, wrong func(*page.TurnsForm)) error {
	v := viewer(r)
	c, err := s.db.Gameboard.CirclePage(r.Context(), skein.CircleID(param(r, "id")), v.Today())
	if err != nil {
		return err
	}
	policy, err := s.chooser.Policy(r.Context())
	if err != nil {
		return err
	}
	d := view.Circle(v, c, policy.Trust)
	if wrong != nil && d.Form != nil {
		wrong(d.Form)
	}
	return s.render(w, r, status, page.Circle(s.frame(r, c.Name, path.Teams), d))
}

// turnCircle chooses how leads rotate in a circle.
func (s *server) turnCircle(w http.ResponseWriter, r *http.Request, f *form) error {
	v, id := viewer(r), skein.CircleID(param(r, "id"))
	to := skein.Turns(f.Text("turns"))
	changed, err := s.db.Gameboard.TurnCircle(r.Context(), v.By(), id, func(c *skein.Circle) error {
		was := c.Version()
		if err := c.Turn(to, v.MayTurn(c.ID)); err != nil {
			return err
		}
		return skein.Fresh(f.Version(), was)
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderCircle(w, r, http.StatusUnprocessableEntity, func(form *page.TurnsForm) {
			view.TurnsMeanwhile(form, string(to))
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderCircle(w, r, http.StatusUnprocessableEntity, func(form *page.TurnsForm) {
			form.Wrong = bad.On("turns")
		})
	}
	says := "It was so already. Nothing has changed."
	if changed {
		says = "Saved. It holds for what opens for claims from now on."
	}
	return s.finish(w, r, err, path.Team(string(id))+"#turns", says)
}
