package server

import (
	"net/http"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showForgotten is where somebody asks for a link to a new password. Where no mail goes out it says who has one.
func (s *server) showForgotten(w http.ResponseWriter, r *http.Request) error {
	return s.renderForgotten(w, r, http.StatusOK, page.ForgottenForm{})
}

func (s *server) renderForgotten(w http.ResponseWriter, r *http.Request, status int, form page.ForgottenForm) error {
	form.Mails = viewer(r).Org.Mails
	w.Header().Set("Cache-Control", "no-store")
	return s.render(w, r, status, page.Forgotten(s.frame(r, "Forgotten password", path.SignIn), form))
}

// askForgotten answers the same, and does the same, whether or not the address is anybody's: whose it is a job looks up.
func (s *server) askForgotten(w http.ResponseWriter, r *http.Request, f *form) error {
	form := page.ForgottenForm{Email: f.Text("email")}
	if !viewer(r).Org.Mails {
		return skein.Refused{Why: "No mail goes out from here.", Who: "An administrator gives you a link to a new password."}
	}
	also(&f.Bad, skein.CheckEmail(form.Email))
	if bad, ok := asInvalid(f.Bad.Err()); ok {
		form.Wrong = bad.On
		return s.renderForgotten(w, r, http.StatusUnprocessableEntity, form)
	}
	hurried, err := s.hurried(w, r, s.pace)
	if err != nil {
		return err
	}
	wait := time.Minute
	if !hurried {
		wait, err = s.db.Door.AskPassword(r.Context(), doordb.Try{Email: form.Email, Network: network(r), At: s.Now(), Key: s.tally})
	}
	if err != nil {
		return err
	}
	if wait > 0 {
		comeBack(w, wait)
		form.Error = view.TooSoon(wait)
		return s.renderForgotten(w, r, http.StatusTooManyRequests, form)
	}
	form.Asked = true
	return s.renderForgotten(w, r, http.StatusOK, form)
}
