package lead

import (
	"time"

	"skein/internal/skein"
)

// ledSince are those who have led it, led it beside the lead or stood in, on the day of a moment or since: what was asked
// for then was asked for by their side, so that their yes to it would be a yes to themselves.
func (l *Lead) ledSince(by skein.By, at time.Time) people {
	all, day := l.leading(by.Day), l.dayOf(at)
	for t := range l.terms(skein.TermState.Begun) {
		if t.Role != skein.Shadow && !t.From.IsZero() && (t.Until.IsZero() || !t.Until.Before(day)) {
			all.add(t.Person)
		}
	}
	for _, s := range l.StandIns {
		if s.StoodSince(day, by.Day) {
			all.add(s.Person)
		}
	}
	return all
}

// proposers are those whose question a decision that is proposed upwards is: whoever opened it, and whoever has led it, or
// beside its lead, or stood in, since it was proposed. None of them decides it, whatever else they answer for.
func (l *Lead) proposers(by skein.By, d skein.Decision) people {
	all := people{d.OpenedBy}
	at := d.AskedAt
	if at.IsZero() {
		at = by.At
	}
	all.add(l.ledSince(by, at)...)
	return all
}

// remitProposers are those whose change of what the lead decides it is: whoever proposed it and, where those who lead
// did, whoever has led it with them since.
func (l *Lead) remitProposers(by skein.By, c skein.RemitChange) people {
	all := people{c.ProposedBy}
	if c.ByLead {
		all.add(l.ledSince(by, c.ProposedAt)...)
	}
	return all
}
