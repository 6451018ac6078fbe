package server

import (
	"cmp"
	"net/url"
	"strings"

	"skein/internal/board"
	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// boardView puts the board into words for one viewer.
type boardView struct {
	view.Viewer
	asks      asks
	standings *board.Standings
	clock     page.Clock
}

// data is the page's data.
func (b boardView) data(found board.Page) page.BoardData {
	d := page.BoardData{Sentence: b.sentence(found), Search: b.asks["q"], Undo: b.undo()}
	for _, name := range []string{"team", "priority", "hours", "closing", "like", "sort"} {
		if value := b.asks[name]; value != "" {
			d.Keep = append(d.Keep, component.Hidden{Name: name, Value: value})
		}
	}
	if q := b.asks["q"]; q != "" {
		d.Sentence.Hidden = []component.Hidden{{Name: "q", Value: q}}
	}
	add := func(head string, rows []board.Row, lead func(board.Row) page.BoardLead) {
		group := page.BoardGroup{Head: head}
		for _, row := range rows {
			group.Leads = append(group.Leads, lead(row))
		}
		if len(group.Leads) > 0 {
			d.Groups = append(d.Groups, group)
		}
	}
	add("", found.Open, b.open)
	add("Opening soon", found.Soon, b.soon)
	add("Beside a lead", found.Beside, b.beside)
	b.count(&d, found)
	if len(found.Open) > 0 || b.asks["after"] != "" {
		return d
	}
	for _, row := range found.Nearest {
		lead := b.open(row)
		lead.Between = b.between(row)
		d.Nearest = append(d.Nearest, lead)
	}
	if len(d.Nearest) == 0 {
		d.Empty = "No lead is open just now. What should somebody lead?"
	}
	return d
}

// count says in words what was found.
func (b boardView) count(d *page.BoardData, found board.Page) {
	open := len(found.Open)
	d.Found = words.UpperFirst(words.Number(open)) + " open"
	if open == 0 {
		d.Found = "None open"
		if found.OpenInAll > 0 {
			d.Found = "None open of the kind you ask for"
		}
	}
	if b.asks["after"] != "" {
		d.Found, d.Rest = words.UpperFirst(words.Number(open))+" further.", ""
		return
	}
	var rest []string
	if n := len(found.Soon); n > 0 {
		rest = append(rest, words.Number(n)+" opening soon")
	}
	if n := len(found.Beside); n > 0 {
		rest = append(rest, words.Count(n, "place beside a lead", "places beside a lead"))
	}
	if len(rest) == 0 {
		d.Found += "."
		return
	}
	d.Found += ","
	d.Rest = strings.Join(rest, ", ") + "."
}

// boardWords is each list of the filter sentence but the teams and priorities.
var boardWords = map[string][]component.Option{
	"hours": {
		{Value: "", Label: "any hours"},
		{Value: "2", Label: "up to 2 hours"},
		{Value: "4", Label: "up to 4 hours"},
		{Value: "6", Label: "up to 6 hours"},
		{Value: "8", Label: "up to 8 hours"},
		{Value: "16", Label: "up to 16 hours"},
	},
	"closing": {
		{Value: "", Label: "any time"},
		{Value: "today", Label: "today"},
		{Value: "week", Label: "within a week"},
		{Value: "taken", Label: "only when taken"},
	},
	"like": {
		{Value: "", Label: "whatever it is like"},
		{Value: "clear", Label: "where what works is known"},
		{Value: "complicated", Label: "where experts can find out"},
		{Value: "complex", Label: "where nobody knows yet"},
		{Value: "chaotic", Label: "where it cannot wait"},
		{Value: "undo", Label: "where it is hard to undo"},
		{Value: "teams", Label: "where several teams must move"},
	},
	"sort": {
		{Value: "", Label: "What suits me"},
		{Value: "closing", Label: "What closes soon"},
		{Value: "priority", Label: "What matters most"},
		{Value: "newest", Label: "What is new"},
	},
}

// sentence is the filter sentence.
func (b boardView) sentence(found board.Page) component.Sentence {
	word := b.Org.CircleWord
	teams := []component.Option{{Value: "", Label: "any " + word}}
	for _, c := range found.Circles {
		teams = append(teams, component.Option{Value: string(c.ID), Label: c.Name})
	}
	priorities := []component.Option{{Value: "", Label: "any priority"}}
	for _, p := range found.Priorities {
		priorities = append(priorities, component.Option{Value: string(p.ID), Label: p.Title})
	}
	choice := func(name, label, after string, options []component.Option) component.Phrase {
		return component.Phrase{Choice: &component.Choice{
			Name: name, Label: label, After: after, Options: options, Value: known(b.asks[name], options),
		}}
	}
	say := func(text string) component.Phrase { return component.Phrase{Words: text} }
	return component.Sentence{Action: path.Leads, Phrases: []component.Phrase{
		{Words: "Open leads", Strong: true},
		say("from"), choice("team", words.UpperFirst(word), "", teams),
		say("serving"), choice("priority", "Priority", ",", priorities),
		say("asking"), choice("hours", "Hours a week", "", boardWords["hours"]), say("a week, closing"),
		choice("closing", "Closing", ",", boardWords["closing"]), choice("like", "What it is like", ".", boardWords["like"]),
		choice("sort", "Order", "", boardWords["sort"]), say("first."),
	}}
}

// known is the value when it is one of the options, else the one that filters nothing.
func known(value string, options []component.Option) string {
	for _, o := range options {
		if o.Value == value {
			return value
		}
	}
	return ""
}

// undo are links that take back what the filters leave out.
func (b boardView) undo() []component.NavItem {
	var all []component.NavItem
	for _, f := range []struct{ name, label string }{
		{"team", "Show every " + b.Org.CircleWord},
		{"priority", "Show every priority"},
		{"hours", "Show all hours"},
		{"closing", "Show whatever closes when"},
		{"like", "Show whatever it is like"},
		{"q", "Search for nothing"},
	} {
		if b.asks[f.name] != "" {
			all = append(all, component.NavItem{Label: f.label, URL: path.With(path.Leads, b.asks.without(f.name))})
		}
	}
	if len(all) > 1 {
		all = []component.NavItem{{Label: "Show everything", URL: path.With(path.Leads, url.Values{"sort": {b.asks["sort"]}})}}
	}
	return all
}

func (a asks) without(name string) url.Values {
	values := a.with(name, "")
	values.Del(name)
	return values
}

// lead is what every row says, whichever group it stands in.
func (b boardView) lead(row board.Row) page.BoardLead {
	lead := page.BoardLead{
		ID: string(row.ID), Title: row.Title, Purpose: row.Purpose, Priority: words.LowerFirst(row.Priority), Team: row.CircleName,
		Leads: row.LeadName, Open: b.asks["why"] == string(row.ID),
	}
	if row.HoursPerWeek != nil {
		lead.Hours = words.Hours(*row.HoursPerWeek)
	}
	return lead
}

// open is a lead that takes claims.
func (b boardView) open(row board.Row) page.BoardLead {
	lead := b.lead(row)
	b.when(&lead, row)
	if lead.Hours != "" {
		if lead.Hours += ", granted"; !row.Granted {
			lead.Hours = strings.TrimSuffix(lead.Hours, "granted") + "not granted yet"
		}
	}
	b.stand(&lead, row)
	return lead
}

// when says until when claims gather.
func (b boardView) when(lead *page.BoardLead, row board.Row) {
	if row.ClosesAt.IsZero() {
		lead.When, lead.WhenNote = "Until taken", "open for "+b.clock.For(row.OpenedAt)
		lead.Exact = b.clock.Exact(row.OpenedAt)
		return
	}
	lead.When, lead.WhenNote = words.UpperFirst(b.clock.Moment(row.ClosesAt)), b.clock.In(row.ClosesAt)
	lead.Exact = b.clock.Exact(row.ClosesAt)
	if !row.ClosesAt.After(b.Now) {
		lead.When, lead.WhenNote = "Closed", "being decided"
	}
}

// soon is a lead that somebody holds and that opens before long, or is open for the next.
func (b boardView) soon(row board.Row) page.BoardLead {
	lead := b.lead(row)
	if row.State == skein.HandingOver {
		b.when(&lead, row)
	} else {
		lead.When, lead.WhenNote = words.UpperFirst(b.clock.Date(row.EndsOn)), b.clock.InDate(row.EndsOn)
		lead.Exact = b.clock.ExactDate(row.EndsOn)
	}
	b.stand(&lead, row)
	return lead
}

// beside is a project with a place beside its lead.
func (b boardView) beside(row board.Row) page.BoardLead {
	lead := b.lead(row)
	lead.When = "Any time"
	fit, _ := b.standings.Fit(row.ID)
	if row.CoLed || fit.Zone == match.NotYet {
		lead.State = "Open to everybody"
		lead.Change = "A place to shadow, for whoever wants to learn how it is done."
		lead.Hours = "as shadow"
		if row.Shadowed {
			lead.Hours, lead.Change = "in the team", "Its team is open to whoever wants to help."
		}
		return lead
	}
	b.stand(&lead, row)
	lead.State = "Ready to co-lead"
	if fit.Zone == match.Stretch {
		lead.State = "A stretch, as co-lead"
	}
	if lead.Hours != "" {
		lead.Hours += ", shared"
	}
	return lead
}

// stand says how the viewer stands with a lead.
func (b boardView) stand(lead *page.BoardLead, row board.Row) {
	if state := ownWords(row); state != "" {
		lead.State = state
		return
	}
	a, ok := b.standings.Answer(row.ID)
	if !ok {
		return
	}
	if !a.Compared {
		lead.State = "Nobody is compared here"
		lead.Change = "A steward reads what you write and decides."
		return
	}
	lead.State = strings.TrimSuffix(a.Explanation.State, ".")
	lead.Lines, lead.Bars, lead.Change = view.SaysOf(a.Explanation.Lines), a.Explanation.Bars, a.Explanation.Change
	if a.Assessment.Zone == match.NotYet {
		lead.ShowsChangeAnyway = true
		lead.Change = cmp.Or(lead.Change, "Join the team, or shadow: that is where it begins.")
	}
}

// ownWords is what the viewer has to do with a lead already.
func ownWords(row board.Row) string {
	switch row.Claim {
	case skein.ClaimDraft:
		return "You began a claim"
	case skein.ClaimSubmitted, skein.ClaimChosen:
		return "You claimed"
	}
	if row.Own == "lead" {
		return "You lead it"
	}
	return ""
}

// between says which filter leaves a lead out, so that one can undo it.
func (b boardView) between(row board.Row) string {
	if len(b.undo()) == 0 {
		return ""
	}
	if most := b.asks.query(b.Viewer).MostHours; most != nil && row.HoursPerWeek != nil && *row.HoursPerWeek > *most {
		return "It asks " + words.Hours(*row.HoursPerWeek) + "; you asked for " + words.HoursOnly(*most) + " at most."
	}
	if b.asks["q"] != "" {
		return "It does not say “" + b.asks["q"] + "”."
	}
	return "It is outside of what you asked for."
}
