package view

import (
	"strings"

	homedb "skein/internal/postgres/home"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// Search is what was found.
func Search(v Viewer, typed string, found homedb.Found) page.SearchData {
	d := page.SearchData{Words: typed}
	for _, p := range found.Projects {
		d.Projects = append(d.Projects, page.FoundLine{
			Title: p.Title, URL: path.Project(string(p.ID)), Note: p.Purpose, Aside: projectStands(p, v.Clock()),
		})
	}
	for _, p := range found.People {
		d.People = append(d.People, page.FoundLine{
			Title: p.Name, URL: path.Person(string(p.ID)), Note: knownFor(p), Aside: p.Circle,
		})
	}
	return d
}

// projectStands says in a few words where a project's life stands.
func projectStands(p homedb.FoundProject, clock words.Clock) string {
	if p.Coming != "" && p.Lead == "" {
		return comingSays(clock, p.Coming, p.ComingOn)
	}
	switch p.State {
	case skein.Draft:
		return "Your draft"
	case skein.OpenForLead:
		return "Open for a lead"
	case skein.Completed:
		return "Completed"
	case skein.Cancelled:
		return "Cancelled"
	}
	if p.Lead == "" {
		return "Led"
	}
	return "Led by " + p.Lead
}

// knownFor says what somebody leads, and what others say they can do.
func knownFor(p peopledb.ListedPerson) string {
	var parts []string
	if len(p.Leads) > 0 {
		parts = append(parts, "Leads "+words.List(p.Leads)+".")
	}
	if len(p.Known) > 0 {
		parts = append(parts, "Others speak for "+words.List(p.Known)+".")
	}
	if p.Away {
		parts = append(parts, "Away now.")
	}
	return strings.Join(parts, " ")
}
