package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// Withdraw takes by's own claim back after the close, at any time before they lead: the order that
// was worked out goes on without it. An offer, answered or not, is declined. While claims gather
// see Sending.Withdraw.
func (l *Lead) Withdraw(by skein.By) error {
	c := l.latest(by.Person)
	if c == nil {
		return skein.ErrNotFound
	}
	if c.State == skein.ClaimOffered || c.State == skein.ClaimAccepted {
		t, _, err := l.offered(by, c.ID)
		if err != nil {
			return err
		}
		return l.decline(by, t)
	}
	return l.withdraw(by, c)
}

func (l *Lead) withdraw(by skein.By, c *Claim) error {
	was := c.State
	if err := takeBack(c, by); err != nil {
		return err
	}
	if was != skein.ClaimDraft {
		l.note("claim.withdraw", "claim", string(c.ID), nil)
	}
	if was == skein.ClaimChosen || was == skein.ClaimSubmitted && l.readsNothing() {
		return l.pickAgain(by)
	}
	return nil
}

// readsNothing tells whether somebody is asked to read what was written, and all of it was taken back.
func (l *Lead) readsNothing() bool {
	return len(l.written()) == 0 && slices.ContainsFunc(l.Picks, func(p skein.Pick) bool {
		return p.Window == l.Window.ID && p.State == skein.PickWaiting && p.Claim == ""
	})
}

// takeBack moves a claim that nothing was offered for.
func takeBack(c *Claim, by skein.By) error {
	if !c.State.MayBecome(skein.ClaimWithdrawn) {
		return skein.Conflict{Why: "This claim is " + c.State.Words() + ", so there is nothing to take back."}
	}
	return c.Move(skein.ClaimWithdrawn, by.At)
}

// latest is somebody's claim that they may still take back; nil when there is none.
func (l *Lead) latest(p skein.PersonID) *Claim {
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Person != p || c.Window != l.Window.ID {
			continue
		}
		if c.State == skein.ClaimDraft || c.State.Asks() {
			return c
		}
	}
	return nil
}

// pickAgain makes the pick again when the picked one withdrew before it was checked: of the next in
// the order, with a check of its own.
func (l *Lead) pickAgain(by skein.By) error {
	if err := l.voidPick(by); err != nil {
		return err
	}
	return l.pick(by)
}

// Answer is the yes or no of a coach who is named in a claim, once claims have closed. Their yes may be
// all that an accepted lead waited for; after a no their place waits for somebody else. What is
// settled, as it is for whoever would have claimed along, is a conflict; to others there is no such
// question. While claims gather see Sending.Answer.
func (l *Lead) Answer(by skein.By, id skein.ClaimID, yes bool) error {
	c := l.claim(id)
	if c == nil || c.unsent() {
		return skein.ErrNotFound
	}
	role, told, err := beside(by, &c.Claim, yes)
	switch {
	case err != nil:
		return err
	case role == skein.BesideWith: // the pick was made without them
		return skein.Conflict{Why: "Claims have closed, so this is settled."}
	}
	l.note("claim.beside", "claim", string(id), map[string]any{"role": role, "yes": yes})
	if c.State == skein.ClaimAccepted {
		l.coachAnswers(by, c, by.Person, yes)
	}
	if err := l.settleAccepted(by); err != nil {
		return err
	}
	l.tell(told)
	return nil
}

// unsent tells whether nobody but its claimant may know of the claim: it was never sent, or it was
// taken back.
func (c Claim) unsent() bool {
	return c.State == skein.ClaimDraft || c.State == skein.ClaimWithdrawn || c.State == skein.ClaimVoid
}

// beside takes the answer, with what the claimant is told of it.
func beside(by skein.By, claim *skein.Claim, yes bool) (role string, told skein.Notice, err error) {
	if role, err = claim.Beside(by, yes); err != nil {
		return "", told, err
	}
	told = skein.Notice{
		To: claim.Person, Kind: skein.NoticeKind(role), Code: skein.CodeNo, Project: claim.Project, Claim: claim.ID, Who: by.Person,
		About: "answer:" + string(claim.ID) + ":" + string(by.Person) + ":" + by.At.Format(time.RFC3339),
	}
	if yes {
		told.Code = skein.CodeYes
	}
	return role, told, nil
}
