package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// sought is who is asked to lead it beside its lead; nil: nobody.
func (x projectView) sought() *leaddb.TermRow {
	return x.term(skein.CoLead, func(s skein.TermState) bool { return s == skein.TermOffered })
}

// withSought adds to a panel that somebody is asked to lead it beside its lead: to themselves the way to answer; to whoever
// leads it, leads beside them or is its steward, who that is.
func (x projectView) withSought(panel page.ProjectPanel, lead *leaddb.TermRow) page.ProjectPanel {
	t := x.sought()
	if t == nil {
		return panel
	}
	until := answersBy(x.clock, t) + "; then the next is asked, where there is one."
	if t.Person == x.Person.ID {
		return panelAsks(panel, "You are asked to lead this beside "+words.Name(lead.Name)+". Answer"+until+
			" Once you say yes, "+words.FirstName(lead.Name)+" says whether you lead it together.",
			"Lead it together", path.AnswerToCoLead(string(x.p.Project.ID), string(t.ID)))
	}
	if lead.Person == x.Person.ID || x.place().co != nil || x.steward() {
		panel.Fine = append([]string{words.Name(t.Name) + " is asked to lead it beside " + x.besideWhom(lead) + ", and answers" + until}, panel.Fine...)
	}
	return panel
}

// panelAsks adds a question to a panel that waits for the viewer's yes or no. It stands first, and its yes is the one
// filled button: whatever else the viewer can do is plain.
func panelAsks(panel page.ProjectPanel, says, yes, to string) page.ProjectPanel {
	answer := func(label, value string, kind component.Kind) component.Button {
		return component.Button{Label: label, Kind: kind, Action: to, Hidden: []component.Hidden{{Name: "answer", Value: value}}}
	}
	first := component.Filled
	if len(panel.Asked) > 0 {
		first = component.Outlined
	}
	panel.Asked = append(panel.Asked, page.PanelAsked{
		Says: says, Answers: []component.Button{answer(yes, "yes", first), answer("Not this time", "no", component.Plain)},
	})
	return panel
}
