package view

import (
	"skein/internal/board"
	"skein/internal/match"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Suggest fills in what could be theirs: two open leads that suit, and new ground. Whoever gets none of
// these, or has nothing here yet, gets the nearest lead, co-lead and place to shadow up to three, and whom
// to ask.
func Suggest(d *page.HomeData, v Viewer, home homedb.Home, could []board.Suggestion, nearest []board.Near, openLeads int) {
	t := homeTeller{clock: v.Clock(), free: freeHours(v.Person, home)}
	for _, lead := range could {
		d.Could = append(d.Could, t.lead(lead))
	}
	if begun := len(home.Terms)+len(home.StandsIn)+len(home.Parts)+len(home.Unfinished) > 0; len(could) > 0 && begun {
		return
	}
	for _, n := range nearest[:min(len(nearest), max(0, board.MostSuggested-len(could)))] {
		row := t.near(n)
		if len(d.Could) == 0 {
			row.Aside = "" // the section's head stands there
		}
		d.Could = append(d.Could, row)
	}
	if a := home.Adviser; a != nil && len(could) < board.MostSuggested {
		row := adviser(*a, v)
		if len(d.Could) == 0 {
			row.Aside = ""
		}
		d.Could = append(d.Could, row)
	}
	if len(could)+len(nearest) == 0 {
		d.Empty = emptyHome(openLeads)
	}
}

// freeHours is the room to lead that somebody has left; nil when they have not stated it.
func freeHours(p skein.Person, home homedb.Home) *float64 {
	if p.HoursPerWeek == nil {
		return nil
	}
	free := max(0, *p.HoursPerWeek-home.HoursHeld)
	return &free
}

// emptyHome says why nothing is offered, and what would change that.
func emptyHome(openLeads int) *page.HomeEmpty {
	if openLeads == 0 {
		return &page.HomeEmpty{
			Sentence: "No lead is open just now. If something is in the way, say so: it becomes a project that somebody can lead.",
			Next:     []component.NavItem{{Label: "Something is in the way", URL: path.InTheWay}, {Label: "Propose a project", URL: path.NewProject}},
		}
	}
	return &page.HomeEmpty{
		Sentence: "Each lead that is open you have claimed, sent away or have a place in, or it has to be split before anybody can lead it.",
		Next:     []component.NavItem{{Label: "Look through all that is open", URL: path.Leads}},
	}
}

// lead says why one open lead could be theirs, and what it takes against what they have.
func (t homeTeller) lead(l board.Suggestion) page.HomeRow {
	id := string(l.ID)
	row := page.HomeRow{ID: "open-" + id, Said: page.Said{Link: l.Title, URL: path.Project(id)}}
	row.Acts = []component.Button{
		{Label: "Look", Kind: component.Plain, URL: path.Project(id), About: "at " + words.Name(l.Title)},
		{Label: "Not for me", Kind: component.Plain, Action: path.DismissProject(id), About: l.Title},
	}
	row.Note = whyTheirs(l.Assessment, l.Names)
	if l.Ground {
		row.Aside = "New ground"
		row.Note = "You want to try " + l.Wish + "."
	}
	if l.HoursPerWeek != nil {
		row.Note += " " + words.HoursOnly(*l.HoursPerWeek)
		if !l.Settled {
			row.Note += ", not granted yet"
		}
		if t.free != nil {
			row.Note += "; you have " + words.Rounded(*t.free)
		}
		row.Note += "."
	}
	return row
}

// whyTheirs is the one line that says what somebody brings, from those who say so: of the
// requirement that counts most for them.
func whyTheirs(a match.Assessment, n match.Names) string {
	var most *match.Met
	for i, m := range a.Met {
		if m.Share > 0 && (most == nil || m.Share > most.Share) {
			most = &a.Met[i]
		}
	}
	if most == nil {
		return ""
	}
	skill := n.SkillName(most.Skill)
	var givers []string
	level, work, certificate := 0, false, false
	for _, w := range most.Witnesses {
		switch {
		case w.Kind == skein.Peer && w.Person != "":
			givers, level = append(givers, words.FirstName(n.Person(w.Person))), max(level, w.Level)
		case w.Kind == skein.Outcome:
			work = true
		case w.Kind == skein.Credential:
			certificate = true
		}
	}
	switch {
	case len(givers) > 0 && level >= 4:
		return words.Few(givers) + " " + words.Verb(len(givers), "come") + " to you for " + skill + "."
	case len(givers) > 0:
		return words.Few(givers) + " " + words.Verb(len(givers), "have") + " seen your " + skill + "."
	case work:
		return "Work of yours speaks for " + skill + "."
	case certificate:
		return "A certificate of yours speaks for " + skill + "."
	}
	return "You say you know " + skill + "."
}
