package leaddb

import (
	"skein/internal/lead"
	"skein/internal/skein"
)

// WithQuestion loads a question that was answered as well.
func WithQuestion(id skein.QuestionID) With { return func(q *leadQuery) { q.question = id } }

const questionColumns = `
	question.id::text as id,
	question.project_id as project,
	question.asked_by,
	question.asked_at,
	question.says,
	question.answer,
	coalesce(question.answered_by, '') as answered_by,
	question.answered_at`

// openQuestionsSQL reads the questions to whoever leads that wait, and the one that was asked for.
const openQuestionsSQL = `
select` + questionColumns + `
from question
where question.project_id = @project and (question.answered_at is null or question.id::text = @question)
order by question.asked_at, question.id
for update of question`

// QuestionRow is a question with the names that the page says.
type QuestionRow struct {
	skein.Question
	AskedByName    string
	AnsweredByName string
}

// questionsSQL reads what a project's page says of questions.
const questionsSQL = `
select` + questionColumns + `,
	asker.name as asked_by_name,
	coalesce(answerer.name, '') as answered_by_name
from question
join person asker on asker.id = question.asked_by
left join person answerer on answerer.id = question.answered_by
where question.project_id = $1
order by question.answered_at is not null, question.asked_at desc, question.id
limit 100`

// questionPart are the questions that wait.
var questionPart = part{rows: list(func(l *lead.Lead) *[]skein.Question { return &l.Questions }, openQuestionsSQL,
	func(q skein.Question) skein.QuestionID { return q.ID }, saveQuestion)}
