package server

import (
	"net/http"

	"skein/internal/lead"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showReopen asks once more before a completed project opens for claims.
func (s *server) showReopen(w http.ResponseWriter, r *http.Request) error {
	return s.renderReopen(w, r, http.StatusOK, nil)
}

// renderReopen shows the page to whoever may reopen it; fill puts in what was typed.
func (s *server) renderReopen(w http.ResponseWriter, r *http.Request, status int, fill func(*page.EndData)) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.Reopen(viewer(r), p)
	if err != nil {
		return err
	}
	if fill != nil {
		fill(&d)
	}
	return s.render(w, r, status, page.EndProject(s.frame(r, d.Statement, path.Leads), d))
}

func (s *server) reopenProject(w http.ResponseWriter, r *http.Request, f *form) error {
	reason, until := f.Text("reason"), f.Day("end", "Choose the day on which it ends.")
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Reopen(viewer(r).By(), reason, until) })
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderReopen(w, r, http.StatusUnprocessableEntity, func(d *page.EndData) {
			d.Reason, d.Wrong, d.End.Value, d.End.Error = reason, bad.On("reason"), f.Text("end"), bad.On("end")
			d.Lacks = view.ReopenLacks(bad)
		})
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), "It is open for claims once more.")
}
