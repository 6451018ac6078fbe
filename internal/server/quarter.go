package server

import (
	"net/http"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showReview(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	q, err := s.db.Gameboard.Quarter(r.Context(), v.Person.ID, v.Now, v.Today())
	if err != nil {
		return err
	}
	d := view.Review(v, q, r.URL.Query().Get("move"))
	d.Trusts = view.TrustsEmail(s.provider())
	return s.render(w, r, http.StatusOK, page.Review(s.frame(r, "Review", path.Admin), d))
}
