package match_test

import (
	"testing"

	"pgregory.net/rapid"

	"skein/internal/match"
)

// TestOneBeforeManyQueriesFitsAsInARanking holds the quick way of comparing one person with many
// queries to the ranking's own, bit for bit.
func TestOneBeforeManyQueriesFitsAsInARanking(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCandidate(t, "p")
		c.TermsRunning = rapid.IntRange(0, 3).Draw(t, "terms running")
		if rapid.Bool().Draw(t, "hours") {
			free := float64(rapid.IntRange(0, 8).Draw(t, "free"))
			c.FreeHours = &free
		}
		policy := match.DefaultPolicy()
		before := match.NewBefore(c, policy.Trust, today)
		for range rapid.IntRange(1, 3).Draw(t, "queries") {
			b := drawBrief(t)
			if rapid.Bool().Draw(t, "takes hours") {
				needed := 4.0
				b.HoursNeeded = &needed
			}
			q := match.NewQuery(b, policy)
			var weight float64
			for _, r := range q.Requirements {
				weight += r.Weight
			}
			tally := match.NewTally(policy.Trust.Row(q.Trust).MustCorroborated, weight)
			for _, r := range q.Requirements {
				tally.Add(r.Counts, r.Weight, r.Must, before.Meets(q.Asks(r)))
			}
			want := match.Rank(q, []match.Candidate{c})[0].Assessment
			if fit, zone := tally.Sum(&q.Setting); fit != want.Fit || zone != want.Zone {
				t.Fatalf("%v %s, want %v %s", fit, zone, want.Fit, want.Zone)
			}
			if may := match.Passes(&q, c) && want.Zone != match.NotYet; may != want.May() {
				t.Fatalf("may lead: %v, want %v: %+v", may, want.May(), want.Gates)
			}
		}
	})
}
