package index_test

import (
	"testing"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

// TestACredentialCountsToItsLastDay: what expires on the day itself counts; the day after, it does
// not, and the other person is the best.
func TestACredentialCountsToItsLastDay(t *testing.T) {
	t.Parallel()
	holds := func(id skein.PersonID, level int, until skein.Date) comparison.Facts {
		return comparison.Facts{Person: id, Active: true, Evidence: []comparison.Seen{{Evidence: skein.Evidence{
			Person: id, Skill: "leaks", Kind: skein.Credential, Level: level, ObservedOn: ago(10), ExpiresOn: until,
		}}}}
	}
	people := map[skein.PersonID]comparison.Facts{"a": holds("a", 4, today), "b": holds("b", 1, skein.Date{})}
	x := index.New(180)
	if err := x.Load(today, inOrder(people)); err != nil {
		t.Fatal(err)
	}
	for days, best := range []skein.PersonID{"a", "b"} {
		day := today.AddDate(0, 0, days)
		x.Update(day, nil, nil)
		q := match.NewQuery(match.Brief{
			Own: []skein.Requirement{{Skill: "leaks", Importance: 3, Level: 3}}, AsOf: day, Seed: "seed", People: 2,
		}, match.DefaultPolicy())
		found, ok := x.Top(q, 1, candidate(q))
		if !ok || len(found.Ranked) != 1 || found.Ranked[0].Person != best {
			t.Errorf("after %d days %+v, want %s", days, found.Ranked, best)
		}
		if want := plainly(q, people)[0]; found.Ranked[0].Fit != want.Fit {
			t.Errorf("fit %v, want %v", found.Ranked[0].Fit, want.Fit)
		}
	}
}
