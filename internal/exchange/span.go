package exchange

import (
	"fmt"
	"slices"
	"time"

	"skein/internal/folder"
	"skein/internal/skein"
)

// span is the time in which somebody has a place in a project, and where the file says so.
type span struct {
	placeKey
	from, until   skein.Date // until: the day on which it is due to end while it lasts
	lasts         bool
	later         bool    // it begins on a day to come
	place, begins Problem // of the person, of from
}

// never is after every day that a file can have.
var never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// take notes who has which place when, and reports somebody who has one twice.
func (l *leads) take(t *table, place placeKey, row folder.LeadRow, today skein.Date) {
	s := span{placeKey: place, from: row.From, until: row.Until, lasts: row.Lasts(), place: t.here(leadPerson), begins: t.here(leadFrom)}
	if !s.lasts {
		l.ended[place] = true
		if s.from.IsZero() {
			s.from = s.until
		}
		l.spans[row.Project] = append(l.spans[row.Project], s)
		return
	}
	if line, twice := l.lasts[place]; twice {
		t.problem(leadPerson, "%s has this place already, on line %d, and has not left it.", shown([]byte(row.Person)), line)
		return
	}
	l.lasts[place] = t.rec.line
	s.later = !today.IsZero() && s.from.After(today)
	if s.until = row.EndsOn; s.until.IsZero() {
		s.until = never
	}
	if s.from.IsZero() { // at the latest from the import on
		if s.from = today; today.IsZero() {
			s.from = never.AddDate(0, 0, -1)
		}
	}
	// Who is overdue has the place until the next tick.
	if tomorrow := today.AddDate(0, 0, 1); !s.later && s.until.Before(tomorrow) {
		s.until = tomorrow
	}
	l.spans[row.Project] = append(l.spans[row.Project], s)
}

// checkSpans reports two who lead at the same time, here or here and in Skein, and somebody who leads
// beside themself.
func (r *reader) checkSpans(l leads) {
	for id, spans := range l.spans {
		slices.SortStableFunc(spans, func(a, b span) int {
			if c := a.from.Compare(b.from); c != 0 {
				return c
			}
			return a.until.Compare(b.until)
		})
		r.oneAtATime(spans)
		r.notBesideThemself(spans)
		r.againstKnown(l, r.known.Projects[id], spans)
	}
}

// meet tells whether two have a place at the same time. The day on which one follows the other is
// no such time.
func (s span) meet(other span) bool { return s.from.Before(other.until) && other.from.Before(s.until) }

// oneAtATime goes through spans by their first day.
func (r *reader) oneAtATime(spans []span) {
	var longest, later *span
	for i := range spans {
		s := &spans[i]
		if s.role != skein.Primary {
			continue
		}
		switch {
		case longest != nil && s.meet(*longest):
			r.both(*s, *longest, "%s leads %s already, on line %d. A project has one lead at a time: say until when, or make one of them co.")
		case s.later && later != nil:
			r.both(*s, *later, "%s is to lead %s later, on line %d. Skein holds one lead that is still to begin: add the one after it when that has begun.")
		}
		if s.later && later == nil {
			later = s
		}
		if longest == nil || longest.until.Before(s.until) {
			longest = s
		}
	}
}

// notBesideThemself reports who is lead and co-lead of one project at the same time.
func (r *reader) notBesideThemself(spans []span) {
	longest := map[placeKey]span{}
	for _, s := range spans {
		other := s.placeKey
		if other.role = skein.CoLead; s.role == skein.CoLead {
			other.role = skein.Primary
		}
		if beside, ok := longest[other]; ok && s.meet(beside) {
			r.both(s, beside, "%s is lead and co-lead of %s at the same time; see line %d. Nobody leads beside themself: leave one of the two out.")
		}
		if was, ok := longest[s.placeKey]; !ok || was.until.Before(s.until) {
			longest[s.placeKey] = s
		}
	}
}

// both reports two spans at the later line, and says of the other who, where and on which line.
func (r *reader) both(a, b span, why string) {
	if a.place.Line < b.place.Line {
		a, b = b, a
	}
	r.against(a.place, why, shown([]byte(b.person)), shown([]byte(b.project)), b.place.Line)
}

// against reports what stands against a place that was read before.
func (r *reader) against(place Problem, why string, args ...any) {
	place.Why = fmt.Sprintf(why, args...)
	r.report.add(place)
}

// againstKnown reports people who would lead what somebody else leads in Skein, or is to lead.
func (r *reader) againstKnown(l leads, there folder.KnownProject, spans []span) {
	for _, s := range spans {
		if !s.lasts || s.role == skein.Primary && there.Closed != "" { // which was told row by row
			continue
		}
		of := func(p skein.PersonID) placeKey { return placeKey{s.project, p, skein.Primary} }
		_, named := l.lasts[of(there.Holder)]
		left := there.Holder == "" || l.ended[of(there.Holder)]
		switch {
		case s.role == skein.CoLead:
			if s.person == there.Holder && !left && !named {
				r.against(s.place, "%s leads this project in Skein, and nobody leads beside themself.", shown([]byte(s.person)))
			}
		case s.person == there.Holder && s.later && !left:
			r.against(s.begins, "%s leads this project in Skein already, so that cannot begin later.", shown([]byte(s.person)))
		case s.person == there.Holder:
		case !left && !(s.later && (named || !there.HolderEnds.IsZero() && !there.HolderEnds.After(s.from))):
			r.against(s.place, "%s leads this project in Skein. Add a row that says until when, or leave this one out.", shown([]byte(there.Holder)))
		case there.Offered != "":
			r.against(s.place, "%s has been offered this lead in Skein and is to answer first.", shown([]byte(there.Offered)))
		case s.later && there.Next != "" && there.Next != s.person:
			r.against(s.place, "%s is to lead this project from a later day on, as Skein knows. They say in Skein that they do not, or this row is left out.",
				shown([]byte(there.Next)))
		}
	}
}
