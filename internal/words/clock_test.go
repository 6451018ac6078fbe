package words_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/words"
)

// plain shows nbsp as an underscore, so that a test sees where lines may break.
func plain(words string) string { return strings.ReplaceAll(words, "\u00a0", "_") }

func check(t *testing.T, got, want string) {
	t.Helper()
	if plain(got) != want {
		t.Errorf("got %q, want %q", plain(got), want)
	}
}

func clock(t *testing.T) words.Clock {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	return words.Clock{Now: at(t, "2026-05-11T08:12:00Z"), Zone: zone} // a Monday, 09:12 there
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func day(t *testing.T, s string) time.Time { t.Helper(); return at(t, s+"T00:00:00Z") }

func TestMomentsAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	c := clock(t)
	check(t, c.Today(), "Monday 11_May")
	for moment, want := range map[string]string{
		"2026-05-11T16:00:00Z": "today_17:00",
		"2026-05-12T16:00:00Z": "tomorrow_17:00",
		"2026-05-10T17:40:00Z": "yesterday_18:40",
		"2026-05-14T16:00:00Z": "Thursday_17:00",
		"2026-05-11T23:30:00Z": "tomorrow_00:30", // past midnight in London
		"2026-05-18T16:00:00Z": "18_May, 17:00",
		"2027-05-18T16:00:00Z": "18_May_2027, 17:00",
	} {
		check(t, c.Moment(at(t, moment)), want)
	}
	check(t, c.Exact(at(t, "2026-05-14T16:00:00Z")), "Thursday 14 May 2026, 17:00 BST")
	check(t, c.Day(at(t, "2026-05-14T16:00:00Z")), "Thursday")
	check(t, c.OnDay(at(t, "2026-05-14T16:00:00Z")), "on Thursday")
	check(t, c.OnDay(at(t, "2026-05-10T17:40:00Z")), "yesterday")
	check(t, c.OnDay(at(t, "2026-09-30T20:00:00Z")), "on 30_September")
	check(t, c.Deadline(at(t, "2026-05-11T16:00:00Z")), "17:00_today")
	check(t, c.Deadline(at(t, "2026-05-11T23:30:00Z")), "00:30_tomorrow")
	check(t, c.Deadline(at(t, "2026-05-14T16:00:00Z")), "Thursday_17:00")
	check(t, c.TimeOfDay(at(t, "2026-05-14T16:00:00Z")), "17:00")
	check(t, c.Day(at(t, "2026-05-11T20:00:00Z")), "today")
	check(t, c.Day(at(t, "2026-09-30T20:00:00Z")), "30_September")
}

func TestDatesDoNotMoveBetweenZones(t *testing.T) {
	t.Parallel()
	west := words.Clock{Now: at(t, "2026-05-11T18:00:00Z"), Zone: time.FixedZone("west", -8*3600)}
	check(t, west.Date(day(t, "2026-09-30")), "30_September")
	check(t, west.Until(day(t, "2026-06-30")), "until 30_June")
	check(t, west.InDate(day(t, "2026-05-12")), "tomorrow")
	check(t, west.Date(day(t, "2027-04-10")), "10_April_2027")
}

// A reader elsewhere reads moments by their own clocks, with the zone; days stay those of home.
func TestAReaderElsewhere(t *testing.T) {
	t.Parallel()
	c := clock(t) // 09:12 in London
	c.Home = c.Zone
	var err error
	if c.Zone, err = time.LoadLocation("America/New_York"); err != nil {
		t.Fatal(err)
	}
	check(t, c.Moment(at(t, "2026-05-11T16:00:00Z")), "today_12:00_EDT")
	check(t, c.Moment(at(t, "2026-05-14T02:00:00Z")), "Wednesday_22:00_EDT")
	check(t, c.Deadline(at(t, "2026-05-11T16:00:00Z")), "12:00_EDT_today")
	check(t, c.Exact(at(t, "2026-05-14T16:00:00Z")), "Thursday 14 May 2026, 12:00 EDT")
	c.Now = at(t, "2026-05-12T02:00:00Z") // still Monday there, Tuesday at home
	check(t, c.Today(), "Monday 11_May")
	check(t, c.Day(at(t, "2026-05-12T03:00:00Z")), "today")
	check(t, c.InDate(day(t, "2026-05-12")), "today")
	check(t, c.ZoneName(), "America/New York")
	c.Zone, _ = time.LoadLocation("Asia/Kathmandu")
	check(t, c.TimeOfDay(at(t, "2026-05-11T16:00:00Z")), "21:45_UTC+05:45")
	c.Zone, _ = time.LoadLocation("Europe/Lisbon")
	check(t, c.TimeOfDay(at(t, "2026-05-11T16:00:00Z")), "17:00")
}

func TestDistances(t *testing.T) {
	t.Parallel()
	c := clock(t)
	for moment, want := range map[string]string{
		"2026-05-11T08:12:20Z": "now",
		"2026-05-11T08:32:00Z": "in 20_minutes",
		"2026-05-11T12:12:00Z": "in four_hours",
		"2026-05-12T16:00:00Z": "tomorrow",
		"2026-05-13T11:00:00Z": "in two_days",
		"2026-06-01T11:00:00Z": "in three_weeks",
		"2026-09-30T11:00:00Z": "in five_months",
		"2026-05-09T11:00:00Z": "two_days ago",
		"2026-05-11T05:12:00Z": "three_hours ago",
		"2023-05-11T05:12:00Z": "three_years ago",
	} {
		check(t, c.In(at(t, moment)), want)
	}
	check(t, c.Since(at(t, "2026-03-31T09:00:00Z")), "for 41_days")
	check(t, c.Since(at(t, "2026-05-10T09:00:00Z")), "since yesterday")
	check(t, c.Since(at(t, "2026-05-11T07:00:00Z")), "since today")
	check(t, c.Since(at(t, "2026-05-20T09:00:00Z")), "since today")
}

func TestMonths(t *testing.T) {
	t.Parallel()
	c := clock(t)
	for date, want := range map[string]string{
		"2026-03-02": "March", "2025-08-20": "last_August", "2024-05-01": "May_2024", "2026-06-01": "June_2026", "2026-05-01": "May",
	} {
		check(t, c.Month(day(t, date)), want)
	}
}
