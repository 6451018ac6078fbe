package server

import (
	"net/http"
	"net/url"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// noticesAtOnce is how many notices a page holds.
const noticesAtOnce = 30

func (s *server) showNotices(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	before := r.URL.Query().Get("before")
	notices, next, err := s.db.Home.Notices(r.Context(), v.Person.ID, before, noticesAtOnce)
	if err != nil {
		return err
	}
	d := page.NoticesData{Lines: view.Notices(v, notices), Unseen: v.Unread, Older: before != ""}
	if next != "" {
		d.Next = path.With(path.Notices, url.Values{"before": {next}})
	}
	return s.render(w, r, http.StatusOK, page.Notices(s.frame(r, "What changed", path.Notices), d))
}

func (s *server) seeNotices(w http.ResponseWriter, r *http.Request, f *form) error {
	if err := s.db.Home.SeeNotices(r.Context(), viewer(r).By()); err != nil {
		return err
	}
	to := path.Home
	if f.Text("then") == path.Notices {
		to = path.Notices
	}
	return s.done(w, r, to)
}
