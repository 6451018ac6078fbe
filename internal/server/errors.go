package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// errSignIn says that only somebody signed in may come here.
var errSignIn = errors.New("not signed in")

// badRequest is a request that no page of ours sends.
type badRequest struct{ why string }

func (e badRequest) Error() string { return e.why }

// tooMany is somebody who asks too often; wait says how long to wait.
type tooMany struct{ wait string }

func (e tooMany) Error() string { return "too many requests" }

// problem is the one table of errors: which status, and which words. What is not in it is a fault
// of ours, and its details stay in the log.
func problem(err error, request string) (int, page.Problem) {
	var (
		invalid  skein.Invalid
		refused  skein.Refused
		conflict skein.Conflict
		bad      badRequest
		many     tooMany
		large    *http.MaxBytesError
	)
	switch {
	case errors.As(err, &invalid):
		var says []string
		for _, f := range invalid {
			says = append(says, f.Message)
		}
		return http.StatusUnprocessableEntity, said("Something is not right yet", says...)
	case errors.As(err, &refused):
		return http.StatusForbidden, page.Forbidden(strings.TrimSpace(refused.Why + " " + refused.Who))
	case errors.As(err, &conflict):
		return http.StatusConflict, said("It moved on meanwhile", conflict.Why)
	case errors.Is(err, skein.ErrNotFound):
		return http.StatusNotFound, page.NotFound()
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, said("That is too long",
			"What you sent is longer than Skein takes. Send less of it.")
	case errors.As(err, &bad):
		return http.StatusBadRequest, said("That did not arrive whole", bad.why)
	case errors.As(err, &many):
		return http.StatusTooManyRequests, page.TooMany(many.wait)
	case errors.Is(err, errStarting), postgres.Unreachable(err):
		return http.StatusServiceUnavailable, page.Unavailable(page.TooBusy, path.Home, request)
	}
	return http.StatusInternalServerError, page.Broken(request)
}

func said(title string, says ...string) page.Problem {
	return page.Problem{
		Title: title, Say: strings.Join(says, " "),
		Next: []component.NavItem{{Label: "Home", URL: path.Home}},
	}
}

// asInvalid finds what is wrong with what was typed, when that is why an act failed.
func asInvalid(err error) (skein.Invalid, bool) {
	var bad skein.Invalid
	ok := errors.As(err, &bad) && len(bad) > 0
	return bad, ok
}

// also notes what else is wrong, at its own fields.
func also(bad *skein.Invalid, err error) {
	if more, wrong := asInvalid(err); wrong {
		*bad = append(*bad, more...)
	}
}

// fail answers a request that could not be answered as asked.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, errSignIn) {
		s.toSignIn(w, r)
		return
	}
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the browser has gone
	}
	number := requestID(r.Context())
	status, p := problem(err, number)
	if status >= http.StatusInternalServerError && !errors.Is(err, errStarting) {
		s.Log.ErrorContext(r.Context(), "request failed", "request", number, "status", status, "error", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
		p = s.unavailable(w, r, err)
	} else {
		p.Typed = s.typed(w, r)
	}
	s.showProblem(w, r, status, p)
}

// showProblem shows the page of an error, or its title alone when even that does not work. It is shown
// also when the time is over that the request had, which is often why there is one.
func (s *server) showProblem(w http.ResponseWriter, r *http.Request, status int, p page.Problem) {
	r = r.WithContext(context.WithoutCancel(r.Context()))
	w.Header().Set("Cache-Control", "no-store")
	if err := s.render(w, r, status, page.Failed(s.frame(r, p.Title, ""), p)); err != nil {
		s.Log.ErrorContext(r.Context(), "error page failed", "request", requestID(r.Context()), "error", err)
		http.Error(w, p.Title, status)
	}
}

// notFound is the page for addresses that nothing answers.
func (s *server) notFound(http.ResponseWriter, *http.Request) error { return skein.ErrNotFound }

// notAllowed is the page for addresses that answer to another method.
func (s *server) notAllowed(w http.ResponseWriter, r *http.Request) {
	s.showProblem(w, r, http.StatusMethodNotAllowed,
		said("That is not done here", "This address does not answer to that. Go back and use the page."))
}
