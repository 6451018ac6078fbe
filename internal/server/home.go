package server

import (
	"net/http"

	"skein/internal/board"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
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
	home, err := s.db.Home(r.Context(), postgres.HomeQuery{
		Person: v.Person.ID, Circles: v.Stewards, Executive: v.Is(skein.Executive), Now: v.Now, Today: v.Today(),
		Everybody: queryOf(r).Get("all") != "",
	})
	if err != nil {
		return err
	}
	var standings *board.Standings
	if form == nil && !v.Person.WelcomedAt.IsZero() {
		if standings, err = s.board.Standings(r.Context(), v.Person.ID, v.Today()); err != nil {
			return err
		}
	}
	t := homeTeller{clock: page.Clock{Now: v.Now, Zone: v.Now.Location()}, free: freeHours(v.Person, home)}
	d := t.data(v, home)
	if form == nil && v.Person.WelcomedAt.IsZero() {
		if form, err = s.emptyWelcome(r); err != nil {
			return err
		}
	}
	if d.Welcome = form; form != nil {
		if home.Waits == 0 {
			d.Purpose = "Nobody is waiting for you yet. Four questions, ninety seconds, and you see what you could lead."
		}
	} else {
		couldBeTheirs(standings, t, &d)
	}
	d.OneFilled()
	return s.render(w, r, status, page.Home(s.frame(r, "Home", path.Home), d))
}

// data is all of the page but what could be theirs.
func (t homeTeller) data(v view.Viewer, home postgres.Home) page.HomeData {
	d := page.HomeData{Unseen: home.Unseen, Changed: noticeLines(home.Notices, v.Now.Location())}
	d.Title, d.Purpose = t.opening(v, home)
	for _, wanted := range home.Waiting {
		d.Waiting = append(d.Waiting, t.waiting(wanted))
	}
	if more := home.Waits - len(home.Waiting); more > 0 {
		d.More = &component.NavItem{Label: words.UpperFirst(words.Count(more, "more waits", "more wait")), URL: path.Home + "?all=yes"}
	}
	for _, term := range home.Terms {
		d.Leads = append(d.Leads, t.term(term))
	}
	for _, begun := range home.Begun {
		d.Begun = append(d.Begun, t.begun(begun))
	}
	d.Away = t.away(home.Leaves, v)
	return d
}

// couldBeTheirs fills in three open leads: two that suit, and new ground.
func couldBeTheirs(standings *board.Standings, t homeTeller, d *page.HomeData) {
	for _, lead := range standings.Suggestions() {
		d.Could = append(d.Could, t.lead(lead))
	}
	if len(d.Could) == 0 {
		d.Empty = emptyHome(standings.OpenLeads())
	}
}

// freeHours is the room to lead that somebody has left; nil when they have not stated it.
func freeHours(p skein.Person, home postgres.Home) *float64 {
	if p.HoursPerWeek == nil {
		return nil
	}
	free := max(0, *p.HoursPerWeek-home.HoursHeld)
	return &free
}

// emptyHome says why nothing is offered, and what would change that.
func emptyHome(openLeads int) *page.HomeEmpty {
	if openLeads == 0 {
		return &page.HomeEmpty{
			Sentence: "No lead is open just now. If something is in the way, say so: it becomes a project that somebody can lead.",
			Next:     []component.NavItem{{Label: "Something is in the way", URL: path.InTheWay}, {Label: "Propose a project", URL: path.NewProject}},
		}
	}
	return &page.HomeEmpty{
		Sentence: "Nothing that is open asks for what you are known for, or what you want to try. Say more of it, or look through all that is open.",
		Next:     []component.NavItem{{Label: "Say what you can do", URL: path.Settings + "#skills"}},
	}
}

func (s *server) dismissProject(w http.ResponseWriter, r *http.Request) error {
	id := skein.ProjectID(param(r, "id"))
	if err := s.db.Dismiss(r.Context(), viewer(r).By(), id); err != nil {
		return err
	}
	s.tell(w, r, "It will not come back to this page.",
		component.Button{Label: "Undo", Action: path.UndismissProject(string(id))})
	return s.done(w, r, path.Home)
}

func (s *server) undismissProject(w http.ResponseWriter, r *http.Request) error {
	if err := s.db.Undismiss(r.Context(), viewer(r).By(), skein.ProjectID(param(r, "id"))); err != nil {
		return err
	}
	s.tell(w, r, "It is back.")
	return s.done(w, r, path.Home)
}
