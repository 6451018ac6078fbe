package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// How far a steward's figure looks ahead, and from when on an end is soon, in days.
const (
	aheadMonths = 8
	endsSoon    = 30
)

// stewarded is a steward's part of the home page; nil for whoever is none, and where there is neither
// anybody nor anything to lead.
func (t homeTeller) stewarded(v Viewer, s homedb.Stewarded) *page.HomeTeam {
	if len(s.Circles) == 0 || len(s.Leads) == 0 && s.People == 0 {
		return nil
	}
	team := page.HomeTeam{Word: v.Org.CircleWord, Of: words.Few(s.Circles)}
	team.Said, team.Acts, team.Note = t.stewardedSays(v, s.Leads)
	for _, l := range s.Leads {
		team.Leads = append(team.Leads, t.stewardedLead(v, l))
	}
	if len(s.Leads) > 0 && s.Leads[0].Total > len(s.Leads) {
		team.More = words.UpperFirst(words.Count(s.Leads[0].Total-len(s.Leads), "more is", "more are")) + " on the page of all leads."
	}
	team.NotLed = notLed(s)
	return &team
}

// stewardedSays is how many are open, and which ends next.
func (t homeTeller) stewardedSays(v Viewer, leads []homedb.StewardedLead) (page.Said, []component.Button, string) {
	if len(leads) == 0 {
		return page.Said{Before: "Nothing is led or open here."}, []component.Button{{Label: "Propose a lead", Kind: component.Outlined, URL: path.NewProject}}, ""
	}
	open := ""
	if n := leads[0].Open; n > 0 {
		open = words.UpperFirst(words.Count(n, "lead is", "leads are")) + " open"
	}
	switch n := leads[0].Deciding; {
	case n > 0 && open != "":
		open += ", " + words.Count(n, "is", "are") + " being decided"
	case n > 0:
		open = words.UpperFirst(words.Count(n, "lead is", "leads are")) + " being decided"
	}
	next := leads[0]
	soon := !next.EndsOn.IsZero() && !next.EndsOn.After(v.Today().AddDate(0, 0, endsSoon)) && !next.EndsOn.Before(v.Today())
	look := []component.Button{{Label: "Look", Kind: component.Outlined, URL: path.Project(string(next.ID)), About: "at " + words.Name(next.Title)}}
	switch {
	case soon:
		said := page.Said{Link: next.Title, URL: path.Project(string(next.ID)), After: " ends " + t.clock.InDate(next.EndsOn) + "."}
		if open != "" {
			said.Before = open + ", and "
		}
		note := "When it ends, claims open for whoever leads it next."
		if !next.EndOn.IsZero() && !next.EndOn.After(next.EndsOn) {
			note = "The project ends with it."
		}
		if next.State == skein.HandingOver {
			note = "It is open for whoever leads it next."
		}
		return said, look, note
	case open != "":
		return page.Said{Before: open + "."}, []component.Button{{Label: "All open leads", Kind: component.Plain, URL: path.Leads}}, ""
	}
	if leads[0].Coming > 0 {
		return page.Said{Before: "Each of its leads is led, or somebody was chosen for it; none ends within a month."}, nil, ""
	}
	return page.Said{Before: "Each of its leads is led, and none ends within a month."}, nil, ""
}

// stewardedLead is one line of the figure, and what it says.
func (t homeTeller) stewardedLead(v Viewer, l homedb.StewardedLead) page.HomeTeamLead {
	line := page.HomeTeamLead{Title: l.Title, URL: path.Project(string(l.ID)), Open: l.LeadName == ""}
	today := v.Today()
	ahead := today.AddDate(0, aheadMonths, 0).Sub(today).Hours()
	line.Share = 1
	if !l.EndsOn.IsZero() {
		line.Share = min(1, max(0, l.EndsOn.Sub(today).Hours()/ahead))
		line.Soon = !l.EndsOn.After(today.AddDate(0, 0, endsSoon))
	}
	switch {
	case l.LeadName != "":
		line.Says = words.Name(l.LeadName)
		if !l.EndsOn.IsZero() {
			line.Says += ", until " + t.clock.Date(l.EndsOn)
		}
		if endsBefore(l.LastDay, l.EndsOn, today) {
			line.Says += ", here " + t.clock.Until(l.LastDay)
			line.Soon = line.Soon || !l.LastDay.After(today.AddDate(0, 0, endsSoon))
		}
		if l.State == skein.HandingOver {
			line.Says += ", handing on"
		}
		if l.Reconsidered {
			line.Says += ", being reconsidered"
		}
		if l.State == skein.Paused {
			line.Says += ", paused"
		}
	case l.ComingName != "":
		line.Says, line.Open = comingSays(t.clock, l.ComingName, l.ComingOn), false
	default:
		line.Says = openSince(t.clock, l.WindowState, l.OpenedAt, l.ClosesAt)
	}
	return line
}

// notLed says how many have never led, and names a few where there is something to ask them: a lead that is
// open.
func notLed(s homedb.Stewarded) *page.HomeRow {
	if s.Never == 0 {
		return nil
	}
	row := page.HomeRow{ID: "not-led", Said: page.Said{
		Before: words.UpperFirst(words.Number(s.Never)) + " of " + words.Number(s.People) + " " + words.Verb(s.Never, "have") + " not led yet.",
	}}
	for _, l := range s.Leads {
		if l.LeadName != "" || l.ComingName != "" || !l.Takes {
			continue
		}
		names := s.Names
		if more := s.Never - len(names); more > 0 {
			names = append(names[:len(names):len(names)], words.Spell(more)+" more")
		}
		row.Note = words.Name(l.Title) + " is open, and a word from you may be what somebody waits for: " + words.List(names) + ". Only stewards see these names."
		row.Acts = []component.Button{{Label: "Who could lead it", Kind: component.Outlined, URL: path.Project(string(l.ID)), About: words.Name(l.Title)}}
		break
	}
	return &row
}
