package skein

import (
	"strings"
	"time"
)

// QuestionID is the id of a question to whoever leads a project.
type QuestionID string

// Question is what somebody asks whoever leads a project. Question and answer stand in public.
type Question struct {
	ID         QuestionID
	Project    ProjectID
	AskedBy    PersonID
	AskedAt    time.Time
	Says       string
	Answer     string
	AnsweredBy PersonID // empty: not answered yet
	AnsweredAt time.Time
}

// MostOpenQuestions is how many questions of one person may wait for their answer in one project.
const MostOpenQuestions = 3

// Check reports what is wrong with what is asked.
func (q Question) Check() error {
	var bad Invalid
	bad.Words("says", q.Says, "Ask in a sentence.")
	bad.Add(len([]rune(q.Says)) > MaxWhy, "says", "Ask it in 600 characters or fewer.")
	return bad.Err()
}

// Reply answers the question. Where it was answered before, it is a conflict; the same answer twice changes nothing.
func (q *Question) Reply(by By, answer string) error {
	answer = strings.TrimSpace(answer)
	var bad Invalid
	bad.Words("answer", answer, "Say it in a sentence. Everybody can read it.")
	bad.Add(len([]rune(answer)) > 2*MaxWhy, "answer", "Say it in 1,200 characters or fewer.")
	if err := bad.Err(); err != nil {
		return err
	}
	if !q.AnsweredAt.IsZero() {
		return Conflict{"This was answered before."}
	}
	q.Answer, q.AnsweredBy, q.AnsweredAt = answer, by.Person, by.At
	return nil
}
