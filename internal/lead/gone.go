package lead

import (
	"slices"

	"skein/internal/skein"
)

// PersonGone takes from somebody who has left all that they held or were asked for here, and passes
// it on: what they led opens for claims, an offer goes to the next, a duty to whoever may do it.
// Skein does it when their door is closed, or their last day has passed.
func (l *Lead) PersonGone(by skein.By, p skein.PersonID) error {
	l.goneFromNeeds(p)
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Window == l.Window.ID && !c.unsent() && !c.Settled() {
			l.goneFromClaim(c, p)
		}
	}
	for i := range l.Team {
		if m := &l.Team[i]; m.Person == p && m.LeftAt.IsZero() {
			m.LeftAt = by.At
		}
	}
	for i := range l.Invites {
		if v := &l.Invites[i]; v.Window == l.Window.ID && v.Person == p && v.State == skein.InviteWaiting {
			if err := move(&v.State, skein.InviteLapsed); err != nil {
				return err
			}
			v.AnsweredAt = by.At
		}
	}
	l.noteProject("person.gone", map[string]any{"person": p})
	for _, step := range []func(skein.By, skein.PersonID) error{l.goneFromPlaces, l.goneFromClaims, l.goneFromLead, l.goneFromChecks} {
		if err := step(by, p); err != nil {
			return err
		}
	}
	return l.nextBand(by)
}

// goneFromNeeds asks the nearest steward for what somebody was asked for.
func (l *Lead) goneFromNeeds(p skein.PersonID) {
	for i := range l.Needs {
		n := &l.Needs[i]
		if n.AskedOf != p || n.Settled() || n.Kind == skein.NeedCoach && n.Claim != "" {
			continue
		}
		n.AskedOf = ""
		l.tell(skein.Notice{
			To: l.nearestHere(), Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Need: n.ID, About: "gone:" + string(n.ID),
		})
	}
}

// goneFromClaim takes their name off somebody else's claim, as if they had said no.
func (l *Lead) goneFromClaim(c *Claim, p skein.PersonID) {
	told := skein.Notice{To: c.Person, Code: skein.CodeNo, Claim: c.ID, Who: p, About: "gone:" + string(c.ID) + ":" + string(p)}
	if c.With == p {
		c.With, c.WithAgreed = "", skein.Claim{}.WithAgreed
		told.Kind = skein.NoticeWith
		l.tell(told)
	}
	if c.Coach == p {
		c.Coach, c.CoachAgreed = "", skein.Claim{}.CoachAgreed
		if c.State == skein.ClaimAccepted {
			l.coachAnswers(skein.By{}, c, p, false)
		}
		told.Kind = skein.NoticeCoach
		l.tell(told)
	}
}

// goneFromPlaces ends their places beside a lead, and their question for one.
func (l *Lead) goneFromPlaces(by skein.By, p skein.PersonID) error {
	for i := range l.Terms {
		t := &l.Terms[i]
		if t.Person != p || t.Role == skein.Primary {
			continue
		}
		var err error
		switch t.State {
		case skein.TermLive:
			err = l.end(by, t, skein.EndGone)
		case skein.TermAsked, skein.TermOffered, skein.TermAccepted:
			t.EndedAt, err = by.At, move(&t.State, skein.TermLapsed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// goneFromClaims takes back what they claimed and was not offered to them.
func (l *Lead) goneFromClaims(by skein.By, p skein.PersonID) error {
	c := l.latest(p)
	if c == nil || c.State == skein.ClaimDraft || c.State == skein.ClaimOffered || c.State == skein.ClaimAccepted {
		return nil
	}
	return l.withdraw(by, c)
}

// goneFromLead ends what they led, or passes on what they were offered.
func (l *Lead) goneFromLead(by skein.By, p skein.PersonID) error {
	for i := range l.Terms {
		t := &l.Terms[i]
		if t.Person != p || t.Role != skein.Primary {
			continue
		}
		switch {
		case t.State.Holds():
			if err := l.end(by, t, skein.EndGone); err != nil {
				return err
			}
			if err := l.reopen(by); err != nil {
				return err
			}
			l.tellEnded(by, *t, skein.CodeLeft)
			return nil
		case t.State == skein.TermOffered || t.State == skein.TermAccepted:
			if err := move(&t.State, skein.TermLapsed); err != nil {
				return err
			}
			t.EndedAt = by.At
			l.note("term.lapse", "term", string(t.ID), map[string]any{"claim": t.Claim, "why": skein.PassedGone})
			return l.release(by, t, skein.ClaimLapsed)
		}
	}
	return nil
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
	return nil
}
