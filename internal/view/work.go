package view

import (
	"net/url"
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// work is where the work happens, and the plan, with what the viewer may do about both.
func (x projectView) work() page.ProjectWork {
	d := page.ProjectWork{Links: x.links(), Steps: x.steps()}
	if x.mayAnswer() {
		d.Change = path.Work(string(x.p.Project.ID))
	}
	return d
}

// ticks tells whether the viewer ticks what is done.
func (x projectView) ticks() bool {
	return x.p.Project.State.UnderWay() && (x.mayAnswer() || x.place().member)
}

func (x projectView) links() []page.WorkLink {
	var all []page.WorkLink
	for _, l := range x.p.Links {
		line := page.WorkLink{Label: l.Label, URL: l.URL}
		if u, err := url.Parse(l.URL); err == nil {
			line.Host = u.Hostname()
		}
		if x.mayAnswer() {
			line.Drop = path.DropLink(string(x.p.Project.ID), string(l.ID))
		}
		all = append(all, line)
	}
	return all
}

func (x projectView) steps() []page.WorkStep {
	var all []page.WorkStep
	for _, s := range x.p.Steps {
		line := page.WorkStep{Day: x.clock.PlanDate(s.DueOn), Exact: x.clock.ExactDate(s.DueOn), Says: words.EndSentence(s.Says), Done: !s.DoneAt.IsZero()}
		switch {
		case line.Done:
			line.Note = words.Name(s.DoneByName) + ", " + x.clock.OnDay(s.DoneAt) + "."
		case s.DueOn.Before(x.Today()) && x.p.Project.State.UnderWay():
			line.Note = "It was to be done by then."
		case x.afterLead(s.DueOn):
			line.Note = "That is after the last day of its lead, " + x.clock.PlanDate(x.lead().EndsOn) + "."
		}
		if x.ticks() {
			line.Tick = path.TickStep(string(x.p.Project.ID), string(s.ID))
		}
		if x.mayAnswer() {
			line.Drop = path.DropStep(string(x.p.Project.ID), string(s.ID))
		}
		all = append(all, line)
	}
	return all
}

// afterLead tells whether a day comes after the last of whoever leads now.
func (x projectView) afterLead(day skein.Date) bool {
	lead := x.lead()
	return lead != nil && !lead.EndsOn.IsZero() && day.After(lead.EndsOn)
}

// nextStep is the first step that is not done and whose day is to come; nil: there is none.
func (x projectView) nextStep() *leaddb.StepRow {
	i := slices.IndexFunc(x.p.Steps, func(s leaddb.StepRow) bool { return s.DoneAt.IsZero() && !s.DueOn.Before(x.Today()) })
	if i < 0 {
		return nil
	}
	return &x.p.Steps[i]
}

// Work is the page on which whoever leads sets where the work happens, and the plan.
func Work(v Viewer, p leaddb.ProjectPage) (page.WorkData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	d := page.WorkData{ID: string(p.Project.ID), Title: p.Project.Title, Links: x.links(), Steps: x.steps(), First: v.Today().Format("2006-01-02")}
	if p.Project.State.Over() {
		return d, skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	}
	if !x.mayAnswer() {
		return d, skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it sets its links and its steps, who leads it beside them, and who stands in.",
		}
	}
	for _, m := range p.Members {
		if x.hasTerm(m.ID) { // stands in the team by that
			continue
		}
		d.Members = append(d.Members, page.TeamMember{Name: m.Name, Brings: m.Brings, End: path.EndMember(d.ID, string(m.ID))})
	}
	if len(d.Links) >= skein.MostLinks {
		d.FullLinks = "There are " + words.Number(skein.MostLinks) + " links, which is as many as there may be. Take one away to add another."
	}
	if len(d.Steps) >= skein.MostSteps {
		d.FullSteps = "There are " + words.Number(skein.MostSteps) + " steps, which is as many as there may be. Take one away to add another."
	}
	return d, nil
}

// link says which link it was; where it leads to is in the log itself.
func (x auditTeller) link() []string { return []string{quoted(x.text("label"))} }

// step says which step it was, and whether it is done.
func (x auditTeller) step() []string {
	says := []string{quoted(x.text("step"))}
	if _, ticked := x.row.Details["done"]; ticked {
		says = append(says, map[bool]string{true: "it is done", false: "it is not done after all"}[x.true("done")])
	}
	return says
}
