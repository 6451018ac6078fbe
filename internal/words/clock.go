package words

import (
	"math"
	"strings"
	"time"
)

// Clock says dates and durations as people say them: seen from Now, in Zone.
// Moments are instants; a day that is only a date goes to the methods whose name
// says Date, which never move it between zones.
type Clock struct {
	Now  time.Time
	Zone *time.Location // the reader's, in which moments are said
	Home *time.Location // where days begin that are only dates; nil: in Zone too
}

// TimeOfDay is the hour and minute of a moment, with the zone where the clocks at home show another: "17:00",
// "12:00 EDT".
func (c Clock) TimeOfDay(t time.Time) string {
	local := t.In(c.zone())
	_, here := local.Zone()
	if _, there := t.In(c.HomeZone()).Zone(); here == there {
		return local.Format("15:04")
	}
	return local.Format("15:04") + NoBreak + zoneName(local)
}

// zoneName is what the clocks at a moment are called: "BST", or "UTC+05:45" where they have no name of their own.
func zoneName(t time.Time) string {
	if name := t.Format("MST"); name != "" && name[0] != '+' && name[0] != '-' {
		return name
	}
	return "UTC" + t.Format("-07:00")
}

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// ZoneName is in which time zone moments are said: "Europe/London".
func (c Clock) ZoneName() string { return strings.ReplaceAll(c.zone().String(), "_", " ") }

// HomeZone is where days begin that are only dates.
func (c Clock) HomeZone() *time.Location {
	if c.Home == nil {
		return c.zone()
	}
	return c.Home
}

// today is the date that it is at home.
func (c Clock) today() time.Time { return dateOf(c.Now.In(c.HomeZone())) }

func dateOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// days is how many midnights lie between today and the date, at home.
func (c Clock) days(date time.Time) int { return nights(c.today(), date) }

// daysTo is how many midnights lie between now and a moment, where the reader is.
func (c Clock) daysTo(t time.Time) int { return nights(c.Now.In(c.zone()), t.In(c.zone())) }

func nights(from, to time.Time) int {
	return int(math.Round(dateOf(to).Sub(dateOf(from)).Hours() / 24))
}

// Today is the date at the head of a page: "Monday 11 May".
func (c Clock) Today() string {
	return c.Now.In(c.zone()).Format("Monday 2" + NoBreak + "January")
}

// Moment is when something happens: "today 17:00", "Thursday 17:00", "30 May, 17:00".
func (c Clock) Moment(t time.Time) string {
	at := c.TimeOfDay(t)
	if days := c.daysTo(t); days < -1 || days >= 7 {
		return c.Day(t) + ", " + at
	}
	return c.Day(t) + NoBreak + at
}

// Deadline is a moment by which something is due: "17:00 today", "Thursday 17:00".
func (c Clock) Deadline(t time.Time) string {
	if days := c.daysTo(t); days == 0 || days == 1 {
		return c.TimeOfDay(t) + NoBreak + c.Day(t)
	}
	return c.Moment(t)
}

// Day is the day of a moment: "Thursday" within the week, else "30 September".
func (c Clock) Day(t time.Time) string {
	date := dateOf(t.In(c.zone()))
	switch days := c.daysTo(t); {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "yesterday"
	case days > 1 && days < 7:
		return date.Format("Monday")
	}
	return c.Date(date)
}

// OnDay is the day of a moment within a sentence: "today", "on Thursday", "on 30 September".
func (c Clock) OnDay(t time.Time) string {
	if days := c.daysTo(t); days >= -1 && days <= 1 {
		return c.Day(t)
	}
	return "on " + c.Day(t)
}

// Date is a date: "30 September", with the year when it is more than ten months away.
func (c Clock) Date(date time.Time) string {
	date = dateOf(date)
	says := date.Format("2" + NoBreak + "January")
	if days := c.days(date); days > 300 || days < -300 {
		says += NoBreak + date.Format("2006")
	}
	return says
}

// PlanDate is a day of a plan, with its year where that is another than this one: "30 September", "1 June 2027".
func (c Clock) PlanDate(date time.Time) string {
	if date = dateOf(date); date.Year() != c.today().Year() {
		return date.Format("2" + NoBreak + "January" + NoBreak + "2006")
	}
	return c.Date(date)
}

// PlanDay is the same, by the name of its day within the week to come.
func (c Clock) PlanDay(date time.Time) string {
	if days := c.days(date); days > -2 && days < 7 {
		return c.DateDay(date)
	}
	return c.PlanDate(date)
}

// Until is the end of a lead: "until 30 September".
func (c Clock) Until(date time.Time) string { return "until " + c.Date(date) }

// Month is when somebody said something: "March", "last August", "August 2024".
func (c Clock) Month(date time.Time) string {
	date, today := dateOf(date), c.today()
	months := (today.Year()-date.Year())*12 + int(today.Month()) - int(date.Month())
	switch {
	case months < 0 || months > 18:
		return date.Format("January" + NoBreak + "2006")
	case months >= 6:
		return "last" + NoBreak + date.Format("January")
	}
	return date.Format("January")
}

// Exact is for the tooltip: "Thursday 14 May 2026, 17:00 BST".
func (c Clock) Exact(t time.Time) string {
	local := t.In(c.zone())
	return local.Format("Monday 2 January 2006, 15:04 ") + zoneName(local)
}

// ExactDate is for the tooltip of a date.
func (c Clock) ExactDate(date time.Time) string {
	return date.Format("Monday 2 January 2006")
}

// In is how far away a moment is: "in two days", "in four hours", "two days ago".
func (c Clock) In(t time.Time) string {
	gap := t.Sub(c.Now)
	days := c.daysTo(t)
	switch {
	case gap > -time.Minute && gap < time.Minute:
		return "now"
	case gap.Abs() < time.Hour:
		return aheadOrAgo(gap > 0, Count(int(math.Round(gap.Abs().Minutes())), "minute", "minutes"))
	case gap.Abs() < 24*time.Hour && (days == 0 || gap.Abs() < 12*time.Hour):
		return aheadOrAgo(gap > 0, Count(int(math.Round(gap.Abs().Hours())), "hour", "hours"))
	}
	return inDays(days)
}

// InDate is how far away a date is: "today", "tomorrow", "in three weeks".
func (c Clock) InDate(date time.Time) string { return inDays(c.days(date)) }

func inDays(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	case -1:
		return "yesterday"
	}
	return aheadOrAgo(days > 0, Days(max(days, -days)))
}

// Since is how long something has lasted, by midnights: "for 41 days", "since yesterday", "since today".
func (c Clock) Since(moment time.Time) string {
	switch days := -c.daysTo(moment); {
	case days <= 0:
		return "since today"
	case days == 1:
		return "since yesterday"
	default:
		return "for " + Count(days, "day", "days")
	}
}

func aheadOrAgo(ahead bool, length string) string {
	if ahead {
		return "in " + length
	}
	return length + " ago"
}
