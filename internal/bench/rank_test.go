package bench_test

import (
	"testing"

	"skein/internal/bench"
	"skein/internal/postgres/pgtest"
)

// TestBothSidesRankAlike runs the measurement small: it fails when the statement beside it finds
// other fits.
func TestBothSidesRankAlike(t *testing.T) {
	t.Parallel()
	r, err := bench.Rank(t.Context(), pgtest.Owner(t), bench.RankOptions{
		People: 1500, Queries: 5, SQLQueries: 3, Say: func(s string) { t.Log(s) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Evidence < 1500*bench.SkillsEach || r.Ratio <= 0 || r.BytesPerSum <= 0 || r.Present <= 0 || r.MedianMS <= 0 {
		t.Errorf("%+v", r)
	}
}
