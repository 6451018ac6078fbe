package words

import "time"

// DaysTo is how many midnights lie between today and a date, at home; of a date that has passed fewer than none.
func (c Clock) DaysTo(date time.Time) int { return c.days(date) }

// DateDay is a date by the name of its day within the week to come: "today", "tomorrow", "Thursday", "30 September".
func (c Clock) DateDay(date time.Time) string {
	switch days := c.days(date); {
	case days >= -1 && days <= 1:
		return inDays(days)
	case days > 1 && days < 7:
		return date.Format("Monday")
	}
	return c.Date(date)
}

// OnDate is a date within a sentence: "today", "on Thursday", "on 30 September".
func (c Clock) OnDate(date time.Time) string {
	if days := c.days(date); days >= -1 && days <= 1 {
		return inDays(days)
	}
	return "on " + c.DateDay(date)
}
