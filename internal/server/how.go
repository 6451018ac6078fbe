package server

import (
	"cmp"
	"net/http"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showHow says what is compared, to everybody, claimants or not.
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
func (s *server) readHow(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	err := s.db.People.UpdatePerson(r.Context(), v.By(), v.Person.ID, func(p *skein.Person) error {
		if p.ReadHowAt.IsZero() {
			p.ReadHowAt = v.Now
		}
		return nil
	})
	return s.finish(w, r, err, cmp.Or(localPath(f.Text("then")), path.Leads), "Thank you. You may claim now.")
}
