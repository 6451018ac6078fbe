package server

import (
	"errors"
	"net/http"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showAsk(w http.ResponseWriter, r *http.Request) error {
	ask, err := s.db.People.Ask(r.Context(), skein.AskID(param(r, "id")), viewer(r).Person.ID)
	if err != nil {
		return err
	}
	d := view.Ask(ask, newKey())
	if !ask.AnsweredAt.IsZero() {
		return s.render(w, r, http.StatusOK, page.Answered(s.frame(r, "One question", ""), d))
	}
	return s.render(w, r, http.StatusOK, page.Ask(s.frame(r, "One question", ""), d))
}

func (s *server) answerAsk(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	v, id := viewer(r), skein.AskID(param(r, "id"))
	answer := readAnswer(f)
	if err = f.Bad.Err(); err == nil {
		err = s.db.People.AnswerAsk(r.Context(), v.By(), id, answer, v.Today())
	}
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		ask, err := s.db.People.Ask(r.Context(), id, v.Person.ID)
		if err != nil {
			return err
		}
		d := view.Ask(ask, newKey())
		d.Level, d.Note, d.Bad = f.Text("level"), f.Text("note"), invalid
		return s.render(w, r, http.StatusUnprocessableEntity, page.Ask(s.frame(r, "One question", ""), d))
	}
	if err != nil {
		return err
	}
	if answer.CannotSay {
		s.tell(w, r, "That is an answer too. They can ask somebody else.")
	} else {
		s.tell(w, r, "Thank you. They are told what you said.")
	}
	return s.done(w, r, path.Home)
}

// readAnswer takes a colleague's answer from a form: a level, or that they cannot say.
func readAnswer(f *form) skein.Answer {
	answer := skein.Answer{Note: f.Text("note"), CannotSay: f.Text("level") == view.CannotSay}
	if answer.CannotSay {
		return answer
	}
	f.Bad.Add(f.Text("level") == "", "level", "Choose one of the answers; that you cannot say is one, too.")
	answer.Level = f.Int("level", "Choose one of the answers.")
	return answer
}
