package match_test

import (
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

func shuffled[T any](t *rapid.T, in []T) []T {
	if len(in) < 2 {
		return in
	}
	return rapid.Permutation(in).Draw(t, "order")
}

// anotherWay is the same people with every list in another order.
func anotherWay(t *rapid.T, people []match.Candidate) []match.Candidate {
	out := slices.Clone(shuffled(t, people))
	for i, c := range out {
		out[i].Evidence = shuffled(t, c.Evidence)
		out[i].Absences = shuffled(t, c.Absences)
		out[i].AreaLeads = shuffled(t, c.AreaLeads)
		out[i].Wishes = shuffled(t, c.Wishes)
	}
	return out
}

// bits compares to the last bit: cmp compares floats with ==.
func bits(t *rapid.T, what string, a, b any) {
	if d := cmp.Diff(a, b); d != "" {
		t.Fatalf("%s differs:\n%s", what, d)
	}
}

func TestTheOrderOfRowsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, people := drawBrief(t), drawPeople(t)
		q := match.NewQuery(b, match.DefaultPolicy())
		b.Own = shuffled(t, b.Own)
		other := match.NewQuery(b, match.DefaultPolicy())
		bits(t, "query", q, other)
		again := anotherWay(t, people)
		bits(t, "ranking", match.Rank(q, people), match.Rank(other, again))
		bits(t, "best", match.BestOf(q, people), match.BestOf(other, again))
		bits(t, "pick", pickFrom(q, claims(people)), pickFrom(other, claims(again)))
		i := slices.IndexFunc(again, func(c match.Candidate) bool { return c.Person == people[0].Person })
		one, two := match.Assess(q, people[0]), match.Assess(other, again[i])
		bits(t, "assessment", one, two)
		bits(t, "explanation", match.Explain(one, match.Names{}), match.Explain(two, match.Names{}))
	})
}

func claims(people []match.Candidate) []match.Claimant {
	var out []match.Claimant
	for _, c := range people {
		out = append(out, match.Claimant{Candidate: c, Coached: c.Person > "p1"})
	}
	return out
}

func TestTheNumberOfGoroutinesChangesNothing(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 5, 4), must("maps", 3, 3))
	var people []match.Candidate
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		c := person(skein.PersonID("p" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))))
		for range rng.IntN(6) {
			c.Evidence = append(c.Evidence, saw(someSkills[rng.IntN(2)], someKinds[rng.IntN(4)], 1+rng.IntN(5), 1+rng.IntN(900), "g"))
		}
		people = append(people, c)
	}
	want := match.Rank(q, people)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	alone := match.Rank(q, people)
	runtime.GOMAXPROCS(7)
	results := make([][]match.Ranked, 4)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { results[i] = match.Rank(q, people) })
	}
	wg.Wait()
	for _, got := range append(results, alone) {
		if !reflect.DeepEqual(got, want) {
			t.Fatal("a ranking depends on how many goroutines make it")
		}
	}
}
