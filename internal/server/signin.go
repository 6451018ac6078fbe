package server

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// formsAMinute is how many times a minute one address may send a form to sign in or to use an invitation, and
// one person one to change a password.
const formsAMinute = 30

// doorRoutes are the ways in, open to everybody.
func (s *server) doorRoutes(r chi.Router) {
	r.Get(path.SignIn, s.handle(s.showSignIn))
	s.arrivalRoutes(r)
	s.secondRoutes(r)
	r.Post(path.SignOut, s.handle(s.signOut))
	r.Post(path.SignIn, s.posted(s.signIn))
	r.Get(path.Forgotten, s.handle(s.showForgotten))
	r.Post(path.Forgotten, s.posted(s.askForgotten))
	r.Get(pattern(path.ConfirmAddress("{token}")), s.handle(s.showAddress))
	r.With(s.slowly(place)).Post(pattern(path.ConfirmAddress("{token}")), s.handle(s.confirmAddress))
	r.Get(pattern(path.Invitation("{token}")), s.handle(s.showInvitation))
	r.With(s.slowly(place)).Post(pattern(path.Invitation("{token}")), s.posted(s.useInvitation))
}

// slowly lets one of whom send so many forms a minute.
func (s *server) slowly(whom func(*http.Request) string) func(http.Handler) http.Handler {
	return httprate.LimitBy(formsAMinute, time.Minute,
		func(r *http.Request) (string, error) { return whom(r), nil },
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}),
		httprate.WithLimitHandler(s.handle(func(http.ResponseWriter, *http.Request) error { return tooMany{"a minute"} })))
}

// place is where a request comes from, as far as limits go.
func place(r *http.Request) string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
}

func (s *server) showSignIn(w http.ResponseWriter, r *http.Request) error {
	next := localPath(r.URL.Query().Get("next"))
	if viewer(r).SignedIn() && !viewer(r).Demo {
		return s.done(w, r, cmp.Or(next, path.Home))
	}
	return s.renderSignIn(w, r, http.StatusOK, page.SignInForm{Next: next})
}

func (s *server) renderSignIn(w http.ResponseWriter, r *http.Request, status int, form page.SignInForm) error {
	if viewer(r).Demo {
		found, err := s.db.Door.DemoPeople(r.Context())
		if err != nil {
			return err
		}
		form.Demo = view.DemoPeople(found)
	}
	rule, err := s.db.Door.AtDoor(r.Context())
	if err != nil {
		return err
	}
	form.Mails, form.Nobody = viewer(r).Org.Mails, rule.Nobody
	form.Organisation, form.NoPasswords = view.OrganisationDoor(s.provider(), form.Next), !rule.Passwords
	w.Header().Set("Cache-Control", "no-store")
	return s.render(w, r, status, page.SignIn(s.frame(r, "Sign in", path.SignIn), form))
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request, f *form) error {
	form := page.SignInForm{Email: f.Text("email"), Next: localPath(f.Text("next"))}
	hurried, err := s.hurried(w, r, s.pace)
	if err != nil {
		return err
	}
	if hurried {
		s.logRefused(r, s.tally("account", strings.ToLower(form.Email)), "too many forms")
		return s.renderTooSoon(w, r, form, time.Minute)
	}
	tried, err := s.try(r, form.Email)
	if err != nil {
		return err
	}
	if tried.Wait > 0 {
		return s.renderTooSoon(w, r, form, tried.Wait)
	}
	right, rehashed, err := s.right(r.Context(), tried.Account, f.Exact("password"))
	if err != nil {
		return err
	}
	if !right {
		if err := s.refused(r, tried); err != nil {
			return err
		}
		form.Error = view.NotTogether(tried.Passwords, tried.Then)
		return s.renderSignIn(w, r, http.StatusUnprocessableEntity, form)
	}
	in := doordb.SignedIn{Tried: tried, Rehashed: rehashed}
	if tried.Account.SecondStep {
		return s.halfIn(w, r, in, form.Next)
	}
	if err := s.enter(w, r, in); err != nil {
		return err
	}
	if form.Next == "" {
		if form.Next, err = s.keptNext(r, tried.Account.Person); err != nil {
			return err
		}
	}
	return s.done(w, r, cmp.Or(form.Next, path.Home))
}

// keptNext leads whoever signed in to the form that they sent after their session had ended; "" where there is none.
func (s *server) keptNext(r *http.Request, person skein.PersonID) (string, error) {
	kept, err := s.db.Door.KeptForms(r.Context(), person, s.Now())
	if err != nil || len(kept) == 0 {
		return "", err
	}
	return path.Kept, nil
}

// renderTooSoon is the answer to a try that was not looked at, right or wrong.
func (s *server) renderTooSoon(w http.ResponseWriter, r *http.Request, form page.SignInForm, wait time.Duration) error {
	comeBack(w, wait)
	form.Error = view.TooSoon(wait)
	return s.renderSignIn(w, r, http.StatusTooManyRequests, form)
}

// right tells whether a password opens the door of an account, and gives its new hash, if it needs one. Its work is
// the same whether or not there is such an account.
func (s *server) right(ctx context.Context, account skein.Account, typed string) (bool, string, error) {
	same, rehashed, err := s.same(ctx, typed, account.Password)
	if err != nil {
		return false, "", err
	}
	found, err := s.db.Door.Viewer(ctx, account.Person)
	if err != nil {
		return false, "", err
	}
	return same && account.ByPassword && s.viewerOf(found).SignedIn(), rehashed, nil
}

// enter signs somebody in who showed all that it takes, and makes their browser known.
func (s *server) enter(w http.ResponseWriter, r *http.Request, in doordb.SignedIn) error {
	v, token := viewer(r), deviceToken(r)
	browser, fresh := s.newBrowser(r)
	if in.Device == "" {
		token = fresh
	}
	in.Browser = browser
	device, err := s.db.Door.SignIn(r.Context(), skein.NewBy(in.Account.Person, v.Now, v.Org.Location()), in)
	if err != nil {
		return err
	}
	s.know(w, token)
	return s.open(w, r, opened{Person: in.Account.Person, Epoch: in.Account.Epoch, Device: device, At: s.Now()})
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.shut(w, r); err != nil {
		return err
	}
	return s.done(w, r, path.SignIn)
}
