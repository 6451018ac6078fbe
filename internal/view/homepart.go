package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// partHeads are the heads under which each part stands.
var partHeads = map[homedb.PartKind]string{
	homedb.PartProposed: "You proposed", homedb.PartMember: "Your teams", homedb.PartShadow: "Your teams",
	homedb.PartPlace: "You asked", homedb.PartAsk: "You asked",
}

// parts puts what somebody has a part in under its heads, with how many more there are.
func (t homeTeller) parts(d *page.HomeData, parts []homedb.Part) {
	more := map[string]int{}
	var last homedb.PartKind
	for _, p := range parts {
		head := partHeads[p.Kind]
		if n := len(d.Parts); n == 0 || d.Parts[n-1].Head != head {
			d.Parts = append(d.Parts, page.HomePart{Head: head})
		}
		if p.Kind != last {
			more[head] += p.Parts
			last = p.Kind
		}
		more[head]--
		at := &d.Parts[len(d.Parts)-1]
		at.Rows = append(at.Rows, t.part(p))
	}
	for i := range d.Parts {
		if n := more[d.Parts[i].Head]; n > 0 {
			d.Parts[i].More = &component.NavItem{Label: words.UpperFirst(words.Number(n)) + " more", URL: path.Home + "?all=yes"}
		}
	}
}

// chosenSays says of somebody who accepted a lead, once everybody is told, that they have not begun.
func chosenSays(name string) string {
	return words.Name(name) + " was chosen, and begins when what the lead needs is settled"
}

// part says one of them: what it is now, and who is waited for.
func (t homeTeller) part(p homedb.Part) page.HomeRow {
	row := page.HomeRow{ID: string(p.Kind) + "-" + p.ID, Said: page.Said{Link: p.Title, URL: path.Project(p.ID), After: "."}}
	row.Acts = []component.Button{{Label: "Look", Kind: component.Plain, URL: path.Project(p.ID), About: p.Title}}
	now := "Nobody leads it yet."
	switch {
	case p.Chosen != "" && p.Who == "":
		now = words.UpperFirst(chosenSays(p.Chosen)) + "."
	case p.State == skein.Paused:
		now = words.UpperFirst(p.State.Words()) + "."
	case p.Leaving:
		now = words.Name(p.Who) + " leads it until somebody has taken over."
	case p.Who != "":
		now = words.Name(p.Who) + " leads it."
	}
	switch p.Kind {
	case homedb.PartMember:
		row.Note = "You are in its team. " + now
	case homedb.PartShadow:
		row.Note = "You shadow its lead. " + now
	case homedb.PartPlace:
		who := words.Name(p.Who)
		if who == "" {
			who = "its next lead"
		}
		row.Said.Before = "You asked to co-lead "
		row.Note = "It waits for " + who + t.by(p.Until)
	case homedb.PartAsk:
		row.Said = page.Said{Before: "You asked what " + words.Name(p.Who) + " can say about " + words.Name(p.Title), After: "."}
		row.Note = "It waits for " + words.Name(p.Who) + t.by(p.Until)
		row.Acts = nil
	default:
		row.Note = now
	}
	if p.Who != "" && p.Kind != homedb.PartAsk {
		row.Note = together(row.Note, t.stands(p.LastWord))
	}
	return row
}
