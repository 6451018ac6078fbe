package view

import (
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// mayReopen is nil where the viewer reopens a completed project, else why not.
func (x projectView) mayReopen() error {
	last := x.lastLed()
	return x.p.Project.Reopens(x.By(), last != nil && last.Person == x.Person.ID || x.steward(), x.endedOn())
}

// endedOn is the organisation's day on which the project ended; zero: it has not.
func (x projectView) endedOn() skein.Date {
	if x.p.EndedAt.IsZero() {
		return skein.Date{}
	}
	return skein.Day(x.p.EndedAt.In(x.clock.Zone))
}

// reopenUntil says until when, and by whom, a completed project can be reopened; empty: it cannot any more.
func (x projectView) reopenUntil() string {
	until := skein.ReopenUntil(x.endedOn())
	if x.p.EndedAt.IsZero() || x.Today().After(until) {
		return ""
	}
	who := "its steward"
	if last := x.lastLed(); last != nil && last.EndReason != skein.EndGone {
		who = "whoever led it last, or its steward"
	}
	return " Until " + x.clock.Date(until) + " " + who + " can reopen it."
}

// reopenLacks says what keeps a project from being reopened that the page does not ask for: nothing of what is over can be
// changed.
var reopenLacks = map[string]string{
	"purpose":     "It does not say what it is for.",
	"hours":       "It does not say how many hours a week the lead takes.",
	"uncertainty": "Nobody can say yet what it is, so nobody can be matched to it.",
	"priority":    "Every project serves a priority, and this one names none.",
}

// ReopenLacks are the sentences on what keeps a project from being reopened that its page does not ask for.
func ReopenLacks(bad skein.Invalid) []string {
	var all []string
	for _, f := range bad {
		if says := reopenLacks[f.Field]; says != "" {
			all = append(all, says)
		}
	}
	return all
}

// Reopen is the page on which a completed project is reopened.
func Reopen(v Viewer, p leaddb.ProjectPage) (page.EndData, error) {
	x, id := projectView{Viewer: v, p: p, clock: v.Clock()}, string(p.Project.ID)
	if err := x.mayReopen(); err != nil {
		return page.EndData{}, err
	}
	d := page.EndData{
		ID: id, Title: p.Project.Title, Statement: "Reopen it?", Action: path.ReopenProject(id), Label: "Reopen it",
		Ask: "Why, in a sentence", Hint: "Everybody can read it.",
		Says: []string{"It opens for claims once more. Whoever led it claims it as others do. What was not given in full, and what was given for less long than it goes on now, is asked for again."},
		End:  component.Field{Name: "end", Label: "It ends on"},
	}
	if p.Project.EndOn.After(v.Today()) {
		d.End.Value = p.Project.EndOn.Format(time.DateOnly)
	}
	return d, nil
}
