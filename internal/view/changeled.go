package view

import (
	"cmp"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// mayChangeLed is nil where the viewer changes the words of what is led, else why not.
func (x projectView) mayChangeLed() error {
	state := x.p.Project.State
	switch {
	case state.Over():
		return skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	case !x.mayAnswer():
		return skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it changes its words, its end and what moves with it, who leads it beside them, and who stands in.",
		}
	case x.lead() == nil:
		return skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	case state == skein.HandingOver || x.coming() != nil:
		return skein.Conflict{Why: "It is being handed on, so what whoever claims it reads stands until somebody has taken over."}
	}
	return nil
}

// ChangeLed is the page on which whoever leads changes a project's words, its end, and which of the circles move with it.
func ChangeLed(v Viewer, p leaddb.ProjectPage, circles []skein.Circle) (page.ChangeLedData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	if err := x.mayChangeLed(); err != nil {
		return page.ChangeLedData{}, err
	}
	led := p.Project.LedWords(p.Further)
	d := page.ChangeLedData{
		ID: string(p.Project.ID), Name: p.Project.Title, Title: led.Title, Purpose: led.Purpose, Judged: led.JudgedBy, Version: led.Version(),
		EndHint: "Your last day moves with it, as far as the guardrail allows.",
		Further: furtherLine(led.Further, circles), FurtherKnown: circleLabels(circles), TeamWord: v.Org.CircleWord,
	}
	if lead := x.lead(); lead.Person != v.Person.ID {
		d.EndHint = "The lead’s last day moves with it, as far as the guardrail allows."
		if !standsIn(v, p) {
			d.EndHint += " You can set a later day; only whoever leads it, or stands in for them, brings it nearer."
		}
	}
	if !led.EndOn.IsZero() {
		d.End = led.EndOn.Format(time.DateOnly)
	}
	return d, nil
}

// LedMeanwhile says beside what was typed what it says now.
func LedMeanwhile(now *page.ChangeLedData, typed skein.LedWords, end, further string) {
	x := newDiffering()
	x.field("title", typed.Title, now.Title, now.Title)
	x.field("purpose", typed.Purpose, now.Purpose, now.Purpose)
	x.field("judged", typed.JudgedBy, now.Judged, now.Judged)
	x.field("end", end, now.End, now.End)
	x.field("teams", further, now.Further, now.Further)
	now.Wrong, now.Meanwhile = x.bad.On, changedMeanwhile
	now.Title, now.Purpose, now.Judged, now.End, now.Further = typed.Title, typed.Purpose, typed.JudgedBy, end, further
}

// changedLed says what whoever leads changed, old and new.
func (x auditTeller) changedLed() []string {
	var says []string
	for _, part := range []struct{ name, head string }{{"title", "title"}, {"purpose", "what it is for"}, {"judged_by", "how it is judged"}, {"end", "its last day"}} {
		if _, changed := x.row.Details[part.name]; !changed {
			continue
		}
		now, was := x.text(part.name), x.text("was_"+part.name)
		says = append(says, part.head+": "+quoted(now)+before(", before: ", quoted(was)))
	}
	return append(says, x.moving())
}

// moving says what must move with a project, and what had to before; "" where that stayed as it was.
func (x auditTeller) moving() string {
	was, is, changed := x.row.Moving()
	if !changed {
		return ""
	}
	named := func(ids []string) string {
		var names []string
		for _, id := range ids {
			names = append(names, words.Name(cmp.Or(x.row.Circles[id], id)))
		}
		return cmp.Or(words.List(names), "nobody else")
	}
	return "who else must move with it: " + named(is) + ", before: " + named(was)
}
