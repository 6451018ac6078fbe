package lead_test

import (
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// The verbs of handing on, and what is true of it after every move of the walk.

func noted(summary string) skein.HandoverText {
	return skein.HandoverText{
		Now: skein.NowWatch, Summary: summary, Actions: []skein.HandoverAction{{What: "Answer Bram", Who: "Noor"}},
		Ifs: []skein.HandoverIf{{If: "it bursts", Then: "close the valve"}},
	}
}

var inOwnWords = skein.HandoverBack{Now: "Not safe yet.", Summary: "I look every morning.", Actions: "Bram first.", Ifs: []string{"close it"}}

func writeNote(text skein.HandoverText, ready bool) verb {
	return func(l *lead.Lead, by skein.By) error { return l.WriteNote(by, "", text, ready) }
}

// sayBack says back the last note.
func (w *world) sayBack() verb {
	of := w.handover().Version()
	return func(l *lead.Lead, by skein.By) error { return l.SayBack(by, of, inOwnWords) }
}

// keepBack keeps what is said back while it is typed.
func keepBack(says string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.KeepBack(by, skein.HandoverBack{Summary: says}) }
}

// handover is the last note.
func (w *world) handover() skein.Handover {
	if n := len(w.handovers); n > 0 {
		return w.handovers[n-1]
	}
	return skein.Handover{}
}

func (w *walk) writesNote() verb {
	text := noted([]string{"It leaks.", "It does not leak."}[w.draw(2)])
	if w.draw(6) == 0 {
		text.Now = ""
	}
	return writeNote(text, w.draw(3) > 0)
}

func (w *walk) awaitedHandovers(add func(string, skein.PersonID, verb)) {
	l := w.load(w.by(skeinItself), "")
	giver := l.Holder()
	if giver == "" {
		giver = []skein.PersonID{sofie, uma}[w.now.Day()%2] // where the lead has left
	}
	for _, h := range w.handovers {
		if h.State == skein.HandoverSigned && h.ThankedAt.IsZero() {
			add("thank the team", w.termByID(h.Term).Person, thank)
		}
	}
	note := w.handover()
	unwritten := !note.State.Open() || note.State == skein.HandoverDraft
	if w.project.State == skein.HandingOver && unwritten && w.now.Hour()%3 == 0 {
		add("write the note", giver, writeNote(noted("It leaks."), true))
	}
	for _, t := range w.terms {
		if t.Role != skein.Primary || t.State != skein.TermAccepted {
			continue
		}
		for range 3 { // a rare moment, which is over soon
			switch {
			case note.State == skein.HandoverWritten:
				add("say it back", t.Person, w.sayBack())
				add("keep what is said back", t.Person, keepBack("It leaks."))
			case note.State == skein.HandoverSaid:
				add("sign", giver, sign)
			case unwritten && w.now.Hour()%2 == 1:
				add("write the note", giver, writeNote(noted("It leaks."), true))
			}
		}
	}
}

// handingTo tells whether somebody who accepted waits for a step of a handing on.
func (w *walk) handingTo(t skein.Term) bool {
	for _, h := range w.handovers {
		if h.Next == t.ID && h.State.Open() && !h.Due.IsZero() {
			return true
		}
	}
	return false
}

// waitsToBeHanded adds the steps that somebody is waited for.
func (w *walk) waitsToBeHanded(add func(lead.Clock, string, time.Time)) {
	clocks := map[skein.HandoverState]lead.Clock{
		skein.HandoverDraft: lead.ClockNote, skein.HandoverWritten: lead.ClockSaid, skein.HandoverSaid: lead.ClockSign,
	}
	for _, h := range w.handovers {
		if !h.Due.IsZero() {
			add(clocks[h.State], string(h.ID), h.Due)
		}
	}
}

// handoversStand: a lead has one note; a step is waited for where somebody accepted the lead, and always then, but for
// a note that is not waited for; what is said back is said back by whoever takes over; no note outlives its handing on.
func (w *walk) handoversStand() {
	terms, notes := map[skein.TermID]skein.Term{}, map[skein.TermID]int{}
	for _, t := range w.terms {
		terms[t.ID] = t
	}
	for _, h := range w.handovers {
		if h.State == skein.HandoverVoid {
			if !h.Due.IsZero() {
				w.fail("a note is void, and waited for: %+v", h)
			}
			continue
		}
		if notes[h.Term]++; notes[h.Term] > 1 {
			w.fail("a lead has two notes: %+v", w.handovers)
		}
		next, said := terms[h.Next], h.State == skein.HandoverSaid || h.State.Stands()
		switch {
		case said && h.SaidAt.IsZero() || said != (h.SaidBy != "") || said && h.SaidBy != next.Person:
			w.fail("a note is %s, said back by %q at %v, for %q", h.State, h.SaidBy, h.SaidAt, next.Person)
		case !said && !h.SaidAt.IsZero() && (h.Next == "" || !h.PutRight()) || h.Renewed > skein.MostAnew:
			w.fail("a note is %s, said back at %v, and has been mended %d times: %+v", h.State, h.SaidAt, h.Renewed, h)
		case (h.State == skein.HandoverSigned) != !h.SignedAt.IsZero() || h.SignedBy != "" && h.SignedBy == h.SaidBy:
			w.fail("a note is %s, signed by %q", h.State, h.SignedBy)
		case h.State.Open() && h.Next != "" && next.State != skein.TermAccepted:
			w.fail("a note is %s for somebody who %s the lead", h.State, next.State)
		case h.State.Open() && h.State != skein.HandoverDraft && (h.Next == "") != h.Due.IsZero():
			w.fail("a note waits for nobody, or without an end: %+v", h)
		case h.State == skein.HandoverDraft && h.Next == "" && !h.Due.IsZero() || h.State.Stands() && !h.Due.IsZero():
			w.fail("nobody is chosen, and a note is waited for: %+v", h)
		case h.State.Open() && w.project.State != skein.HandingOver && w.project.State != skein.OpenForLead:
			w.fail("%s, and a note is %s", w.project.State, h.State)
		}
	}
}

// handsOver writes the note, has it said back, and signs it.
func (w *world) handsOver(from, to skein.PersonID) {
	w.must(from, writeNote(noted("It leaks."), true))
	w.must(to, w.sayBack())
	w.forget()
	w.must(from, sign)
}
