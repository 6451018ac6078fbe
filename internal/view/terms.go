package view

import (
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
)

// termsHead is the heading of the figure of who led.
func (x projectView) termsHead(f component.TermsFigure) string {
	if t := x.lead(); t != nil && len(f.Terms) > 0 && f.Terms[len(f.Terms)-1].To.Equal(t.EndsOn) {
		return "Who has led"
	}
	return "Who led before"
}

// terms is the figure of who led before, and of who stood in; whoever leads now stands in the team, and in the figure
// where that makes three.
func (x projectView) terms() component.TermsFigure {
	f := component.TermsFigure{Now: x.Now.Truncate(15 * time.Minute)} // less than a pixel; the page stays the same meanwhile
	for _, t := range x.p.Terms {
		if t.Role != skein.Primary || t.From.IsZero() || t.Until.IsZero() {
			continue
		}
		term := component.Term{Who: x.termName(t), From: t.From, To: t.Until, HandedOver: t.EndReason == skein.EndHandedOver, SaidBack: t.SaidBack, Start: x.month(t.From)}
		term.Joined, term.Left = x.inTeam(t)
		term.End = x.clock.Date(term.To)
		f.Terms = append(f.Terms, x.withStood(term, t.Person)...)
	}
	if t := x.lead(); t != nil && x.p.Project.State == skein.Led && !t.From.IsZero() && t.EndsOn.After(t.From) {
		now := component.Term{Who: x.termName(*t), From: t.From, To: t.EndsOn, Start: x.month(t.From), End: x.clock.Date(t.EndsOn)}
		now.Joined, _ = x.inTeam(*t)
		if all := x.withStood(now, t.Person); len(f.Terms)+len(all) >= 3 { // three are woven
			f.Terms = append(f.Terms, all...)
		}
	}
	if end := x.p.Project.EndOn; x.p.Project.State.Seeks() && x.later() == nil && end.After(x.handedOverBy()) && len(f.Terms) > 0 {
		f.Terms = append(f.Terms, component.Term{
			Who: "open", From: x.handedOverBy(), To: end, Open: true, Start: x.clock.Day(x.handedOverBy()), End: x.clock.Date(end),
		})
	}
	return f
}

// termName is what the figure calls a time in office.
func (x projectView) termName(t leaddb.TermRow) string {
	if t.Phase != "" {
		return t.Phase + ": " + words.Name(t.Name)
	}
	return words.Name(t.Name)
}

// withStood is a time in office with the stretches in which somebody stood in: each a stretch like any other, from which
// whoever leads comes back.
func (x projectView) withStood(t component.Term, lead skein.PersonID) []component.Term {
	var all []component.Term
	for _, s := range x.p.Stood {
		until := s.Until
		if until.IsZero() || until.After(t.To) {
			until = t.To
		}
		if s.For != lead || s.From.Before(t.From) || s.From.After(x.Today()) || !until.After(s.From) {
			continue
		}
		before := t
		before.To, before.End = s.From, x.clock.Date(s.From)
		if t.To.After(until) { // they come back
			before.HandedOver, before.SaidBack, before.Left = false, false, time.Time{}
		}
		stood := component.Term{Who: words.Name(s.Name), From: s.From, To: until, StandsIn: true, Start: x.clock.Date(s.From), End: x.clock.Date(until)}
		stood.Joined, stood.Left = x.besideBefore(s), x.besideAfter(s)
		if before.To.After(before.From) {
			all = append(all, before)
		} else if len(all) == 0 && !t.To.After(until) { // somebody stood in for all of it: they led it all the same
			all = append(all, t)
		}
		all = append(all, stood)
		if !t.To.After(until) {
			return all
		}
		t.From, t.Start, t.Joined = until, x.clock.Date(until), time.Time{}
	}
	return append(all, t)
}

// besideBefore is since when whoever stood in had a place in the team before; zero: they had none that is known.
func (x projectView) besideBefore(s leaddb.StoodRow) time.Time {
	for _, t := range x.p.Terms {
		if t.Person == s.Person && t.Role == skein.CoLead && t.State.Begun() && !t.From.IsZero() && t.From.Before(s.From) {
			return t.From
		}
	}
	return time.Time{}
}

// besideAfter is until when they had one after; zero: they had none.
func (x projectView) besideAfter(s leaddb.StoodRow) time.Time {
	if s.Stands || !(x.besideTerm(s.Person) || x.memberAt(s.Person) >= 0) {
		return time.Time{}
	}
	return x.Today()
}

// besideTerm tells whether somebody leads it beside the lead now.
func (x projectView) besideTerm(person skein.PersonID) bool {
	for _, t := range x.p.Terms {
		if t.Person == person && t.Role == skein.CoLead && t.State.Holds() {
			return true
		}
	}
	return false
}
