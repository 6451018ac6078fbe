package page

import (
	"cmp"
	"slices"

	"skein/internal/words"
	"skein/web/component"
	"skein/web/path"
)

// adminPages are the pages of administrators, in the order in which they are listed at the top of each. A page that
// names its address in its frame (Frame.At) shows the list by itself.
var adminPages = []component.NavItem{
	{Label: "People", URL: path.AdminPeople},
	{Label: "Teams", URL: path.AdminTeams},
	{Label: "Skills", URL: path.AdminSkills},
	{Label: "Sign-in", URL: path.AdminSignIn},
	{Label: "Import", URL: path.Import},
	{Label: "Log", URL: path.AdminAudit},
	{Label: "Set-up", URL: path.AdminSetup},
}

// AdminPages returns the addresses of the pages of administrators.
func AdminPages() []string {
	pages := make([]string, len(adminPages))
	for i, p := range adminPages {
		pages[i] = p.URL
	}
	return pages
}

// organisation is the one item of the main navigation under which all of them are found.
func (f Frame) organisation() component.NavItem {
	return component.NavItem{Label: "Organisation", URL: path.AdminPeople, Current: f.amongAdminPages()}
}

func (f Frame) amongAdminPages() bool { return slices.Contains(AdminPages(), f.At) }

// adminNav lists the pages of administrators on one of them; nothing for anybody else, and nothing elsewhere.
func (f Frame) adminNav() []component.NavItem {
	if !f.Viewer.Administrator || !f.amongAdminPages() {
		return nil
	}
	items := slices.DeleteFunc(slices.Clone(adminPages), func(i component.NavItem) bool {
		return i.URL == path.AdminSetup && f.SetupAway && f.At != path.AdminSetup
	})
	for i := range items {
		items[i].Current = items[i].URL == f.At
		if items[i].URL == path.AdminTeams { // in the organisation's own word
			items[i].Label = words.UpperFirst(cmp.Or(f.Circles, "teams"))
		}
	}
	return items
}
