package words

import "time"

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
