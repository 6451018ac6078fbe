package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// HandoverTime is how long each step of a handing on is waited for: the note, that it is said back, and the signature.
const HandoverTime = 7 * 24 * time.Hour

// A note may be mended while it is to be said back. Within MendTime from when that was asked for it costs whoever says it
// back little; later they have the whole time anew, MostRenewed times in all, or they could be kept waiting for ever, and
// what they type made stale. That what was said back is put right counts with it; see skein.MostAnew.
const (
	MendTime    = 24 * time.Hour
	MostRenewed = 2
)

// giving is the lead that is handed on: of whoever hands it on, else of whoever led last where nobody leads; nil:
// nothing is. Of whoever follows by a file nobody is asked to say anything back.
func (l *Lead) giving() *skein.Term {
	if next := l.primary(skein.TermState.Coming); next != nil && next.Claim == "" {
		return nil
	}
	if t := l.primary(skein.TermState.Holds); t != nil {
		if t.State == skein.TermHandingOver {
			return t
		}
		return nil
	}
	if l.Project.State != skein.OpenForLead {
		return nil
	}
	return l.lastLed()
}

// handover is the note of a lead that is handed on; nil: there is none.
func (l *Lead) handover(of *skein.Term) *skein.Handover {
	return find(l.Handovers, func(h skein.Handover) bool { return h.Term == of.ID && h.State != skein.HandoverVoid })
}

// inPlace tells whether a steward writes and signs in the place of whoever hands on: they have left, or are on a long
// leave.
func (l *Lead) inPlace(by skein.By, t *skein.Term) bool {
	if !t.State.Holds() {
		return t.EndReason == skein.EndGone
	}
	_, long := l.onLongLeave(by.Day)
	return long
}

// taking is who is to take over; "": nobody is chosen yet.
func (l *Lead) taking() skein.PersonID {
	if t := l.primary(skein.TermState.Coming); t != nil {
		return t.Person
	}
	return ""
}

// givesOn tells whether by writes the note, and signs: whoever hands on, also who stepped down or came to their last
// day; where they have left or are on a long leave, or their time to sign is over, a steward who does not take over
// themselves, nor claims it yet.
func (l *Lead) givesOn(by skein.By, t *skein.Term) bool {
	switch h := l.handover(t); {
	case by.Person == "" || by.Person == l.taking():
		return false
	case by.Person == t.Person:
		return t.EndReason != skein.EndGone
	default:
		late := h != nil && h.State == skein.HandoverSaid && h.Again
		return l.steward(by.Person) && !l.claimsYet(by.Person) && (late || l.inPlace(by, t))
	}
}

// claimsYet tells whether somebody has a claim, or is named in one, of which nobody is told yet what became of it: they do
// not write what whoever leads next must know, nor read what stands of it.
func (l *Lead) claimsYet(p skein.PersonID) bool {
	return l.Window.ToldAt.IsZero() && slices.ContainsFunc(l.Claims, func(c Claim) bool {
		return c.Window == l.Window.ID && c.State.Stands() && slices.Contains([]skein.PersonID{c.Person, c.With, c.Coach}, p)
	})
}

// awaited tells whether whoever takes over waits for a note, or for the signature: not for somebody who is out of
// office and still here, nor where nobody is there in the place of whoever has left.
func (l *Lead) awaited(by skein.By, t *skein.Term) bool {
	return t.State.Holds() || t.EndReason == skein.EndGone && l.nearestHere(by, l.taking()) != ""
}

// WriteNote keeps what whoever leads next has to know, or makes it ready to be said back. Whoever hands on may; see
// givesOn. Others are refused. Where nothing is handed on it is a conflict; so is to keep, unfinished, what was said
// back, to write over what somebody wrote who was not read, and to mend too often what is to be said back.
func (l *Lead) WriteNote(by skein.By, read string, typed skein.HandoverText, ready bool) error {
	t, err := l.given(by)
	if err != nil {
		return err
	}
	h, fresh := skein.Handover{ID: skein.HandoverID(l.port.ID()), Project: l.Project.ID, Term: t.ID, State: skein.HandoverDraft}, true
	if old := l.handover(t); old != nil {
		h, fresh = *old, false
	}
	was := h.State
	changed, err := h.Write(by, read, typed, ready)
	if err != nil || !changed {
		return err
	}
	if was == skein.HandoverWritten {
		return l.mend(by, t, h)
	}
	l.keepHandover(h, fresh)
	if h.State != skein.HandoverWritten {
		return nil // a draft, of which nobody hears
	}
	l.noteHandover("handover.write", t, by.Person)
	if next := l.term(func(n skein.Term) bool { return n.ID == h.Next }); next != nil {
		l.askToSay(by, l.handover(t), next.Person)
		return nil
	}
	return l.settleAccepted(by)
}

// mend keeps a note that was mended before it was said back. Whoever says it back is told, and until when.
func (l *Lead) mend(by skein.By, t *skein.Term, h skein.Handover) error {
	if !h.Due.IsZero() && h.Due.Sub(by.At) < HandoverTime-MendTime {
		if h.Renewed >= MostRenewed {
			return skein.Conflict{Why: mendedEnough(h)}
		}
		h.Renewed++
		h.Due = by.At.Add(HandoverTime)
	}
	l.keepHandover(h, false)
	l.noteHandover("handover.mend", t, by.Person)
	if next := l.term(func(n skein.Term) bool { return n.ID == h.Next }); next != nil {
		l.tellHandover(by, &h, skein.CodeSays, next.Person)
	}
	return nil
}

// mendedEnough says why what is to be said back is not mended any more.
func mendedEnough(h skein.Handover) string {
	says := "It has been put right often enough while it was to be said back. So that it can be, it stays as it is until then; "
	if h.MayRight() {
		return says + "after that you can put it right again."
	}
	return says + "what is new since, tell whoever takes over yourself."
}

// KeepNote keeps a note while somebody types. Who may is as with WriteNote; what is ready to be said back is mended by
// sending it, so it is a conflict.
func (l *Lead) KeepNote(by skein.By, read string, typed skein.HandoverText) error {
	t, err := l.given(by)
	if err != nil {
		return err
	}
	if h := l.handover(t); h != nil && h.State != skein.HandoverDraft {
		return skein.Conflict{Why: "The note is ready already, so nothing is kept of it while you type. Send it to mend it."}
	}
	return l.WriteNote(by, read, typed, false)
}

// given is the lead that by hands on, or for whom they do.
func (l *Lead) given(by skein.By) (*skein.Term, error) {
	t := l.giving()
	switch {
	case t == nil && by.Person != "" && l.Holder() == by.Person:
		return nil, skein.Conflict{Why: "It is not being handed on."}
	case t == nil || !l.givesOn(by, t):
		return nil, skein.Refused{
			Why: "This note is not yours to write or to sign.",
			Who: "Whoever hands the lead on does; where they have left, its steward, who does not take it over.",
		}
	}
	return t, nil
}

// SayBack is the note in the words of whoever takes over, and their signature. Read is the version of what they
// read. To others there is nothing to say back, so they are refused; while no note is ready for them, and when it
// was mended meanwhile, it is a conflict.
func (l *Lead) SayBack(by skein.By, read string, said skein.HandoverBack) error {
	t, next, h, err := l.handedTo(by)
	if err != nil {
		if slices.ContainsFunc(l.Handovers, func(h skein.Handover) bool {
			return h.SaidBy == by.Person && h.Version() == read && h.Said.Now == said.Now && h.Said.Summary == said.Summary && h.Said.Actions == said.Actions
		}) {
			return nil // pressed once more, in another tab: the lead has moved since
		}
		return err
	}
	if err := h.SayBack(by, read, said); err != nil {
		return err
	}
	l.keepHandover(h, false)
	l.noteHandover("handover.say", t, by.Person)
	if l.awaited(by, t) {
		l.askToSign(by, l.handover(t), t)
	}
	return l.settle(by, next)
}

// KeepBack keeps what whoever takes over says back while they type; nobody else reads it. Who may is as with SayBack;
// where nothing is to be said back any more it is a conflict.
func (l *Lead) KeepBack(by skein.By, said skein.HandoverBack) error {
	_, _, h, err := l.handedTo(by)
	if err != nil {
		return err
	}
	if err := h.KeepBack(said); err != nil {
		return err
	}
	l.keepHandover(h, false)
	return nil
}

// handedTo is the lead that is handed on to by, their own time in it, and the note that they say back.
func (l *Lead) handedTo(by skein.By) (t, next *skein.Term, h skein.Handover, err error) {
	next = l.primary(skein.TermState.Coming)
	if next == nil || by.Person == "" || next.Person != by.Person || next.State != skein.TermAccepted {
		return nil, nil, h, skein.Refused{Why: "This is not yours to say back.", Who: "Whoever accepted the lead says it back."}
	}
	if t = l.giving(); t == nil {
		return nil, nil, h, skein.Conflict{Why: "There is nothing to say back: nobody hands it on."}
	}
	old := l.handover(t)
	if old == nil || old.Next != next.ID {
		return nil, nil, h, skein.Conflict{Why: "There is nothing to say back: no note is ready."}
	}
	return t, next, *old, nil
}

// Sign is the signature of whoever hands on, below what was said back: in that instant the lead moves. Who may is said
// at givesOn; others are refused. Before it is said back it is a conflict, and so is to sign what was not read, which
// the version says.
func (l *Lead) Sign(by skein.By, read string) error {
	t, err := l.given(by)
	if err != nil {
		if slices.ContainsFunc(l.Handovers, func(h skein.Handover) bool {
			return h.State == skein.HandoverSigned && h.SignedBy == by.Person && h.Shown() == read
		}) {
			return nil // pressed once more, in another tab: the lead has moved by it
		}
		return err
	}
	h := l.handover(t)
	if h != nil && h.State.Stands() {
		return skein.Conflict{Why: "Nobody waits for a signature any more: it moves on the day on which it begins."}
	}
	if h == nil || h.State != skein.HandoverSaid {
		return skein.Conflict{Why: "It is not said back as it stands, so there is nothing to sign yet."}
	}
	if err := skein.Fresh(read, h.Shown()); err != nil {
		return err
	}
	if err := move(&h.State, skein.HandoverSigned); err != nil {
		return err
	}
	h.SignedBy, h.SignedAt, h.Due, h.EndedAt = by.Person, by.At, time.Time{}, by.At
	l.noteHandover("handover.sign", t, by.Person)
	return l.settleAccepted(by)
}

func (l *Lead) keepHandover(h skein.Handover, fresh bool) {
	if fresh {
		l.Handovers = append(l.Handovers, h)
		return
	}
	*find(l.Handovers, func(o skein.Handover) bool { return o.ID == h.ID }) = h
}

func (l *Lead) noteHandover(action string, t *skein.Term, person skein.PersonID) {
	details := map[string]any{"lead": t.Person}
	if person != "" && person != t.Person {
		details["person"] = person
	}
	l.noteProject(action, details)
}

// GivenNote is the note of the lead that is handed on now; empty: there is none yet, whatever an earlier lead wrote.
func (l *Lead) GivenNote() skein.Handover {
	if t := l.giving(); t != nil {
		if h := l.handover(t); h != nil {
			return *h
		}
	}
	return skein.Handover{}
}

// Note is the note of the lead that is handed on, or was last; empty: there is none.
func (l *Lead) Note() skein.Handover {
	for i := len(l.Handovers) - 1; i >= 0; i-- {
		if l.Handovers[i].State != skein.HandoverVoid {
			return l.Handovers[i]
		}
	}
	return skein.Handover{}
}
