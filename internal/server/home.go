package server

import (
	"cmp"
	"net/http"
	"slices"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
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
		Person: v.Person.ID, Circles: v.StewardCircles(), Executive: v.Is(skein.Executive), Now: v.Now, Today: v.Today(),
		Everybody: r.URL.Query().Get("all") != "",
	})
	if err != nil {
		return err
	}
	t := homeTeller{clock: clock(v), free: freeHours(v.Person, home)}
	d := page.HomeData{Unseen: home.Unseen, Changed: noticeLines(home.Notices)}
	d.Title, d.Purpose = t.opening(v, home)
	for _, wanted := range home.Waiting {
		d.Waiting = append(d.Waiting, t.waiting(wanted))
	}
	if more := home.Waits - len(home.Waiting); more > 0 {
		d.More = &component.NavItem{Label: page.Begin(page.Count(more, "more waits", "more wait")), URL: path.Home + "?all=yes"}
	}
	for _, term := range home.Terms {
		d.Leads = append(d.Leads, t.term(term))
	}
	for _, begun := range home.Begun {
		d.Begun = append(d.Begun, t.begun(begun))
	}
	d.Away = t.away(home.Leaves, v)
	if form == nil && v.Person.WelcomedAt.IsZero() {
		if form, err = s.emptyWelcome(r); err != nil {
			return err
		}
	}
	if d.Welcome = form; form != nil {
		if home.Waits == 0 {
			d.Purpose = "Nobody is waiting for you yet. Four questions, ninety seconds, and you see what you could lead."
		}
	} else if err := s.couldBeTheirs(r, t, home, &d); err != nil {
		return err
	}
	d.OneFilled()
	return s.render(w, r, status, page.Home(s.frame(r, "Home", path.Home), d))
}

// couldBeTheirs fills in three open leads: two that suit, and new ground.
func (s *server) couldBeTheirs(r *http.Request, t homeTeller, home postgres.Home, d *page.HomeData) error {
	v := viewer(r)
	ids := make([]skein.ProjectID, len(home.Suitable))
	for i, lead := range home.Suitable {
		ids[i] = lead.Project
	}
	answers, err := s.chooser.Board(r.Context(), v.Person.ID, ids, v.Now)
	if err != nil {
		return err
	}
	for _, lead := range chooseLeads(home.Suitable, answers) {
		d.Could = append(d.Could, t.lead(lead))
	}
	if len(d.Could) == 0 {
		d.Empty = emptyHome(v, home)
	}
	return nil
}

// couldLead is one open lead beside how the viewer stands in it.
type couldLead struct {
	postgres.Suitable
	answer chooser.Answer
	ground bool // new ground: they wish to try it
}

func (l couldLead) ready() bool { return l.answer.Assessment.Zone == match.Ready }

func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// chooseLeads takes the two that suit best, and as a third one that asks for something they wish to
// try. Where nobody is compared only a wish brings a lead here.
func chooseLeads(suitable []postgres.Suitable, answers []chooser.Answer) []couldLead {
	var all []couldLead
	for _, lead := range suitable {
		i := slices.IndexFunc(answers, func(a chooser.Answer) bool { return a.Project == lead.Project })
		if i >= 0 {
			all = append(all, couldLead{Suitable: lead, answer: answers[i]})
		}
	}
	// The order of the store stands behind, so that equal ones keep their places.
	slices.SortStableFunc(all, func(a, b couldLead) int {
		return cmp.Or(
			compareTrue(b.ready(), a.ready()),
			cmp.Compare(b.answer.Assessment.Fit, a.answer.Assessment.Fit),
		)
	})
	suits := func(l couldLead) bool { return l.answer.Compared && l.answer.Assessment.May() }
	var chosen []couldLead
	for _, lead := range all {
		if suits(lead) && len(chosen) < 2 {
			chosen = append(chosen, lead)
		}
	}
	isChosen := func(l couldLead) bool {
		return slices.ContainsFunc(chosen, func(c couldLead) bool { return c.Project == l.Project })
	}
	for _, wanted := range []func(couldLead) bool{func(l couldLead) bool { return l.Wish != "" }, suits} {
		for _, lead := range all {
			if len(chosen) < 3 && wanted(lead) && !isChosen(lead) {
				lead.ground = lead.Wish != ""
				return append(chosen, lead)
			}
		}
	}
	return chosen
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
func emptyHome(v Viewer, home postgres.Home) *page.HomeEmpty {
	if home.OpenLeads == 0 {
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
