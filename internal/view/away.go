package view

import (
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
)

// span is the time that a lead takes: until zero, no end is fixed.
type span struct{ from, until skein.Date }

// leadSpan is the time of a lead that is not given yet, as seen today: from the day on which claims close,
// or the project starts if that is later.
func leadSpan(h leaddb.LeadHead, w *skein.Window, zone *time.Location, today skein.Date) span {
	given := today
	if w != nil && !w.ClosesAt.IsZero() {
		given = later(given, skein.Day(w.ClosesAt.In(zone)))
	}
	return span{from: later(given, h.StartOn), until: skein.LeadEnds(given, h.EndOn, h.LongestMonths)}
}

// termSpan is the time of a lead that was given, seen today: of what is over nothing is left.
func termSpan(h leaddb.LeadHead, t *skein.Term, today skein.Date) span {
	s := span{from: later(today, t.From), until: t.EndsOn}
	if t.State.Coming() {
		s.from = later(later(today, h.StartOn), t.StartsOn)
	}
	if !t.Until.IsZero() {
		s.until = t.Until
	}
	return s
}

func later(a, b skein.Date) skein.Date {
	if b.After(a) {
		return b
	}
	return a
}

// awayWords says when somebody is away while a lead runs: "until 14 August", "from 3 September until
// 9 September and from 1 October on". Empty: at no time that they have noted.
func awayWords(leaves []skein.Absence, lead span, clock words.Clock, today skein.Date) string {
	var all []string
	for _, leave := range leaves {
		if !lead.until.IsZero() && lead.until.Before(lead.from) || !leave.Overlaps(lead.from, lead.until) {
			continue
		}
		says := ""
		if leave.From.After(today) {
			says = "from " + clock.Date(leave.From) + " "
		}
		switch {
		case !leave.Until.IsZero():
			says += clock.Until(leave.Until)
		case says == "":
			says = "from now on"
		default:
			says += "on"
		}
		all = append(all, says)
	}
	return words.List(all)
}

// awayNote tells a claimant what their leave means for their claim; empty where they have none.
func awayNote(h leaddb.LeadHead, away string) string {
	if away == "" {
		return ""
	}
	says := "You are away " + away + ", while this lead runs."
	if skein.NeedsCheck(h.Trust, h.Confirms, !h.Matching) {
		says += " Whoever checks the pick sees that beside your claim."
	}
	if h.Trust != skein.Open { // on trust they have answered already
		says += " Only somebody who is away for the whole time to answer is passed by."
	}
	return says
}

// away says when somebody is away while the lead runs that was decided here.
func (x result) away(leaves []skein.Absence) string {
	today := skein.Day(x.clock.Now.In(x.clock.HomeZone()))
	lead := leadSpan(x.LeadHead, nil, x.clock.HomeZone(), today)
	if x.Term != nil {
		lead = termSpan(x.LeadHead, x.Term, today)
	}
	return awayWords(leaves, lead, x.clock, today)
}

// pickedAway says when whoever was picked is away while they lead; empty where they are not, or do not
// lead.
func (x result) pickedAway() string {
	if x.Term == nil || !x.Term.State.Counts() {
		return ""
	}
	switch away := x.away(x.Pick.Leaves); {
	case away == "":
		return ""
	case x.Pick.Person == x.me:
		return "You are away " + away + ", while this lead runs."
	default:
		return words.FirstName(x.Pick.Name) + " is away " + away + ", while this lead runs."
	}
}
