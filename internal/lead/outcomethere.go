package lead

import (
	"cmp"
	"slices"
	"time"

	"skein/internal/skein"
)

// place is somebody's in a project, for some days.
type place struct {
	person      skein.PersonID
	part        skein.OutcomePart
	from, until skein.Date
}

// partsOf is who was there while somebody led, each once: whoever led, those who had a place for long enough of that time,
// whether or not they had it on its last day, and whoever answers for the priority.
func (l *Lead) partsOf(by skein.By, t *skein.Term) []skein.OutcomeAnswer {
	parts := []skein.OutcomeAnswer{{Person: t.Person, Part: skein.PartLead}}
	add := func(p skein.PersonID, part skein.OutcomePart) {
		if p != "" && !slices.ContainsFunc(parts, func(a skein.OutcomeAnswer) bool { return a.Person == p }) {
			parts = append(parts, skein.OutcomeAnswer{Person: p, Part: part})
		}
	}
	places := l.placesWhile(by, t)
	for _, p := range places {
		if l.thereLongEnough(by, t, places, p.person) {
			add(p.person, p.part)
		}
	}
	add(l.Answers, skein.PartOwner)
	for i := range parts {
		parts[i].Owner = parts[i].Person == l.Answers
	}
	return parts
}

// placesWhile are the places that others had in days of a lead that has ended: beside it, shadowing, then in the team.
func (l *Lead) placesWhile(by skein.By, t *skein.Term) []place {
	var all []place
	began, last := l.began(t), lastDayOf(by, t)
	add := func(p skein.PersonID, part skein.OutcomePart, from, until skein.Date) {
		if until.IsZero() || until.After(last) {
			until = last
		}
		from = later(from, began)
		if p != t.Person && !from.After(until) {
			all = append(all, place{p, part, from, until})
		}
	}
	for _, role := range []struct {
		of   skein.Role
		part skein.OutcomePart
	}{{skein.CoLead, skein.PartCoLead}, {skein.Shadow, skein.PartShadow}} {
		for o := range l.terms(skein.TermState.Begun) {
			if o.Role == role.of {
				add(o.Person, role.part, o.From, o.Until)
			}
		}
	}
	for _, m := range slices.Concat(l.Team, l.WereInTeam) {
		left := skein.Date{}
		if !m.LeftAt.IsZero() {
			left = l.dayOf(m.LeftAt)
		}
		add(m.Person, skein.PartMember, l.dayOf(m.JoinedAt), left)
	}
	return all
}

// began is the first day of a lead, from which a file may have renewed it, once or more: nobody was asked then.
func (l *Lead) began(t *skein.Term) skein.Date {
	first := t
	for before := first; before != nil; {
		first = before
		before = l.term(func(o skein.Term) bool {
			return o.Role == skein.Primary && o.Person == t.Person && o.State == skein.TermEnded && o.From.Before(first.From) &&
				!o.Until.AddDate(0, 0, 1).Before(first.From) &&
				find(l.Outcomes.Reviews, func(r skein.OutcomeReview) bool { return r.Term == o.ID }) == nil
		})
	}
	return first.From
}

// lastDayOf is the last day of a lead that has ended, which a file may have said long after.
func lastDayOf(by skein.By, t *skein.Term) skein.Date {
	if t.Until.IsZero() || t.Until.After(by.Day) {
		return by.Day
	}
	return t.Until
}

// thereLongEnough tells whether somebody had one place or another on so many days of a lead that has ended that they can
// say how it was led: see skein.OutcomeDays. Days on which they had two count once.
func (l *Lead) thereLongEnough(by skein.By, t *skein.Term, places []place, p skein.PersonID) bool {
	own := slices.DeleteFunc(slices.Clone(places), func(o place) bool { return o.person != p })
	slices.SortFunc(own, func(a, b place) int { return cmp.Or(a.from.Compare(b.from), a.until.Compare(b.until)) })
	days, next := 0, skein.Date{}
	for _, o := range own {
		from := later(o.from, next)
		if n := daysFrom(from, o.until); n > 0 {
			days, next = days+n, o.until.AddDate(0, 0, 1)
		}
	}
	return days >= skein.OutcomeDays || 2*days >= daysFrom(l.began(t), lastDayOf(by, t))
}

// daysFrom is how many days there are from one to another, both among them.
func daysFrom(from, until skein.Date) int { return int(until.Sub(from).Hours()/24) + 1 }

// dayOf is the organisation's day at a moment.
func (l *Lead) dayOf(at time.Time) skein.Date {
	return skein.Day(at.In(l.zone()))
}

// zone is the organisation's.
func (l *Lead) zone() *time.Location { return cmp.Or(l.Rules.Zone, time.UTC) }
