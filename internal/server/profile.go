package server

import (
	"errors"
	"net/http"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showPerson(w http.ResponseWriter, r *http.Request) error {
	return s.renderPerson(w, r, http.StatusOK, page.EndorseForm{Level: "3"})
}

func (s *server) renderPerson(w http.ResponseWriter, r *http.Request, status int, form page.EndorseForm) error {
	v := viewer(r)
	profile, err := s.db.People.Profile(r.Context(), peopledb.ProfileQuery{
		Person: skein.PersonID(param(r, "id")), Viewer: v.Person.ID, Today: v.Today(),
	})
	if err != nil {
		return err
	}
	d := view.Person(v, profile)
	if !d.Own && !d.Left {
		form.Key, form.Answers = newKey(), view.LevelAnswers(false)
		d.Endorse = &form
	}
	at := path.People
	if d.Own {
		at = path.Person(string(v.Person.ID))
	}
	return s.render(w, r, status, page.Person(s.frame(r, profile.Name, at), d))
}

func (s *server) endorsePerson(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	v, id := viewer(r), skein.PersonID(param(r, "id"))
	answer := readAnswer(f)
	f.Bad.Add(f.Text("skill") == "", "skill", "Name the skill in a word or two.")
	if err = f.Bad.Err(); err == nil {
		err = s.db.People.Endorse(r.Context(), v.By(), id, skillNamed(f.Text("skill")), answer, v.Today())
	}
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		form := page.EndorseForm{Skill: f.Text("skill"), Level: f.Text("level"), Note: f.Text("note"), Bad: invalid}
		return s.renderPerson(w, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	if answer.Level == 0 {
		s.tell(w, r, "Your word is taken back.")
	} else {
		s.tell(w, r, "They are told what you said, and choose whether others see it.")
	}
	return s.done(w, r, path.Person(string(id)))
}
