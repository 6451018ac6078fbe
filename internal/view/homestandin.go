package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// standsIn says in what the viewer stands in for somebody.
func (t homeTeller) standsIn(in homedb.StandsIn, today skein.Date) page.HomeRow {
	project := path.Project(string(in.Project))
	row := page.HomeRow{ID: "standin-" + string(in.ID), Bird: component.Led, Said: page.Said{Link: in.Title, URL: project, After: t.standsFor(today, in.From, in.Until) + "."}}
	row.Note = "Standing in for " + words.Name(in.For) + ". You decide what the lead decides."
	if in.From.After(today) {
		row.Bird = component.Vacant
		row.Note = "You are to stand in for " + words.Name(in.For) + ". From that day on you decide what the lead decides."
	}
	row.Acts = []component.Button{{Label: "Look", Kind: component.Plain, URL: project, About: in.Title}}
	if in.From.After(today) {
		return row
	}
	return t.weekly(weekOf{in.Project, in.Title, false, in.LastWord}, row)
}

func (t homeTeller) standsFor(today, from, until skein.Date) string {
	return "," + standsFor(t.clock, today, from, until)
}

// deputised says who stands in for the viewer in what they lead, or is asked to; while they are away, that
// nobody does.
func (t homeTeller) deputised(home homedb.Home, h homedb.HeldTerm, today skein.Date) string {
	for _, d := range home.Absent {
		if d.Project != h.Project || h.Role != skein.Primary {
			continue
		}
		if d.Asked {
			return words.Name(d.Name) + " is asked to stand in for you" + standsFor(t.clock, today, d.From, d.Until) + "."
		}
		return words.Name(d.Name) + " stands in for you" + standsFor(t.clock, today, d.From, d.Until) + "."
	}
	if h.Role == skein.Primary && h.State.Holds() && onLeave(home, today) != nil {
		return "Nobody stands in for you."
	}
	return ""
}

// looksAfter says of what nobody leads that the viewer looks after it.
func (t homeTeller) looksAfter(l homedb.LooksAfter) page.HomeRow {
	project := path.Project(string(l.Project))
	return page.HomeRow{
		ID: "after-" + string(l.Project), Bird: component.Vacant, Said: page.Said{Link: l.Title, URL: project, After: "."},
		Note: words.Name(l.Left) + " left on " + t.clock.Date(l.LeftOn) + ". You look after it until somebody leads.",
		Acts: []component.Button{{Label: "Look", Kind: component.Plain, URL: project, About: l.Title}},
	}
}

// onLeave is the leave that the viewer is on; nil: none.
func onLeave(home homedb.Home, today skein.Date) *skein.Absence {
	for _, leave := range home.Leaves {
		if leave.Covers(today) {
			a := leave.Absence()
			return &a
		}
	}
	return nil
}

// away says that the viewer is away, on a leave or with somebody standing in for them, and offers the way back.
func (t homeTeller) away(home homedb.Home, v Viewer) *page.HomeRow {
	today, leave := v.Today(), onLeave(home, v.Today())
	var stand, asked []string
	for _, d := range home.Absent {
		switch {
		case d.From.After(today):
		case d.Asked:
			asked = append(asked, d.Name)
		default:
			stand = append(stand, d.Name)
		}
	}
	if leave == nil && len(stand)+len(asked) == 0 {
		return nil
	}
	row := &page.HomeRow{ID: "away"}
	switch {
	case leave == nil && len(stand) > 0:
		row.Said.Before = words.Few(distinct(stand)) + " " + words.Verb(len(distinct(stand)), "stand in") + " for you."
	case leave == nil:
		row.Said.Before = words.Few(distinct(asked)) + " " + words.Verb(len(distinct(asked)), "are asked") + " to stand in for you."
	case leave.Until.IsZero():
		row.Said.Before = "You are away."
	default:
		row.Said.Before = "You are away " + t.clock.Until(leave.Until) + "."
	}
	if leave != nil {
		row.Note = "Nobody is told to wait for you, and nobody invites you meanwhile."
	}
	if len(stand)+len(asked) > 0 {
		row.Note = together(row.Note, "When you are back, nobody stands in for you any more.")
	}
	row.Acts = []component.Button{{Label: "I am back", Kind: component.Outlined, Action: path.Back, Hidden: []component.Hidden{{Name: "then", Value: path.Home}}}}
	return row
}

// distinct leaves each name in once.
func distinct(names []string) []string {
	var all []string
	seen := map[string]bool{}
	for _, n := range names {
		if !seen[n] {
			seen[n], all = true, append(all, n)
		}
	}
	return all
}
