package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// reconsider says that a lead is being reconsidered, of which the viewer says what becomes.
func (t homeTeller) reconsider(w homedb.Wanted, row *page.HomeRow) {
	row.Said.Before, row.Said.After = "Say what becomes of ", t.by(w.Until)
	row.Note = "It has become something else, so it is being reconsidered. A steward says it too; you lead it until there is an answer."
	if w.Who != "" {
		row.Note = "It has become something else, so it is being reconsidered. " + words.Name(w.Who) + " leads it until there is an answer, and says it too."
	}
	label := "Answer"
	if w.About != "" { // both have answered, and not the same
		label = "Change your answer"
		stays := words.Name(w.Who) + " leads it"
		who := "You and " + words.Name(w.Who)
		switch {
		case w.Who == "":
			who, stays = "You and a steward", "you lead it"
		case w.About == "theirs":
			label, who = "Answer", words.Name(w.Who)+" and another steward"
		}
		row.Note = who + " say different things. Talk with each other: what you both say happens at once. If it still differs by then, it opens for claims, and " + stays + " until somebody has taken over."
	}
	row.Acts = []component.Button{{Label: label, Kind: component.Outlined, URL: path.Reconsider(string(w.Project)), About: w.Title}}
}

// handover says what a lead that is handed on waits for: its note, that it is said back, or a signature.
func (t homeTeller) handover(w homedb.Wanted, row *page.HomeRow) {
	who, label := words.Name(w.Who), "Write it"
	row.Said.After = t.by(w.Until)
	switch w.Kind {
	case homedb.WaitWrite:
		row.Said.Before = "Write what " + who + " must know to lead "
		row.Note = "Without a note by then they begin without."
	case homedb.WaitSay:
		label, row.Said.Before = "Say it back", "Say back what you must know to lead "
		row.Note = "In your own words. When it is signed too, the lead is yours: at once, or on the day on which you begin."
		if w.Who == "" {
			row.Note = "In your own words. You lead it as soon as nobody is waited for any more."
		}
	case homedb.WaitSign:
		label, row.Said.Before = "Read and sign", who+" has said back what they must know to lead "
		row.Note = "When you have signed, the lead is theirs: at once, or on the day on which they begin."
	}
	row.Acts = []component.Button{{Label: label, Kind: component.Outlined, URL: path.HandingOn(string(w.Project)), About: w.Title}}
}
