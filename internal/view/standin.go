package view

import (
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// DecidesFor is who may decide what the lead of a project decides, as the viewer sees it: the viewer where
// they stand in, else its lead.
func DecidesFor(v Viewer, p leaddb.ProjectPage) skein.PersonID {
	if standsIn(v, p) {
		return v.Person.ID
	}
	return LeadOf(p)
}

// standsIn tells whether the viewer stands in today.
func standsIn(v Viewer, p leaddb.ProjectPage) bool {
	return p.StandIn != nil && p.StandIn.Person == v.Person.ID && p.StandIn.Stands(v.Today())
}

// deputy is who stands in, today or from a day to come; nil: nobody.
func (x projectView) deputy() *leaddb.StandInRow {
	if s := x.p.StandIn; s != nil && s.State == skein.StandInStanding {
		return s
	}
	return nil
}

// during says for how long somebody stands in: " from 3 May until 30 June".
func (x projectView) during(s *leaddb.StandInRow) string {
	return standsFor(x.clock, x.Today(), s.From, s.Until)
}

func standsFor(clock words.Clock, today, from, until skein.Date) string {
	says := ""
	if from.After(today) {
		says = " from " + clock.Date(from)
	}
	if until.IsZero() {
		return says + " until somebody leads"
	}
	return says + " " + clock.Until(until)
}

// StandIn is the page on which the viewer asks somebody to stand in; who leads it beside somebody reads what
// being away means for them. Others are refused.
func StandIn(v Viewer, p leaddb.ProjectPage) (page.StandInData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	d := page.StandInData{ID: string(p.Project.ID), Title: p.Project.Title}
	lead, left := x.lead(), x.left()
	switch {
	case lead != nil && lead.Person == v.Person.ID:
		d.Statement, d.Asks, d.Dated = "Who stands in for you?", true, true
		d.Says = []string{
			"They have to say yes. Until the day you name they decide what you decide here; it stays your lead, and handing it on or stepping down stays yours.",
			"Their hours count, a lead does not. It ends with that day, or when you say that you are back.",
		}
	case lead == nil && left != nil && x.steward():
		d.Statement, d.Asks = "Who stands in until somebody leads?", true
		d.Says = []string{
			words.Name(left.Name) + " has left. Whoever says yes decides what the lead decides, until somebody leads it or the day that you name.",
			"Their hours count, a lead does not.",
		}
	case lead != nil && x.place().co != nil:
		first := words.FirstName(lead.Name)
		d.Statement = "You are unavailable?"
		d.Says = []string{
			"You lead this beside " + first + ". While you are away " + first + " leads it on, and nobody is asked in your place.",
			"Note the days in your settings: then nobody waits for you meanwhile. To give the place up, step down.",
		}
		return d, nil
	default:
		return d, skein.Refused{Why: "You do not lead this.", Who: "Its lead asks somebody to stand in; where its lead has left, its steward does."}
	}
	d.Hint = "Whoever can: first who leads it beside the lead, then who is ready."
	if !x.beside() {
		d.Hint = "Nobody else leads it beside the lead, so whoever is ready for it is asked, where there is somebody."
	}
	d.Else = x.insteadOfStandIn()
	if p.StandIn != nil {
		return d, skein.Conflict{Why: "Somebody is asked to stand in already, or stands in. It is one at a time: end that first."}
	}
	d.People = []component.Option{{Value: "", Label: "Whoever can"}}
	for _, t := range p.Terms {
		if t.Role == skein.CoLead && t.State.Holds() && t.Person != v.Person.ID {
			d.People = append(d.People, component.Option{Value: string(t.Person), Label: t.Name})
		}
	}
	return d, nil
}

// beside tells whether anybody but the viewer leads it beside the lead.
func (x projectView) beside() bool {
	return slices.ContainsFunc(x.p.Terms, func(t leaddb.TermRow) bool {
		return t.Role == skein.CoLead && t.State.Holds() && t.Person != x.Person.ID
	})
}

// insteadOfStandIn is what the viewer can do where there is nobody to stand in.
func (x projectView) insteadOfStandIn() []component.NavItem {
	var ways []component.NavItem
	id := string(x.p.Project.ID)
	if t := x.lead(); t != nil && t.Person == x.Person.ID && t.State == skein.TermLive {
		ways = append(ways, component.NavItem{Label: "hand it on", URL: path.HandOverProject(id)})
	}
	for _, s := range x.p.Stewards {
		if s.ID != x.Person.ID {
			return append(ways, component.NavItem{Label: "tell " + words.Name(s.Name) + ", its steward", URL: path.Person(string(s.ID))})
		}
	}
	return ways
}

// withStandIn adds to a panel who stands in, or is asked to, and what the viewer can do about it.
func (x projectView) withStandIn(panel page.ProjectPanel) page.ProjectPanel {
	s, id := x.p.StandIn, string(x.p.Project.ID)
	if s == nil {
		if x.lead() == nil && x.left() != nil && x.steward() {
			panel.Ways = append(panel.Ways, component.Button{Label: "Ask somebody to stand in", Kind: component.Plain, URL: path.StandIn(id)})
		}
		return panel
	}
	mine := x.lead() != nil && x.lead().Person == x.Person.ID || x.lead() == nil && x.steward()
	absent := words.FirstName(s.ForName)
	if x.lead() != nil && x.lead().Person == x.Person.ID {
		absent = "you"
	}
	end := func(label string) component.Button {
		return component.Button{Label: label, Kind: component.Plain, Action: path.EndStandIn(id, string(s.ID))}
	}
	fine := func(says string) { panel.Fine = append([]string{says}, panel.Fine...) }
	begins := s.From.After(x.Today())
	switch {
	case s.Person == x.Person.ID && s.State == skein.StandInAsked:
		return panelAsks(panel, "You are asked to stand in for "+words.Name(s.ForName)+x.during(s)+". Answer by "+x.clock.Moment(s.AnswerBy)+"; then the next is asked, where there is one.",
			"Stand in", path.AnswerStandIn(id, string(s.ID)))
	case s.Person == x.Person.ID && begins: // until then they are here what they were before
		panel.Ways = append(panel.Ways, end("Do not stand in after all"))
		fine("You stand in for " + absent + x.during(s) + ". " + x.decidesThen(s))
	case s.Person == x.Person.ID:
		panel.Head, panel.State = "", "You stand in for "+absent+x.during(s)+"."
		if standsIn(x.Viewer, x.p) {
			panel.Done = &component.Button{Label: "It is done", Kind: component.Plain, URL: path.CompleteProject(id)}
		}
		panel.Ways = append(panel.Ways, end("Stand in no longer"))
		fine("You decide what the lead decides." + x.leadsOwn())
	case s.State == skein.StandInAsked:
		fine(words.Name(s.Name) + " is asked to stand in for " + absent + x.during(s) + ", and answers by " + x.clock.Moment(s.AnswerBy) + "; then the next is asked, where there is one.")
		if mine {
			panel.Ways = append(panel.Ways, end("Ask nobody after all"))
		}
	default:
		says := words.Name(s.Name) + " stands in for " + absent + x.during(s) + "."
		label := "End standing in"
		switch {
		case begins && absent == "you":
			says += " Until that begins, you decide."
			label = "Nobody has to stand in after all"
		case begins:
			label = "Nobody has to stand in after all"
		case absent == "you":
			label = "I am back"
		}
		fine(says)
		if mine {
			panel.Ways = append(panel.Ways, end(label))
		}
	}
	return panel
}

// decidesThen says to whoever stands in from a day to come from when they decide, and whose that is until then.
func (x projectView) decidesThen(s *leaddb.StandInRow) string {
	says := "From " + x.clock.Date(s.From) + " you decide what the lead decides"
	if lead := x.lead(); lead != nil {
		says += "; until then that is " + words.FirstName(lead.Name) + "’s"
	}
	return says + "." + x.leadsOwn()
}

// leadsOwn says what whoever stands in does not decide; empty where nobody leads it.
func (x projectView) leadsOwn() string {
	lead := x.lead()
	if lead == nil {
		return ""
	}
	return " Handing it on, and stepping down as its lead, stay " + words.FirstName(lead.Name) + "’s own."
}
