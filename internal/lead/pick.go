package lead

import (
	"slices"

	"skein/internal/skein"
)

// pick makes the pick, of first or, where everybody wrote, of nobody yet. Either somebody without
// a part is asked to check it, or all is told at once.
func (l *Lead) pick(by skein.By, first *skein.Judged, compared int) error {
	p := skein.Pick{
		ID: skein.PickID(l.port.ID()), Window: l.Window.ID, Project: l.Project.ID, Number: l.nextNumber(), MadeAt: by.At,
		Compared: compared, State: skein.PickNotNeeded, PassedOn: []skein.PersonID{},
	}
	written := len(l.written()) > 0
	if first != nil {
		p.Claim, p.Rule, p.Sentence, p.BandSize = first.Claim, first.Rule, first.Sentence, first.BandSize
		if err := l.choose(first.Claim); err != nil {
			return err
		}
	}
	if skein.NeedsCheck(l.Trust, l.Rules.ConfirmWeighed, written) {
		p.Ask(l.checkers(), by.At, l.Rules.Clocks)
	}
	if err := l.settleAlone(&p); err != nil {
		return err
	}
	l.Picks = append(l.Picks, p)
	l.note("pick.make", "pick", string(p.ID), map[string]any{"rule": p.Rule, "compared": p.Compared, "state": p.State})
	if p.State == skein.PickWaiting {
		l.askToCheck(p)
		return nil
	}
	return l.decide(by, p)
}

func (l *Lead) nextNumber() int {
	n := 0
	for _, p := range l.Picks {
		if p.Window == l.Window.ID {
			n = max(n, p.Number)
		}
	}
	return n + 1
}

// choose makes a claim the picked one. When it was changed is left alone: it would tell.
func (l *Lead) choose(id skein.ClaimID) error {
	c := l.claim(id)
	if c == nil {
		return skein.ErrNotFound
	}
	return c.Move(skein.ClaimChosen, c.ChangedAt)
}

// settleAlone decides between written claims where nobody without a part is left to read them: all
// count as equally placed, and the rule between equals decides.
func (l *Lead) settleAlone(p *skein.Pick) error {
	if p.State != skein.PickUnchecked || p.Claim != "" {
		return nil
	}
	judged, err := l.judge(l.written())
	if err != nil {
		return err
	}
	first := skein.First(judged)
	if first == nil {
		return nil
	}
	p.Claim, p.Rule, p.Sentence, p.BandSize = first.Claim, first.Rule, first.Sentence, first.BandSize
	return l.choose(first.Claim)
}

// askToCheck tells the one who is asked, and nobody else.
func (l *Lead) askToCheck(p skein.Pick) {
	l.tell(skein.Notice{To: p.AskedOf, Kind: skein.NoticeCheck, Of: string(p.ID), By: p.AnswerBy, About: "pick:" + string(p.ID)})
}

// checkers lists who may look at the window's decision with fresh eyes, in the order in which they
// are asked. Whoever claimed, coaches or claims with somebody, proposed the project, or has an offer
// or a place in it, has a part.
func (l *Lead) checkers() []skein.PersonID {
	var part people
	part.add(l.Project.ProposedBy)
	for _, c := range l.Claims {
		if c.Window == l.Window.ID && !c.unsent() {
			part.add(c.Person, c.With, c.Coach)
		}
	}
	for t := range l.terms(skein.TermState.Counts) {
		part.add(t.Person)
	}
	return slices.DeleteFunc(slices.Clone(l.Readers), part.has)
}

// decide is the telling: everybody hears at once how it was decided, and whoever was picked is
// offered the lead.
func (l *Lead) decide(by skein.By, p skein.Pick) error {
	picked := l.claim(p.Claim)
	if picked == nil {
		return skein.ErrNotFound
	}
	first := l.Window.ToldAt.IsZero()
	l.Window.ToldAt = by.At
	for _, c := range l.sent() {
		if c.ID == picked.ID {
			continue
		}
		if err := l.set(c, skein.ClaimNotChosen, by); err != nil {
			return err
		}
		if first {
			l.tellNotChosen(p, picked, c)
		}
	}
	return l.offer(by, p, picked)
}

func (l *Lead) tellNotChosen(p skein.Pick, picked, c *Claim) {
	n := skein.Notice{
		To: c.Person, Kind: skein.NoticeNotChosen, Claim: c.ID, Who: picked.Person, About: "pick:" + string(p.ID),
	}
	switch {
	case c.Judged.Stops != "":
		n.Code, n.Who = skein.CodeStopped, ""
	case picked.Judged.Band > 0 && c.Judged.Band == picked.Judged.Band:
		n.Code = skein.CodeEqual
	}
	l.tell(n)
}
