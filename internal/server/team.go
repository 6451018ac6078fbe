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
	r.Post(pattern(path.JoinProject("{id}")), s.handle(s.joinTeam))
	r.Post(pattern(path.LeaveProject("{id}")), s.handle(s.leaveTeam))
	r.Post(pattern(path.ShadowProject("{id}")), s.handle(s.shadow))
	r.Post(pattern(path.CoLeadProject("{id}")), s.handle(s.askToCoLead))
	r.Post(pattern(path.AnswerCoLead("{id}", "{person}")), s.handle(s.answerCoLead))
	r.Post(pattern(path.GrantNeed("{id}", "{need}")), s.handle(s.grantNeed))
	r.Post(pattern(path.WaiveNeed("{id}", "{need}")), s.handle(s.waiveNeed))
}

func (s *server) joinTeam(w http.ResponseWriter, r *http.Request) error {
	v, id := viewer(r), param(r, "id")
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	if err := s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error { return l.Join(v.By(), f.Text("brings")) }); err != nil {
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
	if err := s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error { return l.Leave(v.By()) }); err != nil {
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
	if err := s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error { return l.Shadow(v.By()) }); err != nil {
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
	if err := s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error { return l.AskToCoLead(v.By()) }); err != nil {
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
	err = s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error {
		return l.AnswerCoLead(v.By(), skein.PersonID(param(r, "person")), answer == "yes")
	})
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
	err = s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error {
		return l.Grant(v.By(), skein.NeedID(param(r, "need")), v.Is(skein.Executive), until)
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
	err := s.lead(r, skein.ProjectID(id), func(l *lead.Lead) error { return l.Waive(v.By(), skein.NeedID(param(r, "need"))) })
	if err != nil {
		return err
	}
	s.tell(w, r, "You do without it.")
	return s.done(w, r, path.Project(id)+"#needs")
}
