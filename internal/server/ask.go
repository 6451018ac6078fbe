package server

import (
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
	shown := page.Ask
	if !ask.AnsweredAt.IsZero() {
		shown = page.Answered
	}
	return s.render(w, r, http.StatusOK, shown(s.frame(r, "One question", ""), view.Ask(ask, newKey())))
}

func (s *server) answerAsk(w http.ResponseWriter, r *http.Request, f *form) error {
	v, id := viewer(r), skein.AskID(param(r, "id"))
	answer := readAnswer(f)
	err := f.Try(func() error { return s.db.People.AnswerAsk(r.Context(), v.By(), id, answer, v.Today()) })
	if bad, ok := asInvalid(err); ok {
		ask, err := s.db.People.Ask(r.Context(), id, v.Person.ID)
		if err != nil {
			return err
		}
		d := view.Ask(ask, newKey())
		d.Level, d.Note, d.Bad = f.Text("level"), f.Text("note"), bad
		return s.render(w, r, http.StatusUnprocessableEntity, page.Ask(s.frame(r, "One question", ""), d))
	}
	says := "Thank you. They are told what you said."
	if answer.CannotSay {
		says = "That is an answer too. They can ask somebody else."
	}
	return s.finish(w, r, err, path.Home, says)
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
