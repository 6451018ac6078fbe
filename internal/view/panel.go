package view

import (
	"errors"
	"time"

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
	lead, coming := x.lead(), x.coming()
	switch {
	case p.State == skein.Draft:
		panel = x.draftPanel()
	case p.State.Over():
		panel = page.ProjectPanel{State: "It is over."}
	case x.later() != nil:
		panel = x.laterPanel(x.later(), lead)
	case coming != nil && x.told() && lead != nil && lead.Person == x.Person.ID:
		panel = x.followedPanel(coming, lead)
	case coming != nil && x.told():
		panel = x.comingPanel(coming)
	case lead != nil && lead.Person == x.Person.ID:
		panel = x.leadingPanel(lead)
	case x.p.Checks && !x.told():
		panel = x.checkingPanel()
	case x.p.Window != nil && x.p.Window.State == skein.WindowPicked:
		panel = x.decidingPanel()
	case x.p.Window != nil && !x.p.Window.State.Over():
		panel = x.openPanel()
	case lead != nil:
		panel = x.ledPanel(lead)
	default:
		panel = page.ProjectPanel{State: "Nobody leads it.", Fine: []string{"A steward opens it again."}}
	}
	if p.State.IsLead() {
		if after := x.looksAfter(); after != "" {
			panel.Fine = append([]string{after}, panel.Fine...)
		}
		panel = x.withHandover(x.withTakeBack(x.withStandIn(panel)))
	}
	if lead != nil && p.State.UnderWay() {
		panel = x.withLead(x.withSought(panel, lead), lead)
	}
	if w := x.p.Window; w != nil && x.told() && x.later() == nil && (w.State == skein.WindowPicked || w.State == skein.WindowTaken) {
		panel.Result = path.Result(string(p.ID))
	}
	panel.Worked = x.worked()
	return x.withAsked(panel)
}

// told tells whether everybody knows how the latest window was decided.
func (x projectView) told() bool { return x.p.Window == nil || !x.p.Window.ToldAt.IsZero() }

// deciding is the trust that decides the latest window: the rules that are said of it are its own.
func (x projectView) deciding() skein.Trust {
	today := x.trustToday()
	if x.p.Window == nil {
		return today
	}
	return x.p.Window.Decides(today)
}

// trustToday is the trust that holds today: the stated one, or more where the stakes demand it.
func (x projectView) trustToday() skein.Trust {
	policy := x.answer.Query.Policy
	if len(policy.Trust.Levels) == 0 { // nothing was asked
		return x.p.Project.TrustOn(x.Today())
	}
	return policy.Holds(x.p.Project.TrustOn(x.Today()), x.p.Phase.Situation)
}

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
	if panel, waits := x.handingPanel(t); waits {
		return panel
	}
	switch {
	case mine && t.State == skein.TermOffered:
		return page.ProjectPanel{
			State: "You were chosen.", First: true, Button: &component.Button{Label: "Answer", URL: path.Result(id)},
			Fine: []string{"Answer by " + x.clock.Moment(t.AnswerBy) + ". Not this time needs no reason; the next person, where there is one, is asked at once."},
		}
	case mine:
		return page.ProjectPanel{
			State: "Yours, once nothing you need is open.",
			Bars:  []string{words.UpperFirst(words.Count(x.openNeeds(), "thing is", "things are")) + " still open, under “You get”. You start when each is granted, or when you say you can do with less, or without."},
			Ways:  x.startWays(t),
			Fine:  []string{startNote(x.clock, t.StartsOn, t.NeedsBy)},
		}
	case t.State == skein.TermOffered:
		return x.joinable(page.ProjectPanel{
			State: words.FirstName(t.Name) + " was chosen.",
			Fine:  []string{words.Name(t.Name) + " answers by " + x.clock.Moment(t.AnswerBy) + "; then the next person is asked, where there is one."},
		})
	}
	return x.joinable(page.ProjectPanel{
		State: words.FirstName(t.Name) + " takes it on.",
		Ways:  x.startWays(t),
		Fine:  []string{words.UpperFirst(words.Count(x.openNeeds(), "thing the lead needs is", "things the lead needs are")) + " still open. " + words.FirstName(t.Name) + " starts when each is settled."},
	})
}

// laterPanel is for a lead that somebody is to take on from a day to come, as a file said; lead leads
// it until then, where somebody does.
func (x projectView) laterPanel(t, lead *leaddb.TermRow) page.ProjectPanel {
	id, begins, first := string(x.p.Project.ID), x.clock.Date(t.StartsOn), words.FirstName(t.Name)
	if t.Claim != "" {
		return x.movedPanel(t, lead)
	}
	stepDown := component.Button{Label: "Step down", Kind: component.Plain, URL: path.StepDown(id)}
	switch on := x.leadsOn(); {
	case on != nil && on.Person == x.Person.ID:
		return page.ProjectPanel{
			State: "You lead this, and lead it on from " + begins + ".",
			Ways:  []component.Button{stepDown},
			Done:  &component.Button{Label: "It is done", Kind: component.Plain, URL: path.CompleteProject(id)},
			Fine:  []string{"A file says that you lead it on. Stepping down ends both at once; it needs no reason."},
		}
	case on != nil:
		return x.joinable(page.ProjectPanel{
			State: first + " leads this.", Fine: []string{"A file says that they lead it on from " + begins + "."},
		})
	case lead != nil && lead.Person == x.Person.ID:
		return page.ProjectPanel{
			State: "You lead this until " + first + " begins on " + begins + ".",
			Ways:  []component.Button{stepDown},
			Done:  &component.Button{Label: "It is done", Kind: component.Plain, URL: path.CompleteProject(id)},
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
	for _, need := range skein.NeedsOf(x.p.Needs, x.accepted(), x.acceptedClaim()) {
		if !need.Settled() {
			n++
		}
	}
	return n
}

// leadingPanel is for whoever leads it.
func (x projectView) leadingPanel(t *leaddb.TermRow) page.ProjectPanel {
	id := string(x.p.Project.ID)
	panel := page.ProjectPanel{State: "You lead this, with no fixed end."}
	if !t.EndsOn.IsZero() {
		panel.State = "You lead this " + x.clock.Until(t.EndsOn) + "."
	}
	panel.Done = &component.Button{Label: "It is done", Kind: component.Plain, URL: path.CompleteProject(id)}
	stepDown := component.Button{Label: "Step down", Kind: component.Plain, URL: path.StepDown(id)}
	away := component.Button{Label: "I am unavailable", Kind: component.Plain, URL: path.StandIn(id)}
	if x.p.Project.State.Seeks() {
		panel.State = "You lead this until somebody has taken over" + x.atTheLatest(t) + "."
		if next := x.coming(); next != nil && x.told() && next.State == skein.TermAccepted {
			panel.State = "You lead this until " + words.FirstName(next.Name) + " begins" + x.atTheLatest(t) + "."
		}
		panel.Fine = x.seekingPrint()
		panel.Ways = []component.Button{stepDown}
		if x.p.StandIn == nil {
			panel.Ways = append([]component.Button{away}, panel.Ways...)
		}
		if x.takesBack() && x.reconsidered() == nil {
			panel.Ways = append([]component.Button{{Label: "Take it back", Kind: component.Plain, Action: path.TakeBackProject(id)}}, panel.Ways...)
		}
		return panel
	}
	panel.Ways = []component.Button{{Label: "Hand it on", Kind: component.Plain, URL: path.HandOverProject(id)}}
	if x.p.StandIn == nil {
		panel.Ways = append(panel.Ways, away)
	}
	panel.Ways = append(panel.Ways, stepDown)
	panel.Fine = []string{"Hand it on and it opens for the next lead; it stays yours until somebody has taken over. Stepping down ends it at once; it needs no reason."}
	return panel
}

// decidingPanel is for a window that has closed and whose pick is not told yet.
func (x projectView) decidingPanel() page.ProjectPanel {
	panel := page.ProjectPanel{State: "Being decided."}
	if c := x.p.Claim; c != nil && c.State != skein.ClaimDraft {
		panel.State = "You claimed. It is being decided."
	}
	panel.Fine = []string{x.decidingWords()}
	return x.joinable(panel)
}

// checkingPanel is for whoever is asked to check the pick, and for nobody else.
func (x projectView) checkingPanel() page.ProjectPanel {
	panel := page.ProjectPanel{
		State:  "Being decided. You check it.",
		First:  true,
		Button: &component.Button{Label: "Check it", URL: path.Result(string(x.p.Project.ID)) + "#check"},
		Fine: []string{
			"Claims closed " + x.clock.Moment(closedAt(x.p.Window)) + ". You have no part in it, so you are asked" + answerClock(x.clock, x.p.CheckBy) + "; then the next who has no part in it is asked, where there is one. When you have answered, everybody is told at once.",
		},
	}
	return x.joinable(panel)
}

// answerClock says until when somebody is asked; empty where that is not kept.
func answerClock(clock words.Clock, by time.Time) string {
	if by.IsZero() {
		return ""
	}
	return " until " + clock.Moment(by)
}

// decidingWords says what goes on between the close and the telling. Whether anybody wrote instead of being
// compared is not known before, so it is true in either case.
func (x projectView) decidingWords() string {
	says := "Claims closed " + x.clock.Moment(closedAt(x.p.Window)) + ". "
	switch {
	case !x.answer.Compared:
		return says + "Nobody is compared: somebody who has no part in it reads what was written and decides; then everybody is told at once."
	case skein.NeedsCheck(x.deciding(), x.p.Confirms, false):
		return says + "Skein picks by the published rule, and somebody who has no part in it checks it; then everybody is told at once."
	}
	return says + "Skein picks by the published rule. Where somebody wrote instead of being compared, somebody who has no part in it reads that first; then everybody is told at once."
}

// ledPanel is for a project that somebody else leads.
func (x projectView) ledPanel(t *leaddb.TermRow) page.ProjectPanel {
	panel := page.ProjectPanel{Head: "Who leads", State: words.Name(t.Name) + x.since(t) + "."}
	if x.place().co != nil {
		panel.Head, panel.State = "", "You lead this beside "+words.FirstName(t.Name)+"."
	}
	if x.p.Project.State == skein.Paused {
		panel.State += " It is paused."
	}
	return x.joinable(panel)
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
