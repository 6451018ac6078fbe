package server

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"skein/internal/password"
	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// accountRoutes are how somebody signed in changes how they sign in, and sees where they are.
func (s *server) accountRoutes(r chi.Router) {
	r.Get(path.SettingsSignIn, s.handle(s.showAccount))
	s.passkeyRoutes(r)
	r.Post(path.SignOutEverywhere, s.handle(s.endSessions))
	r.Post(pattern(path.EndSession("{id}")), s.handle(s.endSession))
	r.With(s.slowly(whoever)).Post(path.SettingsAddress, s.posted(s.askAddress))
	r.Post(path.KeepAddress, s.handle(s.keepAddress))
	r.With(s.slowly(whoever)).Post(path.SettingsPassword, s.posted(s.changePassword))
}

// whoever is who sends a form, as far as limits go.
func whoever(r *http.Request) string { return string(viewer(r).Person.ID) }

func (s *server) showAccount(w http.ResponseWriter, r *http.Request) error {
	account, err := s.db.Door.Account(r.Context(), viewer(r).Person.ID, viewer(r).Now)
	if err != nil {
		return err
	}
	return s.renderAccount(w, r, http.StatusOK, account, nil)
}

func (s *server) renderAccount(w http.ResponseWriter, r *http.Request, status int, a skein.Account, with func(*page.Account)) error {
	v := viewer(r)
	wall := s.Now() // sessions run by it, whatever a demo's clock says
	found, has, err := s.db.Door.SignedInAt(r.Context(), v.Person.ID, lastOf(r.Context()).token, wall.Add(-sessionIdle), wall)
	if err != nil {
		return err
	}
	f := s.frame(r, "How you sign in", path.Settings)
	p := page.Account{
		Email: a.Email, Password: a.Password != "", NoPassword: !a.ByPassword, Linked: view.Linked(v, a), Browsers: view.Browsers(v.ClockAt(wall), found),
		Mails: v.Org.Mails, Asked: a.Asked, Second: view.SecondPart(v, has, s.noKeys, s.keysHost()),
	}
	if with != nil {
		with(&p)
	}
	return s.render(w, r, status, page.ShowAccount(f, p))
}

func (s *server) changePassword(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	account, err := s.db.Door.Account(r.Context(), v.Person.ID, v.Now)
	if err != nil {
		return err
	}
	if !account.ByPassword {
		return doordb.ErrNoPassword
	}
	if s.unproved(r, account) {
		return s.done(w, r, path.With(path.ShowAgain, url.Values{"next": {path.SettingsSignIn}}))
	}
	// First what costs no try.
	err = password.Check(f.Exact("password"), account.Name, account.Email, v.Org.Name)
	var tried doordb.Tried
	if err == nil && account.Password != "" {
		tried, err = s.prove(r, account, f.Exact("old"))
	}
	if bad, ok := asInvalid(err); ok {
		status := http.StatusUnprocessableEntity
		if tried.Wait > 0 {
			comeBack(w, tried.Wait)
			status = http.StatusTooManyRequests
		}
		return s.renderAccount(w, r, status, account, func(a *page.Account) { a.Wrong = bad.On })
	}
	if err != nil {
		return err
	}
	return s.setPassword(w, r, f.Exact("password"), doordb.NewPassword{Epoch: account.Epoch, Tried: tried})
}

// unproved tells that somebody is to show first that it is still them: they have no password that they could give with
// what they ask for, and whoever found a browser open would take the account along. In a demo anybody may be anybody.
func (s *server) unproved(r *http.Request, account skein.Account) bool {
	return account.Password == "" && !s.fresh(r.Context()) && !viewer(r).Demo
}

// prove sees that it is the person themself at the keyboard. It is a try like one to sign in: whoever found a browser
// open may not guess there either.
func (s *server) prove(r *http.Request, account skein.Account, old string) (doordb.Tried, error) {
	tried, err := s.try(r, account.Email)
	if err != nil {
		return tried, err
	}
	if tried.Wait > 0 {
		return tried, skein.Invalid{{Field: "old", Message: view.TooSoon(tried.Wait)}}
	}
	same, _, err := s.same(r.Context(), old, account.Password)
	if err != nil || same {
		return tried, err
	}
	if err := s.refused(r, tried); err != nil {
		return tried, err
	}
	return tried, skein.Invalid{{Field: "old", Message: view.NotYours(tried.Then)}}
}

func (s *server) setPassword(w http.ResponseWriter, r *http.Request, typed string, n doordb.NewPassword) (err error) {
	v := viewer(r)
	if n.Hash, err = s.newHash(r.Context(), typed); err != nil {
		return err
	}
	browser, known := s.newBrowser(r)
	n.Browser = browser
	device, epoch, err := s.db.Door.SetPassword(r.Context(), v.By(), n)
	if err != nil {
		return err
	}
	s.know(w, known)
	err = s.open(w, r, s.asBefore(r, epoch, device))
	return s.finish(w, r, err, path.SettingsSignIn, "Your password is changed. Everywhere else you are signed out.")
}

// asBefore is the viewer's session, opened anew, with what they showed in it.
func (s *server) asBefore(r *http.Request, epoch int, device string) opened {
	ctx := r.Context()
	return opened{
		Person: viewer(r).Person.ID, Epoch: epoch, Device: device,
		Second: s.sessions.GetBool(ctx, keySecond), At: time.Unix(s.sessions.GetInt64(ctx, keyProved), 0),
	}
}

func (s *server) endSessions(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	if err := s.db.Door.EndSessions(r.Context(), v.By(), v.Person.ID); err != nil {
		return err
	}
	return s.leave(w, r)
}

// endSession signs the viewer out in one browser, and has it known no more.
func (s *server) endSession(w http.ResponseWriter, r *http.Request) error {
	here, err := s.db.Door.EndSession(r.Context(), viewer(r).By(), param(r, "id"), lastOf(r.Context()).token)
	if err == nil && here {
		return s.leave(w, r)
	}
	return s.finish(w, r, err, path.SettingsSignIn+"#browsers", "Done. Whoever uses that browser signs in anew.")
}

// leave shows the door to whoever has just ended this session.
func (s *server) leave(w http.ResponseWriter, r *http.Request) error {
	s.unknow(w)
	if err := s.shut(w, r); err != nil {
		return err
	}
	return s.done(w, r, path.SignIn)
}
