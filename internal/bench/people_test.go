package bench_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"skein/internal/bench"
	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

// TestTheIndexNamesTheBestOfThousands holds the index against the engine where it leaves most
// postings unread.
func TestTheIndexNamesTheBestOfThousands(t *testing.T) {
	t.Parallel()
	org := bench.New(7, 6000, 300)
	x := index.New(180)
	if err := x.Load(bench.Today, org.Everybody()); err != nil {
		t.Fatal(err)
	}
	var all []comparison.Facts
	for f := range org.Everybody() {
		all = append(all, f)
	}
	population, _ := x.Population()
	touched, present := 0, 0
	for n := range 24 {
		q := org.Query(n, 1+n%9, population)
		q.Trust = skein.Trusts[n%4]
		q.Rotation = []float64{0, .6, -.4}[n%3]
		people := make([]match.Candidate, len(all))
		for i, f := range all {
			people[i] = bench.Candidate(q)(f)
		}
		want := match.Rank(q, people)[:20]
		found, ok := x.Top(q, 20, bench.Candidate(q))
		if !ok {
			t.Fatal("no answer")
		}
		if d := cmp.Diff(want, found.Ranked); d != "" {
			t.Fatalf("query %d:\n%s", n, d)
		}
		touched, present = touched+found.Touched, present+found.Present
	}
	t.Logf("%d of %d postings touched", touched, present)
	if touched*3 > present*2 {
		t.Errorf("%d of %d postings touched: nothing is left out", touched, present)
	}
}
