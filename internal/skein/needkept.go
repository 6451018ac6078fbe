package skein

import "time"

// NeedKept is what somebody had settled of a need when they stopped leading, for as long as they can take that back.
type NeedKept struct {
	Term      TermID    `json:"term,omitzero"` // whose it is; empty: nothing was settled
	WaivedAt  time.Time `json:"waived_at,omitzero"`
	Taken     bool      `json:"taken,omitzero"`
	Arrival   Arrival   `json:"arrival,omitzero"`
	ArrivalAt time.Time `json:"arrival_at,omitzero"`
}

// Keep remembers what a term's lead made of it, before that is undone.
func (n *Need) Keep(t Term) {
	kept := n.Kept
	if kept.Term != t.ID {
		kept = NeedKept{}
	}
	if n.WaivedBy == t.Person {
		kept.WaivedAt, kept.Taken = n.WaivedAt, n.Taken
	}
	if n.Arrival != ArrivalUnsaid {
		kept.Arrival, kept.ArrivalAt = n.Arrival, n.ArrivalAt
	}
	if kept != (NeedKept{}) {
		kept.Term = t.ID
	}
	n.Kept = kept
}

// Restore is what a term's lead had made of it, when they lead it on. What was answered meanwhile stands: what is granted
// is not done without, and what is not promised any more has not arrived.
func (n *Need) Restore(t Term) {
	kept := n.Kept
	n.Kept = NeedKept{}
	if kept.Term != t.ID {
		return
	}
	if !kept.WaivedAt.IsZero() && !n.Settled() && (!kept.Taken || n.Answer == NeedLess) {
		n.WaivedBy, n.WaivedAt, n.Taken = t.Person, kept.WaivedAt, kept.Taken
	}
	if n.Arrival == ArrivalUnsaid && n.Promised() {
		n.Arrival, n.ArrivalAt = kept.Arrival, kept.ArrivalAt
	}
}
