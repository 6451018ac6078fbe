package lead

import (
	"time"

	"skein/internal/skein"
)

// handed tells whether whoever accepted can begin: nothing of a handing on is waited for any more. Where a step is to be
// waited for it asks for it. Only where a note stands has it to be said back; one that was not written in time is not
// waited for.
func (l *Lead) handed(by skein.By, next *skein.Term) bool {
	t := l.giving()
	if t == nil || next.Claim == "" {
		return true
	}
	if find(l.Handovers, func(h skein.Handover) bool { return h.Next == next.ID && h.State.Stands() }) != nil {
		return true
	}
	h := l.handover(t)
	if h == nil {
		if !l.awaited(by, t) {
			return true
		}
		l.keepHandover(skein.Handover{
			ID: skein.HandoverID(l.port.ID()), Project: l.Project.ID, Term: t.ID, State: skein.HandoverDraft,
		}, true)
		h = l.handover(t)
	}
	fresh := h.Next != next.ID
	h.Next = next.ID
	switch {
	case h.State == skein.HandoverSaid && !l.awaited(by, t):
		return l.unsigned(by, h, t) == nil // from there it may always become so
	case h.State == skein.HandoverDraft && (!l.awaited(by, t) || !fresh && h.Due.IsZero()):
		h.Due = time.Time{}
		return true
	case fresh && h.State == skein.HandoverDraft:
		l.askToWrite(by, h, t)
	case fresh:
		l.askToSay(by, h, next.Person)
	}
	return false
}

// askToWrite asks whoever hands on for the note, and the steward where it is theirs to write it.
func (l *Lead) askToWrite(by skein.By, h *skein.Handover, t *skein.Term) {
	h.Due = by.At.Add(HandoverTime)
	l.askGiver(by, h, t, skein.CodeWrites)
}

// askToSign asks them for the signature.
func (l *Lead) askToSign(by skein.By, h *skein.Handover, t *skein.Term) {
	h.Due = by.At.Add(HandoverTime)
	l.askGiver(by, h, t, skein.CodeSigns)
}

// askToSay asks whoever takes over to say the note back.
func (l *Lead) askToSay(by skein.By, h *skein.Handover, next skein.PersonID) {
	h.Due, h.Again = by.At.Add(HandoverTime), false
	l.tellHandover(by, h, skein.CodeSays, next)
}

func (l *Lead) askGiver(by skein.By, h *skein.Handover, t *skein.Term, code skein.NoticeCode) {
	var told people
	if t.State.Holds() {
		told.add(t.Person)
	}
	if l.inPlace(by, t) || h.Again {
		told.add(l.nearestHere(by, l.taking()))
	}
	l.tellHandover(by, h, code, told...)
}

// tellHandover tells some people of a step of a handing on, but for whoever acts. One step may come again, by then with
// another end.
func (l *Lead) tellHandover(by skein.By, h *skein.Handover, code skein.NoticeCode, to ...skein.PersonID) {
	l.tellOthers(by, to, skein.Notice{
		Kind: skein.NoticeHandover, Code: code, Who: l.taking(), Of: string(h.ID), By: h.Due,
		About: string(code) + ":" + string(h.ID) + ":" + string(h.Next) + ":" + by.At.UTC().Format(time.RFC3339Nano),
	})
}

// unsigned lets the lead move without a signature, and says so.
func (l *Lead) unsigned(by skein.By, h *skein.Handover, t *skein.Term) error {
	if err := move(&h.State, skein.HandoverUnsigned); err != nil {
		return err
	}
	h.Due, h.EndedAt = time.Time{}, by.At
	l.noteHandover("handover.unsigned", t, "")
	return nil
}

// endHandover ends what was not said back when somebody begins, the lead is taken back or the project is over.
func (l *Lead) endHandover(by skein.By) error {
	unmoved := func(h skein.Handover) bool {
		waits := func(t skein.Term) bool { return t.ID == h.Next && t.State.Waits() }
		return h.State.Open() && !l.draftOfRenewed(h) || h.State.Stands() && l.term(waits) != nil
	}
	for h := range each(l.Handovers, unmoved) {
		if err := move(&h.State, skein.HandoverVoid); err != nil {
			return err
		}
		h.Due, h.EndedAt = time.Time{}, by.At
		if h.SaidBy == "" { // what was typed and never said was given to nobody
			h.Said = skein.HandoverBack{}
		}
	}
	return nil
}

// draftOfRenewed tells whether a note is the draft of whoever a file has lead on from today.
func (l *Lead) draftOfRenewed(h skein.Handover) bool {
	return h.State == skein.HandoverDraft && l.term(func(t skein.Term) bool { return t.ID == h.Term && t.Claim == "" && t.State.Coming() }) != nil
}

// releaseHandover takes the note from somebody who does not take the lead after all.
func (l *Lead) releaseHandover(next *skein.Term) {
	for h := range each(l.Handovers, func(h skein.Handover) bool { return h.Next == next.ID && h.State != skein.HandoverVoid }) {
		h.Release()
	}
}

// giverGone is when whoever handed on is out of office: a steward is asked in the place of who has left, and nobody
// waits for who is still here.
func (l *Lead) giverGone(by skein.By, t *skein.Term) error {
	if h := l.handover(t); h != nil && !h.Due.IsZero() && l.awaited(by, t) {
		switch h.State {
		case skein.HandoverDraft:
			l.askToWrite(by, h, t)
		case skein.HandoverSaid:
			l.askToSign(by, h, t)
		}
	}
	return l.settleAccepted(by)
}

// giverAway is when whoever hands on comes to be on a long leave while their note or signature is waited for: a steward,
// who acts in their place, is asked for it, once, and has the whole time.
func (l *Lead) giverAway(by skein.By, t *skein.Term) {
	h := l.handover(t)
	if h == nil || h.Due.IsZero() || h.Again || !l.awaited(by, t) || l.nearestHere(by, l.taking()) == "" {
		return
	}
	switch h.State {
	case skein.HandoverDraft:
		h.Again = true
		l.askToWrite(by, h, t)
	case skein.HandoverSaid:
		h.Again = true
		l.askToSign(by, h, t)
	}
}

// PassNote lets whoever accepted begin without a note that nobody wrote in time. Skein does it when the clock has run
// out.
func (l *Lead) PassNote(by skein.By, id skein.HandoverID) error {
	h, t := l.dueHandover(by, id, skein.HandoverDraft)
	if h == nil {
		return nil
	}
	h.Due = time.Time{}
	l.noteHandover("handover.without", t, "")
	return l.settleAccepted(by)
}

// PassSaid asks whoever hands on, and the steward, to see to it that the note is said back; when it is not after as
// long again, the lead goes to the next. Who has said it back, and is asked to do so anew because it was put right, does
// not lose the lead by that: it moves with the note as it is. Skein does it when the clock has run out.
func (l *Lead) PassSaid(by skein.By, id skein.HandoverID) error {
	h, t := l.dueHandover(by, id, skein.HandoverWritten)
	if h == nil {
		return nil
	}
	next := l.term(func(n skein.Term) bool { return n.ID == h.Next })
	if next == nil || next.State != skein.TermAccepted { // an import ended what was handed on
		h.Release()
		return nil
	}
	if !h.Again {
		h.Again, h.Due = true, by.At.Add(HandoverTime)
		l.noteHandover("handover.remind", t, next.Person)
		l.tellHandover(by, h, skein.CodeSays, next.Person)
		told := people{}
		if t.EndReason != skein.EndGone {
			told.add(t.Person)
		}
		told.add(l.nearestHere(by, next.Person))
		l.tellHandover(by, h, skein.CodeSlow, told...)
		return nil
	}
	if h.PutRight() {
		if err := h.Unsaid(by, next.Person); err != nil {
			return err
		}
		l.noteHandover("handover.unsigned", t, "")
		return l.settleAccepted(by)
	}
	if err := move(&next.State, skein.TermLapsed); err != nil {
		return err
	}
	next.EndedAt = by.At
	l.note("term.lapse", "term", string(next.ID), map[string]any{"claim": next.Claim})
	l.tell(skein.Notice{To: next.Person, Kind: skein.NoticeLapsed, Code: skein.CodeSaid, About: "term:" + string(next.ID)})
	return l.release(by, next, skein.ClaimLapsed)
}

// PassSign asks the steward to sign in the place of whoever hands on; when nobody has after as long again, or where that
// was the steward's already, the lead moves unsigned. Skein does it when the clock has run out.
func (l *Lead) PassSign(by skein.By, id skein.HandoverID) error {
	h, t := l.dueHandover(by, id, skein.HandoverSaid)
	if h == nil {
		return nil
	}
	if !h.Again && !l.inPlace(by, t) && l.nearestHere(by, l.taking()) != "" {
		h.Again = true
		l.noteHandover("handover.pass", t, "")
		l.askToSign(by, h, t)
		return nil
	}
	if err := l.unsigned(by, h, t); err != nil {
		return err
	}
	return l.settleAccepted(by)
}

// dueHandover is the note of that id, where it stands so and its time has run out, with the lead that is handed on.
func (l *Lead) dueHandover(by skein.By, id skein.HandoverID, state skein.HandoverState) (*skein.Handover, *skein.Term) {
	h := find(l.Handovers, func(h skein.Handover) bool { return h.ID == id && h.State == state && due(h.Due, by.At) })
	if h == nil {
		return nil, nil
	}
	t := l.term(func(t skein.Term) bool { return t.ID == h.Term })
	if t == nil {
		return nil, nil
	}
	return h, t
}

// dueHandovers adds what is due of handing on.
func (l *Lead) dueHandovers(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	for _, h := range l.Handovers {
		if !due(h.Due, by.At) {
			continue
		}
		switch h.State {
		case skein.HandoverDraft:
			add(ClockNote, string(h.ID), h.Due, func(by skein.By) error { return l.PassNote(by, h.ID) })
		case skein.HandoverWritten:
			add(ClockSaid, string(h.ID), h.Due, func(by skein.By) error { return l.PassSaid(by, h.ID) })
		case skein.HandoverSaid:
			add(ClockSign, string(h.ID), h.Due, func(by skein.By) error { return l.PassSign(by, h.ID) })
		}
	}
}
