package lead

import (
	"strings"

	"skein/internal/skein"
)

// Ask puts a question to whoever leads it, or stands in: they are told. Any of the staff may, who does not decide there
// themselves. Where nobody leads it is a conflict; a fourth question is invalid while three of by's wait. What waits
// already is not asked twice.
func (l *Lead) Ask(by skein.By, says string) error {
	q := skein.Question{Project: l.Project.ID, AskedBy: by.Person, AskedAt: by.At, Says: strings.TrimSpace(says)}
	if err := q.Check(); err != nil {
		return err
	}
	if err := l.stillOn(); err != nil {
		return err
	}
	of := l.StandingIn(by.Day)
	if of == "" {
		of = l.Holder()
	}
	switch {
	case of == "":
		return skein.Conflict{Why: "Nobody leads this now, so there is nobody to ask. Ask whoever looks after it."}
	case of == by.Person, by.Person == l.Holder():
		return skein.Refused{Why: "You lead this, so it is you who would be asked.", Who: "Anybody else can ask you here."}
	}
	open := 0
	for _, other := range l.Questions {
		if other.AskedBy != by.Person || !other.AnsweredAt.IsZero() {
			continue
		}
		if open++; other.Says == q.Says {
			return nil
		}
	}
	if open >= skein.MostOpenQuestions {
		return skein.Invalid{{Field: "says", Message: "Three questions of yours wait for their answers here. Ask again when one of them is answered."}}
	}
	q.ID = skein.QuestionID(l.port.ID())
	l.Questions = append(l.Questions, q)
	l.noteProject("lead.ask", map[string]any{"question": q.ID})
	l.tell(skein.Notice{
		To: of, Kind: skein.NoticeAsked, Code: skein.CodeLead, Who: by.Person, Of: string(q.ID), About: "question:" + string(q.ID),
	})
	return nil
}

// Reply answers a question for everybody to read, and tells whoever asked. Whoever leads may, who leads it beside them,
// and who stands in; others are refused. What was answered before is a conflict.
func (l *Lead) Reply(by skein.By, id skein.QuestionID, answer string) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	if !l.leads(by) {
		return skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it answers, who leads it beside them, and who stands in.",
		}
	}
	q := find(l.Questions, func(q skein.Question) bool { return q.ID == id && id != "" })
	if q == nil {
		return skein.ErrNotFound
	}
	if err := q.Reply(by, answer); err != nil {
		return err
	}
	l.noteProject("lead.reply", map[string]any{"question": q.ID, "person": q.AskedBy})
	if q.AskedBy != by.Person {
		l.tell(skein.Notice{
			To: q.AskedBy, Kind: skein.NoticeAsked, Code: skein.CodeAnswer, Who: by.Person, Of: string(q.ID), About: "answer:" + string(q.ID),
		})
	}
	return nil
}
