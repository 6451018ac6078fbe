package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/mail"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// mailRoutes are where a link of a mail ends others like it, without a sign-in. Programs that read mail send the form by
// themselves, from wherever they are: the words in the address say that it is meant.
func (s *server) mailRoutes(r chi.Router) {
	r.Group(func(r chi.Router) {
		r.Use(within(s.PageTime), s.loadSession, s.loadViewer)
		r.Get(pattern(path.StopMail("{token}")), s.handle(s.showStopMail))
		r.With(s.slowly(place)).Post(pattern(path.StopMail("{token}")), s.handle(s.stopMail))
	})
}

// stopped reads whose mails a link ends; what is no such link is not found.
func (s *server) stopped(r *http.Request) (person skein.PersonID, which mail.Which, err error) {
	person, which, ok := s.stops.Read(param(r, "token"))
	if !ok {
		return "", "", skein.ErrNotFound
	}
	return person, which, nil
}

func (s *server) showStopMail(w http.ResponseWriter, r *http.Request) error {
	_, which, err := s.stopped(r)
	if err != nil {
		return err
	}
	return s.renderStopMail(w, r, which, false)
}

func (s *server) renderStopMail(w http.ResponseWriter, r *http.Request, which mail.Which, done bool) error {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	d := view.StopMail(param(r, "token"), which == mail.Weekly, done)
	return s.render(w, r, http.StatusOK, page.StopMail(s.frame(r, "Mail", ""), d))
}

// stopMail ends them, whoever is signed in in this browser: the link is its owner's.
func (s *server) stopMail(w http.ResponseWriter, r *http.Request) error {
	person, which, err := s.stopped(r)
	if err != nil {
		return err
	}
	now := viewer(r).Now
	by := skein.NewBy(person, now, viewer(r).Org.Location())
	if err := s.db.Mail.Stop(r.Context(), by, which == mail.Weekly); err != nil {
		return err
	}
	return s.renderStopMail(w, r, which, true)
}

// updateMail keeps which mails somebody wants.
func (s *server) updateMail(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.Mail.SetWants(r.Context(), viewer(r).By(), f.Has("at_once"), f.Has("weekly"))
	return s.settingsDone(w, r, f, "#mail", "Saved.", err)
}
