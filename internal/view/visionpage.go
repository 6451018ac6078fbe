package view

import (
	"cmp"
	"net/url"

	gameboarddb "skein/internal/postgres/gameboard"
	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// VisionRead is the page on which everybody reads what the organisation is for, what matters most, and
// where the limits are.
func VisionRead(v Viewer, vision skein.Vision, priorities []gameboarddb.PriorityRow, guardrails []gameboarddb.GuardrailRow,
	changes []logdb.AuditRow,
) page.VisionReadData {
	clock := v.Clock()
	d := page.VisionReadData{
		Organisation: vision.Organisation, Vision: vision.Vision, Purpose: vision.Purpose, MayChange: v.Is(skein.Executive),
	}
	for i, p := range priorities {
		one := page.VisionReadPriority{ID: string(p.ID), Place: i + 1, Title: p.Title, Note: measureNote(p), Projects: projectsNote(p)}
		if one.Answers = cmp.Or(p.ForIt(), "Nobody answers for it yet."); p.OwnerName != "" && p.Away() == "" {
			one.Owner = &component.NavItem{Label: p.OwnerName, URL: path.Person(string(p.Owner))}
		}
		if p.Open > 0 {
			one.Open = path.With(path.Leads, url.Values{"priority": {string(p.ID)}})
		}
		d.Priorities = append(d.Priorities, one)
	}
	for _, g := range guardrails {
		d.Guardrails = append(d.Guardrails, guardrailShown(g, clock))
	}
	for _, row := range changes {
		line := auditLine(row, clock, v.Org)
		line.Time, line.Exact = words.UpperFirst(clock.Day(row.At)), clock.Exact(row.At)
		if row.Actor != "" && line.WhoURL != "" {
			line.WhoURL = path.Person(row.Actor)
		}
		d.Changes = append(d.Changes, line)
	}
	return d
}

// projectsNote counts the projects that serve a priority, by who leads them.
func projectsNote(p gameboarddb.PriorityRow) string {
	parts := placesOf(p)
	if parts.all() == 0 {
		return "No project serves it yet."
	}
	return words.UpperFirst(words.Several(parts.all(), "project")) + ": " + parts.words("") + "."
}
