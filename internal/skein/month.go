package skein

import "time"

// AddMonths is the same day so many months later, or earlier where they are fewer than none. Where
// that month is too short it is its last day: time.Time.AddDate would run over into the next.
func AddMonths(t time.Time, months int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return t.AddDate(0, months, min(d, last)-d)
}
