package skein

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLeavesThatOverlapOrFollowEachOtherAreOne(t *testing.T) {
	t.Parallel()
	d := func(n int) Date { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct{ leaves, want []Absence }{
		"none":            {},
		"one":             {[]Absence{{d(1), d(2)}}, []Absence{{d(1), d(2)}}},
		"in parts":        {[]Absence{{d(15), d(28)}, {d(1), d(14)}}, []Absence{{d(1), d(28)}}},
		"a day between":   {[]Absence{{d(1), d(14)}, {d(16), d(28)}}, []Absence{{d(1), d(14)}, {d(16), d(28)}}},
		"over the end":    {[]Absence{{d(1), d(20)}, {d(18), d(22)}}, []Absence{{d(1), d(22)}}},
		"one in another":  {[]Absence{{d(1), d(20)}, {d(3), d(5)}}, []Absence{{d(1), d(20)}}},
		"without an end":  {[]Absence{{d(1), d(5)}, {From: d(6)}, {d(9), d(12)}}, []Absence{{From: d(1)}}},
		"the last of all": {[]Absence{{d(1), d(5)}, {From: d(8)}}, []Absence{{d(1), d(5)}, {From: d(8)}}},
	} {
		if got := Spells(c.leaves); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Whoever is away on a day by any of their leaves is so by one spell, and the day after a spell they are here.
func TestASpellCoversTheDaysOfItsLeaves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		var leaves []Absence
		for range rapid.IntRange(0, 5).Draw(t, "leaves") {
			from := day.AddDate(0, 0, rapid.IntRange(0, 20).Draw(t, "from"))
			leaves = append(leaves, Absence{From: from, Until: from.AddDate(0, 0, rapid.IntRange(0, 6).Draw(t, "days"))})
		}
		spells := Spells(leaves)
		for n := range 30 {
			on, covers := day.AddDate(0, 0, n), func(a Absence) bool { return a.Covers(day.AddDate(0, 0, n)) }
			if slices.ContainsFunc(leaves, covers) != slices.ContainsFunc(spells, covers) {
				t.Fatalf("%s of %v: %v", on, leaves, spells)
			}
		}
		for _, s := range spells {
			if after := s.Until.AddDate(0, 0, 1); slices.ContainsFunc(leaves, func(a Absence) bool { return a.Covers(after) }) {
				t.Fatalf("%v goes on after %v", leaves, s)
			}
		}
	})
}
