package server

import (
	"net/http"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// wayOut is one of the ways in which somebody gives up a place in a project. Each asks once.
type wayOut struct {
	action func(id string) string
	asks   func(v view.Viewer, p leaddb.ProjectPage) (view.Once, error)
}

var (
	handingOn    = wayOut{path.HandOverProject, view.HandOn}
	steppingDown = wayOut{path.StepDown, view.StepDown}
	leaving      = wayOut{path.LeaveProject, view.LeaveTeam}
)

// asksOnce is the page that says what a way out does before it is gone, to whoever may go it.
func (s *server) asksOnce(out wayOut) http.HandlerFunc {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		v, id := viewer(r), projectOf(r)
		p, err := s.db.Lead.ProjectPage(r.Context(), id, v.Person.ID, v.Today())
		if err != nil {
			return err
		}
		if err := seen(v, p.Project); err != nil {
			return err
		}
		once, err := out.asks(v, p)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusOK, page.EndProject(s.frame(r, once.Statement, path.Leads), page.EndData{
			ID: string(id), Title: p.Project.Title, Statement: once.Statement, Action: out.action(string(id)), Label: once.Label,
			Head: "What happens", Says: once.Says,
		}))
	})
}

// handOver opens a led project for the next lead; whoever leads it stays in office meanwhile.
func (s *server) handOver(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.HandOn(viewer(r).By()) })
	return s.finish(w, r, err, path.Project(param(r, "id")), "It is open for the next lead. You lead it until somebody has taken over.")
}

// takeBack takes back that a project is handed on, or that its lead has stepped down.
func (s *server) takeBack(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.TakeBack(viewer(r).By()) })
	return s.finish(w, r, err, path.Project(param(r, "id")), "You lead it on. Whoever claimed it is told.")
}

// stepDown ends the viewer's lead, or their place beside it.
func (s *server) stepDown(w http.ResponseWriter, r *http.Request) error {
	by, says := viewer(r).By(), ""
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		says = "You have stepped down from your place beside the lead."
		held, accepted := l.Holder() == by.Person, l.Accepting() == by.Person
		err := l.StepDown(by)
		switch {
		case held && (l.Holder() != "" || l.Accepting() != ""):
			says = "You have stepped down. Whoever was chosen to follow leads it; thank you for the time you led it."
			if l.Holder() == "" {
				says = "You have stepped down. Whoever is to lead it next follows you; thank you for the time you led it."
			}
		case held:
			says = "You have stepped down. Nobody leads it until somebody begins; thank you for the time you led it."
			if l.TakesBack() { // the page that follows has the way back
				says = "You have stepped down. It is open for the next; thank you for the time you led it."
			}
		case accepted:
			says = "You have stepped down before it began."
		}
		return err
	})
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}
