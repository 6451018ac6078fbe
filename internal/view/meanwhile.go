package view

import (
	"slices"
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
)

// changedMeanwhile is said above a form whose thing somebody else changed while it was being filled in.
const changedMeanwhile = "Somebody changed this while you wrote. What you typed still stands below; where it differs from what it says now, that is said beside it. Save again to put yours in its place."

// differing says, field by field, what stands now where something else was typed.
type differing struct{ bad skein.Invalid }

func newDiffering() *differing {
	return &differing{skein.Invalid{{Field: component.VersionName, Message: changedMeanwhile}}}
}

// field compares what was typed in one field with what stands; says is how a page says that.
func (d *differing) field(name, typed, stands, says string) {
	if typed == stands {
		return
	}
	if says == "" {
		says = "Now it is empty."
	} else {
		says = "Now it says “" + says + "”."
	}
	d.bad.Add(true, name, says)
}

// labelOf is what a choice is called.
func labelOf(options []component.Option, value string) string {
	i := slices.IndexFunc(options, func(o component.Option) bool { return o.Value == value })
	if i < 0 {
		return value
	}
	return options[i].Label
}

// visionMeanwhile says what stands now beside what was typed of the vision, a priority or a guardrail.
func visionMeanwhile(typed, now page.VisionForm, people []component.Option) func(string) string {
	d := newDiffering()
	owner := ""
	if now.Owner != "" {
		owner = labelOf(people, now.Owner)
	}
	d.field("organisation", typed.Organisation, now.Organisation, now.Organisation)
	d.field("vision", typed.Vision, now.Vision, now.Vision)
	d.field("purpose", typed.Purpose, now.Purpose, now.Purpose)
	d.field("title", typed.Title, now.Title, now.Title)
	d.field("measure", typed.Measure, now.Measure, now.Measure)
	d.field("horizon", typed.Horizon, now.Horizon, now.Horizon)
	d.field("weight", typed.Weight, now.Weight, page.WeightWords(now.Weight))
	d.field("owner", typed.Owner, now.Owner, owner)
	d.field("number", typed.Number, now.Number, now.Number)
	d.field("reason", typed.Reason, now.Reason, now.Reason)
	d.field("review_on", typed.ReviewOn, now.ReviewOn, now.ReviewOn)
	return d.bad.On
}

// ProposalMeanwhile says in a proposal's form what stands now beside what was typed, and makes it a form
// of what stands now.
func ProposalMeanwhile(d *page.ProposalForm, typed skein.Situation, p skein.Proposal, lists leaddb.ProposalLists, org skein.Organisation) {
	now, x := Proposal(p, lists), newDiffering()
	x.field("title", d.Title, now.Title, now.Title)
	x.field("purpose", d.Purpose, now.Purpose, now.Purpose)
	x.field("judged", d.Judged, now.Judged, now.Judged)
	x.field("hours", d.Hours, now.Hours, now.Hours)
	x.field("end", d.End, now.End, now.End)
	team, priority := "", ""
	for _, c := range lists.Circles {
		if c.ID == p.Project.Circle {
			team = c.Name
		}
	}
	for _, one := range lists.Priorities {
		if one.ID == p.Project.Priority {
			priority = one.Title
		}
	}
	x.field("team", d.Team, now.Team, team)
	x.field("teams", d.Further, now.Further, now.Further)
	x.field("priority", d.Priority, now.Priority, priority)
	x.field("trust", d.Trust, now.Trust, p.Project.Trust.Words())
	stands := p.Phase.Situation
	for _, dim := range skein.Dimensions {
		x.field(string(dim), answer(dim, typed, org), answer(dim, stands, org), answer(dim, stands, org))
	}
	x.field("requirements", lines(d.Skills, skillLine), lines(now.Skills, skillLine), lines(now.Skills, skillLine))
	x.field("needs", lines(d.Needs, needLine), lines(now.Needs, needLine), lines(now.Needs, needLine))
	x.field("remit", lines(d.Remit, remitLine), lines(now.Remit, remitLine), lines(now.Remit, remitLine))
	d.Wrong, d.Any, d.Version = x.bad.On, changedMeanwhile, now.Version
}

// answer is a situation's answer in one dimension, as the form offers it.
func answer(dim skein.Dimension, s skein.Situation, org skein.Organisation) string {
	switch {
	case dim == skein.DimUncertainty:
		return uncertaintyWords[s.Uncertainty]
	case s.Value(dim) < 1 || s.Value(dim) > 5:
		return ""
	case dim == skein.DimReach:
		return reachWords(s.Value(dim), org)
	}
	return situationWords[dim][s.Value(dim)]
}

// lines says a list's lines one after another.
func lines[T any](all []T, says func(T) string) string {
	var parts []string
	for _, one := range all {
		if line := says(one); line != "" {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, "; ")
}

func skillLine(s page.SkillAsked) string {
	if s.Name == "" {
		return ""
	}
	must := ""
	if s.Must {
		must = ", a must"
	}
	return s.Name + ", " + s.Level + " of 5, counts " + s.Importance + must
}

func needLine(n page.NeedAsked) string { return spaced(n.What, n.Amount, n.Of) }

func remitLine(r page.RemitAsked) string {
	if r.Area == "" {
		return ""
	}
	return spaced(r.Area, r.Level, r.Ceiling, r.With)
}

// spaced joins what is given by commas.
func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
