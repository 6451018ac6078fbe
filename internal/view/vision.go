package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	doordb "skein/internal/postgres/door"
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
)

// Vision is the page of the vision, the priorities and the guardrails. What is being changed is filled
// in as it stands, unless a form was refused.
func Vision(v Viewer, vision skein.Vision, priorities []gameboarddb.PriorityRow, guardrails []gameboarddb.GuardrailRow,
	people []doordb.Named, change string, form page.VisionForm,
) page.VisionData {
	clock := v.Clock()
	d := page.VisionData{Organisation: vision.Organisation, Vision: vision.Vision, Purpose: vision.Purpose, Change: change}
	if !vision.ChangedAt.IsZero() {
		d.Changed = "Last changed on " + clock.Date(vision.ChangedAt.In(clock.Zone)) + "."
	}
	for i, p := range priorities {
		d.Priorities = append(d.Priorities, page.VisionPriority{
			ID: string(p.ID), Place: i + 1, Title: p.Title,
			Note: priorityNote(p), First: i == 0, Last: i == len(priorities)-1,
		})
	}
	up := map[skein.GuardrailKind]bool{}
	for _, g := range guardrails {
		up[g.Kind] = true
		d.Guardrails = append(d.Guardrails, guardrailShown(g, clock))
	}
	d.Kinds = freeKinds(up)
	for _, p := range people {
		d.People = append(d.People, component.Option{Value: string(p.ID), Label: p.Name})
	}
	now := visionFormOf(change, vision, priorities, guardrails)
	if d.Form = form; form.Stale {
		d.Form.Wrong, d.Form.Version = visionMeanwhile(form, now, d.People), now.Version
	} else if form.Wrong == nil {
		d.Form = now
	}
	d.Order = orderOf(priorities)
	return d
}

// measureNote says how a priority is measured, and until when.
func measureNote(p gameboarddb.PriorityRow) string {
	var parts []string
	if p.Measure != "" {
		parts = append(parts, words.EndSentence(p.Measure))
	}
	if p.Horizon != "" {
		parts = append(parts, "Until "+words.Name(p.Horizon)+".")
	}
	return strings.Join(parts, " ")
}

// priorityNote says how a priority is measured and how many projects serve it.
func priorityNote(p gameboarddb.PriorityRow) string {
	parts := []string{words.UpperFirst(words.Several(p.Projects, "project")) + "."}
	if note := measureNote(p); note != "" {
		parts = []string{note, parts[0]}
	}
	if says := p.ForIt(); says != "" {
		parts = append(parts, says)
	}
	return strings.Join(parts, " ")
}

func guardrailShown(g gameboarddb.GuardrailRow, clock words.Clock) page.VisionGuardrail {
	parts := []string{words.EndSentence(g.Reason)}
	if says := g.ForIt(); says != "" {
		parts = append(parts, says)
	}
	if next := nextLook(g.ReviewOn, clock); next != "" {
		parts = append(parts, next)
	}
	return page.VisionGuardrail{ID: g.ID, Sentence: g.Sentence(), Reason: strings.Join(parts, " "), Effect: guardrailEffect(g, clock)}
}

// nextLook says by when a guardrail is looked at again, whoever answers for it, or that it was to be.
func nextLook(day skein.Date, clock words.Clock) string {
	switch {
	case day.IsZero():
		return ""
	case day.Before(skein.Day(clock.Now.In(clock.HomeZone()))):
		return "It was to be looked at again by " + clock.Date(day) + "."
	}
	return "It is looked at again by " + clock.Date(day) + "."
}

// guardrailEffect says what a guardrail has done: how often and when last it kept a project from being
// published, where that is what it does.
func guardrailEffect(g gameboarddb.GuardrailRow, clock words.Clock) string {
	switch g.Kind {
	case skein.LeadsAtOnce:
		return "It is checked whenever somebody claims, or is to be given a lead. How often it says no there is not counted."
	case skein.ShortestWindow:
		return "Claims that would close sooner stay open as long as it says. It keeps no project from being published."
	}
	if g.Refused == 0 {
		return "In the last 90 days it has kept no project from being published."
	}
	return fmt.Sprintf("In the last 90 days it has kept a project from being published %s, last %s.", words.Times(g.Refused), clock.OnDay(g.RefusedAt))
}

// kindWords is how the page offers each kind of guardrail.
var kindWords = map[skein.GuardrailKind]string{
	skein.LeadsAtOnce:    "Leads that one person may hold at once",
	skein.PriorityNamed:  "Every project names its priority",
	skein.LongestTerm:    "How long a lead may last, in months",
	skein.ShortestWindow: "How long claims stay open at least, in days",
}

func freeKinds(up map[skein.GuardrailKind]bool) (free []component.Option) {
	for _, kind := range skein.GuardrailKinds {
		if !up[kind] {
			free = append(free, component.Option{Value: string(kind), Label: kindWords[kind]})
		}
	}
	return free
}

// visionFormOf fills the form with what is being changed as it stands.
func visionFormOf(change string, v skein.Vision, ps []gameboarddb.PriorityRow, gs []gameboarddb.GuardrailRow) page.VisionForm {
	f := page.VisionForm{Organisation: v.Organisation, Vision: v.Vision, Purpose: v.Purpose, Weight: "1"}
	if change == "vision" {
		f.Version = v.Version()
	}
	for _, p := range ps {
		if change == "priority:"+string(p.ID) {
			f.Version = p.Version()
			f.Title, f.Measure, f.Horizon, f.Owner = p.Title, p.Measure, p.Horizon, string(p.Owner)
			f.Weight = strconv.FormatFloat(p.Weight, 'g', -1, 64)
		}
	}
	for _, g := range gs {
		if change == "guardrail:"+g.ID {
			f.Version = g.Version()
			f.Sentence, f.Kind, f.Reason, f.Owner = g.Sentence(), string(g.Kind), g.Reason, string(g.Owner)
			if g.Number > 0 {
				f.Number = strconv.Itoa(g.Number)
			}
			if !g.ReviewOn.IsZero() {
				f.ReviewOn = g.ReviewOn.Format(time.DateOnly)
			}
		}
	}
	return f
}
