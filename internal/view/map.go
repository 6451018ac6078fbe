package view

import (
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// MapAsk is what of the map an address asks for.
type MapAsk struct {
	In    skein.CircleID
	After skein.ProjectID
	Tree  bool // written down as a tree, in place of a list
}

// mapView puts the map of circles into words, the list and the figure from the same rows.
type mapView struct {
	Viewer
	ask    MapAsk
	m      gameboarddb.Map
	whole  skein.CircleID        // the circle that all others lie in; empty: there is none
	chosen gameboarddb.MapCircle // without an ID, or whole: all of it
	within map[skein.CircleID][]gameboarddb.MapCircle
	leads  map[skein.CircleID][]gameboarddb.MapLead
	sums   map[skein.CircleID]mapSum
	clock  words.Clock
}

// mapSum counts a circle together with what lies within it.
type mapSum struct {
	led, again, paused, open, coming, circles int // again: of those led, being reconsidered; coming: nobody leads it yet, and somebody accepted its lead
	hours                                     float64
}

func (s mapSum) all() int { return s.led + s.vacant() }

// vacant is how many have nobody in front.
func (s mapSum) vacant() int { return s.open + s.coming }

func (s mapSum) plus(other mapSum) mapSum {
	return mapSum{s.led + other.led, s.again + other.again, s.paused + other.paused, s.open + other.open, s.coming + other.coming, s.circles + other.circles, s.hours + other.hours}
}

func ownSum(c gameboarddb.MapCircle) mapSum {
	return mapSum{led: c.Led, again: c.Reconsidered, paused: c.Paused, open: c.Open, coming: c.Coming, hours: c.Hours}
}

// words are the counts of a circle: "5 led, 1 of them paused, 2 open, 1 about to begin".
func (s mapSum) words() string {
	says := ""
	if s.led > 0 {
		says = words.Figure(s.led) + " led"
	}
	if s.again > 0 {
		says += ", " + words.Figure(s.again) + " of them being reconsidered"
	}
	if s.paused > 0 {
		says += ", " + words.Figure(s.paused) + " of them paused"
	}
	if s.open > 0 {
		if says != "" {
			says += ", "
		}
		says += words.Figure(s.open) + " open"
	}
	if s.coming > 0 {
		if says != "" {
			says += ", "
		}
		says += words.Figure(s.coming) + " about to begin"
	}
	if says == "" {
		return "nothing to lead now"
	}
	return says
}

// Map is the page of all circles, or of one of them and what lies within it.
func Map(v Viewer, ask MapAsk, m gameboarddb.Map) page.MapData {
	x := mapView{
		Viewer: v, ask: ask, m: m, clock: v.Clock(),
		within: map[skein.CircleID][]gameboarddb.MapCircle{}, leads: map[skein.CircleID][]gameboarddb.MapLead{}, sums: map[skein.CircleID]mapSum{},
	}
	for _, c := range m.Circles {
		x.within[c.Parent] = append(x.within[c.Parent], c)
	}
	if tops := x.within[""]; len(tops) == 1 && len(x.within[tops[0].ID]) > 0 && ownSum(m.Outside).all() == 0 {
		x.whole = tops[0].ID
	}
	if ask.In == "" {
		x.ask.In = x.whole
	}
	x.chosen = x.circle(x.ask.In)
	for _, lead := range m.Leads {
		x.leads[lead.Circle] = append(x.leads[lead.Circle], lead)
	}
	x.sum(gameboarddb.MapCircle{})
	x.sums[""] = x.sums[""].plus(ownSum(m.Outside))
	return x.data()
}

// sum counts a circle and all within it.
func (x mapView) sum(c gameboarddb.MapCircle) mapSum {
	total := ownSum(c)
	for _, inner := range x.within[c.ID] {
		below := x.sum(inner)
		below.circles++
		total = total.plus(below)
	}
	x.sums[c.ID] = total
	return total
}

// all tells whether nothing is chosen: the whole organisation is shown.
func (x mapView) all() bool { return x.ask.In == x.whole }

// name is what the organisation is called here: as the circle that all others lie in, if there is one.
func (x mapView) name() string {
	if x.whole != "" {
		return x.circle(x.whole).Name
	}
	return x.Org.Name
}

func (x mapView) data() page.MapData {
	d := page.MapData{Title: x.title(), Figure: x.figure(), Paused: x.sums[x.ask.In].paused > 0, Reconsidered: x.sums[x.ask.In].again > 0, Ways: x.ways()}
	if x.all() {
		d.Says = x.openWords()
	} else {
		d.Within, d.Name, d.Says = x.above(), x.chosen.Name, words.EndSentence(x.chosen.Purpose)
	}
	if x.chosen.ID != "" {
		d.Stewards = x.stewardWords()
		d.People = component.NavItem{
			Label: words.UpperFirst(words.Count(x.chosen.People, "person", "people")),
			URL:   path.With(path.People, map[string][]string{"circle": {string(x.chosen.ID)}}),
		}
	}
	if x.ask.Tree {
		d.Tree = &page.MapBranch{
			NavItem: component.NavItem{Label: x.name(), URL: x.to(x.whole), Current: x.all()},
			Counts:  x.sums[x.whole].words(), Within: x.branches(x.whole),
		}
		return d
	}
	d.Groups = x.groups()
	return d
}

// to is where a circle is chosen, written down as it is now.
func (x mapView) to(id skein.CircleID) string {
	as := ""
	if x.ask.Tree {
		as = "tree"
	}
	if id == x.whole {
		id = ""
	}
	return path.TeamsIn(string(id), as)
}

func (x mapView) item(c gameboarddb.MapCircle) component.NavItem {
	return component.NavItem{Label: c.Name, URL: x.to(c.ID), Current: c.ID == x.ask.In}
}

// above are the organisation and the circles that the chosen one lies in, from the outermost.
func (x mapView) above() []component.NavItem {
	var items []component.NavItem
	for at := x.chosen.Parent; at != x.whole; {
		c := x.circle(at)
		items = append([]component.NavItem{x.item(c)}, items...)
		at = c.Parent
	}
	return append([]component.NavItem{{Label: x.name(), URL: x.to(x.whole)}}, items...)
}

func (x mapView) circle(id skein.CircleID) gameboarddb.MapCircle {
	for _, c := range x.m.Circles {
		if c.ID == id {
			return c
		}
	}
	return gameboarddb.MapCircle{}
}

// ways lead elsewhere from what is chosen.
func (x mapView) ways() []component.NavItem {
	var ways []component.NavItem
	if !x.all() {
		ways = append(ways, component.NavItem{Label: "One step out", URL: x.to(x.chosen.Parent)})
	}
	other := x
	other.ask.Tree = !x.ask.Tree
	written := component.NavItem{Label: "As a tree", URL: other.to(x.ask.In)}
	if x.ask.Tree {
		written.Label = "As a list"
	}
	if len(x.m.Circles) > 0 {
		ways = append(ways, written)
	}
	if x.chosen.ID != "" {
		ways = append(ways, component.NavItem{Label: "The page of " + words.Name(x.chosen.Name), URL: path.Team(string(x.chosen.ID))})
	}
	return ways
}

// stewardWords names the nearest stewards, as the page of a circle does.
func (x mapView) stewardWords() string {
	up := gameboarddb.CirclePage{Circle: skein.Circle{ID: x.chosen.ID, Name: x.chosen.Name}, Stewards: x.m.Stewards}
	for at := x.chosen.Parent; at != ""; {
		c := x.circle(at)
		up.Above = append(up.Above, skein.Circle{ID: c.ID, Name: c.Name})
		at = c.Parent
	}
	return circleView{Viewer: x.Viewer, c: up}.stewardWords()
}
