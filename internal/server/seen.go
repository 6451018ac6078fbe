package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"skein/web/path"
)

// NoRoute is the route of requests to addresses that nothing answers, all of them.
const NoRoute = "none"

// gone is the status that is noted where the browser had gone before anything was answered.
const gone = 499

// Seen is what whoever counts requests is told of one that was answered.
type Seen struct {
	Route  string // as the router has it, /projects/{id}, or NoRoute
	Status int
	Took   time.Duration
}

// logged writes one line a request and lets it be counted: the route and never the address, which may hold a
// secret, nor who asked, because that they claimed is sealed.
func (s *server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() { // also where the answer was broken off by a panic
			seen := Seen{Route: routeOf(r), Status: statusOf(r, answer), Took: time.Since(began)}
			s.logRequest(r, seen, answer.BytesWritten())
			if s.Seen != nil {
				s.Seen(sealed(seen))
			}
		}()
		next.ServeHTTP(answer, r)
	})
}

func (s *server) logRequest(r *http.Request, seen Seen, bytes int) {
	// A request that was given up by its browser has a context that ended; the line is written all the same.
	ctx, level := context.WithoutCancel(r.Context()), levelOf(seen)
	if !s.Log.Enabled(ctx, level) {
		return
	}
	s.Log.LogAttrs(ctx, level, "request",
		slog.String("request", requestID(ctx)),
		slog.String("method", methodOf(r)),
		slog.String("route", seen.Route),
		slog.Int("status", seen.Status),
		slog.Duration("took", seen.Took),
		slog.Int("bytes", bytes))
}

// levelOf keeps what machines ask for every few seconds, and the files of pages, out of the usual log.
func levelOf(seen Seen) slog.Level {
	switch {
	case seen.Status >= http.StatusInternalServerError && seen.Route != path.Ready:
		return slog.LevelWarn
	case seen.Route == path.Health, seen.Route == path.Ready, strings.HasPrefix(seen.Route, path.StaticPrefix):
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// routeOf is the pattern that a request came to. It is known once the request was answered.
func routeOf(r *http.Request) string {
	at := chi.RouteContext(r.Context())
	if at == nil {
		return NoRoute
	}
	route := at.RoutePattern()
	if strings.HasSuffix(route, "*") && !strings.HasPrefix(route, path.StaticPrefix) {
		return NoRoute // the router had not come to its end
	}
	return cmp.Or(route, NoRoute)
}

// methodOf is the method where it is one: what a client sends as such can be any word.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// statusOf is what was answered. A handler that writes nothing answers 200, unless nobody was there any more.
func statusOf(r *http.Request, answer middleware.WrapResponseWriter) int {
	if answer.Status() == 0 && r.Context().Err() != nil {
		return gone
	}
	return cmp.Or(answer.Status(), http.StatusOK)
}

// sealed takes from a request what would let its count tell of claims: where one lead alone is open, how often a form
// to claim was sent is how many claimed. So all that somebody does about a claim of theirs is one route, reading the
// page included, and whatever went well is one status.
func sealed(seen Seen) Seen {
	claim := pattern(path.ClaimProject("{id}"))
	beside := seen.Route == pattern(path.AnswerBeside("{id}"))
	if seen.Route != claim && !strings.HasPrefix(seen.Route, claim+"/") && !beside {
		return seen
	}
	seen.Route = claim
	if seen.Status < http.StatusBadRequest {
		seen.Status = http.StatusOK
	}
	return seen
}

// traced lets requests be traced where somebody wants that.
func (s *server) traced(next http.Handler) http.Handler {
	if s.Traced == nil {
		return next
	}
	return s.Traced(next)
}
