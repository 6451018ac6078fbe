package server

import (
	"net/http"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showPersonAccess(w http.ResponseWriter, r *http.Request) error {
	return s.renderPersonAccess(w, r, http.StatusOK, personOf(r), nil)
}

// renderPersonAccess shows one person as an administrator sees them, with what an act just made.
func (s *server) renderPersonAccess(w http.ResponseWriter, r *http.Request, status int, id skein.PersonID, with func(*page.PersonAccess)) error {
	v := viewer(r)
	found, err := s.db.Door.PersonAccess(r.Context(), id, v.Now)
	if err != nil {
		return err
	}
	f := s.frame(r, found.Name, path.AdminPeople)
	p := view.PersonAccess(v, found)
	if with != nil {
		with(&p)
	}
	if p.Link != "" {
		p.LinkUntil = v.Clock().Date(v.Now.Add(skein.InvitationLife))
		w.Header().Set("Referrer-Policy", "no-referrer")
	}
	return s.render(w, r, status, page.ShowPersonAccess(f, p))
}
