package words

import (
	"math"
	"time"
)

// Clock says dates and durations as people say them: seen from Now, in Zone.
// Moments are instants; a day that is only a date goes to the methods whose name
// says Date, which never move it between zones.
type Clock struct {
	Now  time.Time
	Zone *time.Location
}

// TimeOfDay is the hour and minute of a moment.
func (c Clock) TimeOfDay(t time.Time) string { return t.In(c.zone()).Format("15:04") }

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// today is the date of Now, as a date.
func (c Clock) today() time.Time { return dateOf(c.Now.In(c.zone())) }

func dateOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// days is how many midnights lie between today and the date.
func (c Clock) days(date time.Time) int {
	return int(math.Round(dateOf(date).Sub(c.today()).Hours() / 24))
}

// Today is the date at the head of a page: "Monday 11 May".
func (c Clock) Today() string {
	return c.Now.In(c.zone()).Format("Monday 2" + NoBreak + "January")
}

// Moment is when something happens: "today 17:00", "Thursday 17:00", "30 May, 17:00".
func (c Clock) Moment(t time.Time) string {
	local := t.In(c.zone())
	return c.near(dateOf(local), "15:04")(local)
}

func (c Clock) near(date time.Time, clock string) func(time.Time) string {
	days := c.days(date)
	return func(t time.Time) string {
		at := t.Format(clock)
		switch {
		case days == 0:
			return "today" + NoBreak + at
		case days == 1:
			return "tomorrow" + NoBreak + at
		case days == -1:
			return "yesterday" + NoBreak + at
		case days > 1 && days < 7:
			return t.Format("Monday") + NoBreak + at
		}
		return c.Date(date) + ", " + at
	}
}

// Deadline is a moment by which something is due: "17:00 today", "Thursday 17:00".
func (c Clock) Deadline(t time.Time) string {
	local := t.In(c.zone())
	if days := c.days(dateOf(local)); days == 0 || days == 1 {
		return local.Format("15:04") + NoBreak + c.Day(t)
	}
	return c.Moment(t)
}

// Day is the day of a moment: "Thursday" within the week, else "30 September".
func (c Clock) Day(t time.Time) string {
	date := dateOf(t.In(c.zone()))
	switch days := c.days(date); {
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
	if days := c.days(dateOf(t.In(c.zone()))); days >= -1 && days <= 1 {
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
	return t.In(c.zone()).Format("Monday 2 January 2006, 15:04 MST")
}

// ExactDate is for the tooltip of a date.
func (c Clock) ExactDate(date time.Time) string {
	return date.Format("Monday 2 January 2006")
}

// In is how far away a moment is: "in two days", "in four hours", "two days ago".
func (c Clock) In(t time.Time) string {
	gap := t.Sub(c.Now)
	days := c.days(t.In(c.zone()))
	switch {
	case gap > -time.Minute && gap < time.Minute:
		return "now"
	case gap.Abs() < time.Hour:
		return aheadOrAgo(gap > 0, Count(int(math.Round(gap.Abs().Minutes())), "minute", "minutes"))
	case gap.Abs() < 24*time.Hour && (days == 0 || gap.Abs() < 12*time.Hour):
		return aheadOrAgo(gap > 0, Count(int(math.Round(gap.Abs().Hours())), "hour", "hours"))
	}
	return c.InDate(t.In(c.zone()))
}

// InDate is how far away a date is: "today", "tomorrow", "in three weeks".
func (c Clock) InDate(date time.Time) string {
	days := c.days(date)
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
	switch days := -c.days(moment.In(c.zone())); {
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
