package skein_test

import (
	"testing"
	"time"

	"skein/internal/skein"
)

// Nothing goes before its time, whatever day and month it is.
func TestNothingGoesBeforeItsTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now, want string
		keep      skein.Keep
	}{
		{"2026-08-31 00:00", "2026-02-28 00:00", skein.Keep{Months: 6}},
		{"2028-08-29 12:00", "2028-02-29 12:00", skein.Keep{Months: 6}},
		{"2028-08-31 12:00", "2028-02-29 12:00", skein.Keep{Months: 6}},
		{"2026-05-31 23:59", "2025-11-30 23:59", skein.Keep{Months: 6}},
		{"2028-02-29 07:00", "2027-02-28 07:00", skein.Keep{Years: 1}},
		{"2026-03-31 07:00", "2025-12-31 07:00", skein.Keep{Days: 90}},
		{"2026-01-15 07:00", "2022-01-15 07:00", skein.Keep{Months: 48}},
	} {
		now, err := time.Parse("2006-01-02 15:04", c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.keep.Before(now).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%+v at %s: %s, want %s", c.keep, c.now, got, c.want)
		}
	}
}
