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
	return x.p.Project.Reopens(x.By(), last != nil && last.Person == x.Person.ID || x.steward(), x.p.EndedAt)
}

// reopenUntil says until when, and by whom, a completed project can be reopened; empty: it cannot any more.
func (x projectView) reopenUntil() string {
	until := skein.ReopenUntil(x.p.EndedAt)
	if x.p.EndedAt.IsZero() || x.Now.After(until) {
		return ""
	}
	who := "its steward"
	if last := x.lastLed(); last != nil && last.EndReason != skein.EndGone {
		who = "whoever led it last, or its steward"
	}
	return " Until " + x.clock.Date(until.In(x.clock.Zone)) + " " + who + " can reopen it."
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
