package view

import (
	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// questionsShown is how many questions stand open on a project's page besides those that wait.
const questionsShown = 4

// asked is the name of who is asked: whoever stands in today, else whoever leads; empty where nobody does.
func (x projectView) asked() string {
	if s := x.p.StandIn; s != nil && s.Stands(x.Today()) {
		return s.Name
	}
	if t := x.lead(); t != nil {
		return t.Name
	}
	return ""
}

// mayAsk tells whether the viewer may ask whoever leads it something.
func (x projectView) mayAsk() bool {
	return x.asked() != "" && x.p.Project.State.UnderWay() && LeadOf(x.p) != x.Person.ID && !standsIn(x.Viewer, x.p)
}

// mayAnswer tells whether the viewer may answer what is asked.
func (x projectView) mayAnswer() bool {
	return x.p.Project.State.UnderWay() && (LeadOf(x.p) == x.Person.ID || x.place().co != nil || standsIn(x.Viewer, x.p))
}

// questions are what was asked and answered; all that wait stand open.
func (x projectView) questions() page.ProjectQuestions {
	var d page.ProjectQuestions
	if x.mayAsk() {
		d.Ask = "Ask " + words.FirstName(x.asked()) + "; everybody reads question and answer"
	}
	answered := 0
	for _, q := range x.p.Questions {
		line := x.questionLine(q)
		if q.AnsweredAt.IsZero() {
			d.Shown = append(d.Shown, line)
			continue
		}
		if answered++; answered > questionsShown {
			d.Rest = append(d.Rest, line)
		} else {
			d.Shown = append(d.Shown, line)
		}
	}
	return d
}

func (x projectView) questionLine(q leaddb.QuestionRow) page.QuestionLine {
	by := words.Name(q.AskedByName)
	if q.AskedBy == x.Person.ID {
		by = "You"
	}
	line := page.QuestionLine{Says: q.Says, By: by + ", " + x.clock.OnDay(q.AskedAt) + "."}
	if !q.AnsweredAt.IsZero() {
		line.Answer, line.AnswerBy = words.EndSentence(q.Answer), words.Name(q.AnsweredByName)+", "+x.clock.OnDay(q.AnsweredAt)+"."
		return line
	}
	line.Waits = "Not answered, " + x.clock.Since(q.AskedAt) + "."
	if x.mayAnswer() {
		line.Address = path.AnswerQuestion(string(x.p.Project.ID), string(q.ID))
	}
	return line
}

// AskLead is the page that asks whoever leads it something.
func AskLead(v Viewer, p leaddb.ProjectPage) (page.QuestionForm, error) {
	x, id := projectView{Viewer: v, p: p, clock: v.Clock()}, string(p.Project.ID)
	switch {
	case x.asked() == "" || !p.Project.State.UnderWay():
		return page.QuestionForm{}, skein.Conflict{Why: "Nobody leads this now, so there is nobody to ask. Ask whoever looks after it."}
	case !x.mayAsk():
		return page.QuestionForm{}, skein.Refused{Why: "You lead this, so it is you who would be asked.", Who: "Anybody else can ask you here."}
	}
	return page.QuestionForm{
		ID: id, Title: p.Project.Title, Statement: "What would you ask " + words.FirstName(x.asked()) + "?", Says: "Everybody here reads question and answer.",
		Action: path.AskLead(id), Name: "says", Label: "Your question", Press: "Ask", Most: "600",
	}, nil
}

// AnswerQuestion is the page of one question, for whoever answers it.
func AnswerQuestion(v Viewer, p leaddb.ProjectPage, id skein.QuestionID) (page.QuestionForm, error) {
	x, project := projectView{Viewer: v, p: p, clock: v.Clock()}, string(p.Project.ID)
	if !x.mayAnswer() {
		return page.QuestionForm{}, skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it answers, who leads it beside them, and who stands in.",
		}
	}
	for _, q := range p.Questions {
		if q.ID != id {
			continue
		}
		if !q.AnsweredAt.IsZero() {
			return page.QuestionForm{}, skein.Conflict{Why: "This was answered before."}
		}
		return page.QuestionForm{
			ID: project, Title: p.Project.Title, Statement: words.Name(q.AskedByName) + " asks", Says: q.Says,
			Action: path.AnswerQuestion(project, string(id)), Name: "answer", Label: "Your answer, which everybody reads", Press: "Answer", Most: "1200",
		}, nil
	}
	return page.QuestionForm{}, skein.ErrNotFound
}

// questionSays says that whoever leads something is asked, or that they answered.
func questionSays(n homedb.Notice) (says, link string) {
	if n.Code == skein.CodeAnswer {
		return words.Name(n.WhoName) + " answered what you asked about " + words.Name(n.Title) + ".", path.Project(string(n.Project)) + "#questions"
	}
	return words.Name(n.WhoName) + " asks you something about " + words.Name(n.Title) + ". Everybody reads your answer.", path.AnswerQuestion(string(n.Project), n.Of)
}

// questionWaits says on Home what somebody asks whoever leads something.
func questionWaits(w homedb.Wanted, row *page.HomeRow, project string) {
	row.Said.Before, row.Said.After = words.Name(w.Who)+" asks you about ", "."
	row.Note = "“" + words.EndSentence(words.Name(w.About)) + "” Everybody reads your answer."
	row.Acts = []component.Button{{Label: "Answer", Kind: component.Outlined, URL: path.AnswerQuestion(project, w.ID), About: w.Title}}
}
