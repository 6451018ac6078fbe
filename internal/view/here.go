package view

import (
	"slices"
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
)

// whose is whose it is to decide what the page says of a lead, by their first name; empty: the viewer's, who leads it,
// leads it beside, stands in or takes it over; or whoever's leads it next.
func (x projectView) whose() string {
	lead := x.lead()
	if lead == nil || x.mayAnswer() || x.accepted() == x.Person.ID || x.p.Project.State.Seeks() {
		return ""
	}
	return words.FirstName(lead.Name)
}

// briefly is what the viewer is here, without what the panel's state says already: of that only until when.
func (x projectView) briefly(panel page.ProjectPanel, lead *leaddb.TermRow) []string {
	mine, state := x.place(), "You lead this beside "+words.FirstName(lead.Name)
	if mine.co == nil || len(panel.You) == 0 || !strings.HasPrefix(panel.State, state) {
		return panel.You
	}
	if mine.co.EndsOn.IsZero() {
		return panel.You[1:]
	}
	return append([]string{words.UpperFirst(x.clock.Until(mine.co.EndsOn)) + "."}, panel.You[1:]...)
}

// canHere says what the viewer can do in a project that somebody leads, and what waits for them.
func (x projectView) canHere(lead *leaddb.TermRow) []string {
	mine, first := x.place(), words.FirstName(lead.Name)
	var says []string
	switch {
	case lead.Person == x.Person.ID, standsIn(x.Viewer, x.p):
	case mine.co != nil:
		sets := "links, plan, words and end"
		if x.p.Project.State.Seeks() { // what whoever claims it reads stands meanwhile
			sets = "links and plan"
		}
		says = append(says, "You say how it stands, answer what is asked, and set "+sets+", as "+first+" does. Handing it on, saying that it is done, and who else leads beside stay "+first+"’s.")
	case mine.shadow != nil:
		says = append(says, "You are there to learn, and decide nothing.")
	case mine.member && x.nextStep() != nil:
		says = append(says, "You tick the steps of the plan that are done.")
	}
	if answer := x.p.Week.Answer; answer.ID != "" && answer.ID == x.Person.ID && lead.Person != x.Person.ID {
		says = append(says, "You answer for its priority, and say that you have seen how it stands.")
	}
	return append(says, x.waitsHere()...)
}

// waitsHere says what waits for whoever leads, leads beside or stands in.
func (x projectView) waitsHere() []string {
	var says []string
	if !x.mayAnswer() {
		return nil
	}
	asked := 0
	for _, q := range x.p.Questions {
		if q.AnsweredAt.IsZero() {
			asked++
		}
	}
	if asked > 0 {
		says = append(says, words.UpperFirst(words.Count(asked, "question waits", "questions wait"))+" for an answer.")
	}
	return says
}

// joins makes joining the team the one button of a panel that has none, for whoever is not in it.
func (x projectView) joins(panel page.ProjectPanel) page.ProjectPanel {
	if panel.Button != nil || panel.Led.See != nil || x.p.Project.State != skein.Led {
		return panel
	}
	i := slices.IndexFunc(panel.Ways, func(b component.Button) bool { return b.Label == joinTeam })
	if i < 0 {
		return panel
	}
	join := panel.Ways[i]
	join.Kind = component.Filled
	panel.Button, panel.Ways = &join, slices.Delete(slices.Clone(panel.Ways), i, i+1)
	return panel
}
