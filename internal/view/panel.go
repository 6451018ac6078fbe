package view

import (
	"errors"

	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// panel is "You and this": what is so, and the one thing that the viewer can do about it.
func (x projectView) panel() page.ProjectPanel {
	p := x.p.Project
	var panel page.ProjectPanel
	lead, coming := x.lead(), x.term(skein.Primary, skein.TermState.Coming)
	switch {
	case p.State == skein.Draft:
		panel = x.draftPanel()
	case p.State.Over():
		panel = page.ProjectPanel{State: "It is over."}
	case x.later() != nil:
		panel = x.laterPanel(x.later(), lead)
	case coming != nil && x.told():
		panel = x.comingPanel(coming)
	case lead != nil && lead.Person == x.Person.ID:
		panel = x.leadingPanel(lead)
	case x.p.Window != nil && x.p.Window.State == skein.WindowPicked:
		panel = x.decidingPanel()
	case x.p.Window != nil && !x.p.Window.State.Over():
		panel = x.openPanel()
	case lead != nil:
		panel = x.ledPanel(lead)
	default:
		panel = page.ProjectPanel{State: "Nobody leads it.", Fine: []string{"A steward opens it again."}}
	}
	if w := x.p.Window; w != nil && x.told() && x.later() == nil && (w.State == skein.WindowPicked || w.State == skein.WindowTaken) {
		panel.Result = path.Result(string(p.ID))
	}
	panel.Worked = x.worked()
	return panel
}

// told tells whether everybody knows how the latest window was decided.
func (x projectView) told() bool { return x.p.Window == nil || !x.p.Window.ToldAt.IsZero() }

// draftPanel is for a project that is not published yet.
func (x projectView) draftPanel() page.ProjectPanel {
	id := string(x.p.Project.ID)
	panel := page.ProjectPanel{State: "Yours to publish.", Button: &component.Button{Label: "Look it over", URL: path.PublishProject(id)}}
	var missing skein.Invalid
	if errors.As(x.p.Publishable(x.answer.Query.Setting.Practices, x.Today()), &missing) {
		panel.State = "Not ready to publish."
		for _, m := range missing {
			panel.Bars = append(panel.Bars, m.Message)
		}
		panel.Button = &component.Button{Label: "Complete it", URL: path.EditProject(id)}
	}
	panel.Ways = []component.Button{
		{Label: "Change it", Kind: component.Plain, URL: path.EditProject(id)},
		{Label: "Throw it away", Kind: component.Plain, URL: path.CancelProject(id)},
	}
	return panel
}

// comingPanel is for a lead that was offered, or accepted with needs still open.
func (x projectView) comingPanel(t *leaddb.TermRow) page.ProjectPanel {
	id, mine := string(x.p.Project.ID), t.Person == x.Person.ID
	switch {
	case mine && t.State == skein.TermOffered:
		return page.ProjectPanel{
			State: "You were chosen.", Button: &component.Button{Label: "Answer", URL: path.Result(id)},
			Fine: []string{"Answer by " + x.clock.Moment(t.AnswerBy) + ". Not this time needs no reason; the next person is asked at once."},
		}
	case mine:
		return page.ProjectPanel{
			State: "Yours, once nothing you need is open.",
			Bars:  []string{words.UpperFirst(words.Count(x.openNeeds(), "thing is", "things are")) + " still open, under “You get”. You start when each is granted, or when you say you can do without it."},
			Fine:  []string{"After " + x.clock.Moment(t.NeedsBy) + " the next person is asked."},
		}
	case t.State == skein.TermOffered:
		return x.joinable(page.ProjectPanel{
			State: words.FirstName(t.Name) + " was chosen.",
			Fine:  []string{words.Name(t.Name) + " answers by " + x.clock.Moment(t.AnswerBy) + "; then the next person is asked."},
		})
	}
	return x.joinable(page.ProjectPanel{
		State: words.FirstName(t.Name) + " takes it on.",
		Fine:  []string{words.UpperFirst(words.Count(x.openNeeds(), "thing the lead needs is", "things the lead needs are")) + " still open. " + words.FirstName(t.Name) + " starts when each is settled."},
	})
}

// laterPanel is for a lead that somebody is to take on from a day to come, as a file said; lead leads
// it until then, where somebody does.
func (x projectView) laterPanel(t, lead *leaddb.TermRow) page.ProjectPanel {
	id, begins, first := string(x.p.Project.ID), x.clock.Date(t.StartsOn), words.FirstName(t.Name)
	stepDown := component.Button{Label: "Step down", Kind: component.Plain, Action: path.StepDown(id)}
	switch {
	case lead != nil && lead.Person == x.Person.ID:
		return page.ProjectPanel{
			State: "You lead this until " + first + " begins on " + begins + ".",
			Ways:  []component.Button{{Label: "It is done", Kind: component.Plain, URL: path.CompleteProject(id)}, stepDown},
			Fine:  []string{"Stepping down ends it at once; it needs no reason."},
		}
	case t.Person == x.Person.ID:
		return page.ProjectPanel{
			State: "You lead this from " + begins + ".",
			Ways:  []component.Button{stepDown},
			Fine:  []string{"It was decided before claims were made here. Stepping down needs no reason; then claims open."},
		}
	case lead != nil:
		return x.joinable(page.ProjectPanel{
			State: words.FirstName(lead.Name) + " leads this.", Fine: []string{words.Name(t.Name) + " begins on " + begins + "."},
		})
	}
	return x.joinable(page.ProjectPanel{
		State: first + " begins on " + begins + ".",
		Fine:  []string{"Until then nobody leads it. It was decided before claims were made here, so there is nothing to claim."},
	})
}

func (x projectView) openNeeds() int {
	n := 0
	for _, need := range x.p.Needs {
		if !need.Settled() {
			n++
		}
	}
	return n
}

// leadingPanel is for whoever leads it.
func (x projectView) leadingPanel(t *leaddb.TermRow) page.ProjectPanel {
	id := string(x.p.Project.ID)
	panel := page.ProjectPanel{State: "You lead this."}
	if !t.EndsOn.IsZero() {
		panel.State = "You lead this " + x.clock.Until(t.EndsOn) + "."
	}
	done := component.Button{Label: "It is done", Kind: component.Plain, URL: path.CompleteProject(id)}
	stepDown := component.Button{Label: "Step down", Kind: component.Plain, Action: path.StepDown(id)}
	if x.p.Project.State.Seeks() {
		panel.Fine = append([]string{"It is open for the next lead. You lead it until somebody has taken over."}, x.finePrint()...)
		panel.Ways = []component.Button{done, stepDown}
		return panel
	}
	panel.Ways = []component.Button{
		{Label: "Hand it on", Kind: component.Plain, Action: path.HandOverProject(id), Key: x.key}, done, stepDown,
	}
	panel.Fine = []string{"Hand it on and it opens for the next lead; it stays yours until somebody has taken over. Stepping down ends it at once; it needs no reason."}
	return panel
}

// decidingPanel is for a window that has closed and whose pick is not told yet.
func (x projectView) decidingPanel() page.ProjectPanel {
	panel := page.ProjectPanel{State: "Being decided."}
	if c := x.p.Claim; c != nil && c.State != skein.ClaimDraft {
		panel.State = "You claimed. It is being decided."
	}
	checked := "Skein has picked by the published rule. "
	if skein.NeedsCheck(x.answer.Query.Trust, x.p.Confirms, !x.answer.Compared) {
		checked += "Somebody who has no part in it checks the pick; then everybody is told at once."
	} else {
		checked += "Everybody is told at once."
	}
	panel.Fine = []string{"Claims closed " + x.clock.Moment(x.p.Window.ClosedAt) + ". " + checked}
	return x.joinable(panel)
}

// ledPanel is for a project that somebody else leads.
func (x projectView) ledPanel(t *leaddb.TermRow) page.ProjectPanel {
	panel := page.ProjectPanel{State: words.FirstName(t.Name) + " leads this."}
	if !t.EndsOn.IsZero() {
		panel.Fine = []string{"The lead is due to change on " + x.clock.Date(t.EndsOn) + "."}
	}
	if x.p.Project.State == skein.Paused {
		panel.State = words.FirstName(t.Name) + " leads this. It is paused."
	}
	return x.joinable(panel)
}

// joinable adds the ways into the team.
func (x projectView) joinable(panel page.ProjectPanel) page.ProjectPanel {
	panel.Ways = append(panel.Ways, x.ways()...)
	return panel
}

// ways are what everybody can do: join, shadow, lead beside, or leave again.
func (x projectView) ways() []component.Button {
	id := string(x.p.Project.ID)
	var member, shadow, co, asked bool
	for _, m := range x.p.Members {
		member = member || m.ID == x.Person.ID
	}
	for _, t := range x.p.Terms {
		if t.Person != x.Person.ID {
			continue
		}
		shadow = shadow || t.Role == skein.Shadow && t.State == skein.TermLive
		co = co || t.Role == skein.CoLead && t.State == skein.TermLive
		asked = asked || t.Role == skein.CoLead && t.State == skein.TermAsked
	}
	var all []component.Button
	if !member {
		all = append(all, component.Button{Label: "Join the team", Kind: component.Plain, Action: path.JoinProject(id)})
	}
	if lead := x.lead(); lead != nil && lead.Person != x.Person.ID && !co && !asked {
		all = append(all, component.Button{Label: "Ask to co-lead", Kind: component.Plain, Action: path.CoLeadProject(id)})
	}
	if !shadow {
		all = append(all, component.Button{Label: "Shadow", Kind: component.Plain, Action: path.ShadowProject(id)})
	}
	if member || shadow || co || asked {
		all = append(all, component.Button{Label: "Leave the team", Kind: component.Plain, Action: path.LeaveProject(id)})
	}
	return all
}

// changeBy is where the smallest step that would change a standing begins.
func (x projectView) changeBy() *component.NavItem {
	change := x.answer.Assessment.Nearest
	if change == nil || len(change.Steps) == 0 {
		return nil
	}
	switch change.Steps[0].Kind {
	case match.StepWord:
		return &component.NavItem{Label: "Ask somebody", URL: path.Person(string(x.Person.ID))}
	case match.StepShadow:
		return &component.NavItem{Label: "Look for one", URL: path.Leads}
	}
	return nil
}
