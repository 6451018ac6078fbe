package match_test

import (
	"math"
	"slices"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

func TestRotationIsATermOfItsOwn(t *testing.T) {
	t.Parallel()
	led := able("led", 4).Candidate
	led.AreaLeads = []skein.Date{ago(0), ago(365)} // one begun on the day itself does not count yet
	fresh := able("fresh", 3).Candidate
	for r, first := range map[float64]skein.PersonID{.6: "fresh", 0: "led", -.4: "led"} {
		b := brief(skein.Weighed, needs("leaks", 3, 4))
		b.Rotation = r
		q := match.NewQuery(b, match.DefaultPolicy())
		ranked := match.Rank(q, []match.Candidate{led, fresh})
		if ranked[0].Person != first {
			t.Errorf("with r %v %s is first, want %s", r, ranked[0].Person, first)
		}
		i := slices.IndexFunc(ranked, func(x match.Ranked) bool { return x.Person == "led" })
		got := ranked[i]
		if got.Earlier != .5 || math.Abs(got.Turn+r*.5) > 1e-12 || math.Abs(got.Order-(1-r*.5)) > 1e-12 {
			t.Errorf("with r %v: earlier %v, turn %v, order %v", r, got.Earlier, got.Turn, got.Order)
		}
		if got.Fit != match.Assess(q, led).Fit {
			t.Error("rotation reaches into the fit")
		}
	}
	many := []skein.Date{ago(1), ago(2), ago(3)}
	if got := match.Earlier(match.DefaultTrust(), many, today); got != 1.5 {
		t.Errorf("three leads of late count %v, want at most 1.5", got)
	}
}

func TestARankingPutsEverybodyInAPlace(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	people := []match.Candidate{able("z", 0).Candidate, able("a", 6).Candidate, able("b", 5).Candidate, able("c", 2).Candidate, able("y", 0).Candidate}
	ranked := match.Rank(q, people)
	wantBands := []int{1, 1, 2, 7, 7}
	for i, r := range ranked {
		if r.Place != i+1 || r.Band != wantBands[i] {
			t.Errorf("%s: place %d, band %d, want %d, %d", r.Person, r.Place, r.Band, i+1, wantBands[i])
		}
	}
	if got := idsOf(ranked)[:3]; !slices.Equal(got, []skein.PersonID{"a", "b", "c"}) {
		t.Errorf("order %v", got)
	}
	if ranked[0].Order != 1 {
		t.Errorf("the best has order %v, want 1", ranked[0].Order)
	}
	if got := match.Rank(q, nil); len(got) != 0 {
		t.Errorf("nobody ranks to %v", got)
	}
}

func TestABandIsAWholeStepOfItsWidth(t *testing.T) {
	t.Parallel()
	for own, want := range map[int64]int{1_200_000: 0, 1_000_000: 0, 850_001: 0, 850_000: 1, 700_001: 1, 700_000: 2, -500_000: 10} {
		if got := match.BandOf(1_000_000, own, 150_000); got != want {
			t.Errorf("%d is in band %d, want %d", own, got, want)
		}
	}
	if got := match.BandOf(5, 3, 0); got != 2 {
		t.Errorf("without a width each millionth is a step: got band %d", got)
	}
	if match.Millionths(.15) != 150_000 || match.Millionths(2./3) != 666_667 || match.Millionths(-.0000005) != -1 {
		t.Error("millionths are not whole")
	}
}

func TestNobodyWithEvidenceStillMakesARanking(t *testing.T) {
	t.Parallel()
	ranked := match.Rank(asking(skein.Weighed, needs("leaks", 3, 4)), []match.Candidate{person("a"), person("b")})
	if len(ranked) != 2 || ranked[0].Order != 0 || ranked[0].Fit != 0 || ranked[0].Zone != match.NotYet {
		t.Errorf("got %+v", ranked)
	}
}

func TestTheLotteryFollowsItsSeed(t *testing.T) {
	t.Parallel()
	first := map[skein.PersonID]int{}
	for n := range 200 {
		b := brief(skein.Weighed, needs("leaks", 3, 4))
		b.Seed = match.Seed("project", today.AddDate(0, 0, n))
		q := match.NewQuery(b, match.DefaultPolicy())
		first[match.Rank(q, []match.Candidate{able("a", 2).Candidate, able("b", 2).Candidate})[0].Person]++
	}
	if first["a"] < 70 || first["b"] < 70 {
		t.Errorf("of 200 lotteries between two: %v", first)
	}
	if match.Seed("project", today) != "project@2026-05-18" {
		t.Error("the seed is not made of the project and the day alone")
	}
}
