package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// PersonGone takes from somebody who has left all that they held or were asked for here, and passes
// it on: what they led opens for claims, an offer goes to the next, a duty to whoever may do it. Who
// is not in Gone keeps what they have. Skein does it when their door is closed, or their last day has
// passed.
func (l *Lead) PersonGone(by skein.By, p skein.PersonID) error {
	if !slices.Contains(l.Gone, p) {
		return nil
	}
	l.noteAbsence("person.gone", p, l.heldOpenly(p), l.namesGone(p))
	if !l.Project.State.Over() {
		l.goneFromNeeds(by, p)
		l.goneFromTeam(by, p)
		l.goneFromOthersClaims(by, p)
	}
	for _, step := range []func(skein.By, skein.PersonID) error{
		l.goneFromInvites, l.goneFromPlaces, l.goneFromClaims, l.goneFromLead, l.goneFromStandIn, l.goneFromChecks, l.goneFromRemit, l.goneFromAdvice,
		l.goneFromOutcomes,
	} {
		if err := step(by, p); err != nil {
			return err
		}
	}
	if !l.Project.State.Over() {
		l.goneFromNeeds(by, p) // what they could do without is open again
	}
	return l.nextBand(by)
}

// heldOpenly tells whether somebody has anything here that others see: a place, or a need that waits.
func (l *Lead) heldOpenly(p skein.PersonID) bool {
	if s := l.standIn(); s != nil && s.Person == p || slices.ContainsFunc(l.Terms, func(t skein.Term) bool { return t.Person == p && t.State.Placed() }) {
		return true
	}
	return !l.Project.State.Over() && (slices.ContainsFunc(l.Team, func(m skein.Member) bool { return m.Person == p && m.LeftAt.IsZero() }) ||
		slices.ContainsFunc(l.Needs, func(n skein.Need) bool { return n.AskedOf == p && n.Asked() }) ||
		slices.ContainsFunc(l.Advice, func(a skein.Advice) bool { return a.Person == p && a.State == skein.AdviceAsked }))
}

// noteAbsence adds the audit row of what goes on because somebody is not there. That they claimed, or are
// named in a claim, or check a pick, is sealed: such a row is about the claim or the pick, and as sealed as
// that is. An invitation that lapses has a row of its own.
func (l *Lead) noteAbsence(action string, p skein.PersonID, openly bool, sealed func(Claim) bool) {
	details := map[string]any{"person": p}
	if openly {
		l.noteProject(action, details)
		return
	}
	if c := find(l.Claims, sealed); c != nil {
		l.note(action, "claim", string(c.ID), details)
		return
	}
	checks := func(k skein.Pick) bool { return k.State == skein.PickWaiting && k.AskedOf == p }
	if k := find(l.Picks, checks); k != nil {
		l.note(action, "pick", string(k.ID), details)
	}
}

// lapseInvite ends an invitation that somebody who is not there cannot answer.
func (l *Lead) lapseInvite(by skein.By, v *skein.Invite) error {
	if err := move(&v.State, skein.InviteLapsed); err != nil {
		return err
	}
	v.AnsweredAt = by.At
	l.note("invite.lapse", "claim_window", string(v.Window), map[string]any{"people": 1})
	return nil
}

func (l *Lead) goneFromTeam(by skein.By, p skein.PersonID) {
	for m := range each(l.Team, func(m skein.Member) bool { return m.Person == p && m.LeftAt.IsZero() }) {
		leaveTeam(m, by)
	}
}

// goneFromInvites ends an invitation that they cannot answer any more.
func (l *Lead) goneFromInvites(by skein.By, p skein.PersonID) error {
	for v := range each(l.Invites, func(v skein.Invite) bool { return v.Person == p && l.unanswered(v) }) {
		if err := l.lapseInvite(by, v); err != nil {
			return err
		}
	}
	return nil
}

// goneFromNeeds asks somebody else for what they were asked for.
func (l *Lead) goneFromNeeds(by skein.By, p skein.PersonID) {
	for n := range each(l.Needs, func(n skein.Need) bool { return n.AskedOf == p && n.Asked() && !ofTheClaim(n) }) {
		l.cannotAnswer(by, n)
	}
}

// ofTheClaim tells whether a need is the coach that a claim named.
func ofTheClaim(n skein.Need) bool { return n.Kind == skein.NeedCoach && n.Claim != "" }

// goneFromOthersClaims takes their name off the claims that name them, as if they had said no; also
// off those that were not chosen, whose turn may come in this very move.
func (l *Lead) goneFromOthersClaims(by skein.By, p skein.PersonID) {
	for c := range l.claims(l.comes) {
		l.goneFromClaim(by, c, p)
	}
}

// comes tells whether a claim was sent and may still be decided.
func (l *Lead) comes(c Claim) bool {
	return !c.unsent() && (!c.Settled() || c.State == skein.ClaimNotChosen && l.Window.State.Going())
}

// namesGone tells of a claim whether it is somebody's own, or names them, and may still be decided.
func (l *Lead) namesGone(p skein.PersonID) func(Claim) bool {
	return func(c Claim) bool {
		return c.Window == l.Window.ID && l.comes(c) && (c.Person == p || c.With == p || c.Coach == p)
	}
}

func (l *Lead) goneFromClaim(by skein.By, c *Claim, p skein.PersonID) {
	if c.With == p {
		c.With, c.WithAgreed = "", time.Time{}
		l.tellAbsent(by, skein.NoticeWith, c, p)
	}
	if c.Coach == p {
		l.loseCoach(by, c)
	}
}

// loseCoach takes the coach off a claim who is not there to coach; where the lead is accepted,
// somebody else is asked for in their place.
func (l *Lead) loseCoach(by skein.By, c *Claim) {
	p := c.Coach
	c.Coach, c.CoachAgreed = "", time.Time{}
	if c.State == skein.ClaimAccepted {
		l.coachAnswers(by, c, p, false)
	}
	l.tellAbsent(by, skein.NoticeCoach, c, p)
}

// tellAbsent tells a claimant that somebody whom they named is not there.
func (l *Lead) tellAbsent(by skein.By, kind skein.NoticeKind, c *Claim, p skein.PersonID) {
	l.tell(skein.Notice{
		To: c.Person, Kind: kind, Code: skein.CodeAbsent, Claim: c.ID, Who: p, About: "gone:" + string(c.ID) + ":" + string(p) + onDay(by), // who is back may be named again
	})
}

// goneFromPlaces ends their places beside a lead, and their question for one. Where they were asked, the next is.
func (l *Lead) goneFromPlaces(by skein.By, p skein.PersonID) error {
	sought := false
	for t := range each(l.Terms, func(t skein.Term) bool { return t.Person == p && t.Role != skein.Primary }) {
		var err error
		sought = sought || t.Sought()
		switch t.State {
		case skein.TermLive:
			err = l.endGone(by, t)
		case skein.TermAsked, skein.TermOffered, skein.TermAccepted:
			t.EndedAt, err = by.At, move(&t.State, skein.TermLapsed)
		}
		if err != nil {
			return err
		}
	}
	if sought {
		return l.seekNext(by)
	}
	return nil
}

// endGone ends their time in a place: on their last day, whenever Skein comes to learn of it.
func (l *Lead) endGone(by skein.By, t *skein.Term) error {
	if err := l.end(by, t, skein.EndGone); err != nil {
		return err
	}
	if last, ok := l.LastDays[t.Person]; ok && last.Before(t.Until) {
		if t.Until = last; last.Before(t.From) {
			t.Until = t.From
		}
	}
	return nil
}

// goneFromClaims takes back what they claimed and was not offered to them.
func (l *Lead) goneFromClaims(by skein.By, p skein.PersonID) error {
	c := l.latest(p)
	if c == nil || !l.Window.State.Going() || c.State == skein.ClaimDraft || c.State == skein.ClaimOffered || c.State == skein.ClaimAccepted {
		return nil
	}
	return l.withdraw(by, c)
}

// goneFromLead passes on what they were offered, or were to lead by a file, and ends what they led.
func (l *Lead) goneFromLead(by skein.By, p skein.PersonID) error {
	theirs := func(in func(skein.TermState) bool) *skein.Term {
		return l.term(func(t skein.Term) bool { return t.Person == p && t.Role == skein.Primary && in(t.State) })
	}
	if t := theirs(skein.TermState.Coming); t != nil {
		if err := move(&t.State, skein.TermLapsed); err != nil {
			return err
		}
		t.EndedAt = by.At
		l.note("term.lapse", "term", string(t.ID), map[string]any{"claim": t.Claim, "why": skein.PassedGone})
		if err := l.release(by, t, skein.ClaimLapsed); err != nil {
			return err
		}
	}
	t := theirs(skein.TermState.Holds)
	if t == nil {
		return nil
	}
	if err := l.endGone(by, t); err != nil {
		return err
	}
	l.undoNeeds(by, *t)
	if err := l.reopen(by); err != nil {
		return err
	}
	l.tellEnded(by, *t, skein.CodeLeft)
	return l.giverGone(by, t)
}

// goneFromChecks passes on what they were asked to look at.
func (l *Lead) goneFromChecks(by skein.By, p skein.PersonID) error {
	for _, pick := range slices.Clone(l.Picks) {
		if pick.State == skein.PickWaiting && pick.AskedOf == p {
			if err := l.passPick(by, pick.ID); err != nil {
				return err
			}
		}
	}
	for r := range each(l.Reviews, func(r skein.Review) bool { return r.AskedOf == p && r.AnsweredAt.IsZero() }) {
		if err := l.passReview(by, r); err != nil {
			return err
		}
	}
	return nil
}
