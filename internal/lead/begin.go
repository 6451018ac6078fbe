package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// accepted asks for the coach of a stretch, opens again what whoever hands on could do without, and
// lets the lead begin when nothing is open.
func (l *Lead) accepted(by skein.By, t *skein.Term, c *Claim) error {
	if t := l.primary(skein.TermState.Holds); t != nil {
		l.keepNeeds(*t) // who follows may still not begin
	}
	l.undoWaivers(by, func(who skein.PersonID) bool { return who != t.Person })
	if c.Judged.Zone == skein.Stretch {
		l.needCoach(by, c)
	}
	return l.settle(by, t)
}

// settle puts an accepted lead in office when nothing they need is open and what is handed on to them is said back; else
// those who are asked hear that somebody waits, and what was answered with less or no waits for the chosen.
func (l *Lead) settle(by skein.By, t *skein.Term) error {
	if !t.StartsOn.IsZero() && t.Claim == "" {
		return nil // whom a file names, from their day on: see Start
	}
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Asked() && n.AnswerBy.IsZero() }) {
		n.AnswerBy = l.needBy(by) // or it would be waited for without an end
	}
	needs := l.needsOf(*t)
	if t.State.Waits() && !slices.ContainsFunc(needs, func(n skein.Need) bool { return !n.Settled() }) {
		if !l.handed(by, t) {
			t.NeedsBy = time.Time{}
			return nil
		}
		if t.Begin(needs, by) {
			return l.begin(by, t)
		}
	}
	t.NeedsBy = l.decideBy(*t)
	for _, n := range needs {
		if n.Asked() && n.AskedOf != "" && n.AskedOf != t.Person {
			l.tell(skein.Notice{To: n.AskedOf, Kind: skein.NoticeNeeds, Code: skein.CodeWaits, About: "term:" + string(t.ID)})
		}
	}
	return nil
}

// settleAccepted is settle of whoever accepted, where somebody did.
func (l *Lead) settleAccepted(by skein.By) error {
	if t := l.primary(skein.TermState.Stays); t != nil && t.State == skein.TermAccepted {
		return l.settle(by, t)
	}
	return nil
}

// begin puts the lead in office: whoever was handing over has handed over in the same instant.
func (l *Lead) begin(by skein.By, t *skein.Term) error {
	was := l.renewed(t)
	if was != nil {
		l.carryOn(was, t)
	}
	if err := l.endHandover(by); err != nil { // but a draft of whoever leads on
		return err
	}
	if err := l.endHolders(by, t); err != nil {
		return err
	}
	if err := l.endOwnPlaces(by, t.Person); err != nil {
		return err
	}
	if was == nil {
		l.forgetNeeds(t.Claim)
	}
	l.EndReason = "" // why it was reopened is done with
	if err := move(&l.Project.State, skein.Led); err != nil {
		return err
	}
	if was == nil {
		l.nextWord(by, t)
		t.ChosenFor, t.ChosenHow = l.Phase.Situation, skein.ChosenBegan
	}
	l.note("term.live", "term", string(t.ID), map[string]any{"person": t.Person})
	l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeLed, Code: skein.CodeYou, About: "term:" + string(t.ID)})
	if t.Claim == "" {
		return l.takeWindow(by, t)
	}
	c := l.claim(t.Claim)
	if c == nil {
		return skein.ErrNotFound
	}
	if err := l.set(c, skein.ClaimLive, by); err != nil {
		return err
	}
	if err := l.takeWindow(by, t); err != nil {
		return err
	}
	return l.beginBeside(by, *t, c)
}

// takeWindow ends the window that somebody was sought in who is in office now, and that somebody stands in,
// and tells those around.
func (l *Lead) takeWindow(by skein.By, t *skein.Term) error {
	if l.Window.State.Going() {
		if err := l.endWindow(by, skein.WindowTaken); err != nil {
			return err
		}
	}
	for _, p := range l.around() {
		if p != t.Person {
			l.tell(skein.Notice{To: p, Kind: skein.NoticeLed, Who: t.Person, About: "led:" + string(t.ID)})
		}
	}
	if s := l.standIn(); s != nil && t.Claim == "" && s.For == t.Person {
		return nil // a file has them lead on, and somebody still stands in for them
	}
	return l.endStandIns(by, "somebody leads it")
}

// endOwnPlaces ends the places that somebody had beside the lead who leads now.
func (l *Lead) endOwnPlaces(by skein.By, p skein.PersonID) error {
	for t := range l.terms(skein.TermState.Placed) {
		if t.Person != p || t.Role == skein.Primary {
			continue
		}
		if err := l.endPlace(by, t); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lead) endPlace(by skein.By, t *skein.Term) error {
	if t.State.Holds() {
		return l.end(by, t, skein.EndOther)
	}
	t.EndedAt, t.EndReason = by.At, skein.EndOther
	return move(&t.State, skein.TermVoid)
}

// endHolders ends the terms of those who led until the next began. Only a claim is taken over: of
// whoever follows by a file nobody has seen that anything was handed over.
func (l *Lead) endHolders(by skein.By, next *skein.Term) error {
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role != skein.Primary || t.ID == next.ID {
			continue
		}
		if next.Claim == "" {
			if err := l.follows(by, t, next); err != nil {
				return err
			}
			continue
		}
		if err := l.end(by, t, skein.EndHandedOver); err != nil {
			return err
		}
		l.undoNeeds(by, *t)
		l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeLed, Code: skein.CodeHanded, About: "handed:" + string(t.ID)})
	}
	return nil
}

// end ends a time in office, and the claim that it began with.
func (l *Lead) end(by skein.By, t *skein.Term, reason string) error {
	if err := t.End(by, reason); err != nil {
		return err
	}
	l.note("term.end", "term", string(t.ID), map[string]any{"person": t.Person, "reason": reason})
	if err := l.overtaken(by, t); err != nil {
		return err
	}
	if c := l.RemitChange(); c != nil && c.Term == t.ID {
		if err := l.voidRemit(by, "its lead has ended"); err != nil {
			return err
		}
	}
	if err := l.askHowItWent(by, t); err != nil {
		return err
	}
	if c := l.claim(t.Claim); c != nil && c.State == skein.ClaimLive {
		return c.Move(skein.ClaimEnded, by.At)
	}
	return nil
}

// beginBeside makes whoever claimed together with the lead a co-lead, if they said yes in time and
// can hold it.
func (l *Lead) beginBeside(by skein.By, t skein.Term, c *Claim) error {
	if c.With == "" || c.WithAgreed.IsZero() {
		return nil
	}
	if beside, err := l.besideNow(by, c.With); beside || err != nil {
		return err
	}
	h, err := l.holding(c.With, nil)
	if err != nil {
		return err
	}
	if why := l.cannot(by, h, skein.CoLead, 0); why != "" {
		l.note("claim.pass_over", "claim", string(c.ID), map[string]any{"why": why, "person": c.With, "role": skein.CoLead})
		for _, to := range []skein.PersonID{c.With, t.Person} {
			l.tell(skein.Notice{To: to, Kind: skein.NoticeWith, Code: skein.CodePassed, Claim: c.ID, Who: c.With, About: "beside:" + string(c.ID)})
		}
		return nil
	}
	if err := l.shadowNoMore(by, c.With); err != nil {
		return err
	}
	co := skein.Term{
		ID: skein.TermID(l.port.ID()), Project: l.Project.ID, Phase: t.Phase, Person: c.With, Role: skein.CoLead,
		State: skein.TermLive, From: t.From, LiveAt: by.At, EndsOn: t.EndsOn,
	}
	l.Terms = append(l.Terms, co)
	l.note("term.live", "term", string(co.ID), map[string]any{"person": co.Person, "role": co.Role})
	l.tell(skein.Notice{
		To: co.Person, Kind: skein.NoticeLed, Code: skein.CodeBeside, Who: t.Person, About: "term:" + string(co.ID),
	})
	return nil
}

// placed tells whether somebody has, or has asked for, a place.
func (l *Lead) placed(p skein.PersonID, r skein.Role) bool {
	return l.term(func(t skein.Term) bool {
		return t.Person == p && t.Role == r && t.State.Placed()
	}) != nil
}
