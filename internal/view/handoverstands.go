package view

import (
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
)

// stands tells whether the note is said back and nobody waits for a signature any more, and the lead has not moved: it
// begins on a day to come, or something that the next lead needs is open.
func (h handing) stands() bool {
	return !h.moved && h.note.State.Stands() && h.taker != "" && h.note.Taker == h.taker
}

// beginsOn is the day to come on which whoever takes over begins; "": there is none.
func (h handing) beginsOn() string {
	if t := h.later(); t != nil {
		return h.clock.Date(t.StartsOn)
	}
	return ""
}

// instant says when the lead moves once both have signed.
func (h handing) instant() string {
	if on := h.beginsOn(); on != "" {
		return "on " + on
	}
	return "in that instant"
}

// standsWords says what the lead waits for when the note is said back and signed.
func (h handing) standsWords() string {
	named := func(id skein.PersonID, name, you string) string {
		if id == h.Person.ID {
			return you
		}
		return words.Name(name) + " has"
	}
	says := named(h.taker, h.takerName, "You have") + " said it back, and "
	if h.note.PutRight() {
		says = named(h.taker, h.takerName, "You have") + " said it back before it was put right, and "
	}
	if h.note.State == skein.HandoverSigned {
		says += named(h.note.SignedBy, h.note.SignedName, "you have") + " signed."
	} else {
		says += "no signature is waited for."
	}
	if on := h.beginsOn(); on != "" {
		return says + " The lead moves on " + on + "."
	}
	return says + " The lead moves when nothing that the next lead needs is open."
}

// untilBegun says that what was said back can be put right until the lead moves.
func (h handing) untilBegun() string {
	if !h.note.MayRight() {
		return h.rightEnough()
	}
	return "Until then you can put it right. It is then said back anew, and signed again."
}

// rightEnough says that what was said back is put right no more, and what to do instead.
func (h handing) rightEnough() string {
	return "It has been put right as often as it can be. What is new since, tell " + words.FirstName(h.takerName) + " yourself."
}

// movedOn is the day on which the lead moved where that came after the signature; "": it moved with it.
func (h handing) movedOn() string {
	i := slices.IndexFunc(h.p.Terms, func(t leaddb.TermRow) bool { return t.ID == h.note.Next })
	if i < 0 || !h.p.Terms[i].From.After(skein.Day(h.note.SignedAt.In(h.clock.HomeZone()))) {
		return ""
	}
	return h.clock.Date(h.p.Terms[i].From)
}

// Begins is the day to come on which somebody begins who said yes; "": nobody does.
func Begins(clock words.Clock, terms []skein.Term) string {
	for _, t := range terms {
		if t.Role == skein.Primary && t.State == skein.TermAccepted && !t.StartsOn.IsZero() {
			return clock.Date(t.StartsOn)
		}
	}
	return ""
}
