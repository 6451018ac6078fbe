package skein_test

import (
	"testing"
	"time"

	"skein/internal/skein"
)

// TestTheDayToAskAboutIsTheOrganisations: late in the evening it is tomorrow already further east,
// and a demo whose clock was skipped asks about the day that it has come to.
func TestTheDayToAskAboutIsTheOrganisations(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 11, 23, 30, 0, 0, time.UTC)
	for want, o := range map[string]skein.Organisation{
		"2026-05-12": {TimeZone: "UTC"},
		"2026-05-13": {TimeZone: "Europe/Rome"},
		"2026-05-15": {TimeZone: "UTC", ClockOffset: 72 * time.Hour},
	} {
		if got := o.AsOf(now).Format(time.DateOnly); got != want {
			t.Errorf("%s and %s: %s, want %s", o.TimeZone, o.ClockOffset, got, want)
		}
	}
}
