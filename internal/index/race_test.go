package index_test

import (
	"sync"
	"testing"

	"skein/internal/bench"
	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

// TestNobodyWaitsWhileOthersChange ranks while people change and everybody is laid out anew. Its
// use is with the race detector; each answer must also be whole.
func TestNobodyWaitsWhileOthersChange(t *testing.T) {
	t.Parallel()
	org := bench.New(3, 400, 60)
	x := index.New(180)
	if err := x.Load(bench.Today, org.Everybody()); err != nil {
		t.Fatal(err)
	}
	population, _ := x.Population()
	var all sync.WaitGroup
	for side := range 2 {
		all.Go(func() {
			for n := range 60 {
				q := org.Query(2*n+side, 6, population)
				found, ok := x.Top(q, 10, bench.Candidate(q))
				if !ok || len(found.Ranked) != 10 || found.Ranked[9].Place != 10 {
					t.Errorf("%d ranked", len(found.Ranked))
				}
				if p, _ := x.Population(); p.Holders(bench.Skill(0)) == 0 {
					t.Error("nobody has the commonest skill")
				}
			}
		})
	}
	all.Go(func() {
		for n := range 60 {
			f := org.Facts(n)
			f.Evidence = f.Evidence[:n%len(f.Evidence)]
			f.Evidence = append(f.Evidence, comparison.Seen{Evidence: skein.Evidence{
				Person: f.Person, Skill: "new in round " + skein.SkillID(rune('a'+n%26)), Kind: skein.Peer, Level: 3,
				GivenBy: skein.PersonID(rune('A' + n%50)), ObservedOn: bench.Today.AddDate(0, 0, -1),
			}})
			x.Update(bench.Today, []skein.PersonID{f.Person}, []comparison.Facts{f})
		}
	})
	all.Go(func() {
		for range 5 {
			x.PackNow()
			x.Expect([]match.Requirement{{Requirement: skein.Requirement{Skill: bench.Skill(1)}, HalfLife: 90}})
		}
	})
	all.Wait()
}
