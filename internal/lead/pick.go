package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// pick makes the pick, of the first who can hold the lead or, where everybody wrote, of nobody yet.
// Either somebody without a part is asked to check it, or all is told at once.
func (l *Lead) pick(by skein.By) error {
	order, written := l.turns(skein.ClaimSubmitted), len(l.written()) > 0
	first, err := l.firstWhoCan(by, order)
	if err != nil {
		return err
	}
	if first == nil && !written {
		return l.nobodyPasses(by)
	}
	if err := l.voidInvites(by); err != nil {
		return err
	}
	p := skein.Pick{
		ID: skein.PickID(l.port.ID()), Window: l.Window.ID, Project: l.Project.ID, Number: l.nextNumber(), MadeAt: by.At,
		Compared: len(order), State: skein.PickNotNeeded, PassedOn: []skein.PersonID{},
	}
	if first != nil {
		if err := l.choose(&p, first); err != nil {
			return err
		}
	}
	if skein.NeedsCheck(l.decidingTrust(), l.Rules.ConfirmWeighed, written) {
		p.Ask(l.checkers(by, l.Rules.Confirm), by.At, l.Rules.Clocks)
	}
	if p.State == skein.PickUnchecked && p.Claim == "" {
		if first, err = l.settleAlone(by); err != nil {
			return err
		}
		if first == nil {
			return l.nobodyPasses(by)
		}
		if err := l.choose(&p, first); err != nil {
			return err
		}
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
func (l *Lead) choose(p *skein.Pick, c *Claim) error {
	p.Claim, p.Rule, p.Sentence, p.BandSize = c.ID, c.Judged.Rule, c.Judged.Sentence, c.Judged.BandSize
	return c.Move(skein.ClaimChosen, c.ChangedAt)
}

// settleAlone is the first of the written claims where nobody without a part is left to read them:
// all count as equally placed, and the rule between equals decides. Nil: nobody passes any more.
func (l *Lead) settleAlone(by skein.By) (*Claim, error) {
	if err := l.judge(l.written()); err != nil {
		return nil, err
	}
	return l.firstWhoCan(by, l.turns(skein.ClaimSubmitted))
}

// askToCheck tells the one who is asked, and nobody else.
func (l *Lead) askToCheck(p skein.Pick) {
	l.tell(skein.Notice{To: p.AskedOf, Kind: skein.NoticeCheck, Of: string(p.ID), By: p.AnswerBy, About: "pick:" + string(p.ID)})
}

// checkers lists who may check a pick within some time, in the order in which they are asked: readers
// but for executives.
func (l *Lead) checkers(by skein.By, within time.Duration) []skein.PersonID {
	return l.freshEyes(by, within, func(r Reader) bool { return !r.Executive })
}

// freshEyes lists the readers of a kind who may look at the window's decision within some time, in the
// order in which they are asked. Whoever claimed, coaches or claims with somebody, proposed the project, or
// has an offer or a place in it, or stands in, has a part. Whoever is away for all of that time is not asked.
func (l *Lead) freshEyes(by skein.By, within time.Duration, of func(Reader) bool) []skein.PersonID {
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
	part.add(l.StandingIn(by.Day))
	var free people
	for _, r := range l.Readers {
		if of(r) && !part.has(r.Person) && !awayFor(r.AwayUntil, by, within) {
			free.add(r.Person)
		}
	}
	return free
}

// decide is the telling: everybody hears at once how it was decided, and whoever was picked is
// offered the lead. Where none of the order can hold it any more and somebody wrote, nothing is
// decided yet: what they wrote is read first.
func (l *Lead) decide(by skein.By, p skein.Pick) error {
	if err := l.settlesPick(by, p); err != nil {
		return err
	}
	return l.closeAnswered(by) // whoever stepped down does not come back any more
}

func (l *Lead) settlesPick(by skein.By, p skein.Pick) error {
	picked := l.claim(p.Claim)
	if picked == nil {
		return skein.ErrNotFound
	}
	for _, c := range l.sent() {
		if c.ID == picked.ID {
			continue
		}
		if err := l.set(c, skein.ClaimNotChosen, by); err != nil {
			return err
		}
	}
	order := append([]*Claim{picked}, l.turns(skein.ClaimNotChosen)...)
	who, err := l.firstWhoCan(by, order)
	if err != nil {
		return err
	}
	if who == picked {
		l.tellNotChosen(by, p, who)
		return l.offer(by, picked)
	}
	// It was right when it was picked; meanwhile they hold as much as they may, or are not there.
	if err := l.set(picked, skein.ClaimNotChosen, by); err != nil {
		return err
	}
	if who == nil {
		if len(l.unread()) == 0 {
			l.tellNotChosen(by, p, nil)
		}
		return l.nobodyLeft(by)
	}
	l.tellNotChosen(by, p, who)
	return l.follow(by, who, len(order)-slices.Index(order, who))
}

// tellNotChosen is the telling of those who are not offered the lead. Nobody is told twice.
func (l *Lead) tellNotChosen(by skein.By, p skein.Pick, who *Claim) {
	if !l.Window.ToldAt.IsZero() {
		return
	}
	l.Window.ToldAt = by.At
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Window != l.Window.ID || c.State != skein.ClaimNotChosen || c == who {
			continue
		}
		n := skein.Notice{To: c.Person, Kind: skein.NoticeNotChosen, Claim: c.ID, About: "pick:" + string(p.ID)}
		switch {
		case c.Judged.Stops != "":
			n.Code = skein.CodeStopped
		case c.Passed != "":
			n.Code = skein.CodePassed
		case who.Judged.Band > 0 && c.Judged.Band == who.Judged.Band:
			n.Code, n.Who = skein.CodeEqual, who.Person
		default:
			n.Who = who.Person
		}
		l.tell(n)
	}
}
