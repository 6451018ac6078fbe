package index_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

var today = time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)

func ago(days int) skein.Date { return today.AddDate(0, 0, -days) }

var someSkills = []skein.SkillID{"leaks", "maps", "valves", match.SmallSteps, "pumps"}

// candidate is a person's facts as a question about an area sees them.
func candidate(q match.Query) func(comparison.Facts) match.Candidate {
	return func(f comparison.Facts) match.Candidate {
		c := match.Candidate{
			Person: f.Person, Active: f.Active, FreeHours: f.HoursFree, Leads: f.Leads, LastLed: f.LastLed,
			Wishes: f.Wishes, Absences: f.Absences,
		}
		for _, e := range f.Earlier {
			if match.SameArea(e.Area, q.Area) {
				c.AreaLeads = append(c.AreaLeads, e.From)
			}
		}
		for _, e := range f.Evidence {
			if e.AsSelf {
				e.Kind = skein.Self
			}
			c.Evidence = append(c.Evidence, e.Evidence)
		}
		return c
	}
}

// plainly ranks everybody without an index.
func plainly(q match.Query, people map[skein.PersonID]comparison.Facts) []match.Ranked {
	var all []match.Candidate
	for _, f := range people {
		all = append(all, candidate(q)(f))
	}
	return match.Rank(q, all)
}

func inOrder(people map[skein.PersonID]comparison.Facts) iter.Seq2[comparison.Facts, error] {
	return func(yield func(comparison.Facts, error) bool) {
		var ids []skein.PersonID
		for id := range people {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			if !yield(people[id], nil) {
				return
			}
		}
	}
}

func drawSeen(t *rapid.T, id skein.PersonID, asOf skein.Date) comparison.Seen {
	e := comparison.Seen{Evidence: skein.Evidence{
		Person: id, Skill: rapid.SampledFrom(someSkills).Draw(t, "skill"),
		Kind: rapid.SampledFrom(skein.EvidenceKinds).Draw(t, "kind"), Level: rapid.IntRange(1, 5).Draw(t, "level"),
		ObservedOn: asOf.AddDate(0, 0, -rapid.IntRange(1, 1500).Draw(t, "days ago")),
	}}
	if rapid.IntRange(0, 80).Draw(t, "long ago") == 0 {
		e.ObservedOn = time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC) // no row can hold it
	}
	if e.Kind == skein.Peer || rapid.IntRange(0, 3).Draw(t, "given") == 0 {
		e.GivenBy = skein.PersonID(fmt.Sprint("g", rapid.IntRange(1, 3).Draw(t, "by")))
	}
	e.AsSelf = e.Kind == skein.Peer && rapid.IntRange(0, 3).Draw(t, "as self") == 0
	if rapid.Bool().Draw(t, "has source") {
		e.Source = fmt.Sprint("s", rapid.IntRange(1, 3).Draw(t, "source"))
	}
	if rapid.IntRange(0, 4).Draw(t, "expires") == 0 {
		e.ExpiresOn = e.ObservedOn.AddDate(0, 0, rapid.IntRange(0, 1500).Draw(t, "valid for"))
	}
	return e
}

func drawFacts(t *rapid.T, id skein.PersonID, asOf skein.Date) comparison.Facts {
	f := comparison.Facts{Person: id, Active: rapid.IntRange(0, 9).Draw(t, "active") > 0, Leads: rapid.IntRange(0, 3).Draw(t, "leads")}
	for range rapid.IntRange(0, 9).Draw(t, "evidence") {
		f.Evidence = append(f.Evidence, drawSeen(t, id, asOf))
	}
	if rapid.Bool().Draw(t, "hours") {
		h := float64(rapid.IntRange(-8, 40).Draw(t, "free")) / 4
		f.HoursFree = &h
	}
	if rapid.IntRange(0, 2).Draw(t, "led") == 0 {
		f.LastLed = ago(rapid.IntRange(1, 900).Draw(t, "last led"))
		f.Earlier = []comparison.EarlierLead{{
			Project: "x", Area: []skein.SkillID{rapid.SampledFrom(someSkills).Draw(t, "area")},
			From: ago(rapid.IntRange(-5, 900).Draw(t, "began")),
		}}
	}
	for range rapid.IntRange(-2, 2).Draw(t, "absences") {
		a := skein.Absence{From: ago(rapid.IntRange(-20, 800).Draw(t, "away since"))}
		if rapid.Bool().Draw(t, "back") {
			a.Until = a.From.AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "away for"))
		}
		f.Absences = append(f.Absences, a)
	}
	return f
}

func drawQuery(t *rapid.T, asOf skein.Date) match.Query {
	need := 6.0
	b := match.Brief{
		AsOf: asOf, Seed: "seed", People: 200, LeadsAtOnce: 2, HoursNeeded: &need,
		Trust:    rapid.SampledFrom(skein.Trusts).Draw(t, "trust"),
		Rotation: rapid.SampledFrom([]float64{.6, 0, -.4}).Draw(t, "rotation"),
		Holders:  map[skein.SkillID]int{"leaks": 3, "maps": 40, "valves": 170},
		Situation: skein.Situation{
			Uncertainty: rapid.SampledFrom([]skein.Uncertainty{"", skein.Clear, skein.Complex}).Draw(t, "uncertainty"),
			Stakes:      rapid.IntRange(0, 5).Draw(t, "stakes"),
		},
	}
	if rapid.IntRange(0, 9).Draw(t, "own half-life") == 0 {
		b.HalfLifeDays = map[skein.SkillID]int{"maps": 30}
	}
	for _, s := range append(slices.Clone(someSkills), "nobody has it")[rapid.IntRange(0, 5).Draw(t, "first"):] {
		b.Own = append(b.Own, skein.Requirement{
			Skill: s, Importance: rapid.IntRange(1, 5).Draw(t, "importance"),
			Level: rapid.IntRange(1, 5).Draw(t, "wanted"), Must: rapid.Bool().Draw(t, "must"),
		})
	}
	return match.NewQuery(b, match.DefaultPolicy())
}

// TestTheIndexSaysWhatTheEngineSays is the whole promise: after any sequence of changes, on any
// later day, the best are those that the engine itself would name, to the last bit.
func TestTheIndexSaysWhatTheEngineSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people := map[skein.PersonID]comparison.Facts{}
		someone := func() skein.PersonID { return skein.PersonID(fmt.Sprint("p", rapid.IntRange(0, 40).Draw(t, "who"))) }
		for range rapid.IntRange(0, 40).Draw(t, "people") {
			id := someone()
			people[id] = drawFacts(t, id, today)
		}
		x, day := index.New(180), today
		if err := x.Load(day, inOrder(people)); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			var named []skein.PersonID
			var facts []comparison.Facts
			day = day.AddDate(0, 0, rapid.SampledFrom([]int{0, 0, 1, 40}).Draw(t, "days pass"))
			for range rapid.IntRange(0, 5).Draw(t, "changes") {
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
			check(t, x, drawQuery(t, day), people, rapid.IntRange(1, 12).Draw(t, "k"))
			if rapid.Bool().Draw(t, "pack") {
				x.PackNow()
				check(t, x, drawQuery(t, day), people, 3)
			}
		}
	})
}

func check(t *rapid.T, x *index.Index, q match.Query, people map[skein.PersonID]comparison.Facts, k int) {
	t.Helper()
	want := plainly(q, people)
	found, ok := x.Top(q, k, candidate(q))
	if !ok {
		t.Fatal("no answer for the day")
	}
	if d := cmp.Diff(want[:min(k, len(want))], found.Ranked, sameBits); d != "" && len(want) > 0 {
		t.Fatalf("the best %d of %d:\n%s", k, len(want), d)
	}
	if found.Whole != (len(found.Ranked) == len(people)) {
		t.Errorf("whole: %v", found.Whole)
	}
	counted, _ := x.Population()
	if counted.People != len(people) {
		t.Errorf("%d people, want %d", counted.People, len(people))
	}
	for _, s := range someSkills {
		n := 0
		for _, f := range people {
			if slices.ContainsFunc(f.Evidence, func(e comparison.Seen) bool { return e.Skill == s }) {
				n++
			}
		}
		if got := counted.Holders(s); got != n {
			t.Errorf("%d hold %s, want %d", got, s, n)
		}
	}
}

var sameBits = cmp.Comparer(func(a, b float64) bool { return a == b })
