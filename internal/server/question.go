package server

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// questionRoutes are what anybody asks whoever leads a project, and the answers.
func (s *server) questionRoutes(r chi.Router) {
	r.Get(pattern(path.AskLead("{id}")), s.handle(s.showAskLead))
	r.Post(pattern(path.AskLead("{id}")), s.posted(s.askLead))
	r.Get(pattern(path.AnswerQuestion("{id}", "{question}")), s.handle(s.showQuestion))
	r.Post(pattern(path.AnswerQuestion("{id}", "{question}")), s.posted(s.answerQuestion))
}

func questionOf(r *http.Request) skein.QuestionID { return skein.QuestionID(param(r, "question")) }

// toQuestions is where a project's questions stand.
func toQuestions(r *http.Request) string { return path.Project(param(r, "id")) + "#questions" }

func (s *server) showAskLead(w http.ResponseWriter, r *http.Request) error {
	about, err := s.aboutDecision(r)
	if err != nil {
		return err
	}
	return s.renderQuestion(w, r, http.StatusOK, view.AskLead, about, "")
}

// aboutDecision begins a question about a decision that the address names.
func (s *server) aboutDecision(r *http.Request) (string, error) {
	id := queryOf(r).Get("decision")
	if !skein.IsUUID(id) {
		return "", nil
	}
	v := viewer(r)
	p, err := s.db.Lead.DecisionPage(r.Context(), skein.DecisionID(id), v.Person.ID, v.Today())
	if errors.Is(err, skein.ErrNotFound) || err == nil && (!p.Seen() || p.Project != projectOf(r)) {
		return "", nil
	}
	return "About “" + cmp.Or(p.Says, p.Question) + "”: ", err
}

func (s *server) showQuestion(w http.ResponseWriter, r *http.Request) error {
	return s.renderQuestion(w, r, http.StatusOK, answering(r), "", "")
}

// answering is the page of the question that a request's address names.
func answering(r *http.Request) func(view.Viewer, leaddb.ProjectPage) (page.QuestionForm, error) {
	return func(v view.Viewer, p leaddb.ProjectPage) (page.QuestionForm, error) {
		return view.AnswerQuestion(v, p, questionOf(r))
	}
}

// renderQuestion shows the page that asks or answers, with what was typed and what is wrong with it.
func (s *server) renderQuestion(w http.ResponseWriter, r *http.Request, status int,
	of func(view.Viewer, leaddb.ProjectPage) (page.QuestionForm, error), typed, wrong string,
) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := of(viewer(r), p)
	if err != nil {
		return err
	}
	d.Typed, d.Wrong = typed, wrong
	return s.render(w, r, status, page.Question(s.frame(r, d.Statement, path.Leads), d))
}

// askLead puts a question to whoever leads.
func (s *server) askLead(w http.ResponseWriter, r *http.Request, f *form) error {
	says := f.Text("says")
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Ask(viewer(r).By(), says) })
	if bad, ok := asInvalid(err); ok {
		return s.renderQuestion(w, r, http.StatusUnprocessableEntity, view.AskLead, says, bad.On("says"))
	}
	return s.finish(w, r, err, toQuestions(r), "Asked. The answer stands here, for everybody, once there is one.")
}

// answerQuestion keeps an answer, for everybody to read.
func (s *server) answerQuestion(w http.ResponseWriter, r *http.Request, f *form) error {
	answer := f.Text("answer")
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Reply(viewer(r).By(), questionOf(r), answer) }, leaddb.WithQuestion(questionOf(r)))
	if bad, ok := asInvalid(err); ok {
		return s.renderQuestion(w, r, http.StatusUnprocessableEntity, answering(r), answer, bad.On("answer"))
	}
	return s.finish(w, r, err, toQuestions(r), "Answered. Everybody can read it.")
}
