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

// coLeadsAsk adds who asks to lead it beside the lead, for whoever leads it or stands in: not themselves.
func (x projectView) coLeadsAsk(panel page.ProjectPanel) page.ProjectPanel {
	lead := x.lead()
	if lead == nil || DecidesFor(x.Viewer, x.p) != x.Person.ID {
		return panel
	}
	for _, t := range x.p.Terms {
		if t.Role != skein.CoLead || t.State != skein.TermAsked || t.Person == x.Person.ID {
			continue
		}
		says := words.Name(t.Name) + " asks to lead it beside " + x.besideWhom(lead) + "."
		if !t.AnswerBy.IsZero() {
			says += " Answer by " + x.clock.Moment(t.AnswerBy) + "."
		}
		panel = panelAsks(panel, says, "Yes, together", path.AnswerCoLead(string(x.p.Project.ID), string(t.Person)))
		answers := panel.Asked[len(panel.Asked)-1].Answers
		answers[0].About, answers[1].About = "with "+words.Name(t.Name), "for "+words.Name(t.Name)
	}
	return panel
}

// asksElsewhere adds what waits for the viewer's answer that they give further down, or on a page of its own.
func (x projectView) asksElsewhere(panel page.ProjectPanel) page.ProjectPanel {
	look := func(says, label, to string) {
		panel.Asked = append(panel.Asked, page.PanelAsked{Says: says, Answers: []component.Button{{Label: label, Kind: firstKind(panel), URL: to}}})
	}
	if c := x.change(); c != nil && c.ProposedBy != x.Person.ID && (c.ByLead && c.AskedOf == x.Person.ID && !c.OwnSide || !c.ByLead && DecidesFor(x.Viewer, x.p) == x.Person.ID) {
		look("A change of "+remitHere[c.Of()]+" waits for your answer until "+x.clock.Moment(c.AnswerBy)+".", "Agree, or refuse it", path.Remit(string(x.p.Project.ID)))
	}
	for _, r := range x.p.Decisions {
		if r.State == skein.DecisionAsking && r.AsksMe {
			look("You are asked about “"+words.Name(r.Question)+"”, until "+x.clock.Date(r.AdviceOn)+".", "Answer", path.Decision(string(r.ID)))
		}
	}
	if n := x.needsAskMe(); n > 0 {
		look(words.UpperFirst(words.Count(n, "thing that the lead needs waits", "things that the lead needs wait"))+" for your word.", "Answer", "#needs")
	}
	return panel
}

// needsAskMe is how many needs wait for the viewer: those asked of them and, of a steward, of nobody by name.
func (x projectView) needsAskMe() int {
	n := 0
	if !x.p.Project.State.IsLead() || x.accepted() == x.Person.ID {
		return 0
	}
	for _, need := range x.p.Needs {
		if need.Asked() && (need.AskedOf == x.Person.ID || need.AskedOf == "" && x.steward()) {
			n++
		}
	}
	return n
}

// withAsked puts what waits for the viewer's answer before all else: whatever they could do besides is plain.
func (x projectView) withAsked(panel page.ProjectPanel) page.ProjectPanel {
	panel = x.asksElsewhere(x.coLeadsAsk(panel))
	if len(panel.Asked) == 0 || panel.Button == nil || panel.Button.Cannot != "" {
		return panel
	}
	besides := *panel.Button
	if panel.First {
		besides.Kind = component.Outlined
		panel.Button = &besides
		return panel
	}
	besides.Kind = component.Plain
	panel.Button, panel.Ways = nil, append([]component.Button{besides}, panel.Ways...)
	return panel
}

// firstKind is how the act of what is asked next looks: one is filled.
func firstKind(panel page.ProjectPanel) component.Kind {
	if len(panel.Asked) > 0 {
		return component.Outlined
	}
	return component.Filled
}

// panelAsks adds a question to a panel that waits for the viewer's yes or no. It stands first, and its yes is the one
// filled button: whatever else the viewer can do is plain.
func panelAsks(panel page.ProjectPanel, says, yes, to string) page.ProjectPanel {
	answer := func(label, value string, kind component.Kind) component.Button {
		return component.Button{Label: label, Kind: kind, Action: to, Hidden: []component.Hidden{{Name: "answer", Value: value}}}
	}
	panel.Asked = append(panel.Asked, page.PanelAsked{
		Says: says, Answers: []component.Button{answer(yes, "yes", firstKind(panel)), answer("Not this time", "no", component.Plain)},
	})
	return panel
}
