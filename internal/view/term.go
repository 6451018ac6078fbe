package view

// How each page says where a term stands: a new state of a term is put into words here.

import (
	"slices"
	"strings"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// term says one place in front, and what it still lacks.
func (t homeTeller) term(h homedb.HeldTerm) page.HomeRow {
	project := path.Project(string(h.Project))
	row := page.HomeRow{ID: "lead-" + h.ID, Bird: component.Led, Said: page.Said{Link: h.Title, URL: project, After: "."}}
	switch {
	case h.EndsOn == nil:
	case h.State == skein.TermHandingOver && !h.NextMine: // it may end before, and no later
		row.Said.After = ", at the latest " + t.clock.Until(*h.EndsOn) + "."
	default:
		row.Said.After = ", " + t.clock.Until(*h.EndsOn) + "."
	}
	var notes []string
	switch {
	case h.StartsOn != nil:
		row.Bird = component.Vacant
		row.Said.After = ", from " + t.clock.Date(*h.StartsOn) + "."
	case h.State == skein.TermAccepted:
		row.Bird = component.Vacant
		row.Said.After = ", as soon as its needs are settled."
		if len(h.Missing) == 0 && h.NeedsBy == nil {
			row.Said.After = ", as soon as it is handed over."
		}
		notes = append(notes, t.handedTo(h)...)
		if h.NeedsBy != nil {
			notes = append(notes, "What was answered waits for you until "+t.clock.Day(*h.NeedsBy)+".")
		}
	case h.Paused:
		row.Bird = component.Paused
		notes = append(notes, "Its decisions pause; you still answer for it.")
	case h.Reconsidered && h.Role == skein.Primary:
		row.Bird = component.Reconsidered
		notes = append(notes, "It is being reconsidered; you lead it until there is an answer.")
	case h.State == skein.TermHandingOver:
		notes = append(notes, t.handsOn(h))
	}
	if h.State == skein.TermLive && !h.Paused && h.Role == skein.Primary && len(h.Missing) == 0 {
		notes = append(notes, "Everything it needs is settled.")
	}
	look := component.Button{Label: "Look", Kind: component.Plain, URL: project, About: h.Title}
	if len(h.Missing) > 0 {
		notes = append(notes, "Still open: "+strings.Join(words.Names(needsWords(h.Missing, t.currency)), "; ")+".")
		look = component.Button{Label: "See what is open", Kind: component.Outlined, URL: project + "#needs", About: h.Title}
	}
	row.Note, row.Acts = strings.Join(notes, " "), []component.Button{look}
	if h.State.Holds() {
		row = t.weekly(weekOf{h.Project, h.Title, len(h.Missing) > 0, h.LastWord}, row)
	}
	// Whoever is waited for has the way to it among what waits for them.
	if h.State.Holds() && h.NoteIs == skein.HandoverWritten || h.State == skein.TermAccepted && h.NoteIs == skein.HandoverSaid {
		row.Acts = append(slices.Clone(row.Acts), component.Button{Label: "The note", Kind: component.Plain, URL: path.HandingOn(string(h.Project)), About: h.Title})
	}
	return row
}

// handsOn says to whoever hands a lead on who follows, and what is waited for.
func (t homeTeller) handsOn(h homedb.HeldTerm) string {
	next := words.Name(h.Next)
	switch {
	case h.NextMine && h.NextFrom != nil:
		return "You lead it on from " + t.clock.Date(*h.NextFrom) + ", as a file says."
	case h.Next == "":
		return "You hand it on; it stays yours until somebody has taken over."
	case !h.NextYes && h.NextBy != nil:
		return "You hand it on: " + next + " was chosen to follow, and answers by " + t.clock.Day(*h.NextBy) + "."
	case h.NoteIs == skein.HandoverDraft:
		return "You hand it on to " + next + ": you write what they must know by " + t.clock.Day(*h.NoteDue) + "."
	case h.NoteIs == skein.HandoverWritten:
		return "You hand it on to " + next + ", who says your note back by " + t.clock.Day(*h.NoteDue) + "; then you sign."
	case h.NoteIs == skein.HandoverSaid:
		return "You hand it on to " + next + ", who has said your note back: you sign by " + t.clock.Day(*h.NoteDue) + "."
	}
	return "You hand it on to " + next + "; it stays yours until they begin."
}

// handedTo says to whoever accepted a lead that is handed on what is waited for.
func (t homeTeller) handedTo(h homedb.HeldTerm) []string {
	if h.NoteDue == nil {
		return nil
	}
	by, signs := " by "+t.clock.Day(*h.NoteDue), words.Name(h.NoteOf)
	writes := signs
	if h.NoteLeft {
		writes, signs = "A steward", "a steward"
	}
	switch h.NoteIs {
	case skein.HandoverDraft:
		return []string{writes + " writes what you must know" + by + "; then you say it back."}
	case skein.HandoverWritten:
		return []string{"You say back what " + words.Name(h.NoteOf) + " wrote" + by + "."}
	case skein.HandoverSaid:
		return []string{"You have said it back; " + signs + " signs" + by + "."}
	}
	return nil
}

// leadUntil says how long somebody leads.
func (x projectView) leadUntil(t *leaddb.TermRow) string {
	next := x.later()
	switch on := x.leadsOn(); {
	case on != nil:
		return "leads, and leads on from " + x.clock.Date(on.StartsOn)
	case t.State == skein.TermHandingOver && next != nil:
		return "leads until " + words.FirstName(next.Name) + " begins on " + x.clock.Date(next.StartsOn)
	case t.State == skein.TermHandingOver:
		return "leads until somebody has taken over" + x.atTheLatest(t)
	case !t.EndsOn.IsZero():
		return "leads " + x.clock.Until(t.EndsOn)
	case !t.From.IsZero():
		return "leads since " + x.clock.Date(t.From)
	}
	return "leads"
}

// atTheLatest is the last day of a lead that is handed on, with which it ends also where nobody has taken over by then;
// empty: it has none.
func (x projectView) atTheLatest(t *leaddb.TermRow) string {
	if t.EndsOn.IsZero() {
		return ""
	}
	return ", at the latest " + x.clock.Until(t.EndsOn)
}

// handsOn says to others that whoever leads it hands it on, and until when they lead it; empty: they do not.
func (x projectView) handsOn(lead *leaddb.TermRow) string {
	if lead.State != skein.TermHandingOver || lead.Person == x.Person.ID || x.leadsOn() != nil {
		return ""
	}
	return words.FirstName(lead.Name) + " hands it on, and " + x.leadUntil(lead) + "."
}

// termsNote says who answers for a project that is handed over.
func (x projectView) termsNote() string {
	if on := x.leadsOn(); on != nil {
		return words.FirstName(on.Name) + " leads it on from " + x.clock.Date(on.StartsOn) + ", as a file says."
	}
	if t, next := x.lead(), x.later(); t != nil && next != nil {
		return words.FirstName(t.Name) + " answers for it until " + words.FirstName(next.Name) + " begins on " + x.clock.Date(next.StartsOn) + "."
	}
	if t := x.lead(); t != nil && t.State == skein.TermHandingOver {
		return words.FirstName(t.Name) + " answers for it until somebody has taken over."
	}
	if t := x.left(); t != nil && x.lead() == nil && x.p.OwnerName != "" {
		return words.FirstName(t.Name) + " left on " + x.clock.Date(t.Until) + ". " + x.looksAfter()
	}
	return ""
}

// looksAfter says who looks after what nobody leads since its lead left; empty: that is not so.
func (x projectView) looksAfter() string {
	switch {
	case x.left() == nil || x.lead() != nil || x.p.OwnerName == "":
		return ""
	case x.p.Owner == x.Person.ID:
		return "You look after it until somebody leads."
	}
	return words.Name(x.p.OwnerName) + " looks after it until somebody leads."
}
