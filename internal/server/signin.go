package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"net/http"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"skein/internal/password"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// How often somebody may guess within a quarter of an hour: from one address at one account, at
// one account from anywhere, and from one address at any account. Beyond that Skein still does the
// work and gives the same answer, and does not listen.
const (
	guessWindow  = 15 * time.Minute
	guessesPair  = 10
	guessesName  = 25
	guessesPlace = 60
	// formsAMinute is how many times a minute one address may send a form to sign in, to use an invitation or to change a password.
	formsAMinute = 30
)

// notTogether is the one answer to every sign-in that did not work, whatever the cause.
const notTogether = "This address and this password do not go together. After ten tries, Skein does not listen for a quarter of an hour, not even to the right one."

// doorRoutes are the ways in, open to everybody.
func (s *server) doorRoutes(r chi.Router) {
	r.Get(path.SignIn, s.handle(s.showSignIn))
	r.Post(path.SignOut, s.handle(s.signOut))
	r.Get(pattern(path.Invitation("{token}")), s.handle(s.showInvitation))
	r.Group(func(r chi.Router) {
		r.Use(s.slowly())
		r.Post(path.SignIn, s.posted(s.signIn))
		r.Post(pattern(path.Invitation("{token}")), s.posted(s.useInvitation))
	})
}

// slowly lets one address send so many forms a minute.
func (s *server) slowly() func(http.Handler) http.Handler {
	return httprate.LimitBy(formsAMinute, time.Minute,
		func(r *http.Request) (string, error) { return place(r), nil },
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
	w.Header().Set("Cache-Control", "no-store")
	return s.render(w, r, status, page.SignIn(s.frame(r, "Sign in", path.SignIn), form))
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request, f *form) error {
	email, next := f.Text("email"), localPath(f.Text("next"))
	account, keys, err := s.guess(r, email, f.Exact("password"))
	if err != nil {
		return err
	}
	if account.Person == "" {
		return s.renderSignIn(w, r, http.StatusUnprocessableEntity,
			page.SignInForm{Email: email, Next: next, Error: notTogether})
	}
	v := viewer(r)
	by := skein.NewBy(account.Person, v.Now, v.Org.Location())
	if err := s.db.Door.SignIn(r.Context(), by, keys, account.Password); err != nil {
		return err
	}
	if err := s.open(w, r, account.Person, account.Epoch); err != nil {
		return err
	}
	return s.done(w, r, cmp.Or(next, path.Home))
}

// guess holds an address and a password against the accounts. It returns the zero Account when
// they do not open the door; else the account with its password's new hash, if it needs one, and
// the counts to forget. Its work is the same whether or not there is such an account.
func (s *server) guess(r *http.Request, email, password string) (skein.Account, [][]byte, error) {
	ctx, now := r.Context(), s.Now()
	name := strings.ToLower(email)
	keys := [][]byte{tally("pair", name, place(r)), tally("name", name), tally("place", place(r))}
	if err := s.db.Door.Try(ctx, keys, now); err != nil {
		return skein.Account{}, nil, err
	}
	account, tries, err := s.db.Door.AccountTried(ctx, email, keys, now.Add(-guessWindow))
	if err != nil {
		return skein.Account{}, nil, err
	}
	same, rehashed, err := s.same(ctx, password, account.Password)
	if err != nil {
		return skein.Account{}, nil, err
	}
	if tries[0] > guessesPair || tries[1] > guessesName || tries[2] > guessesPlace {
		s.Log.WarnContext(ctx, "sign-in not heard", "request", requestID(ctx), "reason", "too many tries")
		return skein.Account{}, nil, nil
	}
	found, err := s.db.Door.Viewer(ctx, account.Person)
	if err != nil {
		return skein.Account{}, nil, err
	}
	if !same || !s.viewerOf(found).SignedIn() {
		s.Log.InfoContext(ctx, "sign-in refused", "request", requestID(ctx))
		return skein.Account{}, nil, nil
	}
	account.Password = rehashed
	return account, keys[:2], nil
}

// tally is the hash under which tries are counted, so that the table holds no addresses.
func tally(parts ...string) []byte {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return sum[:]
}

// hashing bounds how many passwords are worked on at once: each takes 19 MiB.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

// same tells whether a password is the one of a hash, and gives a new hash when the old one costs
// less than today's. Without a hash it does the same work in vain.
func (s *server) same(ctx context.Context, typed, hash string) (bool, string, error) {
	if hash == "" || len(typed) > utf8.UTFMax*password.Longest {
		typed, hash = "", s.nobody()
	}
	done, err := s.atWork(ctx)
	if err != nil {
		return false, "", err
	}
	defer done()
	same, params, err := argon2id.CheckHash(typed, hash)
	if err != nil || !same || typed == "" {
		return false, "", err
	}
	if params.Memory >= s.Passwords.Memory && params.Iterations >= s.Passwords.Iterations {
		return true, "", nil
	}
	hash, err = argon2id.CreateHash(typed, s.Passwords)
	return true, hash, err
}

// newHash hashes a new password.
func (s *server) newHash(ctx context.Context, password string) (string, error) {
	done, err := s.atWork(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, s.Passwords)
}

// atWork waits until a password may be worked on; done lets the next in.
func (s *server) atWork(ctx context.Context) (done func(), err error) {
	select {
	case hashing <- struct{}{}:
		return func() { <-hashing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.shut(w, r); err != nil {
		return err
	}
	return s.done(w, r, path.SignIn)
}
