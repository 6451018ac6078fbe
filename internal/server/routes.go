package server

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"skein/internal/skein"
	"skein/web"
	"skein/web/path"
)

// routes is every way in. Each noun adds its own in its own file, to the group of those who may
// come: add a line here and a row to the matrix (matrix_test.go).
func (s *server) routes() chi.Router {
	r := chi.NewRouter()
	r.Use(number, s.logged, s.traced, s.guarded, s.recovered, s.clientIP(), s.readable, middleware.GetHead)
	r.NotFound(within(s.PageTime)(s.loadSession(s.loadViewer(s.handle(s.notFound)))).ServeHTTP)
	r.MethodNotAllowed(s.notAllowed)
	r.Handle(path.StaticPrefix+"*", web.Default())
	r.Get(path.Health, healthz)
	r.Get(path.Ready, s.readyz)
	r.Get(path.Version, s.showVersion)

	r.Group(func(r chi.Router) {
		r.Use(s.sameOrigin, within(s.PageTime), s.loadSession, s.loadViewer)
		s.publicRoutes(r)
		r.Group(func(r chi.Router) {
			r.Use(s.signedIn)
			s.staffRoutes(r)
			r.Group(func(r chi.Router) {
				r.Use(s.only(skein.Administrator))
				s.setupRoutes(r)
				s.accessRoutes(r)
				s.signInRoutes(r)
				s.importRoutes(r)
				s.adminTeamRoutes(r)
				s.skillRoutes(r)
				r.Get(path.AdminAudit, s.handle(s.showAudit))
				r.Post(path.AdminRetention, s.posted(s.changeRetention))
			})
			r.Group(func(r chi.Router) {
				r.Use(s.only(skein.Executive))
				s.executiveRoutes(r)
			})
		})
	})
	s.mailRoutes(r)
	// What streams takes as long as it takes.
	r.Group(func(r chi.Router) {
		r.Use(s.sameOrigin, s.loadSession, s.loadViewer, s.signedIn, s.only(skein.Administrator))
		r.Get(path.AdminAuditExport, s.handle(s.exportAudit))
		r.Post(path.Import, s.handle(s.handIn))
		r.Get(path.Export, s.handle(s.export))
	})
	return r
}

// publicRoutes are open to everybody, signed in or not.
func (s *server) publicRoutes(r chi.Router) {
	r.Get(path.How, s.handle(s.showHow))
	s.doorRoutes(r)
	s.demoRoutes(r)
}

// staffRoutes are open to everybody signed in. What more a page asks (a lead, a steward, an
// executive), its handler or a group with s.only says.
func (s *server) staffRoutes(r chi.Router) {
	s.claimRoutes(r)
	s.keptRoutes(r)
	s.personRoutes(r)
	s.accountRoutes(r)
	s.projectRoutes(r)
	r.Get(path.Vision, s.handle(s.showVisionRead))
}

// sameOrigin refuses what another site makes a browser send.
func (s *server) sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(s.handle(func(http.ResponseWriter, *http.Request) error {
		return skein.Refused{Why: "This came from another site, so it was not done.", Who: "Open Skein and do it there."}
	}))
	return guard.Handler(next)
}

// clientIP finds out whose address a request came from: its own, or what a trusted proxy says.
func (s *server) clientIP() func(http.Handler) http.Handler {
	if len(s.Proxies) > 0 {
		return middleware.ClientIPFromXFF(s.Proxies...)
	}
	return middleware.ClientIPFromRemoteAddr
}

// pattern makes a route of an address from package path, whose parts are named in braces:
// pattern(path.Project("{id}")).
func pattern(address string) string {
	return strings.NewReplacer("%7B", "{", "%7D", "}").Replace(address)
}
