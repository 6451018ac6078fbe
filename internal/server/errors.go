package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"skein/internal/postgres"
	"skein/internal/skein"
)

// errSignIn says that only somebody signed in may come here.
var errSignIn = errors.New("not signed in")

// badRequest is a request that no page of ours sends.
type badRequest struct{ why string }

func (e badRequest) Error() string { return e.why }

// tooMany is somebody who asks too often.
type tooMany struct{ why string }

func (e tooMany) Error() string { return e.why }

// problem is the one table of errors: which status, and which words. What is not in it is a fault
// of ours, and its details stay in the log.
func problem(err error) (int, trouble) {
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
		p := trouble{title: "Something is missing"}
		for _, f := range invalid {
			p.says = append(p.says, f.Message)
		}
		return http.StatusUnprocessableEntity, p
	case errors.As(err, &refused):
		return http.StatusForbidden, said("That is not yours to do", refused.Why, refused.Who)
	case errors.As(err, &conflict):
		return http.StatusConflict, said("It moved on meanwhile", conflict.Why)
	case errors.Is(err, skein.ErrNotFound):
		return http.StatusNotFound, said("Nothing is here",
			"There is no such page, or none that you may see.")
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, said("That is too long",
			"What you sent is longer than Skein takes. Send less of it.")
	case errors.As(err, &bad):
		return http.StatusBadRequest, said("That did not arrive whole", bad.why)
	case errors.As(err, &many):
		return http.StatusTooManyRequests, said("Too often", many.why)
	case postgres.Unreachable(err):
		return http.StatusServiceUnavailable, said("Skein cannot reach its memory just now",
			"Nothing was lost and nothing was changed. Go back, and send it again in a moment.")
	}
	return http.StatusInternalServerError, said("Something broke on our side",
		"It was noted. Nothing half done was kept; try again, or tell an administrator.")
}

func said(title string, says ...string) trouble {
	p := trouble{title: title}
	for _, sentence := range says {
		if strings.TrimSpace(sentence) != "" {
			p.says = append(p.says, sentence)
		}
	}
	return p
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
	status, p := problem(err)
	if status >= http.StatusInternalServerError {
		p.number = requestID(r.Context())
		s.Log.ErrorContext(r.Context(), "request failed", "request", p.number, "status", status, "error", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := s.render(w, r, status, s.showTrouble(r, p)); err != nil {
		s.Log.ErrorContext(r.Context(), "error page failed", "request", requestID(r.Context()), "error", err)
		http.Error(w, p.title, status)
	}
}

// notFound and notAllowed are the pages for addresses that nothing answers.
func (s *server) notFound(http.ResponseWriter, *http.Request) error { return skein.ErrNotFound }

func (s *server) notAllowed(w http.ResponseWriter, r *http.Request) error {
	p := said("That is not done here", "This address does not answer to that. Go back and use the page.")
	return s.render(w, r, http.StatusMethodNotAllowed, s.showTrouble(r, p))
}
