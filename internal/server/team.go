package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/path"
)

// teamRoutes are a project's team and what its lead needs.
func (s *server) teamRoutes(r chi.Router) {
	r.Post(pattern(path.JoinProject("{id}")), s.posted(s.joinTeam))
	r.Get(pattern(path.LeaveProject("{id}")), s.asksOnce(leaving))
	r.Post(pattern(path.LeaveProject("{id}")), s.posted(s.leaveTeam))
	r.Post(pattern(path.ShadowProject("{id}")), s.posted(s.shadow))
	r.Post(pattern(path.CoLeadProject("{id}")), s.posted(s.askToCoLead))
	r.Post(pattern(path.UnaskCoLead("{id}")), s.posted(s.unaskCoLead))
	r.Post(pattern(path.AnswerCoLead("{id}", "{person}")), s.posted(s.answerCoLead))
	r.Post(pattern(path.AnswerToCoLead("{id}", "{term}")), s.posted(s.answerToCoLead))
	s.needRoutes(r)
}

func (s *server) joinTeam(w http.ResponseWriter, r *http.Request, f *form) error {
	var undo []component.Button
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		undo = undoOf(r, l)
		return l.Join(viewer(r).By(), f.Text("brings"))
	})
	return s.finish(w, r, err, path.Project(param(r, "id")), "You are in the team.", undo...)
}

// undoOf offers to take back a place that the viewer is about to take. Leaving ends every place of theirs, so
// whoever has one already is offered nothing.
func undoOf(r *http.Request, l *lead.Lead) []component.Button {
	if l.Beside(viewer(r).Person.ID) {
		return nil
	}
	return []component.Button{{Label: "Undo", Action: path.LeaveProject(param(r, "id"))}}
}

func (s *server) leaveTeam(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Leave(viewer(r).By()) })
	return s.finish(w, r, err, path.Project(param(r, "id")), "You have left the team.", component.Button{Label: "Join again", Action: path.JoinProject(param(r, "id"))})
}

// shadow takes the place beside the lead that is kept for learning.
func (s *server) shadow(w http.ResponseWriter, r *http.Request, _ *form) error {
	var undo []component.Button
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		undo = undoOf(r, l)
		return l.Shadow(viewer(r).By())
	})
	return s.finish(w, r, err, path.Project(param(r, "id")), "You shadow whoever leads it.", undo...)
}

// askToCoLead asks the lead whether the viewer may lead beside them.
func (s *server) askToCoLead(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.AskToCoLead(viewer(r).By()) })
	return s.finish(w, r, err, path.Project(param(r, "id")), "The lead is asked.", component.Button{Label: "Take it back", Action: path.UnaskCoLead(param(r, "id"))})
}

// unaskCoLead takes that question back.
func (s *server) unaskCoLead(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Unask(viewer(r).By()) })
	return s.finish(w, r, err, path.Project(param(r, "id")), "Your question is taken back.")
}

// answerToCoLead is the yes or no of whoever is asked to lead beside the lead.
func (s *server) answerToCoLead(w http.ResponseWriter, r *http.Request, f *form) error {
	answer := f.Text("answer")
	if answer != "yes" && answer != "no" {
		return skein.Invalid{{Field: "answer", Message: "Say yes, or not this time."}}
	}
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		return l.AnswerToCoLead(viewer(r).By(), skein.TermID(param(r, "term")), answer == "yes")
	})
	says := "It is noted. The next is asked, where there is one."
	if answer == "yes" {
		says = "Thank you. Whoever leads it is asked now whether you lead it together."
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}

// answerCoLead is the lead's answer to somebody who asked that.
func (s *server) answerCoLead(w http.ResponseWriter, r *http.Request, f *form) error {
	answer := f.Text("answer")
	if answer != "yes" && answer != "no" {
		return skein.Invalid{{Field: "answer", Message: "Say yes, or not this time."}}
	}
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		return l.AnswerCoLead(viewer(r).By(), skein.PersonID(param(r, "person")), answer == "yes")
	})
	says := "They are told."
	if answer == "yes" {
		says = "You lead it together now."
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}
