package server

import (
	"net/http"
	"time"

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

// showEvidence hides or shows what a colleague says of the viewer.
func (s *server) showEvidence(w http.ResponseWriter, r *http.Request, f *form) error {
	v, show := viewer(r), f.Text("show") == "yes"
	err := s.db.People.ShowEvidence(r.Context(), v.By(), skein.SkillID(f.ID("skill")), skein.PersonID(f.ID("giver")), show)
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

// endLeave ends a leave: yesterday was its last day. One that began today never was.
func (s *server) endLeave(w http.ResponseWriter, r *http.Request, f *form) error {
	v, id := viewer(r), param(r, "id")
	yesterday, began := v.Today().Add(-24*time.Hour), false
	err := s.db.People.UpdateAbsence(r.Context(), v.By(), id, func(a *skein.Absence) error {
		if began = a.From.Before(v.Today()); began {
			a.Until = yesterday
		}
		return nil
	})
	if err == nil && !began {
		err = s.db.People.RemoveAbsence(r.Context(), v.By(), id)
	}
	if err == nil && f.Text("then") == path.Home {
		return s.finish(w, r, nil, path.Home, "Welcome back.")
	}
	return s.settingsDone(w, r, f, "#leave", "Welcome back.", err)
}

func (s *server) removeLeave(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.People.RemoveAbsence(r.Context(), viewer(r).By(), param(r, "id"))
	return s.settingsDone(w, r, f, "#leave", "It is taken out.", err)
}
