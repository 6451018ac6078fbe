package view

import (
	"strconv"

	peopledb "skein/internal/postgres/people"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
)

// CannotSay is the answer of somebody who cannot say.
const CannotSay = "cannot"

// Ask is the one question that a colleague is asked; key is for its form.
func Ask(a peopledb.AskPage, key string) page.AskData {
	d := page.AskData{
		ID: string(a.ID), Key: key, Person: a.PersonName, PersonID: string(a.Person), Skill: a.SkillName,
		About: a.About, Asked: a.AskedAt, AnswerBy: a.AnswerBy, Answered: a.AnsweredAt, Answers: LevelAnswers(true),
	}
	if a.SaidBefore > 0 {
		d.Level = strconv.Itoa(a.SaidBefore)
	}
	return d
}

// LevelAnswers are what one may say of a colleague, the highest first.
func LevelAnswers(cannot bool) []component.Option {
	labels := [6]string{"", "has tried it", "does it with help", "does it on their own", "others come to them for it", "sets the standard in it"}
	var answers []component.Option
	for level := 5; level >= 1; level-- {
		answers = append(answers, component.Option{Value: strconv.Itoa(level), Label: words.UpperFirst(labels[level])})
	}
	answers = append(answers, component.Option{Value: "0", Label: "I have not seen that", Hint: "Takes back what you said before; speaks against nobody."})
	if cannot {
		answers = append(answers, component.Option{Value: CannotSay, Label: "I cannot say"})
	}
	return answers
}
