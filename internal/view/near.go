package view

import (
	"cmp"

	"skein/internal/board"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// near says a lead that is the nearest of one way, and how far it is.
func (t homeTeller) near(n board.Near) page.HomeRow {
	id := string(n.ID)
	row := page.HomeRow{ID: "near-" + id, Said: page.Said{Link: n.Title, URL: path.Project(id), After: "."}}
	row.Acts = []component.Button{
		{Label: "Look", Kind: component.Plain, URL: path.Project(id), About: "at " + words.Name(n.Title)},
		{Label: "Not for me", Kind: component.Plain, Action: path.DismissProject(id), About: n.Title},
	}
	lead := words.Name(n.LeadName)
	switch n.Way {
	case board.ToCoLead:
		row.Aside, row.Said.Before = "Beside a lead", "Co-lead "
		row.Note = lead + " leads it, and answers whoever asks to lead beside them."
	case board.ToShadow:
		row.Aside, row.Said.Before = "To learn", "Shadow "
		row.Note = lead + " leads it. You look over their shoulder; nobody has to be asked."
	default:
		row.Said.After = ""
		row.Note = "The nearest to you that is open. " + nearWords(n)
	}
	return row
}

// nearWords says how somebody stands in the open lead that is nearest, and what would bring them nearer.
func nearWords(n board.Near) string {
	if !n.Answer.Compared {
		return "Nobody is compared there: somebody who has no part in it decides on what is written."
	}
	x := n.Answer.Explanation
	return x.State + " " + cmp.Or(x.Change, farWords[n.Answer.Assessment.Zone], whyTheirs(n.Answer.Assessment, n.Answer.Names))
}

// adviser says whom somebody could ask where to begin.
func adviser(a homedb.Adviser, v Viewer) page.HomeRow {
	after := ", who administers Skein."
	switch a.Kind {
	case skein.Steward:
		after = ", the steward of " + words.Name(a.Circle) + "."
	case skein.Executive:
		after = ", an executive of " + words.Name(v.Org.Name) + "."
	}
	return page.HomeRow{
		ID: "adviser", Aside: "Not sure?",
		Said: page.Said{Before: "Ask ", Link: a.Name, URL: path.Person(string(a.ID)), After: after},
		Note: "A lead is easier to find with somebody who knows what is needed.",
	}
}
