// Package words is how Skein says numbers, lists, dates, plurals and the first letters of names,
// each in one place. It knows nothing of what is said.
package words

import (
	"fmt"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// NoBreak keeps number and unit, day and month on one line.
const NoBreak = "\u00a0"

var small = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// Spell is a number before what it counts: "no", "three", "41", "3,100".
func Spell(n int) string {
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return Figure(n)
}

// Number is a number that stands alone: "none", "three", "41", "3,100".
func Number(n int) string {
	if n == 0 {
		return "none"
	}
	return Spell(n)
}

// Figure is a number in figures, with commas.
func Figure(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Decimal is a number with as many digits as it needs: "4", "2.5".
func Decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Money is a sum, with its hundredths where it has some: "£1,500", "£12.50". Letters stand apart from the figures:
// "CHF 500".
func Money(currency string, amount float64) string {
	cents := int(math.Round(amount * 100))
	figures := Figure(cents / 100)
	if cents%100 != 0 {
		figures = fmt.Sprintf("%s.%02d", figures, cents%100)
	}
	if last, _ := utf8.DecodeLastRuneInString(currency); unicode.Is(unicode.Sc, last) {
		return currency + figures
	}
	return currency + NoBreak + figures
}

// Rounded is a number with at most one digit after the point.
func Rounded(n float64) string { return Decimal(math.Round(n*10) / 10) }

// Plural is a noun as it stands after a number: "lead", "leads".
func Plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// Count is a number and what is counted, kept on one line: "no projects", "one project", "41 days".
func Count(n int, one, many string) string {
	if n == 1 {
		return Spell(n) + NoBreak + one
	}
	return Spell(n) + NoBreak + many
}

// Several is a number and what is counted, for sentences that are kept: a line may break in it.
func Several(n int, noun string) string { return Spell(n) + " " + Plural(n, noun) }

// Counted is a number in figures and what is counted: "1 problem", "41 problems".
func Counted(n int, noun string) string { return strconv.Itoa(n) + " " + Plural(n, noun) }

// Times is how often something happened: "once", "twice", "three times".
func Times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return Spell(n) + " times"
}

// Hours is the time that a lead takes: "4 hours a week", "2.5 hours a week".
func Hours(hours float64) string { return HoursOnly(hours) + " a" + NoBreak + "week" }

// HoursOnly is "4 hours".
func HoursOnly(hours float64) string {
	figure := Rounded(hours)
	if figure == "1" {
		return figure + NoBreak + "hour"
	}
	return figure + NoBreak + "hours"
}

// Days is a number of days in the unit that people would use.
func Days(days int) string {
	per := func(length float64) int { return int(math.Round(float64(days) / length)) }
	switch {
	case days < 14:
		return Count(days, "day", "days")
	case days < 61:
		return Count(per(7), "week", "weeks")
	case days < 730:
		return Count(per(30.44), "month", "months")
	}
	return Count(per(365.25), "year", "years")
}
