package index_test

import (
	"fmt"
	"testing"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

func saw(skill skein.SkillID, kind skein.EvidenceKind, level, daysAgo int, by skein.PersonID) comparison.Seen {
	return comparison.Seen{Evidence: skein.Evidence{Skill: skill, Kind: kind, Level: level, ObservedOn: ago(daysAgo), GivenBy: by}}
}

// TestManyWhoLookBetterThanTheyAreHideNobody: the best person is one whose bound is lower than what
// a hundred others would come to, if what does not count of theirs counted.
func TestManyWhoLookBetterThanTheyAreHideNobody(t *testing.T) {
	t.Parallel()
	asSelf := func(e comparison.Seen) comparison.Seen { e.AsSelf = true; return e }
	needs := func(importance int, skill skein.SkillID) skein.Requirement {
		return skein.Requirement{Skill: skill, Importance: importance, Level: 4}
	}
	for name, c := range map[string]struct {
		many         int // others; 0: a hundred
		crowd        int // who know nothing but maps
		others, best []comparison.Seen
		asks         []skein.Requirement
		halfLife     map[skein.SkillID]int
	}{
		"of one giver only the latest counts": {
			others: []comparison.Seen{saw("leaks", skein.Peer, 5, 90, "g"), saw("leaks", skein.Peer, 1, 1, "g")},
			best:   []comparison.Seen{saw("leaks", skein.Peer, 3, 1, "g")},
			asks:   []skein.Requirement{needs(5, "leaks")},
		},
		"praise returned counts as one's own word, of which only the latest counts": {
			others: []comparison.Seen{asSelf(saw("leaks", skein.Peer, 5, 90, "g")), asSelf(saw("leaks", skein.Peer, 5, 1, "h"))},
			best:   []comparison.Seen{saw("leaks", skein.Peer, 4, 100, "g")},
			asks:   []skein.Requirement{needs(5, "leaks")},
		},
		"a common skill that is not read may decide": {
			many: 5000, crowd: 20000,
			others: []comparison.Seen{saw("leaks", skein.Outcome, 4, 1, ""), saw("leaks", skein.Outcome, 4, 2, "")},
			best: []comparison.Seen{
				saw("leaks", skein.Outcome, 4, 60, ""), saw("leaks", skein.Outcome, 4, 61, ""), saw("maps", skein.Outcome, 4, 1, ""),
			},
			asks: []skein.Requirement{needs(5, "leaks"), needs(1, "maps")},
		},
		"a half-life that the lists were not made with": {
			others:   []comparison.Seen{saw("leaks", skein.Outcome, 3, 1, "")},
			best:     []comparison.Seen{saw("leaks", skein.Outcome, 5, 900, ""), saw("leaks", skein.Outcome, 5, 901, "")},
			asks:     []skein.Requirement{needs(5, "leaks")},
			halfLife: map[skein.SkillID]int{"leaks": 5000},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			people := map[skein.PersonID]comparison.Facts{}
			add := func(id skein.PersonID, evidence []comparison.Seen) {
				f := comparison.Facts{Person: id, Active: true}
				for _, e := range evidence {
					e.Person = id
					f.Evidence = append(f.Evidence, e)
				}
				people[id] = f
			}
			for i := range max(100, c.many) {
				add(skein.PersonID(fmt.Sprintf("p%04d", i)), c.others)
			}
			for i := range c.crowd {
				add(skein.PersonID(fmt.Sprintf("q%05d", i)), []comparison.Seen{saw("maps", skein.Outcome, 4, 1, "")})
			}
			add("best", c.best)
			x := index.New(180)
			if err := x.Load(today, inOrder(people)); err != nil {
				t.Fatal(err)
			}
			q := match.NewQuery(match.Brief{
				Own: c.asks, AsOf: today, Seed: "seed", People: 101, Holders: map[skein.SkillID]int{"leaks": 101, "maps": 101},
				HalfLifeDays: c.halfLife,
			}, match.DefaultPolicy())
			if plainly(q, people)[0].Person != "best" {
				t.Fatal("the engine itself names somebody else")
			}
			found, ok := x.Top(q, 1, candidate(q))
			if !ok || found.Ranked[0].Person != "best" {
				t.Errorf("%+v", found.Ranked)
			}
		})
	}
}
