package server

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// demoRoutes exist only where Skein was started as a demo.
func (s *server) demoRoutes(r chi.Router) {
	if !s.Demo {
		return
	}
	r.Group(func(r chi.Router) {
		r.Use(s.demoOnly)
		r.Get(path.Parts, s.handle(s.showParts))
		r.Post(path.DemoSignIn, s.posted(s.demoSignIn))
		r.Post(path.DemoSkip, s.posted(s.demoSkip))
	})
}

// demoOnly sees that the organisation is an invented one, so that a demo started on a real
// organisation's database by mistake opens no door.
func (s *server) demoOnly(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if !viewer(r).Demo {
			return skein.ErrNotFound
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

// showParts shows what the pages are made of.
func (s *server) showParts(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, page.Parts(s.frame(r, "Parts", "")))
}

func (s *server) demoSignIn(w http.ResponseWriter, r *http.Request, f *form) error {
	found, err := s.db.Door.DemoPeople(r.Context())
	if err != nil {
		return err
	}
	for _, p := range found {
		if string(p.ID) == f.ID("person") {
			if err := s.open(w, r, opened{Person: p.ID, Epoch: p.Epoch}); err != nil {
				return err
			}
			return s.done(w, r, cmp.Or(localPath(f.Text("next")), path.Home))
		}
	}
	return skein.Invalid{{Field: "person", Message: "Choose one of the people on the page."}}
}

// mostSkipped is how long what is due may take to happen after the demo's clock was moved.
const mostSkipped = 2 * time.Minute

// happen makes what is due happen. The clock has moved by then, so a browser that goes away meanwhile does not cut it
// off in the middle.
func (s *server) happen(ctx context.Context) error {
	if s.Tick == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mostSkipped)
	defer cancel()
	return s.Tick(ctx)
}

// demoSkip moves the demo's clock to just after the next thing that is due, and makes it happen.
func (s *server) demoSkip(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	next := cmp.Or(localPath(f.Text("next")), localPath(r.Referer()))
	due, lapses, err := s.db.Lead.SkipAhead(r.Context(), v.By(), s.Now(), skein.ProjectID(f.ID("project")), f.Text("anyway") != "")
	if err != nil {
		return err
	}
	if len(lapses) > 0 {
		s.tell(w, r, view.Lapses(lapses, v.Clock()), component.Button{Label: "Skip all the same", Action: path.DemoSkip, Hidden: []component.Hidden{
			{Name: "project", Value: f.ID("project")}, {Name: "next", Value: next}, {Name: "anyway", Value: "yes"},
		}})
		return s.done(w, r, cmp.Or(next, path.Home))
	}
	if err := s.happen(r.Context()); err != nil {
		return err
	}
	at := due.In(v.Clock().Zone)
	s.tell(w, r, "It is "+at.Format("Monday 2 January, ")+v.Clock().TimeOfDay(due)+" now, and what was due has happened.")
	return s.done(w, r, cmp.Or(next, path.Home))
}
