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
	homedb.PartPlace: "You asked", homedb.PartAsk: "You asked",
}

// parts puts what somebody has a part in on its line, or under its heads, with how many more there are.
func (t homeTeller) parts(d *page.HomeData, parts []homedb.Part) {
	more := map[string]int{}
	var last homedb.PartKind
	for _, p := range parts {
		head := partHeads[p.Kind]
		if head == "" {
			if p.Kind != last {
				more[head] += p.Parts
				last = p.Kind
			}
			more[head]--
			d.In = append(d.In, t.in(p))
			continue
		}
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
	if n := more[""]; n > 0 {
		d.MoreIn = &component.NavItem{Label: words.UpperFirst(words.Number(n)) + " more", URL: path.Home + "?all=yes"}
	}
	for i := range d.Parts {
		if n := more[d.Parts[i].Head]; n > 0 {
			d.Parts[i].More = &component.NavItem{Label: words.UpperFirst(words.Number(n)) + " more", URL: path.Home + "?all=yes"}
		}
	}
}

// part says one of them: what it is now, and who is waited for.
func (t homeTeller) part(p homedb.Part) page.HomeRow {
	row := page.HomeRow{ID: string(p.Kind) + "-" + p.ID, Said: page.Said{Link: p.Title, URL: path.Project(p.ID), After: "."}}
	row.Acts = []component.Button{{Label: "Look", Kind: component.Plain, URL: path.Project(p.ID), About: p.Title}}
	switch p.Kind {
	case homedb.PartPlace:
		row.Said.Before = "You would co-lead "
		row.Note = t.placeWaits(p)
	case homedb.PartAsk:
		row.Said = page.Said{Before: "You asked what " + words.Name(p.Who) + " can say about " + words.Name(p.Title), After: "."}
		row.Note = "It waits for " + words.Name(p.Who) + t.by(p.Until)
		row.Acts = nil
	}
	if p.Who != "" && p.Kind != homedb.PartAsk {
		row.Note = together(row.Note, t.stands(p.LastWord))
	}
	return row
}

// partNow says how it stands with a project that somebody has a part in, as a sentence. A name keeps its letters.
func (t homeTeller) partNow(p homedb.Part) string {
	says, coming := t.partInLine(p), p.Coming != "" && p.Who == ""
	if !coming && (p.Who == "" || p.State == skein.Paused) {
		says = words.UpperFirst(says)
	}
	return says + "."
}

// placeWaits says for whom a place waits that was asked for.
func (t homeTeller) placeWaits(p homedb.Part) string {
	who := words.Name(p.Who)
	if who == "" {
		who = "its next lead"
	}
	return "It waits for " + who + t.by(p.Until)
}

// areIn are the teams that somebody is in and the places that they asked for, as a mail lists them.
func (t homeTeller) areIn(parts []homedb.Part) (rows []page.MailRow) {
	more := map[homedb.PartKind]int{}
	for _, p := range parts {
		row := page.MailRow{Said: page.Said{Link: p.Title, URL: path.Project(p.ID)}}
		switch p.Kind {
		case homedb.PartMember:
			row.Note = t.partNow(p)
		case homedb.PartShadow:
			row.Note = "You shadow its lead. " + t.partNow(p)
		case homedb.PartPlace:
			row.Note = "You would co-lead it. " + t.placeWaits(p)
		default:
			continue
		}
		if _, known := more[p.Kind]; !known {
			more[p.Kind] = p.Parts
		}
		more[p.Kind]--
		rows = append(rows, row)
	}
	left := 0
	for _, n := range more {
		left += n
	}
	if left > 0 {
		rows = append(rows, page.MailRow{Said: page.Said{Link: words.UpperFirst(words.Number(left)) + " more", URL: path.Home + "?all=yes", After: "."}})
	}
	return rows
}
