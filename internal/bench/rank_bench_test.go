package bench_test

import (
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"skein/internal/bench"
	"skein/internal/index"
)

// TestRankTimes prints what skein bench rank measures, without the peer: SKEIN_BENCH_PEOPLE=100000.
func TestRankTimes(t *testing.T) {
	t.Parallel()
	n, err := strconv.Atoi(os.Getenv("SKEIN_BENCH_PEOPLE"))
	if err != nil {
		t.Skip("SKEIN_BENCH_PEOPLE is not set")
	}
	org := bench.New(7, n, 2000)
	x := index.New(180)
	began := time.Now()
	if err := x.Load(bench.Today, org.Everybody()); err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded in %v", time.Since(began))
	population, _ := x.Population()
	var times []time.Duration
	for i := range 300 {
		q := org.Query(i, 8, population)
		began := time.Now()
		found, _ := x.Top(q, 20, bench.Candidate(q))
		took := time.Since(began)
		if i < 100 {
			continue
		}
		times = append(times, took)
		if i%10 == 0 {
			t.Logf("%v %+v", took, found.Work)
		}
	}
	slices.Sort(times)
	t.Logf("median %v, p99 %v", times[len(times)/2], times[len(times)*99/100])
}
