package server

import (
	"errors"
	"net/http"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
)

func (s *server) rateSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	level := f.Int("level", "Choose one of the answers.")
	meant, err := s.meant(r.Context(), f, "skill", []string{f.Text("skill")})
	if err != nil {
		return err
	}
	err = f.Try(func() error {
		return s.db.People.Rate(r.Context(), v.By(), skillNamed(meant[0]), level, v.Today())
	})
	return s.settingsDone(w, r, f, "#skills", "Said. Ask somebody who has seen it, and it counts.", err)
}

func (s *server) confirmSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	err := s.db.People.Reaffirm(r.Context(), v.By(), skein.SkillID(f.ID("skill")), v.Today())
	return s.settingsDone(w, r, f, "#skills", "Your word is fresh again.", err)
}

func (s *server) removeSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.People.Unrate(r.Context(), viewer(r).By(), skein.SkillID(f.ID("skill")))
	return s.settingsDone(w, r, f, "#skills", "Your word is taken back. What others say of it stays.", err)
}

// showEvidence hides or shows what a colleague says of the viewer, or what work that is over does.
func (s *server) showEvidence(w http.ResponseWriter, r *http.Request, f *form) error {
	v, show := viewer(r), f.Text("show") == "yes"
	kind := skein.Peer
	if f.Has("work") {
		kind = skein.Outcome
	}
	err := s.db.People.ShowEvidence(r.Context(), v.By(), skein.SkillID(f.ID("skill")), kind, skein.PersonID(f.ID("giver")), show)
	says := "It is hidden, and counts for nothing."
	if show {
		says = "It is shown, and counts again."
	}
	return s.finish(w, r, err, path.Person(string(v.Person.ID))+"#skills", says)
}

func (s *server) createAsk(w http.ResponseWriter, r *http.Request, f *form) error {
	v, skill := viewer(r), skein.Skill{ID: skein.SkillID(f.ID("about"))}
	f.Bad.Add(f.Text("colleague") == "", "colleague", "Name a colleague who has seen it.")
	asked, err := s.named(r, f, "colleague", f.Text("colleague"))
	if err != nil {
		return err
	}
	err = f.Try(func() error { return s.db.People.AskAbout(r.Context(), v.By(), asked, skill, v.Today()) })
	return s.settingsDone(w, r, f, "#skills", words.UpperFirst(words.Count(len(asked), "colleague is", "colleagues are"))+" asked one question each.", err)
}

func (s *server) createWish(w http.ResponseWriter, r *http.Request, f *form) error {
	nameable(f, "wish", []string{f.Text("wish")})
	meant, err := s.meant(r.Context(), f, "wish", []string{f.Text("wish")})
	if err != nil {
		return err
	}
	err = f.Try(func() error { return s.db.People.AddWish(r.Context(), viewer(r).By(), skillNamed(meant[0])) })
	return s.settingsDone(w, r, f, "#wishes", "Noted. A lead that asks for it comes to your home page.", err)
}

func (s *server) removeWish(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.People.RemoveWish(r.Context(), viewer(r).By(), skein.SkillID(f.ID("skill")))
	return s.settingsDone(w, r, f, "#wishes", "It is off the list.", err)
}

func (s *server) createLeave(w http.ResponseWriter, r *http.Request, f *form) error {
	leave := skein.Absence{From: f.Day("from", "Choose a day."), Until: f.Day("until", "Choose a day, or none.")}
	err := f.Try(func() error { return s.db.People.AddAbsence(r.Context(), viewer(r).By(), leave) })
	return s.settingsDone(w, r, f, "#leave", "Noted. What is said of you does not age meanwhile.", err)
}

// imBack ends the leave that the viewer is on, and that somebody stands in for them, or is asked to. Each project
// is a move of its own: one that was settled meanwhile stays as it is.
func (s *server) imBack(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	ended, err := s.db.People.EndLeaves(r.Context(), v.By())
	if err != nil {
		return err
	}
	standIns, err := s.db.Lead.StoodInFor(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	for _, in := range standIns {
		err := s.lead(r, in.Project, func(l *lead.Lead) error { return l.EndStandIn(v.By(), in.ID) })
		if err != nil && !errors.As(err, new(skein.Conflict)) {
			return err
		}
	}
	if ended+len(standIns) == 0 {
		return skein.Conflict{Why: "You are not away: no leave of yours runs today, and nobody stands in for you."}
	}
	if f.Text("then") == path.Home {
		return s.finish(w, r, nil, path.Home, "Welcome back.")
	}
	return s.settingsDone(w, r, f, "#leave", "Welcome back.", nil)
}

func (s *server) removeLeave(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.People.RemoveAbsence(r.Context(), viewer(r).By(), param(r, "id"))
	return s.settingsDone(w, r, f, "#leave", "It is taken out.", err)
}
