package view

import (
	"time"

	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// read fills in the note, and how it was said back.
func (h handing) read(d *page.HandingOnData) {
	n := h.note
	if n.State == "" || n.State == skein.HandoverDraft && !h.writes() && !h.steward() && h.Person.ID != h.giver {
		return
	}
	said := n.State == skein.HandoverSaid || n.State.Stands()
	d.Said = said
	d.Pieces = []page.HandoverPiece{
		{Head: "How it is now", Says: []string{nowWords[n.Now]}, Field: "now", Label: "In your words", Their: "in their words", Back: n.Said.Now},
		{Head: "In short", Says: []string{n.Summary}, Field: "summary", Label: "In your words", Their: "in their words", Back: n.Said.Summary},
	}
	if len(n.Actions) > 0 {
		piece := page.HandoverPiece{Head: "Still to do", Field: "actions", Label: "What you do first", Their: "what they do first", Back: n.Said.Actions}
		for _, a := range n.Actions {
			line := page.HandoverLine{What: words.EndSentence(a.What), Who: words.Name(a.Who), By: "no day"}
			if !a.By.IsZero() {
				line.By = h.clock.Date(a.By)
			}
			piece.Lines = append(piece.Lines, line)
		}
		d.Pieces = append(d.Pieces, piece)
	}
	for i, f := range n.Ifs {
		piece := page.HandoverPiece{Says: []string{"If " + f.If + ", " + words.EndSentence(f.Then)}, Field: page.IfField(i), Label: "When it happens, I", Their: "when it happens"}
		if i == 0 {
			piece.Head = "If this, then that"
		}
		if i < len(n.Said.Ifs) {
			piece.Back = n.Said.Ifs[i]
		}
		d.Pieces = append(d.Pieces, piece)
	}
	if said {
		d.SaidBy = words.FirstName(h.takerName)
	}
}

var nowWords = map[skein.HandoverNow]string{
	"": "Nobody has said yet.", skein.NowStable: "Stable. Nothing is expected to turn.", skein.NowWatch: "Watch it. It may turn within days.",
	skein.NowUnstable: "Unstable. It turns now.",
}

// form fills in the form in which the note is written; an empty one begins with what Skein knows.
func (h handing) form(d *page.HandingOnData) {
	d.Write, d.Form = path.HandingOn(d.ID), HandoverForm(h.note.HandoverText)
	if h.note.State == "" || h.note.Writer == "" {
		d.Form.Actions = h.known()
		if n := len(d.Form.Actions); n > 0 {
			d.Known = words.UpperFirst(words.Count(n, "thing is", "things are")) + " filled in: what the lead was to get and has not."
		}
	}
	d.Ready, d.Keep = "It is ready", "Keep it for later"
	d.Kept = "Nothing is sent yet. You lead it until both have signed."
	switch {
	case !h.holds && !h.left:
		d.Kept = "You do not lead it any more, and nobody waits for this. Where you have written it, whoever follows says it back."
	case h.left:
		d.Kept = "You write in the place of " + words.Name(h.giverName) + ", who has left."
	case h.Person.ID != h.giver:
		d.Kept = "You write in the place of " + words.Name(h.giverName) + ", who is away. They can write it themselves, too."
	}
	if h.taker != "" {
		d.Ready = "Ask " + words.FirstName(h.takerName) + " to say it back"
	}
	if h.note.State == skein.HandoverWritten || h.note.State == skein.HandoverSaid {
		d.Keep = ""
		d.Kept = "It is ready. You can mend it until it is said back."
	}
	if h.note.State == skein.HandoverSaid {
		d.Kept = "What was said back is forgotten with this, and is said back anew."
	}
	if h.waits() && h.note.State == skein.HandoverDraft {
		d.Until = "It is waited for until " + h.clock.Moment(h.note.Due) + "; then " + words.FirstName(h.takerName) + " begins without it."
	}
	if !h.note.WrittenAt.IsZero() {
		d.Kept = "Kept " + h.clock.Moment(h.note.WrittenAt) + ". " + d.Kept
	}
}

// known is what the lead was to get and has not, as something still to do.
func (h handing) known() []page.HandoverField {
	var all []page.HandoverField
	for _, n := range h.p.NeedsShown {
		if len(all) == skein.MostActions || !n.Asked() && n.Arrival != skein.Missing {
			continue
		}
		f := page.HandoverField{What: n.What, Who: n.AskedOfName}
		if n.Asked() && !n.AnswerBy.IsZero() {
			f.By = n.AnswerBy.In(h.clock.Zone).Format(time.DateOnly)
		}
		all = append(all, f)
	}
	return all
}

// HandoverForm is a note as its form shows it.
func HandoverForm(t skein.HandoverText) page.HandoverForm {
	f := page.HandoverForm{Now: string(t.Now), Summary: t.Summary}
	for _, a := range t.Actions {
		by := ""
		if !a.By.IsZero() {
			by = a.By.Format(time.DateOnly)
		}
		f.Actions = append(f.Actions, page.HandoverField{What: a.What, Who: a.Who, By: by})
	}
	for _, i := range t.Ifs {
		f.Ifs = append(f.Ifs, page.HandoverField{What: i.If, Then: i.Then})
	}
	return f
}
