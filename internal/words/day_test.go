package words_test

import "testing"

func TestDatesByTheNamesOfTheirDays(t *testing.T) {
	t.Parallel()
	c := clock(t)
	today := day(t, c.Now.In(c.HomeZone()).Format("2006-01-02"))
	check(t, c.DateDay(today), "today")
	check(t, c.OnDate(today.AddDate(0, 0, -1)), "yesterday")
	check(t, c.OnDate(today.AddDate(0, 0, 3)), "on "+today.AddDate(0, 0, 3).Format("Monday"))
	check(t, plain(c.OnDate(today.AddDate(0, 0, 7))), "on "+today.AddDate(0, 0, 7).Format("2_January"))
	check(t, plain(c.DateDay(today.AddDate(0, 0, -4))), today.AddDate(0, 0, -4).Format("2_January"))
	if c.DaysTo(today.AddDate(0, 0, -9)) != -9 || c.DaysTo(today) != 0 {
		t.Error(c.DaysTo(today))
	}
}
