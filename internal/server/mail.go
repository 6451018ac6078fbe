package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/mail"
	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// mailRoutes are what other programs ask for without a sign-in: mail programs end mails by the link in one, and send
// the form by themselves, from wherever they are; calendars read somebody's dates. The words in the address say whose.
func (s *server) mailRoutes(r chi.Router) {
	r.Group(func(r chi.Router) {
		r.Use(within(s.PageTime), s.loadSession, s.loadViewer)
		r.Get(pattern(path.StopMail("{token}")), s.handle(s.showStopMail))
		r.With(s.slowly(place)).Post(pattern(path.StopMail("{token}")), s.handle(s.stopMail))
		r.Get(pattern(path.Calendar("{token}")), s.handle(s.showCalendar))
	})
}

// stopped reads whose mails a link ends, by their key; what is no such link is not found.
func (s *server) stopped(r *http.Request) (key string, which mail.Which, err error) {
	key, which, ok := s.stops.Read(param(r, "token"))
	if !ok {
		return "", "", skein.ErrNotFound
	}
	return key, which, nil
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
	key, which, err := s.stopped(r)
	if err != nil {
		return err
	}
	person, err := s.db.Mail.Whose(r.Context(), key)
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

// tryMail sends an administrator one mail, and says what the mail server answered.
func (s *server) tryMail(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	wants, err := s.db.Mail.Wants(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	if s.Mail == nil || !wants.Sending {
		return skein.Refused{Why: "No mail goes out from here.", Who: "Whoever operates Skein names a mail server first."}
	}
	failed := mail.Test(r.Context(), s.Mail, v.Org, s.BaseURL, wants.Email, s.Now())
	says := ""
	if failed != nil {
		says = failed.Error()
	}
	if _, refused := errors.AsType[maildb.RefusedError](failed); refused {
		return skein.Refused{Why: "The mail server answers, and will not have your address: " + words.EndSentence(says), Who: "Another administrator can change the address."}
	}
	if err := s.db.Mail.Tried(r.Context(), v.By(), s.Now(), says); err != nil {
		return err
	}
	if failed != nil {
		return skein.Refused{Why: "It was not sent: " + words.EndSentence(says), Who: "Whoever operates Skein can change where mail is handed over."}
	}
	return s.finish(w, r, nil, path.AdminSetup, "The mail server took a mail to "+wants.Email+". Look whether it arrives.")
}
