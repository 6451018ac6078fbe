package server

import (
	"errors"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"skein/internal/chooser"
	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// changedRoutes are what a led project is like now, and what becomes of a lead that is something else by that. Who may
// say it, the rules of package lead say.
func (s *server) changedRoutes(r chi.Router) {
	r.Get(pattern(path.Changed("{id}")), s.handle(s.showChanged))
	r.Post(pattern(path.Changed("{id}")), s.posted(s.sayChanged))
	r.Get(pattern(path.Reconsider("{id}")), s.handle(s.showReconsider))
	r.Post(pattern(path.Reconsider("{id}")), s.posted(s.answerReconsider))
}

func (s *server) showChanged(w http.ResponseWriter, r *http.Request) error {
	return s.renderChanged(w, r, http.StatusOK, nil, nil, nil)
}

// renderChanged shows the form, with what was typed and what is wrong with it.
func (s *server) renderChanged(
	w http.ResponseWriter, r *http.Request, status int, typed *skein.Restatement, wrong func(string) string, fill func(*page.ChangedData),
) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.Something(viewer(r), p, typed, wrong)
	if err != nil {
		return err
	}
	if fill != nil {
		fill(&d)
	}
	return s.render(w, r, status, page.Changed(s.frame(r, "Something changed", path.Leads), d))
}

// sayChanged says anew what a project is like; where a stretch is named, the next begins.
func (s *server) sayChanged(w http.ResponseWriter, r *http.Request, f *form) error {
	to, name := skein.Restatement{Situation: situationOf(f), Why: f.Text("why")}, f.Name("phase")
	reconsidered := false
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error {
			var err error
			if name == "" {
				err = l.Restate(viewer(r).By(), f.Version(), to)
			} else {
				err = l.NextPhase(viewer(r).By(), f.Version(), name, to)
			}
			reconsidered = l.Reconsidering() != nil
			return err
		}, leaddb.WithProposal())
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderChanged(w, r, http.StatusUnprocessableEntity, &to, nil, func(d *page.ChangedData) {
			d.Phase = name
			view.RestatedMeanwhile(d)
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderChanged(w, r, http.StatusUnprocessableEntity, &to, bad.On, func(d *page.ChangedData) {
			d.Phase = name
			if f.Version() != "" {
				d.Version = f.Version()
			}
		})
	}
	if reconsidered {
		return s.finish(w, r, err, path.Reconsider(param(r, "id")), "It is said. Whoever leads it and a steward say what becomes of it.")
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), "It is said. Everybody sees what it is like now.")
}

func (s *server) showReconsider(w http.ResponseWriter, r *http.Request) error {
	return s.renderReconsider(w, r, http.StatusOK, nil)
}

// renderReconsider shows the page; fill puts in what was typed. How whoever leads stands is read for those alone who
// answer.
func (s *server) renderReconsider(w http.ResponseWriter, r *http.Request, status int, fill func(*page.ReconsiderForm)) error {
	v := viewer(r)
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	var stand chooser.Answer
	could := 0
	if who, yes := view.Incumbent(v, p); yes {
		stand, could, err = s.chooser.Incumbent(r.Context(), p.Project.ID, who, who == v.Person.ID, view.BesideOf(p), view.MostReady, v.Today())
		if err != nil {
			return err
		}
	}
	d, err := view.Reconsider(v, p, stand, could)
	if err != nil {
		return err
	}
	if fill != nil && d.Form != nil {
		fill(d.Form)
	}
	return s.render(w, r, status, page.Reconsider(s.frame(r, d.Statement, path.Leads), d))
}

// answerReconsider takes what somebody says should become of a lead that is reconsidered.
func (s *server) answerReconsider(w http.ResponseWriter, r *http.Request, f *form) error {
	answer, part, says := skein.ReconsiderAnswer(f.Text("answer")), f.Name("part"), "It is sent. You can change it until it is decided."
	to := path.Reconsider(param(r, "id"))
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error {
			err := l.AnswerReconsider(viewer(r).By(), f.Version(), answer, part)
			switch {
			case l.Reconsidering() != nil:
				if l.Reconsidering().Differ() {
					says = "It is sent. You say different things: talk with each other. Each of you can change the answer."
				}
			case answer != skein.AnswerHandOn && l.Project.State.Seeks(): // handed on before, and one of two would have it kept
				says = "It is sent. It is kept once both of you have said so; until then it stays open for the next lead."
			default:
				to, says = path.Project(param(r, "id")), "It is decided, and everybody around it is told."
				if answer == skein.AnswerCoLead && !slices.ContainsFunc(l.Terms, skein.Term.Sought) {
					says = "It is decided, and everybody around it is told. Nobody is ready now who could be asked to lead it too; whoever would can still ask."
				}
			}
			if l.Changes.Split != nil {
				to, says = path.Project(string(l.Changes.Split.Project.ID)), "It becomes two. This is the draft of the other one."
			}
			return err
		}, leaddb.WithProposal())
	})
	bad, ok := asInvalid(err)
	if errors.Is(err, skein.ErrStale) {
		bad, ok = skein.Invalid{{Field: "answer", Message: "It was said anew meanwhile what it is like. Read it here once more, and answer that."}}, true
	}
	if ok {
		return s.renderReconsider(w, r, http.StatusUnprocessableEntity, func(form *page.ReconsiderForm) {
			form.Answer, form.Part, form.Wrong = string(answer), part, bad.On
		})
	}
	return s.finish(w, r, err, to, says)
}
