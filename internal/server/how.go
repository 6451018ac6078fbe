package server

import (
	"cmp"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// howRoutes are the page that says what is compared: open to everybody, claimants or not.
func (s *server) howRoutes(r chi.Router) {
	r.Get(path.How, s.handle(s.showHow))
}

func (s *server) showHow(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	policy, err := s.chooser.Policy(r.Context())
	if err != nil {
		return err
	}
	d := view.How(policy, v.Org)
	d.SignedIn, d.Then = v.SignedIn(), localPath(r.URL.Query().Get("then"))
	if read := v.Person.ReadHowAt; !read.IsZero() {
		d.Read = v.Clock().OnDay(read)
	}
	return s.render(w, r, http.StatusOK, page.How(s.frame(r, "What is compared", path.How), d))
}

// readHow notes that the viewer has read the page, and brings them back to where they came from.
func (s *server) readHow(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	v := viewer(r)
	err = s.db.People.UpdatePerson(r.Context(), v.By(), v.Person.ID, func(p *skein.Person) error {
		if p.ReadHowAt.IsZero() {
			p.ReadHowAt = v.Now
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.tell(w, r, "Thank you. You may claim now.")
	return s.done(w, r, cmp.Or(localPath(f.Text("then")), path.Leads))
}
