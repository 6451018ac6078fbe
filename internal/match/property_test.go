package match_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

func capabilities(q match.Query, c match.Candidate) []float64 {
	var out []float64
	for _, m := range match.Assess(q, c).Met {
		out = append(out, m.Capability)
	}
	return out
}

func rankZone(z match.Zone) int {
	return slices.Index([]match.Zone{match.NotYet, match.Stretch, match.Ready}, z)
}

// with is the person with one more row.
func with(c match.Candidate, e skein.Evidence) match.Candidate {
	e.Person = c.Person
	c.Evidence = append(slices.Clone(c.Evidence), e)
	return c
}

func TestARaisedLevelNeverLowersCapabilityOrZone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, c := match.NewQuery(drawBrief(t), match.DefaultPolicy()), drawCandidate(t, "p")
		if len(c.Evidence) == 0 {
			return
		}
		up := c
		up.Evidence = slices.Clone(c.Evidence)
		i := rapid.IntRange(0, len(c.Evidence)-1).Draw(t, "which")
		up.Evidence[i].Level = rapid.IntRange(c.Evidence[i].Level, 5).Draw(t, "raised to")
		before, after := capabilities(q, c), capabilities(q, up)
		for k := range before {
			if after[k] < before[k]-1e-12 {
				t.Fatalf("capability fell from %v to %v", before, after)
			}
		}
		if a, b := match.Assess(q, c), match.Assess(q, up); rankZone(b.Zone) < rankZone(a.Zone) {
			t.Fatalf("zone fell from %s to %s", a.Zone, b.Zone)
		}
	})
}

// A later word of the same voice replaces the earlier one, so "added" means a voice of its own.
func TestEvidenceAtOrAboveTheLevelNeverLowersCapability(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, c := match.NewQuery(drawBrief(t), match.DefaultPolicy()), drawCandidate(t, "p")
		e := drawEvidence(t)
		e.ExpiresOn, e.GivenBy, e.Source = skein.Date{}, "new voice", "new source"
		if e.Kind == skein.Self {
			return
		}
		before := match.Assess(q, c)
		after := match.Assess(q, with(c, e))
		for k, m := range before.Met {
			if m.Skill == e.Skill && float64(e.Level) < m.LevelShown {
				return
			}
			if after.Met[k].Capability < m.Capability-1e-12 {
				t.Fatalf("%s at %d: capability fell from %v to %v", e.Skill, e.Level, m.Capability, after.Met[k].Capability)
			}
		}
	})
}

func TestAgeingWithoutExpiryNeverRaisesCapability(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, c := drawBrief(t), drawCandidate(t, "p")
		for i := range c.Evidence { // nothing new comes in, nothing runs out
			c.Evidence[i].ExpiresOn = skein.Date{}
			if !c.Evidence[i].ObservedOn.Before(today) {
				c.Evidence[i].ObservedOn = ago(1)
			}
		}
		now := capabilities(match.NewQuery(b, match.DefaultPolicy()), c)
		b.AsOf = today.AddDate(0, 0, rapid.IntRange(1, 2000).Draw(t, "days later"))
		later := capabilities(match.NewQuery(b, match.DefaultPolicy()), c)
		for k := range now {
			if later[k] > now[k]+1e-12 {
				t.Fatalf("capability rose from %v to %v", now, later)
			}
		}
	})
}

func TestCorroborationNeverLowersAZone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, c := match.NewQuery(drawBrief(t), match.DefaultPolicy()), drawCandidate(t, "p")
		r := rapid.SampledFrom(q.Requirements).Draw(t, "confirmed in")
		kind := rapid.SampledFrom([]skein.EvidenceKind{skein.Peer, skein.Outcome, skein.Credential}).Draw(t, "by")
		e := saw(r.Skill, kind, rapid.IntRange(r.Level, 5).Draw(t, "at"), rapid.IntRange(1, 900).Draw(t, "days"), "new voice")
		before, after := match.Assess(q, c), match.Assess(q, with(c, e))
		if rankZone(after.Zone) < rankZone(before.Zone) {
			t.Fatalf("zone fell from %s to %s", before.Zone, after.Zone)
		}
	})
}

func TestSharesAddUpToTheFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := match.Assess(match.NewQuery(drawBrief(t), match.DefaultPolicy()), drawCandidate(t, "p"))
		sum := 0.0
		for _, m := range a.Met {
			sum += m.Share
		}
		if sum != a.Fit || a.Fit < 0 || a.Fit > 1+1e-12 {
			t.Fatalf("shares add up to %v, fit %v", sum, a.Fit)
		}
		for _, of := range []int{100, 1000} {
			fit, shares := a.Parts(of)
			whole := 0
			for _, s := range shares {
				whole += s
			}
			if whole != fit {
				t.Fatalf("as shown %v add up to %d, not to %d of %d", shares, whole, fit, of)
			}
		}
	})
}

func TestFitGrowsWithEachRequirementMet(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 5, 4), needs("maps", 2, 3))
	none := match.Assess(q, person("p"))
	one := match.Assess(q, person("p", saw("leaks", skein.Outcome, 4, 1, "a")))
	both := match.Assess(q, person("p", saw("leaks", skein.Outcome, 4, 1, "a"), saw("maps", skein.Outcome, 5, 1, "a")))
	if none.Fit != 0 || one.Fit <= 0 || both.Fit <= one.Fit || both.Fit > 1 {
		t.Errorf("got %v, %v, %v", none.Fit, one.Fit, both.Fit)
	}
}
