package match_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

func TestTheNearestChange(t *testing.T) {
	t.Parallel()
	self := func(s skein.SkillID, level int) skein.Evidence { return saw(s, skein.Self, level, 9, "") }
	for name, c := range map[string]struct {
		trust skein.Trust
		asks  []skein.Requirement
		rows  []skein.Evidence
		want  []match.StepKind
		to    match.Zone
	}{
		"a word too few":            {skein.Weighed, []skein.Requirement{needs("leaks", 3, 4)}, []skein.Evidence{self("leaks", 4)}, []match.StepKind{match.StepWord}, match.Ready},
		"a must needs two words":    {skein.Weighed, []skein.Requirement{must("leaks", 3, 4)}, []skein.Evidence{self("leaks", 4)}, []match.StepKind{match.StepShadow}, match.Ready},
		"a must with one word":      {skein.Weighed, []skein.Requirement{must("leaks", 3, 4)}, []skein.Evidence{saw("leaks", skein.Peer, 4, 9, "g")}, []match.StepKind{match.StepWord}, match.Ready},
		"a level too low":           {skein.Weighed, []skein.Requirement{needs("leaks", 3, 4)}, []skein.Evidence{saw("leaks", skein.Outcome, 3, 9, "a")}, []match.StepKind{match.StepLevel}, match.Ready},
		"nothing at all, low bar":   {skein.Weighed, []skein.Requirement{needs("leaks", 3, 2)}, nil, []match.StepKind{match.StepShadow}, match.Stretch},
		"two skills, both lacking":  {skein.Verified, []skein.Requirement{needs("leaks", 3, 1), needs("maps", 3, 1)}, nil, []match.StepKind{match.StepShadow}, match.Stretch},
		"two outcomes are asked":    {skein.Zero, []skein.Requirement{must("leaks", 3, 1)}, []skein.Evidence{self("leaks", 4)}, []match.StepKind{match.StepWord}, match.Ready},
		"two outcomes of one skill": {skein.Zero, []skein.Requirement{must("leaks", 3, 1)}, nil, []match.StepKind{match.StepShadow, match.StepShadow}, match.Ready},
		"two steps":                 {skein.Weighed, []skein.Requirement{must("leaks", 3, 1), must("maps", 3, 1)}, nil, []match.StepKind{match.StepShadow, match.StepShadow}, match.Ready},
	} {
		a := match.Assess(asking(c.trust, c.asks...), person("p", c.rows...))
		if a.Nearest == nil {
			t.Errorf("%s: nothing found from %s", name, a.Zone)
			continue
		}
		var got []match.StepKind
		for _, s := range a.Nearest.Steps {
			got = append(got, s.Kind)
		}
		if !slices.Equal(got, c.want) || a.Nearest.To != c.to {
			t.Errorf("%s: from %s %v to %s, want %v to %s", name, a.Zone, got, a.Nearest.To, c.want, c.to)
		}
	}
}

func TestAmongEqualStepsTheMostUsefulIsSaid(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4), needs("maps", 4, 4), needs("valves", 3, 4))
	a := match.Assess(q, person("p", saw("valves", skein.Outcome, 4, 9, "a"),
		saw("leaks", skein.Self, 4, 9, ""), saw("maps", skein.Self, 4, 9, "")))
	if a.Nearest == nil || a.Nearest.Steps[0].Skill != "maps" {
		t.Errorf("got %+v, want a word about maps, which counts for more", a.Nearest)
	}
}

func TestNoChangeIsSaidWhereNoneIsNeededOrNearEnough(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, must("leaks", 3, 5), must("maps", 3, 5), must("valves", 3, 5))
	if a := match.Assess(q, person("p")); a.Nearest != nil {
		t.Errorf("somebody who has nothing of three musts is told %v", a.Nearest)
	}
	if a := match.Assess(asking(skein.Weighed, needs("leaks", 3, 3)), able("p", 1).Candidate); a.Nearest != nil {
		t.Errorf("somebody ready is told %v", a.Nearest)
	}
}

// tried is the candidate after a step, made here anew and not by the engine.
func tried(c match.Candidate, kind match.StepKind, r skein.SkillID, level int, trust skein.Trust, n int) match.Candidate {
	c.Evidence = slices.Clone(c.Evidence)
	switch kind {
	case match.StepLevel:
		for i := range c.Evidence {
			if c.Evidence[i].Skill == r {
				c.Evidence[i].Level = min(5, c.Evidence[i].Level+1)
			}
		}
	case match.StepShadow:
		c.Evidence = append(c.Evidence, saw(r, skein.Outcome, level, 1, fmt.Sprint("tried ", n)))
	default:
		e := saw(r, skein.Peer, level, 1, fmt.Sprint("tried ", n))
		if trust == skein.Zero {
			e.Kind, e.Source = skein.Credential, "tried"
		}
		c.Evidence = append(c.Evidence, e)
	}
	return c
}

func TestTheNearestChangeIsTheSmallestByBruteForce(t *testing.T) {
	t.Parallel()
	kinds := []match.StepKind{match.StepWord, match.StepLevel, match.StepShadow}
	rapid.Check(t, func(t *rapid.T) {
		q, c := match.NewQuery(drawBrief(t), match.DefaultPolicy()), drawCandidate(t, "p")
		a := match.Assess(q, c)
		if a.Zone == match.Ready {
			return
		}
		if a.Nearest == nil {
			for _, r := range q.Requirements { // then no step helps, at any level that may be said
				once := tried(c, match.StepShadow, r.Skill, 1, q.Trust, 1)
				if z := match.Assess(q, once).Zone; rankZone(z) > rankZone(a.Zone) {
					t.Fatalf("a first outcome in %s leads to %s, and nothing was found", r.Skill, z)
				}
			}
			return
		}
		first := a.Nearest.Steps[0]
		after := c
		for i, s := range a.Nearest.Steps {
			after = tried(after, s.Kind, s.Skill, s.Level, q.Trust, i)
		}
		if z := match.Assess(q, after).Zone; z != a.Nearest.To || rankZone(z) <= rankZone(a.Zone) {
			t.Fatalf("%v leads from %s to %s, not to %s", a.Nearest.Steps, a.Zone, z, a.Nearest.To)
		}
		smaller := kinds[:slices.Index(kinds, first.Kind)]
		if len(a.Nearest.Steps) > 1 {
			smaller = kinds
		}
		for _, kind := range smaller {
			for _, s := range match.PossibleSteps(q, match.Claimant{Candidate: c}) {
				if s.Level < 1 || s.Level > 5 {
					t.Fatalf("%v speaks of a level that there is not", s)
				}
				if i := slices.IndexFunc(q.Requirements, func(r match.Requirement) bool { return r.Skill == s.Skill }); s.Kind == match.StepShadow && s.Level > q.Requirements[i].Level {
					t.Fatalf("%v shows more than is asked for", s)
				}
				if s.Kind != kind {
					continue
				}
				if z := match.Assess(q, tried(c, kind, s.Skill, s.Level, q.Trust, 9)).Zone; rankZone(z) > rankZone(a.Zone) {
					t.Fatalf("%v was found, and the smaller %v leads to %s", a.Nearest.Steps, s, z)
				}
			}
		}
	})
}
