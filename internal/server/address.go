package server

import (
	"errors"
	"net/http"
	"net/url"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// askAddress sends a link to an address with which somebody wants to sign in: nothing changes until it is used. They
// show that they know their password, so that whoever finds a browser open takes no account with it.
func (s *server) askAddress(w http.ResponseWriter, r *http.Request, f *form) error {
	v, email := viewer(r), f.Text("email")
	if !v.Org.Mails {
		return skein.Refused{Why: "No mail goes out from here, so that an address cannot be tried.", Who: "An administrator can change yours."}
	}
	account, err := s.db.Door.Account(r.Context(), v.Person.ID, v.Now)
	if err != nil {
		return err
	}
	if s.unproved(r, account) {
		return s.done(w, r, path.With(path.ShowAgain, url.Values{"next": {path.SettingsSignIn}}))
	}
	asked := doordb.NewAddress{Email: email, Epoch: account.Epoch}
	err = skein.CheckEmail(email)
	if err == nil && account.Password != "" {
		asked.Tried, err = s.prove(r, account, f.Exact("old"))
	}
	if err == nil {
		err = s.db.Door.AskAddress(r.Context(), v.By(), asked)
	}
	if bad, ok := asInvalid(err); ok {
		status := http.StatusUnprocessableEntity
		if asked.Tried.Wait > 0 {
			comeBack(w, asked.Tried.Wait)
			status = http.StatusTooManyRequests
		}
		return s.renderAccount(w, r, status, account, func(a *page.Account) { a.Typed, a.WrongAddress = email, bad.On })
	}
	return s.finish(w, r, err, path.SettingsSignIn+"#address", "A mail is on its way to "+email+". Open its link to sign in with that address from then on.")
}

// keepAddress takes back that somebody wants another.
func (s *server) keepAddress(w http.ResponseWriter, r *http.Request) error {
	err := s.db.Door.UnaskAddress(r.Context(), viewer(r).By())
	return s.finish(w, r, err, path.SettingsSignIn+"#address", "Your address stays as it is. The link that was sent opens nothing any more.")
}

func (s *server) showAddress(w http.ResponseWriter, r *http.Request) error {
	return s.renderAddress(w, r, http.StatusOK, nil)
}

// renderAddress shows what a link does, with the one button that does it.
func (s *server) renderAddress(w http.ResponseWriter, r *http.Request, status int, wrong page.Wrong) error {
	token := param(r, "token")
	i, err := s.db.Door.Address(r.Context(), hashToken(token), viewer(r).Now)
	if err != nil {
		return s.addressOver(w, r, err)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.render(w, r, status, page.ConfirmAddress(s.frame(r, "Your address", ""), page.AddressForm{Token: token, Name: i.Name, Email: i.Email, Wrong: wrong}))
}

// confirmAddress makes the address theirs, whoever is signed in in this browser: the link is its owner's.
func (s *server) confirmAddress(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	email, err := s.db.Door.ConfirmAddress(r.Context(), skein.Itself(v.Now, v.Org.Location()), hashToken(param(r, "token")))
	if bad, ok := asInvalid(err); ok {
		return s.renderAddress(w, r, http.StatusUnprocessableEntity, bad.On)
	}
	if err != nil {
		return s.addressOver(w, r, err)
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.render(w, r, http.StatusOK, page.ConfirmAddress(s.frame(r, "Your address", ""), page.AddressForm{Email: email, Done: true}))
}

// addressOver is the one answer to such a link that does not work, whatever the cause.
func (s *server) addressOver(w http.ResponseWriter, r *http.Request, err error) error {
	if !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	s.showProblem(w, r, http.StatusGone, page.AddressOver())
	return nil
}
