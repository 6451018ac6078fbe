package lead

import (
	"slices"
	"strings"

	"skein/internal/skein"
)

// DecideIt decides a question, and tells those who were asked of it; read names what they said as the page showed it.
// What the lead decides alone may be decided at any time. After advice it is decided once somebody was asked and all of
// them have answered, or their day has passed; what is agreed with others, once each of them said yes: until then it is
// a conflict, as it is of what is not open any more, and where somebody has said something that was not read. Whoever
// leads may, who leads it beside them, and who stands in, and what these said themselves counts as nobody's advice or
// yes; what is proposed upwards is decided by whoever answers for the priority, or a steward, but by nobody who has led it
// since it was proposed; others are refused. Another decision that it was to replace is replaced.
func (l *Lead) DecideIt(by skein.By, id skein.DecisionID, read string, typed skein.Ruling) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	d := l.Decision(id)
	if d == nil || !d.Seen() && !l.leads(by) {
		return skein.ErrNotFound
	}
	if err := l.mayRule(by, *d); err != nil {
		return err
	}
	if err := l.fallsUnder(d); err != nil {
		return err
	}
	if err := l.ripe(by, *d); err != nil {
		return err
	}
	typed.Says, typed.Reason = strings.Join(strings.Fields(typed.Says), " "), strings.TrimSpace(typed.Reason)
	if err := typed.CheckAmong(len(d.Options)); err != nil {
		return err
	}
	if err := skein.Fresh(read, d.ReadBefore(l.AdviceOn(id))); err != nil {
		return err
	}
	if err := move(&d.State, skein.DecisionDecided); err != nil {
		return err
	}
	d.Ruling, d.DecidedBy, d.DecidedAt = typed, by.Person, by.At
	l.noteDecision("decision.decide", *d, map[string]any{"level": d.Level()})
	if was := l.Decision(d.Replaces); was != nil && was.State == skein.DecisionDecided {
		if err := move(&was.State, skein.DecisionReplaced); err != nil {
			return err
		}
		was.EndedAt = by.At
		l.noteDecision("decision.replace", *was, nil)
	}
	told := l.askedOf(id)
	if d.Level() == skein.ProposeAbove {
		told.add(l.deciding(by.Day))
	}
	l.tellDecision(by, *d, skein.CodeDecided, "decided:", told...)
	return nil
}

// mayRule is nil for whoever decides a question.
func (l *Lead) mayRule(by skein.By, d skein.Decision) error {
	if d.Level() != skein.ProposeAbove {
		return l.mayDecide(by)
	}
	if !l.decidesAbove(by, d) {
		return skein.ErrProposedUpwards
	}
	return nil
}

// ripe is nil where a question can be decided now.
func (l *Lead) ripe(by skein.By, d skein.Decision) error {
	level, asked := d.Level(), l.AdviceOn(d.ID)
	others := l.others(by, asked)
	switch {
	case !d.State.Open():
		return skein.Conflict{Why: "It is not open any more."}
	case level != skein.DecideAlone && d.State == skein.DecisionDraft:
		return skein.Conflict{Why: "Nobody was asked yet, and it is not decided here without that. Ask first."}
	case level == skein.AfterAdvice && !d.Past(by.Day) && (l.awaitsAdvice(d.ID) || !slices.ContainsFunc(others, hasAnswered)):
		return skein.Conflict{Why: "Not everybody has answered yet. It can be decided when they have, or after " + d.AdviceOn.Format("2 January") + "."}
	case level == skein.ByAgreement && (!agreed(asked) || !agreed(others)):
		return skein.Conflict{Why: "It needs the yes of everybody who was asked, one of whom at least does not lead it, and that is not there yet. Ask somebody else as well, give them longer, or close it."}
	}
	return nil
}

// others is what those were asked who do not decide it themselves by now: what somebody who leads it says is nobody else's
// advice, and no yes of others.
func (l *Lead) others(by skein.By, asked []skein.Advice) []skein.Advice {
	leading := l.leading(by.Day)
	return slices.DeleteFunc(slices.Clone(asked), func(a skein.Advice) bool { return leading.has(a.Person) })
}

func hasAnswered(a skein.Advice) bool { return a.State.Answered() }

// agreed tells whether everybody whose yes is needed has said it, of those who are still here.
func agreed(asked []skein.Advice) bool {
	yes := 0
	for _, a := range asked {
		switch {
		case !a.Consent || a.State == skein.AdviceVoid:
		case a.State != skein.AdviceGiven || !a.Agrees:
			return false
		default:
			yes++
		}
	}
	return yes > 0
}
