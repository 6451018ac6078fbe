package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/password"
	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// accountRoutes are how somebody signed in changes how they sign in.
func (s *server) accountRoutes(r chi.Router) {
	r.Get(path.SettingsSignIn, s.handle(s.showAccount))
	r.Post(path.SignOutEverywhere, s.handle(s.endSessions))
	r.With(s.slowly()).Post(path.SettingsPassword, s.posted(s.changePassword))
}

func (s *server) showAccount(w http.ResponseWriter, r *http.Request) error {
	account, err := s.db.Door.Account(r.Context(), viewer(r).Person.ID)
	if err != nil {
		return err
	}
	return s.renderAccount(w, r, http.StatusOK, account, nil)
}

func (s *server) renderAccount(w http.ResponseWriter, r *http.Request, status int, a skein.Account, wrong page.Wrong) error {
	f := s.frame(r, "How you sign in", path.Settings)
	return s.render(w, r, status, page.ShowAccount(f, page.Account{Email: a.Email, Password: a.Password != "", Wrong: wrong}))
}

func (s *server) changePassword(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	account, err := s.db.Door.Account(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	err = s.mayChange(r, account, f.Exact("old"), f.Exact("password"))
	if bad, ok := asInvalid(err); ok {
		return s.renderAccount(w, r, http.StatusUnprocessableEntity, account, bad.On)
	}
	if err != nil {
		return err
	}
	hash, err := s.newHash(r.Context(), f.Exact("password"))
	if err != nil {
		return err
	}
	epoch, err := s.db.Door.SetPassword(r.Context(), v.By(), v.Person.ID, hash)
	if err != nil {
		return err
	}
	err = s.open(w, r, v.Person.ID, epoch)
	return s.finish(w, r, err, path.SettingsSignIn, "Your password is changed. Everywhere else you are signed out.")
}

// mayChange sees that it is the person themself at the keyboard, and that the new password will do.
func (s *server) mayChange(r *http.Request, account skein.Account, old, typed string) error {
	if account.Password != "" {
		same, _, err := s.same(r.Context(), old, account.Password)
		if err != nil {
			return err
		}
		if !same {
			return skein.Invalid{{Field: "old", Message: "That is not your password now."}}
		}
	}
	return password.Check(typed, account.Name, account.Email, viewer(r).Org.Name)
}

func (s *server) endSessions(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	if err := s.db.Door.EndSessions(r.Context(), v.By(), v.Person.ID); err != nil {
		return err
	}
	if err := s.shut(w, r); err != nil {
		return err
	}
	return s.done(w, r, path.SignIn)
}
