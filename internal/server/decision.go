package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// decisionRoutes are what is decided. Anybody of the staff reads; who may open, ask, advise and decide, the rules of
// package lead say.
func (s *server) decisionRoutes(r chi.Router) {
	r.Get(path.Decisions, s.handle(s.showDecisions))
	r.Get(pattern(path.NewDecision("{id}")), s.handle(s.showNewDecision))
	r.Post(pattern(path.NewDecision("{id}")), s.posted(s.openDecision))
	r.Get(pattern(path.Decision("{decision}")), s.handle(s.showDecision))
	r.Get(pattern(path.ChangeDecision("{decision}")), s.handle(s.showChangeDecision))
	r.Post(pattern(path.ChangeDecision("{decision}")), s.posted(s.changeDecision))
	r.Get(pattern(path.AskAdvice("{decision}")), s.handle(s.showAskAdvice))
	r.Post(pattern(path.AskAdvice("{decision}")), s.posted(s.askAdvice))
	r.Post(pattern(path.Advise("{decision}")), s.posted(s.advise))
	r.Get(pattern(path.Decide("{decision}")), s.handle(s.showDecide))
	r.Post(pattern(path.Decide("{decision}")), s.posted(s.decideIt))
	r.Get(pattern(path.CloseDecision("{decision}")), s.handle(s.showCloseDecision))
	r.Post(pattern(path.CloseDecision("{decision}")), s.posted(s.closeDecision))
	r.Get(pattern(path.CameOf("{decision}")), s.handle(s.showCameOf))
	r.Post(pattern(path.CameOf("{decision}")), s.posted(s.cameOf))
}

func decisionOf(r *http.Request) skein.DecisionID { return skein.DecisionID(param(r, "decision")) }

func (s *server) showDecision(w http.ResponseWriter, r *http.Request) error {
	return s.renderDecision(w, r, http.StatusOK, nil)
}

// readDecision is the decision that a request's address names, as the viewer reads it.
func (s *server) readDecision(r *http.Request) (leaddb.DecisionPage, error) {
	v := viewer(r)
	return s.db.Lead.DecisionPage(r.Context(), decisionOf(r), v.Person.ID, v.Today())
}

// renderDecision shows a decision; with puts a form on its page, or what was typed.
func (s *server) renderDecision(w http.ResponseWriter, r *http.Request, status int, with func(leaddb.DecisionPage, *page.DecisionData) error) error {
	p, err := s.readDecision(r)
	if err != nil {
		return err
	}
	d, err := view.Decision(viewer(r), p)
	if err != nil {
		return err
	}
	if with != nil {
		if err := with(p, &d); err != nil {
			return err
		}
	}
	return s.render(w, r, status, page.Decision(s.frame(r, d.Title, path.Decisions), d))
}

// decided runs a verb on the decision that a request's address names, in its project.
func (s *server) decided(r *http.Request, do func(*lead.Lead) error, with ...leaddb.With) error {
	p, err := s.readDecision(r)
	if err == nil && !p.Seen() && !p.Decides {
		err = skein.ErrNotFound
	}
	if err != nil {
		return err
	}
	return s.lead(r, p.Project, do, append(with, leaddb.WithDecision(p.ID))...)
}

// toDecision is where a decision stands.
func toDecision(r *http.Request) string { return path.Decision(param(r, "decision")) }

// advise keeps what somebody says who was asked.
func (s *server) advise(w http.ResponseWriter, r *http.Request, f *form) error {
	answer := f.Text("answer")
	counsel := skein.Counsel{Says: f.Text("advice"), Agrees: answer == "yes"}
	err := s.decided(r, func(l *lead.Lead) error { return l.Advise(viewer(r).By(), decisionOf(r), answer == "pass", counsel) })
	if bad, ok := asInvalid(err); ok {
		return s.renderDecision(w, r, http.StatusUnprocessableEntity, func(_ leaddb.DecisionPage, d *page.DecisionData) error {
			if d.Advise != nil {
				d.Advise.Typed, d.Advise.Bad = counsel.Says, bad
			}
			return nil
		})
	}
	return s.finish(w, r, err, toDecision(r), "Thank you. Everybody can read it; you can mend it until it is decided.")
}

func (s *server) showDecide(w http.ResponseWriter, r *http.Request) error {
	return s.renderDecide(w, r, http.StatusOK, nil)
}

func (s *server) renderDecide(w http.ResponseWriter, r *http.Request, status int, fill func(*page.DecideForm)) error {
	return s.renderDecision(w, r, status, func(p leaddb.DecisionPage, d *page.DecisionData) (err error) {
		if d.Decide, err = view.DecideForm(viewer(r), p); err == nil && fill != nil {
			fill(d.Decide)
		}
		return err
	})
}

// decideIt keeps what is decided.
func (s *server) decideIt(w http.ResponseWriter, r *http.Request, f *form) error {
	typed := skein.Ruling{Says: f.Name("says"), Reason: f.Text("reason"), Chosen: f.Int("chosen", "Choose one of them, or none.")}
	err := f.Try(func() error {
		return s.decided(r, func(l *lead.Lead) error { return l.DecideIt(viewer(r).By(), decisionOf(r), f.Version(), typed) }, leaddb.WithProposal())
	})
	fill := func(d *page.DecideForm) { d.Says, d.Reason, d.Chosen = typed.Says, typed.Reason, f.Text("chosen") }
	if errors.Is(err, skein.ErrStale) {
		return s.renderDecide(w, r, http.StatusUnprocessableEntity, func(d *page.DecideForm) {
			fill(d)
			d.Meanwhile = "Somebody has said something meanwhile. It stands above. Read it, and decide again."
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderDecide(w, r, http.StatusUnprocessableEntity, func(d *page.DecideForm) {
			fill(d)
			d.Bad = bad
			if f.Version() != "" {
				d.Version = f.Version()
			}
		})
	}
	return s.finish(w, r, err, toDecision(r), "It is decided. Everybody can read it, and whoever was asked is told.")
}

func (s *server) showCloseDecision(w http.ResponseWriter, r *http.Request) error {
	return s.renderSay(w, r, http.StatusOK, view.CloseForm, nil)
}

// renderSay shows a decision with one field to fill in.
func (s *server) renderSay(w http.ResponseWriter, r *http.Request, status int, of func(view.Viewer, leaddb.DecisionPage) (*page.SayForm, error), fill func(*page.SayForm)) error {
	return s.renderDecision(w, r, status, func(p leaddb.DecisionPage, d *page.DecisionData) (err error) {
		if d.Say, err = of(viewer(r), p); err == nil && fill != nil {
			fill(d.Say)
		}
		return err
	})
}

// closeDecision ends a question without a decision.
func (s *server) closeDecision(w http.ResponseWriter, r *http.Request, f *form) error {
	reason, seen := f.Text("reason"), true
	var project skein.ProjectID
	err := s.decided(r, func(l *lead.Lead) error {
		err := l.CloseDecision(viewer(r).By(), decisionOf(r), reason)
		if d := l.Decision(decisionOf(r)); d != nil {
			seen, project = d.Seen(), d.Project
		}
		return err
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderSay(w, r, http.StatusUnprocessableEntity, view.CloseForm, func(d *page.SayForm) { d.Typed, d.Bad = reason, bad })
	}
	if !seen {
		return s.finish(w, r, err, path.Project(string(project))+"#decisions", "The draft is closed.")
	}
	return s.finish(w, r, err, toDecision(r), "It is closed without a decision. Whoever was asked is told.")
}

func (s *server) showCameOf(w http.ResponseWriter, r *http.Request) error {
	return s.renderSay(w, r, http.StatusOK, view.CameForm, nil)
}

// cameOf keeps what came of a decision.
func (s *server) cameOf(w http.ResponseWriter, r *http.Request, f *form) error {
	says := f.Text("came")
	var stands skein.Decision
	err := s.decided(r, func(l *lead.Lead) error {
		if d := l.Decision(decisionOf(r)); d != nil {
			stands = *d
		}
		return l.SayCame(viewer(r).By(), decisionOf(r), f.Version(), says)
	})
	bad, ok := asInvalid(err)
	version := f.Version()
	if errors.Is(err, skein.ErrStale) {
		bad, ok, version = skein.Invalid{{Field: "came", Message: "Somebody else said meanwhile: “" + stands.Came + "” Send yours again to put it in its place."}}, true, stands.CameVersion()
	}
	if ok {
		return s.renderSay(w, r, http.StatusUnprocessableEntity, view.CameForm, func(d *page.SayForm) { d.Typed, d.Bad, d.Version = says, bad, version })
	}
	return s.finish(w, r, err, toDecision(r), "Said. Everybody can read it.")
}

// typedDecision is a question as it was typed; a line without a word is no way it could be.
func typedDecision(f *form) skein.Decision {
	d := skein.Decision{
		Question: strings.Join(strings.Fields(f.Text("question")), " "), Area: f.Text("area"), Replaces: skein.DecisionID(f.ID("replaces")),
		Costs: f.Figure("costs", "Write what it costs as a number, such as 4500, or leave it empty.", skein.Money),
	}
	for says := range strings.Lines(f.Text("options")) {
		if says = skein.OneSpace(strings.TrimSpace(says)); says != "" {
			d.Options = append(d.Options, says)
		}
	}
	return d
}
