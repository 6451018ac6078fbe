package view

import (
	"net/url"
	"slices"
	"strings"

	"skein/internal/board"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// count says in words what was found.
func (b boardView) count(d *page.BoardData, found board.Page) {
	n := found.Counts
	open := n.Open
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
	if n.Deciding > 0 {
		rest = append(rest, words.Number(n.Deciding)+" being decided")
	}
	if n.Soon > 0 {
		rest = append(rest, words.Number(n.Soon)+" opening soon")
	}
	if n.Beside > 0 {
		rest = append(rest, words.Count(n.Beside, "place beside a lead", "places beside a lead"))
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
		choice("closing", "Closing", ",", boardWords["closing"]), choice("like", "What it is like", ".", ownOptions(b.Org, boardWords["like"])),
		choice("sort", "Order", "", boardWords["sort"]), say("first."),
	}}
}

// known is the value when it is one of the options, else the one that filters nothing.
func known(value string, options []component.Option) string {
	if slices.ContainsFunc(options, func(o component.Option) bool { return o.Value == value }) {
		return value
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
