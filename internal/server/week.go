package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// weekRoutes are how a project stands, in its lead's words: everybody reads, whoever leads it says.
func (s *server) weekRoutes(r chi.Router) {
	r.Get(pattern(path.Week("{id}")), s.handle(s.showWeek))
	r.Post(pattern(path.Week("{id}")), s.posted(s.sayWeek))
	r.Post(pattern(path.SeeWeek("{id}", "{word}")), s.posted(s.seeWeek))
}

func (s *server) showWeek(w http.ResponseWriter, r *http.Request) error {
	return s.renderWeek(w, r, http.StatusOK, nil)
}

// renderWeek shows what was said, and the form to whoever says it; fill puts in what was typed.
func (s *server) renderWeek(w http.ResponseWriter, r *http.Request, status int, fill func(*page.WeekForm)) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	said, err := s.db.Lead.Words(r.Context(), p.Project.ID)
	if err != nil {
		return err
	}
	d := view.Week(viewer(r), p, said)
	if fill != nil && d.Form != nil {
		fill(d.Form)
	}
	return s.render(w, r, status, page.Week(s.frame(r, d.Statement, path.Leads), d))
}

// sayWeek keeps how the project stands: what was typed, or the same as was said last.
func (s *server) sayWeek(w http.ResponseWriter, r *http.Request, f *form) error {
	by, state, says := viewer(r).By(), f.Text("state"), f.Text("says")
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		if f.Text("same") == "yes" {
			return l.SameWeek(by, f.Text("shown"))
		}
		return l.SayWeek(by, skein.WordState(state), says, f.Version())
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderWeek(w, r, http.StatusUnprocessableEntity, func(d *page.WeekForm) { view.WordMeanwhile(d, state, says) })
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderWeek(w, r, http.StatusUnprocessableEntity, func(d *page.WeekForm) {
			// what was read stays what is mended: with the word of this moment, another's would go unread
			d.State, d.Says, d.Version, d.WrongState, d.WrongSays = state, says, f.Version(), bad.On("state"), bad.On("says")
		})
	}
	to := path.Project(param(r, "id"))
	if f.Text("then") == path.Home {
		to = path.Home
	}
	return s.finish(w, r, err, to, "Said. Everybody can read it; it can be mended until midnight.")
}

// seeWeek notes that whoever answers for the priority has seen a word.
func (s *server) seeWeek(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		return l.SeeWeek(viewer(r).By(), skein.WordID(param(r, "word")), f.Text("shown"))
	})
	return s.finish(w, r, err, path.Project(param(r, "id")), "It is noted that you have seen it.")
}
