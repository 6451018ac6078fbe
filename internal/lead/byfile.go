package lead

import (
	"slices"

	"skein/internal/skein"
)

// EndedByFile sees to the leads among the places that a file has just ended: how they went is asked, as where a lead
// ends here. Where whoever led leads on by the same file, what waits for their lead waits on, and nobody is asked. Skein
// does it as it takes a file in.
func (l *Lead) EndedByFile(by skein.By, ended []skein.TermID) error {
	for t := range each(l.Terms, func(t skein.Term) bool { return t.Role == skein.Primary && t.State == skein.TermEnded }) {
		if !slices.Contains(ended, t.ID) {
			continue
		}
		if next := l.leadsOnNow(t); next != nil {
			l.carryOn(t, next)
			continue
		}
		if err := l.seekNobody(by); err != nil {
			return err
		}
		if err := l.askHowItWent(by, t); err != nil {
			return err
		}
	}
	return nil
}

// renewalOf is another time in which whoever leads, or led, has the same lead, now or from a day on: a file has them lead
// on. Nil: it does not.
func (l *Lead) renewalOf(t *skein.Term) *skein.Term {
	return l.term(func(o skein.Term) bool {
		return o.Role == skein.Primary && o.ID != t.ID && o.Person == t.Person && (o.State.Coming() || o.State.Holds())
	})
}

// leadsOnNow is the time in which whoever led has the same lead now; nil: they do not lead it. One that is to begin is
// none: until it does they do not lead on, and it may come to nothing.
func (l *Lead) leadsOnNow(t *skein.Term) *skein.Term {
	return l.term(func(o skein.Term) bool {
		return o.Role == skein.Primary && o.ID != t.ID && o.Person == t.Person && o.State.Holds()
	})
}

// renewed is the time in office of whoever leads now that a file has begin again; nil: somebody else led, or nobody.
func (l *Lead) renewed(next *skein.Term) *skein.Term {
	if next.Claim != "" {
		return nil
	}
	return l.term(func(t skein.Term) bool {
		return t.Role == skein.Primary && t.ID != next.ID && t.Person == next.Person && t.State.Holds()
	})
}

// leadsOnLater tells whether whoever leads is to lead on by a file from a later day.
func (l *Lead) leadsOnLater(t *skein.Term) bool {
	next := l.renewalOf(t)
	return next != nil && next.State.Coming() && next.Claim == ""
}

// carryOn makes what waits for a lead wait for the next of the same person: they were chosen for the same, and what was
// asked of them is asked of them still.
func (l *Lead) carryOn(t, next *skein.Term) {
	// One that had somebody be asked to lead beside them too: the next is asked by it.
	if r := l.lastOf(t); r != nil && (r.State == skein.ReconsiderOpen || r.State == skein.ReconsiderCoLead) {
		r.Term = next.ID
	}
	for c := range each(l.RemitChanges, func(c skein.RemitChange) bool { return c.Term == t.ID && c.Waits() }) {
		c.Term = next.ID
	}
	// A note that is ready is of the handing on that is over; a draft is the writer's own for the next.
	for h := range each(l.Handovers, func(h skein.Handover) bool { return h.Term == t.ID && h.State == skein.HandoverDraft }) {
		h.Term = next.ID
	}
	next.ChosenFor, next.ChosenHow = t.ChosenFor, t.ChosenHow
	next.WordDue, next.WordTold, next.LeaveSeen = t.WordDue, t.WordTold, t.LeaveSeen
}

// voidRenewal ends that a file has whoever leads lead on from a later day: it was said meanwhile that they do not.
func (l *Lead) voidRenewal(by skein.By, t *skein.Term) error {
	if !l.leadsOnLater(t) {
		return nil
	}
	next := l.renewalOf(t)
	next.EndedAt, next.EndReason = by.At, "it is not led on"
	if err := move(&next.State, skein.TermVoid); err != nil {
		return err
	}
	return l.endWindow(by, skein.WindowVoid)
}
