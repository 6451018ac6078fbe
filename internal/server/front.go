package server

import (
	"errors"
	"net/http"
	"sync/atomic"

	"github.com/go-chi/chi/v5"

	"skein/internal/postgres"
	"skein/web"
	"skein/web/path"
)

// errStarting says that the database is not open yet.
var errStarting = errors.New("still starting")

// Front is what answers from the first moment on: that the process is there, and that it is not ready;
// to everything else the page that says so, with what a form sent. Once Skein is open it answers.
type Front struct {
	now atomic.Pointer[http.Handler]
}

// NewFront returns the front of a server that is starting. Of the configuration it uses the log, the
// clock, the address, the build and who is told of requests; there need not be a database.
func NewFront(cfg Config) *Front {
	cfg.DB = postgres.New(nil)
	f := &Front{}
	f.Open(newServer(cfg).starting())
	return f
}

// Open lets Skein answer from now on.
func (f *Front) Open(skein http.Handler) { f.now.Store(&skein) }

// ServeHTTP implements http.Handler.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) { (*f.now.Load()).ServeHTTP(w, r) }

// starting is every way in while nothing but the process is there.
func (s *server) starting() http.Handler {
	known := s.routes()
	r := chi.NewRouter()
	r.Use(number, s.logged, s.guarded, s.recovered, s.readable)
	r.Handle(path.StaticPrefix+"*", web.Default())
	r.Get(path.Health, healthz)
	r.Get(path.Ready, func(w http.ResponseWriter, _ *http.Request) {
		answerReady(w, http.StatusServiceUnavailable, readiness{})
	})
	r.Get(path.Version, s.showVersion)
	r.NotFound(func(w http.ResponseWriter, r *http.Request) {
		at := chi.NewRouteContext()
		if known.Match(at, r.Method, r.URL.Path) { // which parts of the address are what
			chi.RouteContext(r.Context()).URLParams = at.URLParams
		}
		s.fail(w, r, errStarting)
	})
	return r
}
