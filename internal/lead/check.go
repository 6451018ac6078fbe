package lead

import (
	"slices"

	"skein/internal/skein"
)

// PickAnswer is what somebody without a part says of a pick.
type PickAnswer struct {
	Return bool            // send it back, with the reason
	Claim  skein.ClaimID   // whose it should be, where nobody was compared
	Equal  []skein.ClaimID // written claims that are placed equally with the picked one
	Reason string
}

// Check takes the answer: Return, Decide where nobody was compared, else Confirm.
func (l *Lead) Check(by skein.By, id skein.PickID, a PickAnswer) error {
	p, err := l.pickOf(id)
	switch {
	case err != nil:
		return err
	case a.Return:
		return l.Return(by, id, a.Reason)
	case p.Claim == "":
		return l.Decide(by, id, a.Claim, a.Reason)
	}
	return l.Confirm(by, id, a.Equal)
}

// Confirm is the yes of somebody without a part to a pick. Who was asked for it, now or before it
// was passed on, may; others are refused. Equal are written claims that they found equally placed
// with the picked one: the rule between equals decides again.
func (l *Lead) Confirm(by skein.By, id skein.PickID, equal []skein.ClaimID) error {
	p, err := l.pickOf(id)
	if err != nil {
		return err
	}
	if err := p.Confirm(by); err != nil {
		return err
	}
	if err := l.placeEqually(p, equal); err != nil {
		return err
	}
	return l.confirmed(by, *p)
}

// Decide is their word where nobody was compared: they read what was written, and say whose claim
// it is and why.
func (l *Lead) Decide(by skein.By, id skein.PickID, claim skein.ClaimID, reason string) error {
	p, err := l.pickOf(id)
	if err != nil {
		return err
	}
	if err := p.Decide(by, claim, reason); err != nil {
		return err
	}
	c := l.claim(claim)
	if c == nil || c.Window != l.Window.ID || c.Judged.Stops != "" || c.State != skein.ClaimSubmitted {
		return skein.Invalid{{Field: "claim", Message: "Choose one of the claims on this page."}}
	}
	p.Rule, p.Sentence = "steward", "Nobody is compared here. A steward who had no part read what each of you wrote."
	if err := l.choose(claim); err != nil {
		return err
	}
	return l.confirmed(by, *p)
}

func (l *Lead) confirmed(by skein.By, p skein.Pick) error {
	l.note("pick.confirm", "pick", string(p.ID), map[string]any{"claim": p.Claim, "rule": p.Rule})
	return l.decide(by, p)
}

// Return sends a pick back with a reason: claims stand and gather again, and whoever claimed reads
// why.
func (l *Lead) Return(by skein.By, id skein.PickID, reason string) error {
	p, err := l.pickOf(id)
	if err != nil {
		return err
	}
	if err := p.Return(by, reason); err != nil {
		return err
	}
	sent := l.sent()
	l.note("pick.return", "pick", string(p.ID), map[string]any{"reason": p.Reason})
	of := string(p.ID)
	if err := l.restart(by); err != nil {
		return err
	}
	for _, c := range sent {
		l.tell(skein.Notice{To: c.Person, Kind: skein.NoticeReturned, Of: of, About: "pick:" + of})
	}
	return nil
}

// PassPick asks the next who has no part when the one before was silent; when nobody is left the
// pick stands unchecked and says so. Skein does it when the clock has run out.
func (l *Lead) PassPick(by skein.By, id skein.PickID) error {
	p, err := l.pickOf(id)
	if err != nil || p.State != skein.PickWaiting || p.AnswerBy.After(by.At) {
		return err
	}
	p.Ask(l.checkers(), by.At, l.Rules.Clocks)
	if err := l.settleAlone(p); err != nil {
		return err
	}
	if p.State == skein.PickWaiting {
		l.note("pick.pass_on", "pick", string(id), map[string]any{"asked": len(p.PassedOn) + 1})
		l.askToCheck(*p)
		return nil
	}
	l.note("pick.unchecked", "pick", string(id), map[string]any{"claim": p.Claim})
	return l.decide(by, *p)
}

// placeEqually takes written claims into the step of the picked one.
func (l *Lead) placeEqually(p *skein.Pick, equal []skein.ClaimID) error {
	if len(equal) == 0 {
		return nil
	}
	written := l.written()
	for _, id := range equal {
		if !slices.Contains(written, id) {
			return skein.Invalid{{Field: "equal", Message: "Choose among the claims on this page."}}
		}
	}
	picked := l.claim(p.Claim)
	if err := picked.Move(skein.ClaimSubmitted, picked.ChangedAt); err != nil {
		return err
	}
	judged, err := l.judge(equal)
	if err != nil {
		return err
	}
	first := skein.First(judged)
	if first == nil {
		return skein.Conflict{Why: "Nobody who claimed may lead this any more. Return it, and say so."}
	}
	p.Claim, p.Rule, p.Sentence = first.Claim, first.Rule, first.Sentence
	p.BandSize, p.Compared = first.BandSize, compared(judged)
	return l.choose(first.Claim)
}
