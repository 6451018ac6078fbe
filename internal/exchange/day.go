package exchange

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"skein/internal/skein"
)

// dayForm is how the days of a folder are written: all in one way, so that none is read in a way that
// was not meant.
type dayForm struct {
	mark  byte    // between its parts; 0: no day has come yet
	shown string  // the first day
	place Problem // where it stands
}

// date reads a day; the zero value when it is blank.
func (t *table) date(c int) skein.Date {
	value := t.trimmed(c)
	if len(value) == 0 {
		return skein.Date{}
	}
	switch t.kind(c) {
	case cellDay: // a workbook's own, which is written in no way; with its time of day
		day, ok := parseISO(value[:min(len(value), len(time.DateOnly))])
		if !ok {
			t.problem(c, "%s", t.noDay(value))
		}
		return day
	case cellNumber:
		t.problem(c, "%s is a number, not a day. Show the cell as a date, or write it as %s.", shown(value), t.days.example())
		return skein.Date{}
	case cellText, cellFault, cellUncomputed:
	}
	day, ok := parseISO(value)
	mark := byte('-')
	if !ok {
		day, ok = parseNumbers(value, '.')
		mark = '.'
	}
	switch {
	case !ok:
		t.problem(c, "%s", t.noDay(value))
	case t.days.mark == 0:
		*t.days = dayForm{mark, string(value), t.here(c)}
	case t.days.mark != mark:
		t.problem(c, "%s is written in another way than %s on line %d of %s: days that are read together are all like 2026-03-31 or all like 31.03.2026. Write them alike, or bring the two files one after the other.",
			shown(value), shown([]byte(t.days.shown)), t.days.place.Line, t.days.place.File)
	}
	return day
}

// example is a day in the form of the folder; before any day has come, in the one that a value seems to be in.
func (d *dayForm) example(values ...[]byte) string {
	if d.mark == '.' || d.mark == 0 && slices.ContainsFunc(values, func(v []byte) bool { return bytes.Count(v, []byte(".")) == 2 }) {
		return "31.03.2026"
	}
	return "2026-03-31"
}

// dayShaped is what is written as a day is, whether or not the calendar has it.
var dayShaped = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})$`)

// noDay says why a value is no day that can be read.
func (t *table) noDay(value []byte) string {
	day, ok := parseNumbers(value, '/')
	switch {
	case !ok && dayShaped.Match(value):
		return "There is no such day as " + shown(value) + "."
	case !ok:
		return shown(value) + " is not a day of the calendar. Write it as " + t.days.example(value) + "."
	}
	other, both := swapped(day)
	if !both {
		return fmt.Sprintf("%s is read by some with the month first. Write it as %s or %s.", shown(value), day.Format(time.DateOnly), day.Format("02.01.2006"))
	}
	return fmt.Sprintf("%s may be %s or %s. Write it as %s or %s.", shown(value),
		day.Format("2 January 2006"), other.Format("2 January 2006"), day.Format(time.DateOnly), day.Format("02.01.2006"))
}

// swapped is the day whose month is the other's day and the other way round, where there is one and it
// is another.
func swapped(day skein.Date) (skein.Date, bool) {
	y, m, d := day.Date()
	return time.Date(y, time.Month(d), int(m), 0, 0, 0, 0, time.UTC), d <= 12 && d != int(m)
}

// parseISO reads YYYY-MM-DD of the years 1900 to 2199.
func parseISO(value []byte) (skein.Date, bool) {
	if len(value) != 10 || value[4] != '-' || value[7] != '-' {
		return skein.Date{}, false
	}
	var part [3]int
	for i, span := range [3][2]int{{0, 4}, {5, 7}, {8, 10}} {
		for _, digit := range value[span[0]:span[1]] {
			if digit < '0' || digit > '9' {
				return skein.Date{}, false
			}
			part[i] = part[i]*10 + int(digit-'0')
		}
	}
	return dayOf(part[0], part[1], part[2])
}

// parseNumbers reads a day, a month and a year of four digits with a mark between them. Where the mark
// is a slash and no such month is there, the month comes first.
func parseNumbers(value []byte, mark byte) (skein.Date, bool) {
	parts := strings.Split(string(value), string(mark))
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return skein.Date{}, false
	}
	var part [3]int
	for i, digits := range parts {
		n, ok := parseWhole([]byte(digits))
		if !ok {
			return skein.Date{}, false
		}
		part[i] = n
	}
	if day, ok := dayOf(part[2], part[1], part[0]); ok || mark != '/' {
		return day, ok
	}
	return dayOf(part[2], part[0], part[1])
}

// dayOf is a day of the calendar, of the years 1900 to 2199.
func dayOf(y, m, d int) (skein.Date, bool) {
	if y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > days(y, m) {
		return skein.Date{}, false
	}
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), true
}

// days is how many days a month has.
func days(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
