package view

import (
	"slices"
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Live is the page of the day on which somebody began to lead: they in front, behind them who stands behind it, and the
// team. First tells that they had led nothing before, assumed is what the lead decides where nothing is stated. False: nobody leads it now, so
// there is no such page.
func Live(v Viewer, p leaddb.ProjectPage, first bool, assumed []skein.Remit) (d page.LiveData, leads bool) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	lead := x.lead()
	if lead == nil || !p.Project.State.UnderWay() {
		return d, false
	}
	id, mine := string(p.Project.ID), lead.Person == v.Person.ID
	title := words.Name(p.Project.Title)
	d = page.LiveData{
		Back: []component.NavItem{{Label: p.Project.Title, URL: path.Project(id)}}, Statement: words.Name(lead.Name) + " leads " + title,
		Purpose: x.liveWords(lead, first), Flight: x.liveFlight(lead), Needs: x.needs(),
	}
	if mine {
		d.Statement = "You lead " + title
	} else {
		d.Whose = words.FirstName(lead.Name)
	}
	if !lead.From.IsZero() {
		d.Day = x.clock.Date(lead.From)
	}
	remit := p.Remit
	if len(remit) == 0 {
		remit = assumed
	}
	d.Decide, d.Ask, _ = x.remitWords(remit)
	for i := range d.Needs { // what is to be done about them stands on the project's page
		d.Needs[i] = page.ProjectNeed{What: d.Needs[i].What, Strong: d.Needs[i].Strong, Answer: d.Needs[i].Answer}
	}
	if mine {
		d.Greet = &component.Button{Label: "Tell the team", URL: path.Week(id)}
		if due := lead.WordDue; x.lastWord() == nil && !due.IsZero() && !due.Before(x.Today()) {
			d.Due = "Your first word to the team is due " + x.clock.OnDate(due) + "."
		}
		d.Calendar = path.Settings + "#calendar"
	}
	return d, true
}

// liveWords say since when and until when, and whether it is their first.
func (x projectView) liveWords(lead *leaddb.TermRow, first bool) string {
	var parts []string
	switch {
	case lead.From.IsZero():
	case lead.From.Equal(x.Today()):
		parts = append(parts, "from today")
	default:
		parts = append(parts, "since "+x.clock.Date(lead.From))
	}
	if !lead.EndsOn.IsZero() {
		parts = append(parts, x.clock.Until(lead.EndsOn))
	}
	says := ""
	if len(parts) > 0 {
		says = words.UpperFirst(strings.Join(parts, " ")) + "."
	}
	if first {
		own := "their"
		if lead.Person == x.Person.ID {
			own = "your"
		}
		says = together(says, "It is the first lead of "+own+" own.")
	}
	return says
}

// liveFlight has two arms: above who stands behind it, below the team and the places that are open.
func (x projectView) liveFlight(lead *leaddb.TermRow) component.FlightFigure {
	f := component.FlightFigure{Label: "The lead and the team", Above: x.standBehind(lead)}
	for i, m := range x.team() {
		one := component.Flier{Place: m.Place, Name: m.Name, URL: m.URL, Does: m.Does}
		if i == 0 {
			f.Front = one
			continue
		}
		f.Below = append(f.Below, one)
	}
	return f
}

// standBehind are those who gave what the lead needs, the coach nearest to it: one line each.
func (x projectView) standBehind(lead *leaddb.TermRow) []component.Flier {
	var all []component.Flier
	gives := map[skein.PersonID][]string{}
	names := map[skein.PersonID]string{}
	var order []skein.PersonID
	for _, n := range x.p.NeedsShown {
		if n.GrantedBy == "" || n.GrantedBy == lead.Person {
			continue
		}
		what := "gives: " + needWords(n.Need, x.Org.Currency)
		if n.Kind == skein.NeedCoach {
			what = "coaches"
		}
		if len(gives[n.GrantedBy]) == 0 {
			order = append(order, n.GrantedBy)
		}
		gives[n.GrantedBy], names[n.GrantedBy] = append(gives[n.GrantedBy], what), n.GrantedByName
	}
	coaches := func(id skein.PersonID) bool { return slices.Contains(gives[id], "coaches") }
	slices.SortStableFunc(order, func(a, b skein.PersonID) int {
		switch {
		case coaches(a) == coaches(b):
			return 0
		case coaches(b):
			return -1
		}
		return 1
	})
	for _, id := range order {
		does := gives[id][0]
		for _, more := range gives[id][1:] {
			does += "; " + strings.TrimPrefix(more, "gives: ")
		}
		all = append(all, component.Flier{Place: component.Behind, Name: names[id], URL: path.Person(string(id)), Does: does})
	}
	return all
}
