package lead

import (
	"slices"
	"strings"
	"time"

	"skein/internal/skein"
)

// ProposeRemit proposes what the lead decides, and the hours a week that it takes, as they are to be. Whoever leads it
// may, who leads it beside them, and who stands in; then whoever answers for the priority is asked. They may propose it
// themselves, and then whoever leads is asked; see speaks for who stands in their place. Others are refused. While nobody
// leads it, while it is handed on, while another change waits, and where it was changed since by read it, it is a
// conflict; what changes nothing, and hours that whoever leads does not have, are invalid. The same twice is once.
func (l *Lead) ProposeRemit(by skein.By, to skein.RemitTerms, reason, read string) error {
	byLead, err := l.side(by)
	if err != nil {
		return err
	}
	to, reason = to.Tidy(), strings.TrimSpace(reason)
	was := l.RemitTerms()
	if err := both(to.Check(), l.checkRemitReason(to, was, reason)); err != nil {
		return err
	}
	if open := l.RemitChange(); open != nil {
		if open.ProposedBy == by.Person && open.Now.Same(to) && open.Reason == reason {
			return nil
		}
		return skein.Conflict{Why: "A change is proposed already. It is answered, or taken back, before another is proposed."}
	}
	if err := skein.Fresh(read, was.Version()); err != nil {
		return err
	}
	if why, err := l.roomFor(by, to, was); err != nil || why != "" {
		return orElse(err, skein.Invalid{{Field: "hours", Message: why + " Propose fewer, or let something else be handed on first."}})
	}
	c := skein.RemitChange{
		ID: skein.RemitChangeID(l.port.ID()), Project: l.Project.ID, Term: l.primary(skein.TermState.Holds).ID, State: skein.RemitProposed,
		ProposedBy: by.Person, ProposedAt: by.At, ByLead: byLead, Reason: reason, AnswerBy: by.At.Add(skein.RemitTime), Was: was, Now: to,
	}
	if c.AskedOf, err = l.asksOf(by, c); err != nil {
		return err
	}
	if c.AskedOf == "" {
		return skein.Conflict{Why: "Nobody is here who could agree it: nobody answers for its priority, and no steward or executive has no part in it. An administrator can name somebody."}
	}
	l.RemitChanges = append(l.RemitChanges, c)
	l.noteRemit("remit.propose", c)
	l.tellRemit(by, c, skein.CodeAsked, c.AskedOf)
	return nil
}

// checkRemitReason reports what is wrong with why a change is proposed, and with one that changes nothing.
func (l *Lead) checkRemitReason(to, was skein.RemitTerms, reason string) error {
	var bad skein.Invalid
	bad.Add(to.Same(was), "remit", "Nothing is changed here. Change a line or the hours first.")
	bad.Words("reason", reason, "Say why in a sentence.")
	if err := skein.CheckReason(reason); err != nil {
		return both(bad.Err(), err)
	}
	return bad.Err()
}

// AgreeRemit is the yes of whoever is asked: from then on it is decided so, and takes so many hours. Of what those who lead
// proposed it is whoever answers for the priority; of what they proposed, whoever leads, who leads it beside them, and
// who stands in. Nobody agrees to what they proposed themselves. Others are refused; a settled one is a conflict, one
// whose hours were changed by a file since, and one for whose hours whoever leads has no room is refused.
func (l *Lead) AgreeRemit(by skein.By, id skein.RemitChangeID) error {
	c, err := l.answersRemit(by, id)
	if err != nil {
		return err
	}
	if l.Proposal == nil {
		return errNoProposal
	}
	if !l.RemitTerms().Same(c.Was) {
		return skein.Conflict{Why: "What it is compared with has been changed since, by an import. Refuse it or let it be taken back; then it can be proposed anew."}
	}
	if err := c.Answer(by, true, ""); err != nil {
		return err
	}
	if why, err := l.roomFor(by, c.Now, c.Was); err != nil || why != "" {
		return orElse(err, skein.Refused{Why: why, Who: "Whoever it is hands something else on first, or fewer hours are proposed."})
	}
	p := l.Proposal.Clone()
	p.Project, p.Remit = l.Project, slices.Clone(c.Now.Rows)
	p.Project.HoursPerWeek = c.Now.Hours
	p.Project.Version++
	l.Proposal, l.Project = &p, p.Project
	l.agreeHours(*c)
	l.noteRemit("remit.agree", *c)
	l.tellRemit(by, *c, skein.CodeYes, l.concerned(by, *c)...)
	return nil
}

// agreeHours makes what the lead gets the hours that are agreed: whoever speaks for the priority has said yes to them,
// so that nobody else is asked. Else the page would say other hours of what it takes than of what the lead gets.
func (l *Lead) agreeHours(c skein.RemitChange) {
	if c.Now.Hours == nil || c.Now.SameHours(c.Was) {
		return
	}
	gives := c.ProposedBy
	if c.ByLead {
		gives = c.AnsweredBy
	}
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Kind == skein.NeedHours && !ofTheClaim(n) }) {
		n.Agree(gives, c.AnsweredAt, *c.Now.Hours, l.Project.EndOn)
	}
}

// RefuseRemit is the no of whoever is asked, with a reason: what was decided before stands. Who may is as with AgreeRemit.
func (l *Lead) RefuseRemit(by skein.By, id skein.RemitChangeID, why string) error {
	c, err := l.answersRemit(by, id)
	if err != nil {
		return err
	}
	if err := c.Answer(by, false, why); err != nil {
		return err
	}
	l.noteRemit("remit.refuse", *c)
	l.tellRemit(by, *c, skein.CodeNo, l.concerned(by, *c)...)
	return nil
}

// TakeBackRemit takes a change back that waits. Whoever proposed it may; others are refused. What is settled is a conflict.
func (l *Lead) TakeBackRemit(by skein.By, id skein.RemitChangeID) error {
	c := l.remitChange(id)
	switch {
	case c == nil:
		return skein.ErrNotFound
	case by.Person == "" || c.ProposedBy != by.Person:
		return skein.Refused{Why: "You did not propose this.", Who: "Whoever proposed it takes it back; whoever is asked can refuse it."}
	case c.State == skein.RemitVoid && c.AnsweredBy == by.Person:
		return nil
	case !c.Waits():
		return skein.Conflict{Why: "This is settled already. The page says how."}
	}
	c.AnsweredBy, c.AnsweredAt = by.Person, by.At
	return l.voidRemit(by, "it was taken back")
}

// PassRemit reminds whoever is asked of a change, once; when its time has run out it lapses, and what was decided before
// stands. Where whoever was asked cannot answer any more, the next is asked, at once where it is not theirs to answer any
// more. Skein does it by the clock.
func (l *Lead) PassRemit(by skein.By, id skein.RemitChangeID) error {
	c := l.remitChange(id)
	if c == nil || !c.Waits() || !due(l.remitAt(by, *c), by.At) {
		return nil
	}
	if t := l.primary(skein.TermState.Holds); t == nil || t.ID != c.Term { // an import ended it
		return l.voidRemit(by, "its lead has ended")
	}
	if due(c.AnswerBy, by.At) {
		if err := move(&c.State, skein.RemitLapsed); err != nil {
			return err
		}
		c.EndedAt = by.At
		l.noteRemit("remit.lapse", *c)
		l.tellRemit(by, *c, skein.CodeLate, l.concerned(by, *c)...)
		return nil
	}
	if l.remitAstray(by, *c) {
		return l.passRemitOn(by, c)
	}
	c.Reminded = true
	next, err := l.asksOf(by, *c)
	if err != nil {
		return err
	}
	if next != "" && next != c.AskedOf {
		c.AskedOf = next
		l.noteRemit("remit.pass_on", *c)
		l.tellRemit(by, *c, skein.CodeAsked, next)
		return nil
	}
	l.tellRemit(by, *c, skein.CodeWaits, c.AskedOf)
	return nil
}

// goneFromRemit asks somebody else for the answer of who has left; where nobody is there, the change is void.
func (l *Lead) goneFromRemit(by skein.By, p skein.PersonID) error {
	c := l.RemitChange()
	if c == nil || !c.ByLead || c.AskedOf != p {
		return nil
	}
	return l.passRemitOn(by, c)
}

// voidRemit ends a change that waits, because what it was proposed for has ended, and tells who proposed it and who was
// asked.
func (l *Lead) voidRemit(by skein.By, why string) error {
	c := l.RemitChange()
	if c == nil {
		return nil
	}
	if err := move(&c.State, skein.RemitVoid); err != nil {
		return err
	}
	c.EndedAt = by.At
	l.noteProject("remit.void", map[string]any{"person": c.ProposedBy, "why": why})
	told := people{}
	told.add(c.ProposedBy, c.AskedOf)
	told = slices.DeleteFunc(told, func(p skein.PersonID) bool { return p == by.Person || slices.Contains(l.Gone, p) })
	l.tellRemit(by, *c, skein.CodeOver, told...)
	return nil
}

// RemitTerms are what the lead decides now, and its hours. Where nothing is stated, it is what the situation asks for.
func (l *Lead) RemitTerms() skein.RemitTerms {
	t := skein.RemitTerms{Hours: l.Project.HoursPerWeek}
	if l.Proposal != nil {
		t.Rows = slices.Clone(l.Proposal.Remit)
	}
	if len(t.Rows) == 0 && l.port.Judge.Remit != nil {
		t.Rows = l.port.Judge.Remit(l.Phase.Situation)
	}
	return t
}

// RemitChange is the change that waits for an answer; nil: none does.
func (l *Lead) RemitChange() *skein.RemitChange {
	return find(l.RemitChanges, skein.RemitChange.Waits)
}

func (l *Lead) remitChange(id skein.RemitChangeID) *skein.RemitChange {
	return find(l.RemitChanges, func(c skein.RemitChange) bool { return c.ID == id && id != "" })
}

// noteRemit adds an audit row of a change, with old and new.
func (l *Lead) noteRemit(action string, c skein.RemitChange) {
	details := map[string]any{"person": c.ProposedBy, "rows": c.Now.Differs(c.Was)}
	if !c.Now.SameHours(c.Was) {
		details["hours"] = [2]*float64{c.Was.Hours, c.Now.Hours}
	}
	if c.Reason != "" && action == "remit.propose" {
		details["reason"] = c.Reason
	}
	if c.Refusal != "" {
		details["reason"] = c.Refusal
	}
	if action == "remit.pass_on" {
		details["asked"] = c.AskedOf
	}
	l.noteProject(action, details)
}

// tellRemit tells some people of a change.
func (l *Lead) tellRemit(by skein.By, c skein.RemitChange, code skein.NoticeCode, to ...skein.PersonID) {
	for _, p := range to {
		n := skein.Notice{
			To: p, Kind: skein.NoticeRemit, Code: code, Who: c.ProposedBy, Of: string(c.ID), About: string(code) + ":" + string(c.ID),
		}
		if c.Waits() {
			n.By = c.AnswerBy
			n.About += ":" + by.At.UTC().Format(time.RFC3339Nano) // it may come back to whom it was asked of before
		} else if c.AnsweredBy != "" {
			n.Who = c.AnsweredBy
		}
		l.tell(n)
	}
}

// orElse is the fault where there is one, else what is refused.
func orElse(fault, refused error) error {
	if fault != nil {
		return fault
	}
	return refused
}
