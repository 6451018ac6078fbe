package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/web/component"
	"skein/web/path"
)

// teamRoutes are a project's team and what its lead needs.
func (s *server) teamRoutes(r chi.Router, one string) {
	r.Post(one+"/join", s.handle(s.joinTeam))
	r.Post(one+"/leave", s.handle(s.leaveTeam))
	r.Post(one+"/shadow", s.handle(s.shadow))
	r.Post(one+"/co-lead", s.handle(s.askToCoLead))
	r.Post(one+"/co-lead/{person}", s.handle(s.answerCoLead))
	r.Post(one+"/needs/{need}/grant", s.handle(s.grantNeed))
	r.Post(one+"/needs/{need}/waive", s.handle(s.waiveNeed))
}

func (s *server) joinTeam(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	if err := s.db.JoinTeam(r.Context(), v.By(), skein.ProjectID(id), f.Text("brings")); err != nil {
		return err
	}
	s.tell(w, r, "You are in the team.", component.Button{Label: "Undo", Action: path.LeaveProject(id)})
	return s.done(w, r, path.Project(id))
}

func (s *server) leaveTeam(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	if _, err := parse(w, r); err != nil {
		return err
	}
	if err := s.db.LeaveTeam(r.Context(), v.By(), skein.ProjectID(id)); err != nil {
		return err
	}
	s.tell(w, r, "You have left the team.", component.Button{Label: "Undo", Action: path.JoinProject(id)})
	return s.done(w, r, path.Project(id))
}

// shadow takes the place beside the lead that is kept for learning.
func (s *server) shadow(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	if _, err := parse(w, r); err != nil {
		return err
	}
	err := s.db.TakePlace(r.Context(), v.By(), skein.ProjectID(id),
		func(p skein.Project, phase skein.PhaseID, lead skein.PersonID, _ skein.Clocks) (skein.Term, error) {
			return skein.BeginShadow(p, phase, v.By(), lead)
		})
	if err != nil {
		return err
	}
	s.tell(w, r, "You shadow its lead.", component.Button{Label: "Undo", Action: path.LeaveProject(id)})
	return s.done(w, r, path.Project(id))
}

// askToCoLead asks the lead whether the viewer may lead beside them.
func (s *server) askToCoLead(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	if _, err := parse(w, r); err != nil {
		return err
	}
	err := s.db.TakePlace(r.Context(), v.By(), skein.ProjectID(id),
		func(p skein.Project, phase skein.PhaseID, lead skein.PersonID, clocks skein.Clocks) (skein.Term, error) {
			return skein.AskToCoLead(p, phase, v.By(), lead, clocks)
		})
	if err != nil {
		return err
	}
	s.tell(w, r, "The lead is asked.", component.Button{Label: "Take it back", Action: path.LeaveProject(id)})
	return s.done(w, r, path.Project(id))
}

// answerCoLead is the lead's answer to somebody who asked that.
func (s *server) answerCoLead(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	answer := f.Text("answer")
	if answer != "yes" && answer != "no" {
		return skein.Invalid{{Field: "answer", Message: "Say yes, or not this time."}}
	}
	err = s.db.AnswerCoLead(r.Context(), v.By(), skein.ProjectID(id), skein.PersonID(param(r, "person")),
		func(t *skein.Term, lead skein.PersonID) error { return t.AnswerCoLead(v.By(), lead, answer == "yes") })
	if err != nil {
		return err
	}
	if answer == "yes" {
		s.tell(w, r, "You lead it together now.")
	} else {
		s.tell(w, r, "They are told.")
	}
	return s.done(w, r, path.Project(id))
}

// grantNeed says yes to something that the lead needs.
func (s *server) grantNeed(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	until := f.Day("until", "Choose a day, or leave it empty.")
	if err := f.Bad.Err(); err != nil {
		return err
	}
	err = s.db.UpdateNeed(r.Context(), v.By(), skein.ProjectID(id), skein.NeedID(param(r, "need")), "need.grant",
		func(n *skein.Need, p skein.Project, _ skein.PersonID) error {
			if until.IsZero() {
				until = p.EndOn
			}
			if until.Before(v.Today()) {
				until = skein.Date{}
			}
			return n.Grant(v.By(), v.StewardOf(p.Circle), v.Is(skein.Executive), p.Circle != "", until)
		})
	if err != nil {
		return err
	}
	s.tell(w, r, "It is granted.")
	return s.done(w, r, path.Project(id)+"#needs")
}

// waiveNeed is the lead's own word that they can do without something.
func (s *server) waiveNeed(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	if _, err := parse(w, r); err != nil {
		return err
	}
	err := s.db.UpdateNeed(r.Context(), v.By(), skein.ProjectID(id), skein.NeedID(param(r, "need")), "need.waive",
		func(n *skein.Need, _ skein.Project, lead skein.PersonID) error { return n.Waive(v.By(), lead) })
	if err != nil {
		return err
	}
	s.tell(w, r, "You do without it.")
	return s.done(w, r, path.Project(id)+"#needs")
}
