package lead

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"skein/internal/skein"
)

// AskAdvice asks people of a question until a day, all of them at first, or more of them later; and moves that day to a
// later one. Where it is agreed with others, their yes is asked for; what is proposed upwards is proposed with it. Who
// may is as with OpenDecision. Nobody is asked who decides it, has left or is away until then. What is not open is a
// conflict, and where nobody is there to whom it could be proposed, it is refused. Who is asked already is not asked
// twice.
func (l *Lead) AskAdvice(by skein.By, id skein.DecisionID, asked []skein.Asked, until skein.Date) error {
	if err := l.mayDecide(by); err != nil {
		return err
	}
	old := l.Decision(id)
	switch {
	case old == nil:
		return skein.ErrNotFound
	case !old.State.Open():
		return skein.Conflict{Why: "It is not open any more, so nobody is asked."}
	}
	d := *old
	if err := l.fallsUnder(&d); err != nil {
		return err
	}
	if err := askUntil(by, &d, until); err != nil {
		return err
	}
	fresh, err := l.freshAdvice(by, d, asked)
	if err != nil {
		return err
	}
	var above skein.PersonID
	if d.State == skein.DecisionDraft {
		if above, err = l.firstAsked(by, &d, fresh); err != nil {
			return err
		}
	} else if len(fresh) == 0 && d.AdviceOn.Equal(old.AdviceOn) {
		return nil
	}
	*old = d
	l.noteDecision("decision.ask", d, map[string]any{"people": len(fresh), "until": d.AdviceOn})
	for _, a := range fresh {
		l.askAdvice(by, d, a)
	}
	l.tellDecision(by, d, skein.CodePropose, "propose:", above)
	return nil
}

// askUntil sets the day until which advice is waited for: fourteen days from now where none is named and none was.
func askUntil(by skein.By, d *skein.Decision, until skein.Date) error {
	asking := d.State == skein.DecisionAsking
	switch {
	case until.IsZero() && asking && !d.Past(by.Day):
		return nil
	case until.IsZero():
		until = by.Day.AddDate(0, 0, skein.AdviceDays)
	case asking && until.Equal(d.AdviceOn):
		return nil
	case asking && until.Before(d.AdviceOn):
		return skein.Invalid{{Field: "until", Message: skein.UntilOf(d.Level()) + d.AdviceOn.Format("2 January") + ". Choose that day or a later one."}}
	}
	if err := skein.CheckUntil(by.Day, until); err != nil {
		return err
	}
	d.Until(by, until)
	return nil
}

// firstAsked turns a draft into a question that others read. Above is who decides it where it is proposed upwards.
func (l *Lead) firstAsked(by skein.By, d *skein.Decision, fresh []skein.Advice) (above skein.PersonID, err error) {
	if d.Level() == skein.ProposeAbove {
		if above, err = l.above(by, *d); err != nil {
			return "", err
		}
		if above == "" {
			return "", skein.Refused{
				Why: "Nobody is there to whom it could be proposed.", Who: "An executive can say who answers for its priority, an administrator who is steward of its team.",
			}
		}
	} else if len(fresh) == 0 {
		return "", skein.Invalid{{Field: "asked", Message: "Choose whom to ask."}}
	}
	d.AskedAt = by.At
	return above, move(&d.State, skein.DecisionAsking)
}

// freshAdvice is what those are asked who were not asked before.
func (l *Lead) freshAdvice(by skein.By, d skein.Decision, asked []skein.Asked) ([]skein.Advice, error) {
	if err := skein.CheckAsked(asked); err != nil {
		return nil, err
	}
	before, decide := l.AdviceOn(d.ID), l.leading(by.Day)
	var fresh []skein.Advice
	var whom people
	for _, a := range asked {
		was := find(before, func(b skein.Advice) bool { return b.Person == a.Person })
		if whom.has(a.Person) || was != nil && was.State != skein.AdviceVoid {
			continue
		}
		if decide.has(a.Person) {
			return nil, skein.Invalid{{Field: "asked", Message: "Whoever leads it decides it, so they are not asked. Leave them out."}}
		}
		whom.add(a.Person)
		next := skein.Advice{Decision: d.ID, Project: l.Project.ID, Person: a.Person, State: skein.AdviceAsked}
		if was != nil {
			next.ID = was.ID
		}
		next.Why, next.Consent = strings.TrimSpace(a.Why), d.Level() == skein.ByAgreement
		next.AskedBy, next.AskedAt = by.Person, by.At
		fresh = append(fresh, next)
	}
	if len(l.askedOf(d.ID))+len(fresh) > skein.MostAdvisers {
		return nil, skein.Invalid{{Field: "asked", Message: fmt.Sprintf("Ask %d people at most: more than that is not heard.", skein.MostAdvisers)}}
	}
	return fresh, l.canAdvise(whom, d.AdviceOn)
}

// canAdvise is invalid where one of some people has left, or is away until a day.
func (l *Lead) canAdvise(whom people, until skein.Date) error {
	if len(whom) == 0 {
		return nil
	}
	here, err := l.port.Known(whom)
	if err != nil {
		return err
	}
	away := slices.ContainsFunc(here, func(h Here) bool { return !h.AwayUntil.IsZero() && !h.AwayUntil.Before(until) })
	switch {
	case len(here) < len(whom):
		return skein.Invalid{{Field: "asked", Message: "Somebody you chose is not here any more. Leave them out."}}
	case away:
		return skein.Invalid{{Field: "asked", Message: "Somebody you chose is away until then. Leave them out, or choose a later day."}}
	}
	return nil
}

// askAdvice asks one person, and tells them.
func (l *Lead) askAdvice(by skein.By, d skein.Decision, a skein.Advice) {
	again := ""
	if old := find(l.Advice, func(o skein.Advice) bool { return o.ID == a.ID && a.ID != "" }); old != nil {
		*old, again = a, ":"+by.At.UTC().Format(time.RFC3339Nano)
	} else {
		a.ID = skein.AdviceID(l.port.ID())
		l.Advice = append(l.Advice, a)
	}
	code := skein.CodeAsked
	if a.Consent {
		code = skein.CodeAgree
	}
	l.tellDecision(by, d, code, "asked:"+string(a.ID)+again+":", a.Person)
}

// Advise is what somebody says who was asked: their advice, or that they have nothing to add; where their yes is asked
// for, yes or no. They mend it until it is decided; the same again changes nothing. Whoever was not asked is refused;
// what is not open any more is a conflict. Whoever decides is told of the first answer of each.
func (l *Lead) Advise(by skein.By, id skein.DecisionID, pass bool, c skein.Counsel) error {
	d := l.Decision(id)
	if d == nil || !d.Seen() {
		return skein.ErrNotFound
	}
	a := find(l.Advice, func(a skein.Advice) bool {
		return a.Decision == id && a.Person == by.Person && a.State != skein.AdviceVoid
	})
	if a == nil {
		return skein.Refused{Why: "You were not asked about this.", Who: "Whoever leads it can ask you. You can ask them something on the project’s page, which everybody reads."}
	}
	if d.State != skein.DecisionAsking {
		return skein.Conflict{Why: "It is not open any more, so what was said stands."}
	}
	state := skein.AdviceGiven
	c.Says = strings.TrimSpace(c.Says)
	if pass && !a.Consent {
		state, c = skein.AdvicePassed, skein.Counsel{}
	} else if err := c.CheckAs(a.Consent); err != nil {
		return err
	}
	c.Agrees = c.Agrees && a.Consent
	if a.State == state && a.Counsel == c {
		return nil
	}
	first := a.State == skein.AdviceAsked
	if err := move(&a.State, state); err != nil {
		return err
	}
	a.Counsel, a.AnsweredAt = c, by.At
	l.noteDecision("decision.advise", *d, nil)
	if !first {
		return nil
	}
	code := skein.CodeAdvised
	if !l.awaitsAdvice(id) {
		code = skein.CodeIn
	}
	l.tellDecision(by, *d, code, "given:"+string(a.ID)+":"+a.AskedAt.UTC().Format(time.RFC3339Nano)+":", l.deciding(by.Day))
	return nil
}

// awaitsAdvice tells whether somebody was asked of a decision who has not answered.
func (l *Lead) awaitsAdvice(id skein.DecisionID) bool {
	return slices.ContainsFunc(l.AdviceOn(id), func(a skein.Advice) bool { return a.State == skein.AdviceAsked })
}

// decisionTells is when the clock has something to say of a decision; zero: it has not. What an import left open of a
// project that is over is closed at once.
func (l *Lead) decisionTells(d skein.Decision, by skein.By) skein.Date {
	if d.State.Open() && l.Project.State.Over() {
		return by.Day
	}
	return d.TellsOn()
}

// TellOfAdvice reminds those who have not answered on the day before the last; and tells whoever decides when it has
// passed. Skein does it by the day, each once.
func (l *Lead) TellOfAdvice(by skein.By, id skein.DecisionID) error {
	d := l.Decision(id)
	if d == nil {
		return skein.ErrNotFound
	}
	if !dueOn(l.decisionTells(*d, by), by.Day) {
		return nil
	}
	if l.Project.State.Over() {
		return l.closeDecisions(by)
	}
	day := d.AdviceOn.Format(time.DateOnly) + ":"
	if d.Told == "" {
		d.Told = skein.DecisionToldAsked
		for _, a := range l.AdviceOn(id) {
			if a.State == skein.AdviceAsked {
				l.tellDecision(by, *d, skein.CodeSoon, "soon:"+day, a.Person)
			}
		}
	}
	if !dueOn(d.TellsOn(), by.Day) {
		return nil
	}
	d.Told = skein.DecisionToldLead
	l.noteDecision("decision.wait", *d, nil)
	switch d.Level() {
	case skein.ProposeAbove:
		above, err := l.above(by, *d)
		if err != nil {
			return err
		}
		l.tellDecision(by, *d, skein.CodeSlow, "over:"+day, l.deciding(by.Day))
		l.tellDecision(by, *d, skein.CodePropose, "still:"+day, above)
	case skein.ByAgreement:
		l.tellDecision(by, *d, skein.CodeSlow, "over:"+day, l.deciding(by.Day))
	default:
		l.tellDecision(by, *d, skein.CodeTimeUp, "over:"+day, l.deciding(by.Day))
	}
	return nil
}

// goneFromAdvice takes the question from somebody who has left without an answer: nobody waits for them.
func (l *Lead) goneFromAdvice(by skein.By, p skein.PersonID) error {
	for a := range each(l.Advice, func(a skein.Advice) bool { return a.Person == p && a.State == skein.AdviceAsked }) {
		d := l.Decision(a.Decision)
		if d == nil || d.State != skein.DecisionAsking {
			continue
		}
		if err := move(&a.State, skein.AdviceVoid); err != nil {
			return err
		}
		a.AnsweredAt = by.At
		l.tell(skein.Notice{
			To: l.deciding(by.Day), Kind: skein.NoticeDecision, Code: skein.CodeLeft, Who: p, Of: string(d.ID),
			About: "left:" + string(a.ID) + ":" + a.AskedAt.UTC().Format(time.RFC3339Nano),
		})
	}
	return nil
}
