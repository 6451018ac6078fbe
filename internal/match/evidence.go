package match

import (
	"slices"

	"skein/internal/skein"
)

// Discount returns a person's evidence as it counts: an endorsement that was returned within the
// policy's days, one from somebody who shares no project or circle with them, and one that they
// gave themselves counts as their own word (its kind becomes self; who gave it stays).
//
// rows is the evidence about the person, given the endorsements by them, shares tells who shares a
// project or a circle with them (nil: everybody). Only what was seen before asOf is looked at.
func Discount(person skein.PersonID, rows, given []skein.Evidence, shares func(skein.PersonID) bool,
	t TrustTable, asOf skein.Date,
) []skein.Evidence {
	out := make([]skein.Evidence, 0, len(rows))
	for _, e := range rows {
		if e.Kind == skein.Peer && e.GivenBy != "" {
			stranger := shares != nil && !shares(e.GivenBy)
			if e.GivenBy == person || stranger || returned(e, person, given, t.ReciprocalDays, asOf) {
				e.Kind = skein.Self
			}
		}
		out = append(out, e)
	}
	return out
}

// returned tells whether the person endorsed the giver within so many days of e.
func returned(e skein.Evidence, person skein.PersonID, given []skein.Evidence, within int, asOf skein.Date) bool {
	return slices.ContainsFunc(given, func(g skein.Evidence) bool {
		if g.Kind != skein.Peer || g.Person != e.GivenBy || g.GivenBy != person || !g.ObservedOn.Before(asOf) {
			return false
		}
		apart := days(e.ObservedOn, g.ObservedOn)
		return -float64(within) <= apart && apart <= float64(within)
	})
}

// giver says whose word a piece of evidence is, so that one voice counts once: who gave it, else
// what it came from.
func giver(e skein.Evidence) string {
	switch {
	case e.GivenBy != "":
		return "person " + string(e.GivenBy)
	case e.Source != "":
		return "source " + e.Source
	}
	return ""
}

// Counting gathers what counts of one person's evidence in one skill as of a day: what was seen
// before it, has not expired, and is the latest of its giver. It comes in one fixed order.
func Counting(evidence []skein.Evidence, skill skein.SkillID, asOf skein.Date) []skein.Evidence {
	var rows []skein.Evidence
	for i := range evidence { // by index: a row is large, and most are of other skills
		if e := &evidence[i]; e.Skill == skill && e.ObservedOn.Before(asOf) {
			rows = append(rows, *e)
		}
	}
	if len(rows) > 1 {
		slices.SortFunc(rows, newestFirst)
		rows = latest(rows)
	}
	return slices.DeleteFunc(rows, func(e skein.Evidence) bool {
		return !e.ExpiresOn.IsZero() && e.ExpiresOn.Before(asOf)
	})
}

// latest keeps, of rows sorted newest first, one self row, one peer row of each giver, and all
// outcomes and credentials.
func latest(rows []skein.Evidence) []skein.Evidence {
	kept := rows[:0]
	for _, e := range rows {
		older := func(k skein.Evidence) bool {
			return k.Kind == e.Kind && (e.Kind == skein.Self || giver(k) == giver(e))
		}
		if (e.Kind == skein.Self || e.Kind == skein.Peer) && slices.ContainsFunc(kept, older) {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// newestFirst is a total order over what a row says, so that the order of rows never matters.
func newestFirst(a, b skein.Evidence) int {
	if c := b.ObservedOn.Compare(a.ObservedOn); c != 0 {
		return c
	}
	if a.Level != b.Level {
		return b.Level - a.Level
	}
	if c := compareText(string(a.Kind), string(b.Kind)); c != 0 {
		return c
	}
	if c := compareText(string(a.GivenBy), string(b.GivenBy)); c != 0 {
		return c
	}
	if c := compareText(a.Source, b.Source); c != 0 {
		return c
	}
	return b.ExpiresOn.Compare(a.ExpiresOn)
}
