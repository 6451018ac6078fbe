package server

import (
	"net/http"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showHome(w http.ResponseWriter, r *http.Request) error {
	return s.renderHome(w, r, http.StatusOK, nil)
}

// renderHome shows the home page. A form makes the four questions of a first sign-in stand in
// place of what could be theirs, as they do until somebody was welcomed.
func (s *server) renderHome(w http.ResponseWriter, r *http.Request, status int, form *page.WelcomeForm) error {
	v := viewer(r)
	home, err := s.db.Home.Home(r.Context(), homedb.HomeQuery{
		Person: v.Person.ID, Circles: v.Stewards, Now: v.Now, Today: v.Today(),
		Setup:     v.Is(skein.Administrator) && !v.Org.SetupAway,
		Everybody: queryOf(r).Get("all") != "",
	})
	if err != nil {
		return err
	}
	if form == nil && v.Person.WelcomedAt.IsZero() {
		if form, err = s.emptyWelcome(r); err != nil {
			return err
		}
	}
	d := view.Home(v, home, form, newKey)
	if form == nil {
		standings, err := s.board.Standings(r.Context(), v.Person.ID, v.Today())
		if err != nil {
			return err
		}
		could := standings.Suggestions()
		view.Suggest(&d, v, home, could, standings.Nearest(could, v.Now), standings.OpenLeads())
	}
	d.OneFilled()
	return s.render(w, r, status, page.Home(s.frame(r, "Home", path.Home), d))
}

func (s *server) dismissProject(w http.ResponseWriter, r *http.Request) error {
	id := projectOf(r)
	err := s.db.Lead.Dismiss(r.Context(), viewer(r).By(), id)
	return s.finish(w, r, err, path.Home, "It will not come back to this page.",
		component.Button{Label: "Undo", Action: path.UndismissProject(string(id))})
}

func (s *server) undismissProject(w http.ResponseWriter, r *http.Request) error {
	err := s.db.Lead.Undismiss(r.Context(), viewer(r).By(), projectOf(r))
	return s.finish(w, r, err, path.Home, "It is back.")
}
