package server

import (
	"net/http"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// personOf is the person that an address names.
func personOf(r *http.Request) skein.PersonID { return skein.PersonID(param(r, "id")) }

func (s *server) showPerson(w http.ResponseWriter, r *http.Request) error {
	return s.renderPerson(w, r, http.StatusOK, page.EndorseForm{Level: "3"})
}

func (s *server) renderPerson(w http.ResponseWriter, r *http.Request, status int, form page.EndorseForm) error {
	v := viewer(r)
	profile, err := s.db.People.Profile(r.Context(), peopledb.ProfileQuery{
		Person: personOf(r), Viewer: v.Person.ID, Today: v.Today(),
	})
	if err != nil {
		return s.orKept(w, r, err, path.Person)
	}
	decided, err := s.db.Lead.DecisionsOf(r.Context(), profile.ID, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	d := view.Person(v, profile)
	d.Decisions = view.DecisionLines(v, decided)
	if !d.Own && d.NotHere == "" {
		form.Key, form.Answers, form.Skills = newKey(), view.LevelAnswers(false), view.SkillNames(profile.Known)
		d.Endorse = &form
	}
	at := path.People
	if d.Own {
		at = path.Person(string(v.Person.ID))
	}
	return s.render(w, r, status, page.Person(s.frame(r, profile.Name, at), d))
}

func (s *server) endorsePerson(w http.ResponseWriter, r *http.Request, f *form) error {
	v, id := viewer(r), personOf(r)
	answer := readAnswer(f)
	f.Bad.Add(f.Text("skill") == "", "skill", "Name the skill in a word or two.")
	meant, err := s.meant(r.Context(), f, "skill", []string{f.Text("skill")})
	if err != nil {
		return err
	}
	err = f.Try(func() error {
		return s.db.People.Endorse(r.Context(), v.By(), id, skillNamed(meant[0]), answer, v.Today())
	})
	if bad, ok := asInvalid(err); ok {
		form := page.EndorseForm{Skill: f.Text("skill"), Level: f.Text("level"), Note: f.Text("note"), Bad: bad, Meant: f.Meant["skill"]}
		return s.renderPerson(w, r, http.StatusUnprocessableEntity, form)
	}
	says := "They are told what you said, and choose whether others see it."
	if answer.Level == 0 {
		says = "Your word is taken back."
	}
	return s.finish(w, r, err, path.Person(string(id)), says)
}
