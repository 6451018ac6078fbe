package server

import (
	"errors"
	"net/http"
	"strconv"

	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// cannotSay is the answer of somebody who cannot say.
const cannotSay = "cannot"

func (s *server) showAsk(w http.ResponseWriter, r *http.Request) error {
	ask, err := s.db.Ask(r.Context(), skein.AskID(param(r, "id")), viewer(r).Person.ID)
	if err != nil {
		return err
	}
	d := askData(ask)
	if ask.SaidBefore > 0 {
		d.Level = strconv.Itoa(ask.SaidBefore)
	}
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
		err = s.db.AnswerAsk(r.Context(), v.By(), id, answer, v.Today())
	}
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		ask, err := s.db.Ask(r.Context(), id, v.Person.ID)
		if err != nil {
			return err
		}
		d := askData(ask)
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
	answer := skein.Answer{Note: f.Text("note"), CannotSay: f.Text("level") == cannotSay}
	if answer.CannotSay {
		return answer
	}
	f.Bad.Add(f.Text("level") == "", "level", "Choose one of the answers; that you cannot say is one, too.")
	answer.Level = f.Int("level", "Choose one of the answers.")
	return answer
}

func askData(a postgres.AskPage) page.AskData {
	return page.AskData{
		ID: string(a.ID), Key: newKey(), Person: a.PersonName, PersonID: string(a.Person), Skill: words.LowerFirst(a.SkillName),
		About: a.About, Asked: a.AskedAt, AnswerBy: a.AnswerBy, Answered: a.AnsweredAt, Answers: levelAnswers(true),
	}
}

// levelAnswers are what one may say of a colleague, the highest first.
func levelAnswers(cannot bool) []component.Option {
	labels := [6]string{"", "has tried it", "does it with help", "does it on their own", "others come to them for it", "sets the standard in it"}
	var answers []component.Option
	for level := 5; level >= 1; level-- {
		answers = append(answers, component.Option{Value: strconv.Itoa(level), Label: words.UpperFirst(labels[level])})
	}
	answers = append(answers, component.Option{Value: "0", Label: "I have not seen that", Hint: "Takes back what you said before; speaks against nobody."})
	if cannot {
		answers = append(answers, component.Option{Value: cannotSay, Label: "I cannot say"})
	}
	return answers
}
