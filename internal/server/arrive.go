package server

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/sso"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// arrivalsAMinute is how many times a minute one address may come back from the organisation's provider, or go there:
// an office has one address in the morning. Browsers that are known are not counted out.
const arrivalsAMinute = 120

// How a sign-in under way is kept in the browser, and for how long. Each has a cookie of its own, so that two at once
// do not end each other; a browser has a few at most.
const (
	attemptCookie = "skein-arrive-"
	attemptLife   = 10 * time.Minute
	mostAttempts  = 4
)

// arrivalRoutes are the ways in by the organisation's own account. The first is a link and no form, so that no page
// has to let its forms lead to other sites, and the provider may send browsers on wherever it likes.
func (s *server) arrivalRoutes(r chi.Router) {
	r.Get(path.OrganisationSignIn, s.handle(s.beginArrival))
	r.Get(path.OrganisationReturn, s.handle(s.endArrival))
}

// attempt is a sign-in under way, as the browser keeps it, sealed.
type attempt struct {
	sso.Attempt
	Next  string
	Until int64 // in seconds, by the clock on the wall
}

// beginArrival sends the browser to the provider.
func (s *server) beginArrival(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	if s.SSO == nil {
		return skein.ErrNotFound
	}
	next := localPath(r.URL.Query().Get("next"))
	if v := viewer(r); v.SignedIn() && !v.Demo {
		return s.done(w, r, cmp.Or(next, path.Home))
	}
	if hurried, err := s.hurried(w, r, s.arrivals); hurried || err != nil {
		return cmp.Or(err, error(tooMany{"a minute"}))
	}
	begun, address, err := s.SSO.Begin(r.Context())
	if err != nil {
		return s.arrivalFailed(w, r, next, err)
	}
	kept, err := json.Marshal(attempt{begun, next, s.Now().Add(attemptLife).Unix()})
	if err != nil {
		return err
	}
	s.dropAttempts(w, r)
	http.SetCookie(w, s.attemptCookie(begun.State, s.attempts.closeText(kept), int(attemptLife.Seconds())))
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// attemptCookie is a sign-in under way. It comes with the browser when another site sends it here, which is how it
// comes back. Its path is the page where sign-ins begin, of which the one where they end is a part: both read it.
func (s *server) attemptCookie(state, value string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: attemptCookie + state, Value: value, Path: path.OrganisationSignIn, MaxAge: seconds,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

// dropAttempts forgets the sign-ins under way where a browser has many: it sends them all each time.
func (s *server) dropAttempts(w http.ResponseWriter, r *http.Request) {
	var all []string
	for _, cookie := range r.Cookies() {
		if state, is := strings.CutPrefix(cookie.Name, attemptCookie); is {
			all = append(all, state)
		}
	}
	if len(all) < mostAttempts {
		return
	}
	for _, state := range all {
		http.SetCookie(w, s.attemptCookie(state, "", -1))
	}
}

// attemptOf is the sign-in that this answer ends: one that was begun in this browser, not long ago, and not ended yet.
func (s *server) attemptOf(r *http.Request, state string) (attempt, bool) {
	cookie, err := r.Cookie(attemptCookie + state)
	if err != nil || state == "" {
		return attempt{}, false
	}
	kept, ok := s.attempts.openText(cookie.Value)
	var a attempt
	if !ok || json.Unmarshal(kept, &a) != nil || a.State != state || s.Now().Unix() > a.Until {
		return attempt{}, false
	}
	return a, true
}

// errNotBegun is for an answer to a sign-in that was not begun here.
var errNotBegun = errors.New("not begun in this browser, or long ago")

// endArrival takes the browser back from the provider, and lets whoever it is in.
func (s *server) endArrival(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer") // the address holds a code
	if s.SSO == nil {
		return skein.ErrNotFound
	}
	if hurried, err := s.hurried(w, r, s.arrivals); hurried || err != nil {
		return cmp.Or(err, error(tooMany{"a minute"}))
	}
	state := r.URL.Query().Get("state")
	a, ok := s.attemptOf(r, state)
	if !ok {
		return s.arrivalFailed(w, r, "", errNotBegun)
	}
	http.SetCookie(w, s.attemptCookie(state, "", -1))
	who, err := s.SSO.Finish(r.Context(), a.Attempt, r.URL.Query())
	if err != nil {
		return s.arrivalFailed(w, r, a.Next, err)
	}
	half, second := newHalf(a.Next)
	arrived, err := s.arrive(w, r, who, half)
	if err != nil {
		return s.arrivalFailed(w, r, a.Next, err)
	}
	if arrived.Half {
		return s.toSecond(w, r, second)
	}
	if a.Next == "" {
		if a.Next, err = s.keptNext(r, arrived.Person); err != nil {
			return err
		}
	}
	return s.done(w, r, cmp.Or(a.Next, path.Home))
}

// arrive lets somebody in whom the provider vouches for; half is begun where they have a second step to take first.
func (s *server) arrive(w http.ResponseWriter, r *http.Request, who sso.Identity, half doordb.Half) (doordb.Arrived, error) {
	v := viewer(r)
	browser, fresh := s.newBrowser(r)
	arrived, err := s.db.Door.Arrive(r.Context(), skein.Itself(v.Now, v.Org.Location()), doordb.Arrival{
		Issuer: who.Issuer, Subject: who.Subject, Email: who.Email, Verified: who.Verified, Name: nameOf(who),
		Groups: who.Groups, GroupsSaid: who.GroupsSaid, Device: deviceHash(r), Browser: browser, Half: half,
	})
	if err != nil {
		return arrived, err
	}
	for _, kind := range arrived.Kept {
		s.Log.WarnContext(r.Context(), "a role stays that no group gives any more: somebody has to have it", "request", requestID(r.Context()), "role", kind)
	}
	if arrived.Half {
		return arrived, nil
	}
	if arrived.Known {
		fresh = deviceToken(r)
	}
	s.know(w, fresh)
	return arrived, s.open(w, r, opened{Person: arrived.Person, Epoch: arrived.Epoch, Device: arrived.Device, At: s.Now()})
}

// nameOf is what somebody is to be called who is not known yet: as the provider says, else as their address begins.
func nameOf(who sso.Identity) string {
	name := skein.Composed(strings.Join(strings.Fields(who.Name), " "))
	if name == "" || (skein.Person{Name: name}).Check() != nil {
		name, _, _ = strings.Cut(who.Email, "@")
	}
	return name
}

// arrivalFailed is the page for whoever does not come in; why stands in the log alone. What is not the provider's doing,
// nor theirs, is an error like any other.
func (s *server) arrivalFailed(w http.ResponseWriter, r *http.Request, next string, err error) error {
	status, says := arrivalProblem(err)
	if says == "" {
		return err
	}
	s.Log.WarnContext(r.Context(), "sign-in refused", "request", requestID(r.Context()), "reason", err.Error(), "network", network(r))
	s.showProblem(w, r, status, page.Problem{
		Title: "You are not signed in", Say: says, Next: view.ArrivalWays(next), Request: requestID(r.Context()),
	})
	return nil
}

// arrivalProblem is what is said to whoever does not come in, and with which status; "": it is our own fault.
func arrivalProblem(err error) (status int, says string) {
	if away, ok := errors.AsType[skein.TurnedAwayError](err); ok {
		return http.StatusForbidden, view.TurnedAway(away.Why)
	}
	if _, ok := errors.AsType[sso.DeniedError](err); ok {
		return http.StatusForbidden, view.NotLetThrough
	}
	if _, ok := errors.AsType[sso.DoubtedError](err); ok {
		return http.StatusBadRequest, view.NotBelieved
	}
	switch {
	case errors.Is(err, errNotBegun):
		return http.StatusForbidden, view.NotBegun
	case errors.Is(err, sso.ErrUnreached):
		return http.StatusServiceUnavailable, view.Unreached
	}
	return 0, ""
}

// attemptsOf seals sign-ins under way: what they hold is the browser's to keep and not to read.
func attemptsOf(secret []byte) seal {
	sealed, err := newSeal(secret, "sign-in under way")
	if err != nil {
		panic(err) // asks for more bytes than there are: a constant of ours
	}
	return sealed
}

// provider is the organisation's provider as pages speak of it; nil where it has none.
func (s *server) provider() *view.Provider {
	if s.SSO == nil {
		return nil
	}
	return &view.Provider{
		Name: s.SSO.Name(), Issuer: s.SSO.Issuer(), Return: s.SSO.Return(), GroupsClaim: s.SSO.GroupsClaim(),
		TrustsEmail: s.SSO.TrustsEmail(), Reached: s.SSO.Reached(),
	}
}
