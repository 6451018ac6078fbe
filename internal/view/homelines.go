package view

import (
	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// in is a line of what somebody has a part in and does not lead: what they are in it, and how it stands.
func (t homeTeller) in(p homedb.Part) page.HomeLine {
	line := page.HomeLine{ID: string(p.Kind) + "-" + p.ID, Link: p.Title, URL: path.Project(p.ID), Stands: t.standsShort(p.LastWord)}
	switch {
	case p.Kind == homedb.PartProposed:
		line.Is = "proposed by you; " + t.partInLine(p)
	case p.Kind == homedb.PartBeside:
		line.Stands = ""
		line.Is = "you are to lead it beside " + words.Name(p.Coming)
		if !p.ComingOn.IsZero() {
			line.Is += " from " + t.clock.Date(p.ComingOn) + " on"
		}
	case p.Kind == homedb.PartShadow && p.Who != "":
		line.Is = "you shadow " + words.Name(p.Who)
	case p.Kind == homedb.PartShadow:
		line.Is = "you shadow its lead; " + t.partInLine(p)
	case p.Who == "" || p.Leaving || p.Reconsidered || p.State == skein.Paused:
		line.Is = "in the team; " + t.partInLine(p)
	default:
		line.Is = "in the team"
	}
	if p.Who == "" {
		line.Stands = ""
	}
	return line
}

// partInLine is how it stands with a project, in a line.
func (t homeTeller) partInLine(p homedb.Part) string {
	switch {
	case p.Coming != "" && p.Who == "":
		return comingSays(t.clock, p.Coming, p.ComingOn)
	case p.State == skein.Paused:
		return p.State.Words()
	case p.Leaving:
		return words.Name(p.Who) + " leads it until somebody has taken over"
	case p.Reconsidered:
		return words.Name(p.Who) + " leads it; it is being reconsidered"
	case p.Who != "":
		return words.Name(p.Who) + " leads it"
	}
	return "nobody leads it yet"
}

// beside is a line of what somebody leads beside its lead.
func (t homeTeller) beside(h homedb.HeldTerm) page.HomeLine {
	line := page.HomeLine{
		ID: "lead-" + h.ID, Link: h.Title, URL: path.Project(string(h.Project)), Is: "you lead it beside " + words.Name(h.Beside), Stands: t.standsShort(h.LastWord),
	}
	if h.Beside == "" {
		line.Is, line.Stands = "you are its co-lead; nobody leads it now", ""
		return line
	}
	if h.Paused {
		line.Is += "; it is paused"
	}
	if h.Reconsidered {
		line.Is += "; it is being reconsidered"
	}
	if h.Leaving {
		line.Is += "; it is being handed on"
	}
	line.Act = &component.Button{Label: "Tell the team", Kind: component.Plain, URL: path.Week(string(h.Project)), About: h.Title}
	return line
}

// standsShort is what was said last of something that somebody else leads, in a line.
func (t homeTeller) standsShort(w leaddb.LastWord) string {
	since := w.LedFrom
	if w.WordDay != nil {
		since = w.WordDay
	}
	switch {
	case w.WordDue != nil && t.clock.DaysTo(*w.WordDue) < 0 && since != nil:
		return "no word for " + words.Count(-t.clock.DaysTo(*since), "day", "days")
	case w.WordState != "":
		return w.WordState.Words() + ", said " + t.clock.OnDate(*w.WordDay)
	}
	return ""
}

// wordsToSee are the last words that whoever answers for a priority has not seen, with one click each.
func (t homeTeller) wordsToSee(d *page.HomeData, all []homedb.WordToSee) {
	for _, w := range all {
		project := string(w.Project)
		d.Words = append(d.Words, page.HomeLine{
			ID: "word-" + string(w.ID), Link: w.Title, URL: path.Project(project),
			Is: w.State.Words() + ". " + words.EndSentence(words.Name(w.Says)) + " " + words.Name(w.Name) + ", " + words.DaysAgo(-t.clock.DaysTo(w.Day)) + ".",
			Act: &component.Button{
				Label: "I have seen it", Kind: component.Plain, Action: path.SeeWeek(project, string(w.ID)), About: w.Title,
				Hidden: []component.Hidden{{Name: "shown", Value: w.Version()}, {Name: "then", Value: path.Home}},
			},
		})
	}
	if len(all) > 0 && all[0].All > len(all) {
		d.MoreWords = &component.NavItem{Label: "And " + words.Number(all[0].All-len(all)) + " more", URL: path.Home + "?all=yes"}
	}
	for i := range d.Words {
		d.Words[i].Is = words.UpperFirst(d.Words[i].Is)
	}
}
