package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
)

// endsBefore tells whether somebody's last day here, which is still to come, is before what they hold ends. Zero of the
// first: no last day is known; of the second: no end is fixed.
func endsBefore(lastDay, until, today skein.Date) bool {
	return !lastDay.IsZero() && !lastDay.Before(today) && (until.IsZero() || until.After(lastDay))
}

// hereUntil says behind what somebody does on a project that they are here for less long; empty where they are not.
func (x projectView) hereUntil(t *leaddb.TermRow) string {
	if !endsBefore(t.LastDay, t.EndsOn, x.Today()) {
		return ""
	}
	return ", here " + x.clock.Until(t.LastDay)
}

// leaves says what becomes of a project whose lead's last day here comes before the lead ends; empty of any other.
func (x projectView) leaves() string {
	t := x.lead()
	if t == nil || x.hereUntil(t) == "" {
		return ""
	}
	says := words.FirstName(t.Name) + "’s last day here is " + x.clock.Date(t.LastDay) + ". Then it opens for claims"
	for _, s := range x.p.Stewards {
		if s.ID != t.Person {
			return says + ", and " + words.Name(s.Name) + " looks after it until somebody leads."
		}
	}
	return says + "."
}

// leavesMeanwhile says of a claimant that they are here for less long than the lead runs; empty where they are not.
func (x result) leavesMeanwhile(lastDay skein.Date) string {
	today := skein.Day(x.clock.Now.In(x.clock.HomeZone()))
	lead := leadSpan(x.LeadHead, nil, x.clock.HomeZone(), today)
	if x.Term != nil {
		lead = termSpan(x.LeadHead, x.Term, today)
	}
	if !endsBefore(lastDay, lead.until, today) {
		return ""
	}
	return "Their last day here is " + x.clock.Date(lastDay) + ", while the lead runs."
}

// heldBeyond is what is said of something that somebody holds for longer than they are here.
func heldBeyond(v Viewer, h leaddb.Hold, lastDay skein.Date) string {
	if !endsBefore(lastDay, h.Until, v.Today()) {
		return ""
	}
	return " Their last day here, " + v.Clock().Date(lastDay) + ", comes before."
}
