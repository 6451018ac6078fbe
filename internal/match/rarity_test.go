package match_test

import (
	"math"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

func TestWhatFewPeopleHaveCountsMore(t *testing.T) {
	t.Parallel()
	b := brief(skein.Weighed, needs("leaks", 3, 3), needs("maps", 3, 3))
	b.People, b.Holders = 100, map[skein.SkillID]int{"leaks": 1, "maps": 99}
	q := match.NewQuery(b, match.DefaultPolicy())
	leaks, maps := q.Requirements[0], q.Requirements[1]
	if want := 3 * math.Log(51); math.Abs(leaks.Weight-want) > 1e-12 {
		t.Errorf("weight %v, want importance x rarity = %v", leaks.Weight, want)
	}
	if want := 3 * math.Log(2); math.Abs(maps.Weight-want) > 1e-12 {
		t.Errorf("weight %v, want importance x rarity = %v", maps.Weight, want)
	}
	rare := match.Assess(q, person("p", saw("leaks", skein.Outcome, 3, 10, "a")))
	common := match.Assess(q, person("p", saw("maps", skein.Outcome, 3, 10, "a")))
	if rare.Fit <= 2*common.Fit {
		t.Errorf("fit %v with what few have, %v with what all have", rare.Fit, common.Fit)
	}
}
