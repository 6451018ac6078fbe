package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// Close ends the time in which claims gather: the situation picks. Skein does it when the clock has
// run out, and when somebody says yes to an invitation. Where nobody claimed, the best placed are
// asked. A window that is closed already, or not due, stays as it is.
func (l *Lead) Close(by skein.By) error {
	if l.Window.State.Over() || !due(l.ClosesBy(), by.At) {
		return nil
	}
	return l.closing(by)
}

// ClosesBy is when the window closes: its end or, where it has none, a while after the claims that
// stand; zero where none does. On trust the first ready claim leaves the others a day, at great urgency
// an hour; a stretch waits for somebody ready as long as a window lasts, and so does the first claim
// above that level. A claim that was carried over counts as one that came when the window opened.
func (l *Lead) ClosesBy() time.Time {
	if !l.Window.ClosesAt.IsZero() {
		return l.Window.ClosesAt
	}
	var first, ready time.Time
	earlier := func(of *time.Time, at time.Time) {
		if of.IsZero() || at.Before(*of) {
			*of = at
		}
	}
	for _, c := range l.sent() {
		came := c.SubmittedAt
		if came.Before(l.Window.OpenedAt) {
			came = l.Window.OpenedAt
		}
		if earlier(&first, came); c.Judged.Zone == skein.Ready {
			earlier(&ready, came)
		}
	}
	urgency := l.Phase.Situation.Urgency
	switch {
	case first.IsZero():
		return first
	case l.decidingTrust() == skein.Open && !ready.IsZero():
		return ready.Add(l.Rules.OnTrust(urgency))
	}
	return first.Add(l.Rules.Gather(urgency))
}

func (l *Lead) closing(by skein.By) error {
	sent := l.sent()
	if len(sent) == 0 {
		return l.nobodyClaimed(by)
	}
	if l.port.Judge.Best != nil {
		if err := l.port.Judge.Best(&l.Window); err != nil {
			return err
		}
	}
	if err := l.judge(nil); err != nil {
		return err
	}
	if err := move(&l.Window.State, skein.WindowPicked); err != nil {
		return err
	}
	l.Window.ClosedAt, l.Window.Claimed = by.At, len(sent)
	l.note("window.close", "claim_window", string(l.Window.ID), nil)
	return l.pick(by)
}

func (l *Lead) nobodyClaimed(by skein.By) error {
	if err := move(&l.Window.State, skein.WindowInviting); err != nil {
		return err
	}
	l.Window.ClosesAt, l.Window.Restarts = time.Time{}, 0
	l.note("window.nobody", "claim_window", string(l.Window.ID), nil)
	return l.nextBand(by)
}

// nobodyPasses is when a gate stops everybody who claimed, or nobody of them can hold it now: they are
// told which, and claims go on.
func (l *Lead) nobodyPasses(by skein.By) error {
	for _, c := range l.sent() {
		if err := l.set(c, skein.ClaimNotChosen, by); err != nil {
			return err
		}
		n := skein.Notice{
			To: c.Person, Kind: skein.NoticeNotChosen, Code: skein.CodeStopped, Claim: c.ID,
			About: "window:" + string(l.Window.ID),
		}
		if c.Passed != "" {
			n.Code = skein.CodePassed
		}
		l.tell(n)
	}
	return l.again(by)
}

// sent returns the claims that count in the window.
func (l *Lead) sent() []*Claim {
	return slices.Collect(l.claims(func(c Claim) bool {
		return c.State == skein.ClaimSubmitted || c.State == skein.ClaimChosen
	}))
}

// written returns the claims that pass the gates and can only be decided by reading them.
func (l *Lead) written() []skein.ClaimID {
	var written []skein.ClaimID
	for _, c := range l.sent() {
		if c.Judged.Turn == 0 && c.Judged.Stops == "" {
			written = append(written, c.ID)
		}
	}
	return written
}

// turns lists claims of the window in a state that have a turn, whose it is first first.
func (l *Lead) turns(in skein.ClaimState) []*Claim {
	left := l.claims(func(c Claim) bool { return c.State == in && c.Judged.Turn > 0 })
	return slices.SortedFunc(left, func(a, b *Claim) int { return a.Judged.Turn - b.Judged.Turn })
}

// judge compares those who claimed, and keeps what was found with each claim.
func (l *Lead) judge(equal []skein.ClaimID) error {
	sent := l.sent()
	claims := make([]skein.Claim, len(sent))
	for i, c := range sent {
		claims[i] = c.Claim
		if c.WithAgreed.IsZero() {
			claims[i].With = "" // they have not said yes: it counts for the first alone
		}
		if c.CoachAgreed.IsZero() {
			claims[i].Coach = "" // nobody is picked for a stretch on the word of somebody who was not heard
		}
	}
	judged, err := l.port.Judge.Claims(l.Window, claims, equal)
	if err != nil {
		return err
	}
	for i := range judged {
		j := &judged[i]
		if j.Stops == "" && j.Turn == 0 && !j.Written {
			j.Stops = tooLittle(*j)
		}
		sent[i].Judged, sent[i].Kept, sent[i].Passed = *j, true, ""
	}
	return nil
}

// tooLittle says why a claim that passed when it was sent does not pass at the close.
func tooLittle(j skein.Judged) string {
	if j.Zone == skein.Stretch {
		return "It is a stretch for you, and nobody had said yes to coaching you when claims closed."
	}
	return "Too little spoke for you any more when claims closed."
}

// set moves a claim that something was decided about.
func (l *Lead) set(c *Claim, next skein.ClaimState, by skein.By) error {
	if err := c.Move(next, by.At); err != nil {
		return err
	}
	c.DecidedAt = by.At
	return nil
}
