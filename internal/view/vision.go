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
		d.Changed = "Last changed on " + clock.Date(vision.ChangedAt) + "."
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
	d.Form = form
	if form.Wrong == nil {
		d.Form = visionFormOf(change, vision, priorities, guardrails)
	}
	return d
}

// priorityNote says how a priority is measured and how many projects serve it.
func priorityNote(p gameboarddb.PriorityRow) string {
	var parts []string
	if p.Measure != "" {
		parts = append(parts, words.EndSentence(p.Measure))
	}
	if p.Horizon != "" {
		parts = append(parts, "Until "+words.Name(p.Horizon)+".")
	}
	parts = append(parts, words.UpperFirst(words.Spell(p.Projects))+" "+words.Plural(p.Projects, "project")+".")
	if p.OwnerName != "" {
		parts = append(parts, words.Name(p.OwnerName)+" answers for it.")
	}
	return strings.Join(parts, " ")
}

func guardrailShown(g gameboarddb.GuardrailRow, clock words.Clock) page.VisionGuardrail {
	shown := page.VisionGuardrail{ID: g.ID, Sentence: g.Sentence(), Reason: g.Reason, Effect: "It has not said no to anything this quarter."}
	if g.OwnerName != "" {
		shown.Reason += " " + words.Name(g.OwnerName) + " answers for it"
		if g.ReviewOn.IsZero() {
			shown.Reason += "."
		} else {
			shown.Reason += "; next look by " + clock.Date(g.ReviewOn) + "."
		}
	}
	if g.Refused > 0 {
		shown.Effect = fmt.Sprintf("Said no %s this quarter.", words.Times(g.Refused))
	}
	return shown
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
	for _, p := range ps {
		if change == "priority:"+string(p.ID) {
			f.Title, f.Measure, f.Horizon, f.Owner = p.Title, p.Measure, p.Horizon, string(p.Owner)
			f.Weight = strconv.FormatFloat(p.Weight, 'g', -1, 64)
		}
	}
	for _, g := range gs {
		if change == "guardrail:"+g.ID {
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
