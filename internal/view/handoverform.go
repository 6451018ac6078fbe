package view

import (
	"slices"
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
	said := (n.State == skein.HandoverSaid || n.State.Stands()) && !n.PutRight()
	d.Said = said
	d.Pieces = []page.HandoverPiece{
		{Head: "How it is now", Says: []string{nowWords[n.Now]}, Field: "now", Label: "How it is now, in your words", Their: "in their words", Back: n.Said.Now},
		{Head: "In short", Says: []string{n.Summary}, Field: "summary", Label: "In short, in your words", Their: "in their words", Back: n.Said.Summary},
	}
	if len(n.Actions) > 0 {
		piece := page.HandoverPiece{Head: "Still to do", Field: "actions", Label: "What you do first", Their: "what they do first", Back: n.Said.Actions}
		for _, a := range n.Actions {
			line := page.HandoverLine{What: words.EndSentence(a.What), Who: words.Name(a.Who), By: "no day", URL: h.decisionOf(a.What)}
			if !a.By.IsZero() {
				line.By = h.clock.Date(a.By)
			}
			piece.Lines = append(piece.Lines, line)
		}
		d.Pieces = append(d.Pieces, piece)
	}
	for i, f := range n.Ifs {
		piece := page.HandoverPiece{
			Says: []string{ifSays(f)}, Field: page.IfField(i), Read: page.IfRead(i), Of: f.If,
			Label: "When it happens, I", Their: "when it happens", Hint: "what you would do",
		}
		if i == 0 {
			piece.Head = "If this, then that"
		}
		if i < len(n.Said.Ifs) {
			piece.Back = n.Said.Ifs[i]
		}
		d.Pieces = append(d.Pieces, piece)
	}
	for i := range d.Pieces {
		d.Pieces[i].Anew = slices.Contains(n.Said.Anew, d.Pieces[i].Field)
	}
	if !h.moved {
		d.Decisions = DecisionLines(h.Viewer, h.openDecisions())
	}
	if said {
		d.SaidBy = words.FirstName(h.takerName)
	}
}

func ifSays(f skein.HandoverIf) string { return "If " + f.If + ", " + words.EndSentence(f.Then) }

// SaidOf is what was typed of a piece of a note, and what that piece was when it was read.
type SaidOf struct {
	Field, Of, Says string
}

// SaidMeanwhile puts what was typed beside the pieces of a note that may have been mended since it was read: each beside
// the piece that it was said of. What was said of a piece that is there no more is shown, so that it can be taken over.
func SaidMeanwhile(d *page.HandingOnData, typed []SaidOf) {
	pieces := make([]SaidOf, len(d.Pieces))
	for i, p := range d.Pieces {
		d.Pieces[i].Back, pieces[i] = "", SaidOf{Field: p.Field, Of: p.Of}
	}
	at := besideWhich(pieces, typed)
	for n, said := range typed {
		if said.Says == "" {
			continue
		}
		if i := at[n]; i >= 0 {
			d.Pieces[i].Back = said.Says
			continue
		}
		left := page.HandoverPiece{Says: []string{"What was still to do."}, Back: said.Says}
		if said.Of != "" {
			left.Says[0] = "If " + words.EndSentence(said.Of)
		}
		d.Gone = append(d.Gone, left)
	}
}

// BackOf is what was typed of each "if this" of a note that may have been mended since it was read.
func BackOf(ifs []skein.HandoverIf, typed []SaidOf) []string {
	pieces, answers := make([]SaidOf, len(ifs)), make([]string, len(ifs))
	for i, piece := range ifs {
		pieces[i] = SaidOf{Field: page.IfField(i), Of: piece.If}
	}
	for n, i := range besideWhich(pieces, typed) {
		if i >= 0 {
			answers[i] = typed[n].Says
		}
	}
	return answers
}

// besideWhich is beside which piece each belongs that was typed: the one in its place where that says the same still, else
// another of these words; -1: there is none. Two pieces may say the same.
func besideWhich(pieces, typed []SaidOf) []int {
	at, taken := make([]int, len(typed)), make([]bool, len(pieces))
	find := func(n int, same func(p, said SaidOf) bool) {
		at[n] = -1
		for i, p := range pieces {
			if !taken[i] && same(p, typed[n]) {
				at[n], taken[i] = i, true
				return
			}
		}
	}
	for n := range typed {
		find(n, func(p, said SaidOf) bool { return p.Field == said.Field && p.Of == said.Of })
	}
	for n, said := range typed {
		if at[n] < 0 && said.Of != "" {
			find(n, func(p, said SaidOf) bool { return p.Of == said.Of })
		}
	}
	return at
}

var nowWords = map[skein.HandoverNow]string{
	"": "Nobody has said yet.", skein.NowStable: "Stable. Nothing is expected to turn.", skein.NowWatch: "Watch it. It may turn within days.",
	skein.NowUnstable: "Unstable. It turns now.",
}

// form fills in the form in which the note is written; an empty one begins with what Skein knows.
func (h handing) form(d *page.HandingOnData) {
	d.Write, d.Form = path.HandingOn(d.ID), HandoverForm(h.note.HandoverText)
	if h.note.State == "" || h.note.Writer == "" {
		d.Form.Actions, d.Known = h.known()
		h.again(d)
	}
	d.Hears, d.Door = "Whoever takes over hears this first.", together("What you would say at the door.", h.lastWords())
	if h.taker != "" {
		d.Hears = words.FirstName(h.takerName) + " hears this first."
	}
	d.Ready, d.Keep = "It is ready", "Keep it for later"
	d.Kept = "Nothing is sent yet. You lead it until both have signed."
	if on := h.beginsOn(); on != "" {
		d.Kept = "Nothing is sent yet. You lead it until " + on + "."
	}
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
	d.Autosave = path.KeepNote(d.ID)
	if h.note.State == skein.HandoverWritten || h.note.State == skein.HandoverSaid {
		d.Keep, d.Autosave = "", ""
		d.Kept = "It is ready. You can mend it until it is said back, but not over and over."
	}
	if h.note.State == skein.HandoverSaid || h.stands() {
		d.Keep, d.Autosave = "", ""
		d.Kept = "What was said back is forgotten with this, and is said back anew."
	}
	if h.waits() && h.note.State == skein.HandoverDraft {
		d.Until = "It is waited for until " + h.clock.Moment(h.note.Due) + "; then " + words.FirstName(h.takerName) + " begins without it."
	}
	if !h.note.WrittenAt.IsZero() {
		d.Kept = "Kept " + h.clock.Moment(h.note.WrittenAt) + ". " + d.Kept
	}
}

// again begins the form with what was written before the handing on was taken back.
func (h handing) again(d *page.HandingOnData) {
	n, t := h.p.TakenBack, h.lastLed()
	if n == nil || t == nil || n.Term != t.ID {
		return
	}
	d.Form = HandoverForm(n.HandoverText)
	d.Known = "This is what was written on " + h.clock.Date(n.WrittenAt.In(h.clock.Zone)) + ", before the handing on was taken back. Nobody reads it until you keep it or send it."
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
