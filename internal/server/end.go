package server

import (
	"net/http"
	"strings"

	"skein/internal/lead"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showCancel asks once more before a project that nobody leads is cancelled.
func (s *server) showCancel(w http.ResponseWriter, r *http.Request) error {
	return s.renderEnd(w, r, http.StatusOK, cancelling, "", "")
}

// showComplete asks once more before a project is said to be done.
func (s *server) showComplete(w http.ResponseWriter, r *http.Request) error {
	return s.renderEnd(w, r, http.StatusOK, completing, "", "")
}

// ending is one of the two ways in which a project ends.
type ending struct {
	statement, label, ask, hint, fine string
	action                            func(id string) string
	may                               func(v view.Viewer, p leaddb.ProjectPage) error
}

var cancelling = ending{
	statement: "Cancel it?", label: "Cancel it", ask: "Why, in a sentence", action: path.CancelProject,
	hint: "Everybody can read it. A draft needs none.",
	fine: "Claims for it become void, and whoever claimed is told.",
	may: func(v view.Viewer, p leaddb.ProjectPage) error {
		return p.Project.Cancel(v.By(), view.MayCancel(v, p), "a reason")
	},
}

var completing = ending{
	statement: "Is it done?", label: "It is done", ask: "What came of it?", action: path.CompleteProject,
	hint: "A sentence or two, for those who come after. You may leave it empty.",
	fine: "Your lead ends today, and so does everybody's place in the team.",
	may: func(v view.Viewer, p leaddb.ProjectPage) error {
		return p.Project.Complete(v.By(), view.DecidesFor(v, p), view.MayCompleteFor(v, p))
	},
}

// renderEnd shows the page to whoever may end the project that way, and the refusal to others.
func (s *server) renderEnd(w http.ResponseWriter, r *http.Request, status int, e ending, reason, wrong string) error {
	v, id := viewer(r), projectOf(r)
	p, err := s.db.Lead.ProjectPage(r.Context(), id, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	if err := seen(v, p.Project); err != nil {
		return err
	}
	tried := p // what the rule changes here is not kept
	if err := e.may(v, tried); err != nil {
		return err
	}
	fine := e.fine
	switch {
	case view.MayCompleteFor(v, p):
		fine = "Everybody's place in the team ends today."
	case view.LeadOf(p) != v.Person.ID:
		fine = "The lead ends today, and so does everybody's place in the team."
	}
	return s.render(w, r, status, page.EndProject(s.frame(r, e.statement, path.Leads), page.EndData{
		ID: string(id), Title: p.Project.Title, Statement: e.statement, Action: e.action(string(id)), Label: e.label,
		Ask: e.ask, Hint: e.hint, Reason: reason, Wrong: wrong, Fine: strings.TrimSpace(fine + " " + view.UndecidedFor(p)),
	}))
}

func (s *server) cancelProject(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		return l.Cancel(viewer(r).By(), viewer(r).Is(skein.Administrator), f.Text("reason"))
	})
	return s.ended(w, r, cancelling, f, err, "It is cancelled.")
}

func (s *server) completeProject(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		return l.Complete(viewer(r).By(), viewer(r).Is(skein.Administrator), f.Text("reason"))
	})
	return s.ended(w, r, completing, f, err, "It is done. Thank you.")
}

// ended answers either: to the project's page, or back to the question.
func (s *server) ended(w http.ResponseWriter, r *http.Request, e ending, f *form, err error, says string) error {
	if bad, ok := asInvalid(err); ok {
		return s.renderEnd(w, r, http.StatusUnprocessableEntity, e, f.Text("reason"), bad.On("reason"))
	}
	return s.finish(w, r, err, path.Project(string(projectOf(r))), says)
}

// showInTheWay is the page with one field.
func (s *server) showInTheWay(w http.ResponseWriter, r *http.Request) error {
	return s.renderInTheWay(w, r, http.StatusOK, page.InTheWayData{})
}

func (s *server) renderInTheWay(w http.ResponseWriter, r *http.Request, status int, d page.InTheWayData) error {
	d.Key = newKey()
	return s.render(w, r, status, page.InTheWay(s.frame(r, "Something is in the way", path.InTheWay), d))
}

// createInTheWay makes a draft project of a problem.
func (s *server) createInTheWay(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	p, err := skein.InTheWay(f.Text("says"), v.Person, v.Now)
	if bad, ok := asInvalid(err); ok {
		return s.renderInTheWay(w, r, http.StatusUnprocessableEntity, page.InTheWayData{Says: f.Text("says"), Wrong: bad.On("says")})
	}
	policy, err := s.chooser.Policy(r.Context())
	if err != nil {
		return err
	}
	t, _ := match.TemplateByID(p.Template)
	filled := view.Fill(v.Org, policy.Lens, t)
	id, err := s.db.Lead.CreateProject(r.Context(), v.By(), f.Key(), skein.Proposal{
		Project: p, Phase: skein.Phase{Situation: filled.Situation}, Needs: filled.Needs, Remit: filled.Setting.Remit,
	})
	return s.finish(w, r, err, path.Project(string(id)), "It is a draft of yours now. Say how many hours it takes and until when, and publish it.")
}
