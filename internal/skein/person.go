package skein

import (
	"slices"
	"time"
)

// Person is somebody in the organisation. What an import says beyond these fields (grade, title,
// pay) is kept where the matcher cannot see it.
type Person struct {
	ID           PersonID
	Name         string
	Email        string
	Circle       CircleID
	Manager      PersonID
	HoursPerWeek *float64 // room to lead; nil: not stated
	About        string
	ActiveFrom   Date
	ActiveUntil  Date
	Deactivated  time.Time
	ReadHowAt    time.Time // read the page that says what is compared
	WelcomedAt   time.Time
	TimeZone     string // an IANA time zone in which times are said to them; empty: the organisation's
}

// ActiveOn tells whether the person is with the organisation on that day.
func (p Person) ActiveOn(day Date) bool {
	return p.Deactivated.IsZero() &&
		(p.ActiveFrom.IsZero() || !p.ActiveFrom.After(day)) &&
		(p.ActiveUntil.IsZero() || !p.ActiveUntil.Before(day))
}

// MaxAbout is the most characters a person says about themselves.
const MaxAbout = 600

// WeekHours are the hours of a week: nobody has more.
const WeekHours = 168

// Check reports what is wrong with what a person says about themselves.
func (p Person) Check() error {
	var bad Invalid
	bad.Name("name", p.Name, "Say the name that others should see.")
	bad.Add(len([]rune(p.Name)) > 120, "name", "A name has at most 120 characters.")
	bad.Add(len([]rune(p.About)) > MaxAbout, "about", "Say it in 600 characters or fewer.")
	bad.Long("about", p.About)
	bad.Add(p.HoursPerWeek != nil && !(*p.HoursPerWeek >= 0 && *p.HoursPerWeek <= WeekHours), "hours",
		"Say the hours a week as a number from 0 to 168.")
	bad.Short("zone", p.TimeZone)
	bad.Add(p.TimeZone != "" && CheckZone(p.TimeZone) != nil, "zone", wrongZone)
	bad.Add(p.Manager != "" && p.Manager == p.ID, "manager", "Nobody decides their own hours. Name somebody else, or nobody.")
	bad.Add(!p.ActiveFrom.IsZero() && !p.ActiveUntil.IsZero() && p.ActiveUntil.Before(p.ActiveFrom), "active_until",
		"They would leave before they came. Choose a later day.")
	return bad.Err()
}

// Absence is a leave: decay of evidence stops meanwhile.
type Absence struct {
	From  Date
	Until Date // zero: open
}

// Spells joins leaves that overlap or follow each other without a day between: somebody who notes a long leave in
// parts, one after the other, is away for as long. The earliest comes first.
func Spells(leaves []Absence) []Absence {
	var spells []Absence
	for _, a := range slices.SortedFunc(slices.Values(leaves), func(a, b Absence) int { return a.From.Compare(b.From) }) {
		last := len(spells) - 1
		switch {
		case last < 0 || !spells[last].Until.IsZero() && a.From.After(spells[last].Until.AddDate(0, 0, 1)):
			spells = append(spells, a)
		case a.Until.IsZero() || !spells[last].Until.IsZero() && a.Until.After(spells[last].Until):
			spells[last].Until = a.Until
		}
	}
	return spells
}

// Check reports what is wrong with a leave.
func (a Absence) Check() error {
	var bad Invalid
	bad.Add(a.From.IsZero(), "from", "Say from which day.")
	bad.Add(!a.Until.IsZero() && a.Until.Before(a.From), "until", "It ends before it starts. Choose a later day.")
	return bad.Err()
}

// Covers tells whether day lies in the leave.
func (a Absence) Covers(day Date) bool { return a.Overlaps(day, day) }

// Overlaps tells whether any day from one to another, both included, lies in the leave; until zero: all
// days from then on.
func (a Absence) Overlaps(from, until Date) bool {
	return (a.Until.IsZero() || !a.Until.Before(from)) && (until.IsZero() || !a.From.After(until))
}
