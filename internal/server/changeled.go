package server

import (
	"errors"
	"net/http"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showChangeLed(w http.ResponseWriter, r *http.Request) error {
	return s.renderChangeLed(w, r, http.StatusOK, nil)
}

// renderChangeLed shows the form of what is led; fill puts in what was typed.
func (s *server) renderChangeLed(w http.ResponseWriter, r *http.Request, status int, fill func(*page.ChangeLedData)) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	circles, err := s.db.Lead.CirclesByName(r.Context())
	if err != nil {
		return err
	}
	d, err := view.ChangeLed(viewer(r), p, circles)
	if err != nil {
		return err
	}
	if fill != nil {
		fill(&d)
	}
	return s.render(w, r, status, page.ChangeLed(s.frame(r, "Change its words, its end, or who moves with it", path.Leads), d))
}

// changeLed keeps other words of what is led, another end, and what else moves with it.
func (s *server) changeLed(w http.ResponseWriter, r *http.Request, f *form) error {
	to := skein.LedWords{Title: f.Text("title"), Purpose: f.Text("purpose"), JudgedBy: f.Text("judged"), EndOn: f.Day("end", "Choose the day on which it ends.")}
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	if to.Further, err = s.takeFurther(r.Context(), f, p.Project.Circle, p.Further); err != nil {
		return err
	}
	err = f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.ChangeLed(viewer(r).By(), to, f.Version()) })
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderChangeLed(w, r, http.StatusUnprocessableEntity, func(d *page.ChangeLedData) { view.LedMeanwhile(d, to, f.Text("end"), f.Text("teams")) })
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderChangeLed(w, r, http.StatusUnprocessableEntity, func(d *page.ChangeLedData) {
			d.Title, d.Purpose, d.Judged, d.End, d.Further, d.Wrong = to.Title, to.Purpose, to.JudgedBy, f.Text("end"), f.Text("teams"), bad.On
			if f.Version() != "" {
				d.Version = f.Version()
			}
		})
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), "It is changed. The log keeps what it said before.")
}
