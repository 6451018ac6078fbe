package skein

import "time"

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
}

// ActiveOn tells whether the person is with the organisation on that day.
func (p Person) ActiveOn(day Date) bool {
	return p.Deactivated.IsZero() &&
		(p.ActiveFrom.IsZero() || !p.ActiveFrom.After(day)) &&
		(p.ActiveUntil.IsZero() || !p.ActiveUntil.Before(day))
}

// Absence is a leave: decay of evidence stops meanwhile.
type Absence struct {
	From  Date
	Until Date // zero: open
}
