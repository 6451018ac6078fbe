package skein_test

import (
	"testing"
	"time"

	"skein/internal/skein"
)

func TestMonthsEndWithTheMonth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-11-29", 3, "2027-02-28"},
		{"2027-11-29", 3, "2028-02-29"},
		{"2026-11-28", 3, "2027-02-28"},
		{"2026-08-31", 1, "2026-09-30"},
		{"2026-12-31", 12, "2027-12-31"},
		{"2026-05-31", -3, "2026-02-28"},
		{"2026-01-31", -11, "2025-02-28"},
		{"2026-05-11", 0, "2026-05-11"},
	} {
		from, err := time.Parse(time.DateOnly, c.from)
		if err != nil {
			t.Fatal(err)
		}
		at := from.Add(9*time.Hour + 30*time.Minute)
		if got := skein.AddMonths(at, c.months).Format(time.DateTime); got != c.want+" 09:30:00" {
			t.Errorf("%d months from %s: %s, want %s", c.months, c.from, got, c.want)
		}
	}
}

// TestALeadOfThreeMonthsEndsWithTheMonth: on both sides of the guardrail, the offer and the proposal.
func TestALeadOfThreeMonthsEndsWithTheMonth(t *testing.T) {
	t.Parallel()
	late := skein.Itself(time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC), time.UTC)
	last := time.Date(2027, 2, 28, 0, 0, 0, 0, time.UTC)
	if offer := skein.Offer(skein.Claim{}, skein.Project{}, false, 3, clocks, late); !offer.EndsOn.Equal(last) {
		t.Errorf("offered until %v", offer.EndsOn)
	}
	rail := skein.Guardrail{Kind: skein.LongestTerm, Number: 3}
	for end, pass := range map[skein.Date]bool{last: true, last.AddDate(0, 0, 1): false} {
		if r := rail.OfProject(skein.Project{EndOn: end}, skein.Answers{}, clocks, 3, late); r.Pass != pass {
			t.Errorf("a project until %v: %+v", end, r)
		}
	}
}
