package view

import (
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// title answers the page's question: how many have somebody in front.
func (x mapView) title() string {
	sum := x.sums[x.ask.In]
	if x.all() {
		teams := words.Count(sum.circles, x.TeamWord(1), x.TeamWord(2))
		if sum.all() == 0 {
			return words.UpperFirst(teams)
		}
		return words.UpperFirst(words.Count(sum.all(), "project", "projects")) + ", " + teams
	}
	in := " in " + words.Name(x.chosen.Name)
	switch {
	case sum.all() == 0:
		return "Nothing to lead" + in + " just now"
	case sum.all() == 1 && sum.vacant() == 1:
		return "The one project" + in + " has nobody in front"
	case sum.all() == 1:
		return "The one project" + in + " has somebody in front"
	case sum.vacant() == 0:
		return "All " + words.Spell(sum.all()) + in + " have somebody in front"
	case sum.vacant() == sum.all():
		return "None of the " + words.Spell(sum.all()) + in + " has anybody in front"
	}
	return words.UpperFirst(words.Spell(sum.vacant())) + " of " + words.Spell(sum.all()) + in + " " + words.Verb(sum.vacant(), "have") + " nobody in front"
}

// openWords says of the whole organisation how many have nobody in front, and where most of them are.
func (x mapView) openWords() string {
	sum := x.sums[x.whole]
	switch {
	case len(x.m.Circles) == 0 && sum.all() == 0:
		return "Nobody has named one yet. Administrators do."
	case sum.all() == 0:
		return "There is nothing to lead just now."
	case sum.vacant() == 0:
		return "Each has somebody in front."
	}
	says := words.UpperFirst(words.Spell(sum.vacant())) + " " + words.Verb(sum.vacant(), "have") + " nobody in front."
	var most gameboarddb.MapCircle
	alone := false
	for _, c := range x.m.Circles {
		if n := ownSum(c).vacant(); n > 0 && n >= ownSum(most).vacant() {
			most, alone = c, n > ownSum(most).vacant()
		}
	}
	switch {
	case !alone || ownSum(most).vacant() < 2:
		return says
	case ownSum(most).vacant() == sum.vacant():
		return says + " All of them are in " + words.Name(most.Name) + "."
	}
	return says + " " + words.UpperFirst(words.Spell(ownSum(most).vacant())) + " of them are in " + words.Name(most.Name) + "."
}

// groups is the list: what is the chosen circle's own, then what lies within it, a group each.
func (x mapView) groups() []page.MapGroup {
	var groups []page.MapGroup
	outside := x.own(x.m.Outside, "In no "+x.TeamWord(1))
	outside.Counts = ownSum(x.m.Outside).words()
	own := x.own(x.chosen, "Its own")
	switch {
	case x.ask.After != "" && x.ask.In == "":
		return []page.MapGroup{outside}
	case x.ask.After != "":
		return []page.MapGroup{own}
	case x.chosen.ID != "" && len(own.Leads) > 0:
		groups = append(groups, own)
	}
	for _, c := range x.within[x.ask.In] {
		groups = append(groups, x.group(c))
	}
	if x.ask.In == "" && ownSum(x.m.Outside).all() > 0 {
		groups = append(groups, outside)
	}
	return groups
}

// own is what belongs to a circle itself, with the way to what does not fit on one page.
func (x mapView) own(c gameboarddb.MapCircle, head string) page.MapGroup {
	leads := x.leads[c.ID]
	g := page.MapGroup{Head: head, Leads: x.lines(leads)}
	switch {
	case x.ask.After != "" && len(leads) < gameboarddb.MostMapLeads:
		g.More = component.NavItem{Label: "From the beginning", URL: x.to(c.ID)}
	case len(leads) > 0 && ownSum(c).all() > len(leads):
		g.More = component.NavItem{
			Label: "More",
			URL:   path.With(path.Teams, map[string][]string{"in": {string(c.ID)}, "after": {string(leads[len(leads)-1].ID)}}),
		}
	}
	return g
}

// mostGroupLeads is how many leads of a circle that is not chosen are listed; choosing it lists them all.
const mostGroupLeads = 12

// group is a circle within the chosen one: what it leads; of all circles, those that nobody leads.
func (x mapView) group(c gameboarddb.MapCircle) page.MapGroup {
	sum := x.sums[c.ID]
	g := page.MapGroup{NavItem: x.item(c), Counts: sum.words()}
	leads, of := x.leads[c.ID], ownSum(c).all()
	if x.all() {
		leads, of = x.openIn(c), sum.vacant()
	}
	g.Leads = x.lines(leads[:min(len(leads), mostGroupLeads)])
	if left := of - len(g.Leads); left > 0 {
		g.More = component.NavItem{Label: words.UpperFirst(words.Count(left, "more", "more")) + " in " + words.Name(c.Name), URL: x.to(c.ID)}
	}
	for _, inner := range x.within[c.ID] {
		g.Within = append(g.Within, x.item(inner))
	}
	return g
}

// openIn are the leads of a circle and of those within it that nobody has.
func (x mapView) openIn(c gameboarddb.MapCircle) []gameboarddb.MapLead {
	var open []gameboarddb.MapLead
	for _, lead := range x.leads[c.ID] {
		if lead.State == skein.OpenForLead {
			open = append(open, lead)
		}
	}
	for _, inner := range x.within[c.ID] {
		open = append(open, x.openIn(inner)...)
	}
	return open
}

// branches is the tree below a circle; only the chosen one shows what it leads.
func (x mapView) branches(of skein.CircleID) []page.MapBranch {
	var branches []page.MapBranch
	for _, c := range x.within[of] {
		b := page.MapBranch{NavItem: x.item(c), Counts: x.sums[c.ID].words(), Within: x.branches(c.ID)}
		if c.ID == x.ask.In {
			own := x.own(c, "")
			b.Leads, b.More = own.Leads, own.More
		}
		branches = append(branches, b)
	}
	return branches
}

func (x mapView) lines(leads []gameboarddb.MapLead) []page.MapLine {
	lines := make([]page.MapLine, 0, len(leads))
	for _, lead := range leads {
		line := page.MapLine{NavItem: component.NavItem{Label: lead.Title, URL: path.Project(string(lead.ID))}}
		line.Bird, line.Says = x.stands(lead)
		line.Open = line.Bird == component.VacantOnMap
		lines = append(lines, line)
	}
	return lines
}

// stands says how it stands with a lead: who has it, or that nobody has and until when claims gather.
func (x mapView) stands(lead gameboarddb.MapLead) (component.BirdState, string) {
	who := words.Name(lead.Lead)
	if lead.Lead == "" {
		who = "led"
	}
	if lead.StandsIn != "" {
		who = words.Name(lead.StandsIn) + ", standing in for " + who
	}
	switch {
	case lead.Coming != "" && lead.Lead == "":
		return component.VacantOnMap, comingSays(x.clock, lead.Coming, lead.ComingOn)
	case lead.State == skein.OpenForLead:
		return component.VacantOnMap, openSince(x.clock, lead.WindowState, lead.OpenedAt, lead.ClosesAt)
	case lead.State == skein.Paused:
		return component.Paused, who + ", paused"
	case lead.State.Seeks():
		return component.Led, who + ", until somebody takes over"
	case lead.Reconsidered:
		return component.Reconsidered, who + ", being reconsidered"
	}
	return component.Led, who
}
