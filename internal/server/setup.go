package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// setupRoutes are the first administrator's list.
func (s *server) setupRoutes(r chi.Router) {
	r.Get(path.AdminSetup, s.handle(s.showSetup))
	r.Post(path.SetupAway, s.posted(s.putSetupAway))
	r.With(s.slowly(place)).Post(path.TryMail, s.handle(s.tryMail))
	r.Post(path.RunsNow, s.posted(s.runsNow))
}

func (s *server) showSetup(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	setup, err := s.db.Home.Setup(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.Setup(s.frame(r, "Set-up", path.AdminSetup), view.Setup(v, setup)))
}

// putSetupAway takes the list out of the way, or brings it back.
func (s *server) putSetupAway(w http.ResponseWriter, r *http.Request, f *form) error {
	away := f.Text("away") != "no"
	err := s.db.Gameboard.PutSetupAway(r.Context(), viewer(r).By(), away)
	if away {
		return s.finish(w, r, err, path.Home, "The list is put away. You find it at the foot of each page.")
	}
	return s.finish(w, r, err, path.AdminSetup, "The list is back.")
}

// runsNow makes a restored copy the one that runs: from then on it reaches people.
func (s *server) runsNow(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.db.Gameboard.RunsNow(r.Context(), viewer(r).By())
	return s.finish(w, r, err, path.Home, "This is the one that runs now: its links open. If the other still runs, stop it.")
}
