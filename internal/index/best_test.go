package index_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

// bestPlainly is the best without an index.
func bestPlainly(q match.Query, people map[skein.PersonID]comparison.Facts) match.Best {
	var all []match.Candidate
	for _, f := range people {
		all = append(all, candidate(q)(f))
	}
	return match.BestOf(q, all)
}

// The two numbers that claims are measured by are those that the engine would find among everybody,
// to the last bit, after any sequence of changes.
func TestTheIndexFindsTheBestThatTheEngineFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people := map[skein.PersonID]comparison.Facts{}
		someone := func() skein.PersonID { return skein.PersonID(fmt.Sprint("p", rapid.IntRange(0, 30).Draw(t, "who"))) }
		for range rapid.IntRange(0, 30).Draw(t, "people") {
			id := someone()
			people[id] = drawFacts(t, id, today)
		}
		x, day := index.New(180), today
		if err := x.Load(day, inOrder(people)); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(t, "rounds") {
			var named []skein.PersonID
			var facts []comparison.Facts
			day = day.AddDate(0, 0, rapid.SampledFrom([]int{0, 0, 1, 40}).Draw(t, "days pass"))
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				id := someone()
				if slices.Contains(named, id) {
					continue
				}
				named = append(named, id)
				delete(people, id)
				if rapid.IntRange(0, 3).Draw(t, "stays") > 0 {
					people[id] = drawFacts(t, id, day)
					facts = append(facts, people[id])
				}
			}
			x.Update(day, named, facts)
			if rapid.Bool().Draw(t, "pack") {
				x.PackNow()
			}
			for range 3 {
				q := drawQuery(t, day)
				got, _, ok := x.Best(q, candidate(q))
				if want := bestPlainly(q, people); !ok || got != want {
					t.Fatalf("%v: got %+v, want %+v", ok, got, want)
				}
			}
		}
	})
}

// Most of those who look best may not lead: whoever is best of those who may is found behind them,
// without everybody being looked at.
func TestTheBestIsFoundBehindManyWhoMayNotLead(t *testing.T) {
	t.Parallel()
	people := map[skein.PersonID]comparison.Facts{}
	add := func(id skein.PersonID, active bool, evidence ...comparison.Seen) {
		for i := range evidence {
			evidence[i].Person = id
		}
		people[id] = comparison.Facts{Person: id, Active: active, Evidence: evidence}
	}
	for i := range 500 {
		add(skein.PersonID(fmt.Sprintf("busy%04d", i)), false, saw("leaks", skein.Outcome, 5, 1, ""), saw("leaks", skein.Outcome, 5, 2, ""))
	}
	for i := range 3000 {
		add(skein.PersonID(fmt.Sprintf("some%04d", i)), true, saw("leaks", skein.Outcome, 3, 400+i%700, ""))
	}
	add("best", true, saw("leaks", skein.Outcome, 4, 30, ""))
	x := index.New(180)
	if err := x.Load(today, inOrder(people)); err != nil {
		t.Fatal(err)
	}
	for _, rotation := range []float64{.6, 0, -.4} {
		q := match.NewQuery(match.Brief{
			Own:  []skein.Requirement{{Skill: "leaks", Importance: 5, Level: 4}},
			AsOf: today, Seed: "seed", People: 4000, Holders: map[skein.SkillID]int{"leaks": 3501}, Rotation: rotation,
		}, match.DefaultPolicy())
		looked := 0
		got, _, ok := x.Best(q, func(f comparison.Facts) match.Candidate {
			looked++
			return candidate(q)(f)
		})
		if want := bestPlainly(q, people); !ok || got != want || got.Order != 1_000_000 {
			t.Errorf("rotation %v: got %+v, want %+v", rotation, got, want)
		}
		if looked > 300 {
			t.Errorf("rotation %v: %d looked at", rotation, looked)
		}
		q.Guardrails = []skein.GuardrailResult{{Pass: false, Why: "Not before spring."}}
		if got, _, ok := x.Best(q, candidate(q)); !ok || got != bestPlainly(q, people) {
			t.Errorf("nobody may: %+v", got)
		}
	}
	later := match.NewQuery(match.Brief{AsOf: today.AddDate(0, 0, 1)}, match.DefaultPolicy())
	if _, _, ok := x.Best(later, candidate(later)); ok {
		t.Error("it answers for a day that it does not know")
	}
}

// Whom turns put first need not be met in the lists, and where nothing needs to be shown whoever has
// no evidence at all is met in none of them.
func TestTheBestMayBeMetInNoList(t *testing.T) {
	t.Parallel()
	ledHere := []comparison.EarlierLead{{Project: "x", Area: []skein.SkillID{"leaks"}, From: ago(10)}}
	of := func(id skein.PersonID, active bool, seen ...comparison.Seen) comparison.Facts {
		for i := range seen {
			seen[i].Person = id
		}
		return comparison.Facts{Person: id, Active: active, Evidence: seen}
	}
	for name, c := range map[string]struct {
		rotation float64
		share    float64 // of what counts that a stretch must at least claim
		crowd    bool    // who crowds the lists may lead
		one      comparison.Facts
	}{
		"by turns":     {-.4, .35, true, of("one", true, saw("leaks", skein.Outcome, 5, 60, ""))},
		"without work": {.6, 0, false, of("one", true, saw("maps", skein.Outcome, 4, 10, ""))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.one.Earlier = ledHere
			people := map[skein.PersonID]comparison.Facts{"one": c.one}
			for i := range 400 {
				id := skein.PersonID(fmt.Sprintf("p%03d", i))
				people[id] = of(id, c.crowd, saw("leaks", skein.Outcome, 5, 1, ""), saw("leaks", skein.Outcome, 5, 2+i%9, ""))
			}
			x := index.New(180)
			if err := x.Load(today, inOrder(people)); err != nil {
				t.Fatal(err)
			}
			policy := match.DefaultPolicy()
			policy.Lens.StretchShare = c.share
			q := match.NewQuery(match.Brief{
				Own:  []skein.Requirement{{Skill: "leaks", Importance: 5, Level: 5}},
				AsOf: today, Seed: "seed", People: 401, Rotation: c.rotation,
			}, policy)
			got, _, ok := x.Best(q, candidate(q))
			if want := bestPlainly(q, people); !ok || got != want || got.Order == 1_000_000 || got.Order == 0 {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}
