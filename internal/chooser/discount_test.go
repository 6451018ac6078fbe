package chooser_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// TestTheStoreDiscountsAsTheEngineDoes: which words of colleagues count as one's own is said twice,
// in SQL for whole organisations and in the engine for a folder without a database. Both agree on
// made-up villages of people who praise each other, with and without anything in common.
func TestTheStoreDiscountsAsTheEngineDoes(t *testing.T) {
	t.Parallel()
	pool := village(t)
	const people = 8
	asOf := day(5, 11)
	rng := rand.New(rand.NewPCG(4, 7)) //nolint:gosec // made-up people
	var all []skein.Evidence
	together := map[[2]string]bool{}
	joined := map[int][]string{}
	for n := range people {
		for project := range 3 {
			if rng.IntN(4) > 0 {
				continue
			}
			id := fmt.Sprint("p", n)
			_, err := pool.Exec(context.Background(), `insert into member (project_id, person_id, joined_at) values ($1, $2, '2026-01-01')`,
				fmt.Sprint("j", project), id)
			if err != nil {
				t.Fatal(err)
			}
			for _, other := range joined[project] {
				together[[2]string{id, other}], together[[2]string{other, id}] = true, true
			}
			joined[project] = append(joined[project], id)
		}
	}
	for n := range 160 {
		to, by := rng.IntN(people), rng.IntN(people)
		if to == by {
			continue
		}
		e := skein.Evidence{
			Person: skein.PersonID(fmt.Sprint("p", to)), Skill: skein.SkillID(fmt.Sprint("s", rng.IntN(3))), Kind: skein.Peer,
			Level: 1 + rng.IntN(5), ObservedOn: asOf.AddDate(0, 0, 3-rng.IntN(500)), GivenBy: skein.PersonID(fmt.Sprint("p", by)),
			Source: fmt.Sprint("word ", n),
		}
		all = append(all, e)
		_, err := pool.Exec(context.Background(), `
			insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, source) values ($1, $2, 'peer', $3, $4, $5, $6)`,
			string(e.Person), string(e.Skill), e.Level, e.ObservedOn, string(e.GivenBy), e.Source)
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{Projects: []skein.ProjectID{"j0", "j1", "j2"}, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	seen, own := 0, 0
	for _, f := range got.Facts {
		var about, given []skein.Evidence
		for _, e := range all {
			if e.Person == f.Person && e.ObservedOn.Before(asOf) {
				about = append(about, e)
			}
			if e.GivenBy == f.Person {
				given = append(given, e)
			}
		}
		shares := func(other skein.PersonID) bool {
			a, b := string(f.Person), string(other)
			return (a[1]-b[1])%2 == 0 || together[[2]string{a, b}]
		}
		asSelf := map[string]bool{}
		for _, e := range match.Discount(f.Person, about, given, shares, match.DefaultTrust(), asOf) {
			asSelf[e.Source] = e.Kind == skein.Self
		}
		for _, e := range f.Evidence {
			want, known := asSelf[e.Source]
			if !known || e.AsSelf != want {
				t.Errorf("%s of %s by %s: as one's own %v in the store, %v (%v) in the engine", e.Source, f.Person, e.GivenBy, e.AsSelf, want, known)
			}
			seen++
			if want {
				own++
			}
		}
	}
	if own < 10 || seen-own < 10 {
		t.Errorf("%d words, %d as one's own: too few to tell", seen, own)
	}
}
