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

// outcomeSays puts into words what is told of how a time in office went.
func outcomeSays(n homedb.Notice, clock words.Clock) string {
	title := words.Name(n.Title)
	switch n.Code {
	case skein.CodeRemind:
		return "How did " + title + " go? Yours is not there yet: three questions" + by(n, clock) + ", then it closes with what there is."
	case skein.CodeResult:
		return "How " + title + " went has closed. Read what the team said."
	case skein.CodeThanks:
		return words.Name(n.WhoName) + " thanks you for " + title + "."
	}
	return "How did " + title + " go? You are asked three questions" + by(n, clock) + "."
}

// outcomeWaits says on Home that somebody is asked how it went.
func outcomeWaits(w homedb.Wanted, row *page.HomeRow, by string) {
	row.Said.Before, row.Said.After = "How did ", " go? Three questions"+by
	row.Note = "You led it. You read what the others sent when you have sent yours."
	switch {
	case w.Who != "" && w.About == string(skein.PartOwner):
		row.Note = words.Name(w.Who) + " led it, and you answer for its priority. You read what the others sent when you have sent yours."
	case w.Who != "":
		row.Note = words.Name(w.Who) + " led it, and you were there. You read what the others sent when you have sent yours."
	}
	row.Acts = []component.Button{{Label: "Answer", Kind: component.Outlined, URL: path.HowDidItGoOf(string(w.Project), w.ID), About: w.Title}}
}

// outcomesShown is how many times in office a project's page says of how they went.
const outcomesShown = 3

// outcomes say on a project's page how times in office went, or that it is asked.
func (x projectView) outcomes() []page.ProjectOutcome {
	var all []page.ProjectOutcome
	for _, r := range x.p.Outcomes {
		if len(all) == outcomesShown {
			break
		}
		all = append(all, x.outcome(r))
	}
	return all
}

func (x projectView) outcome(r leaddb.OutcomeRow) page.ProjectOutcome {
	to := path.HowDidItGoOf(string(x.p.Project.ID), string(r.ID))
	while := "while " + words.Name(r.LeadName) + " led"
	if r.Lead == x.Person.ID {
		while = "while you led"
	}
	asked := "It is asked how it went " + while + ", until " + x.clock.Day(r.Due) + "."
	switch {
	case r.Waits:
		return page.ProjectOutcome{
			Says: "How did it go " + while + "? You are asked, until " + x.clock.Day(r.Due) + ".", Button: &component.Button{Label: "Answer", Kind: component.Outlined, URL: to},
		}
	case r.Said && r.State == skein.OutcomeAsking:
		return page.ProjectOutcome{Says: asked + " You have sent yours.", Link: &component.NavItem{Label: "What was sent so far", URL: to}}
	case r.State == skein.OutcomeAsking:
		return page.ProjectOutcome{Says: asked, Link: &component.NavItem{Label: "Who is asked", URL: to}}
	case r.Result == "":
		return page.ProjectOutcome{Says: "Nobody said how it went " + while + "."}
	}
	return page.ProjectOutcome{Says: words.UpperFirst(while) + ", " + lessonWent(r.Result) + ".", Link: &component.NavItem{Label: "What the team said", URL: to}}
}
