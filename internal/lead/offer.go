package lead

import (
	"slices"

	"skein/internal/skein"
)

// offer makes the term of the picked one. On trust to claim was to accept, and so it was to say yes
// to an invitation.
func (l *Lead) offer(by skein.By, c *Claim) error {
	accepted := l.answered(c)
	t := skein.Offer(c.Claim, l.today(), accepted, l.Rules.LongestMonths, l.Rules.Clocks, by)
	t.ID, c.Passed = skein.TermID(l.port.ID()), ""
	l.Terms = append(l.Terms, t)
	l.note("term.offer", "term", string(t.ID), map[string]any{"person": t.Person, "claim": c.ID, "accepted": accepted})
	if accepted {
		if err := l.set(c, skein.ClaimAccepted, by); err != nil {
			return err
		}
		return l.accepted(by, &l.Terms[len(l.Terms)-1], c)
	}
	l.tell(skein.Notice{
		To: c.Person, Kind: skein.NoticeOffer, Claim: c.ID, Of: string(t.ID), By: t.AnswerBy, About: "term:" + string(t.ID),
	})
	return l.set(c, skein.ClaimOffered, by)
}

// answered tells whether a claimant has said yes before anything is offered.
func (l *Lead) answered(c *Claim) bool {
	return l.decidingTrust() == skein.Open || slices.ContainsFunc(l.Invites, func(i skein.Invite) bool {
		return i.Window == c.Window && i.Person == c.Person && i.State == skein.InviteAccepted
	})
}

// next passes the lead to the next in the order that was worked out at the close who can hold it.
// There is no new check.
func (l *Lead) next(by skein.By) error {
	order := l.turns(skein.ClaimNotChosen)
	who, err := l.firstWhoCan(by, order)
	if err != nil {
		return err
	}
	if who == nil {
		return l.nobodyLeft(by)
	}
	return l.follow(by, who, len(order)-slices.Index(order, who))
}

// follow picks the one whose turn comes after those already tried, of so many who are left.
func (l *Lead) follow(by skein.By, c *Claim, left int) error {
	p := skein.Pick{
		ID: skein.PickID(l.port.ID()), Window: l.Window.ID, Project: l.Project.ID, Number: l.nextNumber(), MadeAt: by.At,
		State: skein.PickNotNeeded, Claim: c.ID, Rule: c.Judged.Rule, Sentence: c.Judged.Sentence,
		BandSize: c.Judged.BandSize, Compared: left, AnsweredAt: by.At, PassedOn: []skein.PersonID{},
	}
	l.Picks = append(l.Picks, p)
	l.note("pick.next", "pick", string(p.ID), map[string]any{"claim": p.Claim, "rule": p.Rule})
	return l.offer(by, c)
}

// nobodyLeft is when everybody whose turn it was said no. Where somebody claimed in writing, a
// steward reads on; else claims gather again, and the best placed are asked.
func (l *Lead) nobodyLeft(by skein.By) error {
	unread := l.unread()
	if len(unread) == 0 {
		return l.again(by)
	}
	for _, c := range unread {
		if err := l.set(c, skein.ClaimSubmitted, by); err != nil {
			return err
		}
	}
	return l.pick(by)
}

// unread lists the claims of the window that were not chosen and that nobody has read.
func (l *Lead) unread() []*Claim {
	return slices.Collect(l.claims(func(c Claim) bool { return c.State == skein.ClaimNotChosen && c.unread() }))
}

// unread tells whether a claim passes the gates and was compared with nobody.
func (c Claim) unread() bool {
	return c.Judged.Turn == 0 && c.Judged.Place == 0 && c.Judged.Stops == ""
}

// Accept is the chosen's yes, to an offer of theirs. To others there is no such offer; a settled
// one is a conflict. Whoever holds as much as they may by now is refused; the offer keeps its clock.
func (l *Lead) Accept(by skein.By, id skein.ClaimID) error {
	t, c, err := l.offered(by, id)
	if err != nil {
		return err
	}
	if t.State == skein.TermOffered && t.Missed(by.Day) {
		return skein.Conflict{Why: "The last day of this lead has passed, so it cannot be accepted any more. Its project can be given a later one; then claim it anew."}
	}
	if err := t.Accept(by, l.Rules.Clocks); err != nil {
		return err
	}
	if c == nil {
		return skein.ErrNotFound
	}
	if err := l.refuseFull(by, skein.Primary); err != nil {
		return err
	}
	if err := l.set(c, skein.ClaimAccepted, by); err != nil {
		return err
	}
	l.note("term.accept", "term", string(t.ID), map[string]any{"claim": c.ID})
	return l.accepted(by, t, c)
}

// Decline is the chosen's "not this time", without a reason, while the offer is open or needs are:
// the next is asked at once.
func (l *Lead) Decline(by skein.By, id skein.ClaimID) error {
	t, _, err := l.offered(by, id)
	if err != nil {
		return err
	}
	return l.decline(by, t)
}

func (l *Lead) decline(by skein.By, t *skein.Term) error {
	if err := t.Decline(by); err != nil {
		return err
	}
	l.note("term.decline", "term", string(t.ID), map[string]any{"claim": t.Claim})
	return l.release(by, t, skein.ClaimDeclined)
}

// offered finds by's term that a claim led to, the latest, and the claim where it is loaded.
func (l *Lead) offered(by skein.By, id skein.ClaimID) (*skein.Term, *Claim, error) {
	var found *skein.Term
	for i := range l.Terms {
		t := &l.Terms[i]
		if t.Claim == id && id != "" && t.Role == skein.Primary && t.Person == by.Person &&
			(found == nil || t.OfferedAt.After(found.OfferedAt)) {
			found = t
		}
	}
	if found == nil {
		return nil, nil, skein.ErrNotFound
	}
	return found, l.claim(id), nil
}

// release ends what was offered or accepted, with what belonged to that person's lead alone, and
// asks the next.
func (l *Lead) release(by skein.By, t *skein.Term, became skein.ClaimState) error {
	l.releaseHandover(t)
	l.undoNeeds(by, *t)
	if t.Claim == "" {
		return l.untaken(by)
	}
	c := l.claim(t.Claim)
	if c == nil {
		return skein.ErrNotFound
	}
	if err := l.set(c, became, by); err != nil {
		return err
	}
	return l.next(by)
}

// undecided tells whether whoever accepted has not said in time what they make of less or no.
func undecided(t skein.Term, by skein.By) bool {
	return t.State == skein.TermAccepted && due(t.NeedsBy, by.At)
}

// Lapse ends a term whose answer, or whose word on what they get, did not come in time: the next is asked. A
// co-lead's place that nobody answered for simply lapses; where they were asked, the next is, or it is told. Skein does it when the clock has run out.
func (l *Lead) Lapse(by skein.By, id skein.TermID) error {
	t := l.term(func(t skein.Term) bool { return t.ID == id })
	if t == nil {
		return skein.ErrNotFound
	}
	code, sought := skein.CodeAnswer, t.Sought()
	switch {
	case t.Role == skein.CoLead && t.State == skein.TermOffered && due(t.AnswerBy, by.At):
		return l.besideLapses(by, t)
	case t.Role != skein.Primary && t.State.Unanswered() && due(t.AnswerBy, by.At):
		code = skein.CodePlace
	case t.Role == skein.Primary && t.State == skein.TermOffered && due(t.AnswerBy, by.At):
	case undecided(*t, by):
		code = skein.CodeNeeds
	default:
		return nil
	}
	if err := move(&t.State, skein.TermLapsed); err != nil {
		return err
	}
	t.EndedAt = by.At
	details := map[string]any{"claim": t.Claim}
	if code == skein.CodePlace {
		details = nil
	}
	l.note("term.lapse", "term", string(t.ID), details)
	l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeLapsed, Code: code, About: "term:" + string(t.ID)})
	if sought {
		l.unheard(by, *t)
	}
	if t.Role != skein.Primary {
		return nil
	}
	return l.release(by, t, skein.ClaimLapsed)
}
