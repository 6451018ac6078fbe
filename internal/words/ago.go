package words

import (
	"strings"
	"time"
)

// DaysAgo is how many days ago a day was: "today", "yesterday", "41 days ago".
func DaysAgo(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	}
	return Count(days, "day", "days") + " ago"
}

// When says a day of the past as people do, seen from another: "March", "last August", "two years ago".
func When(day, from time.Time) string {
	months := (from.Year()-day.Year())*12 + int(from.Month()) - int(day.Month())
	switch {
	case months < 12 && day.Year() == from.Year():
		return day.Month().String()
	case months < 12:
		return "last " + day.Month().String()
	case months < 18:
		return "a year ago"
	}
	return Spell((months+6)/12) + " years ago"
}

// In says the same after a verb: "in March", "last August", "two years ago".
func In(day, from time.Time) string {
	when := When(day, from)
	if when == day.Month().String() {
		return "in " + when
	}
	return when
}

// Dated joins what was said with when it was, which is said once where it is the same for all: "Dario, and a
// piece of work, March"; "Dario, March, and a piece of work, last August".
func Dated(what, when []string) string {
	parts := make([]string, len(what))
	for i := range what {
		parts[i] = what[i]
		if i == len(what)-1 || when[i] != when[i+1] {
			parts[i] += ", " + when[i]
		}
	}
	return strings.Join(parts, ", and ")
}
