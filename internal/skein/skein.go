// Package skein is the language of Skein: every noun that the product speaks of, what makes one
// valid, and which move is allowed. It knows no database, no web and no clock: the time of an act
// is always handed in. It imports the standard library and Unicode's normal forms only.
package skein

import "time"

// Ids. People, skills, circles, priorities and projects keep the id of the import that brought
// them; everything else has a UUID.
type (
	PersonID   string
	SkillID    string
	CircleID   string
	PriorityID string
	ProjectID  string
	PhaseID    string
	WindowID   string
	ClaimID    string
	PickID     string
	TermID     string
	NeedID     string
	AskID      string
	ReviewID   string
)

// By says who acts and when. Every write carries one, made by NewBy or Itself: a rule that needs a
// day takes Day, because At may be said in any time zone.
type By struct {
	Person PersonID // empty: Skein itself, when a clock runs out
	At     time.Time
	Day    Date // the organisation's day of At
}

// NewBy is somebody who acts at a moment, in an organisation of that time zone.
func NewBy(person PersonID, at time.Time, zone *time.Location) By {
	return By{Person: person, At: at, Day: Day(at.In(zone))}
}

// Itself is Skein acting because a clock ran out.
func Itself(at time.Time, zone *time.Location) By { return NewBy("", at, zone) }

// AsOf is the day to ask about when the answer is wanted at the moment of the act: see AsOfDay.
func (b By) AsOf() Date { return AsOfDay(b.Day) }

// Date is a day without a time, kept as midnight UTC.
type Date = time.Time

// Day returns the day of t in its own location, as a Date.
func Day(t time.Time) Date {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// AsOfDay is the day to ask about when the answer is wanted today. A question's day stands for
// everything strictly before it, so that what somebody said today counts today.
func AsOfDay(today Date) Date { return today.AddDate(0, 0, 1) }
