package view

import (
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// A project that is over is told in the past: what it took, what its lead was to get, who was there.

// factsOver is the line below the purpose of a project that is over.
func (x projectView) factsOver() string {
	hours, end := x.p.Project.HoursPerWeek, x.p.Project.EndOn
	switch {
	case hours == nil && end.IsZero():
		return ""
	case hours == nil:
		return "It was to go on " + x.clock.Until(end) + "."
	case end.IsZero():
		return "It was to take " + words.Hours(*hours) + "."
	}
	return "It was to take " + words.Hours(*hours) + " " + x.clock.Until(end) + "."
}

// teamOver is who was in the team of a project that is over: whoever led, in their order, who led beside them, the
// members, and who shadowed. Who had several places stands there once, with the first of these.
func (x projectView) teamOver() []component.Member {
	var all []component.Member
	var seen []skein.PersonID
	add := func(id skein.PersonID, name, does string) {
		if slices.Contains(seen, id) {
			return
		}
		seen = append(seen, id)
		all = append(all, component.Member{Place: component.Behind, Name: name, URL: path.Person(string(id)), Does: does})
	}
	terms := func(role skein.Role, did string) {
		for _, t := range x.p.Terms {
			if t.Role == role && t.State.Begun() {
				add(t.Person, t.Name, did)
			}
		}
	}
	terms(skein.Primary, "led it")
	terms(skein.CoLead, "led it beside")
	for _, s := range x.p.Stood {
		if !s.From.After(x.Today()) {
			add(s.Person, s.Name, "stood in")
		}
	}
	for _, m := range x.p.Members {
		add(m.ID, m.Name, m.Brings)
	}
	terms(skein.Shadow, "shadowed")
	return all
}

// needsOver are what was asked for in a project that is over, and what became of it.
func (x projectView) needsOver() []page.ProjectNeed {
	var all []page.ProjectNeed
	for _, n := range x.p.NeedsShown {
		all = append(all, page.ProjectNeed{What: needWords(n.Need, x.Org.Currency), Answer: needSaid(n, x.Org.Currency)})
	}
	return all
}

// needSaid is what had become of a need.
func needSaid(n leaddb.NeedShown, currency string) string {
	lead := words.FirstName(n.WaivedByName)
	says := "Nobody had answered."
	switch {
	case n.GrantedBy != "" || n.GrantedByName != "":
		says = words.FirstName(n.GrantedByName) + " said yes."
	case n.Answer == skein.NeedCounted:
		says = "Nobody answered in time, so it counted as granted."
	case n.WaivedBy != "" && n.Taken:
		says = words.EndSentence(lead + " took " + thereIs(n.Need, currency))
	case n.WaivedBy != "":
		says = lead + " did without it."
	case n.Answer == skein.NeedLess:
		says = words.Name(n.AnsweredByName) + " offered less." + because(n.Reason)
	case n.Answer == skein.NeedNo:
		says = words.Name(n.AnsweredByName) + " said no." + because(n.Reason)
	case n.Answer == skein.NeedNobody:
		says = "Nobody was left to ask."
	}
	switch n.Arrival {
	case skein.Arrived:
		return says + " It arrived."
	case skein.Missing:
		return says + " It was missing."
	}
	return says
}
