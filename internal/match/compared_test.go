package match_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

// drawClaims is some people of an organisation who claim, alone, with somebody, or in writing.
func drawClaims(t *rapid.T) (match.Query, match.Best, []match.Claimant) {
	q := match.NewQuery(drawBrief(t), match.DefaultPolicy())
	var everybody []match.Candidate
	for i := range rapid.IntRange(1, 9).Draw(t, "people") {
		everybody = append(everybody, drawCandidate(t, skein.PersonID(fmt.Sprint("p", i))))
	}
	var claims []match.Claimant
	for i, c := range everybody {
		if rapid.IntRange(0, 4).Draw(t, "claims") == 0 {
			continue
		}
		claim := match.Claimant{Candidate: c, Coached: rapid.Bool().Draw(t, "coached")}
		switch rapid.IntRange(0, 5).Draw(t, "how") {
		case 0:
			with := everybody[(i+1)%len(everybody)]
			claim.With = &with
		case 1:
			claim.Equal = &match.Stand{
				Zone: rapid.SampledFrom([]match.Zone{match.Ready, match.Stretch}).Draw(t, "zone"),
				Band: rapid.IntRange(0, 3).Draw(t, "band"),
			}
		}
		claims = append(claims, claim)
	}
	return q, match.BestOf(q, everybody), claims
}

func without(claims []match.Claimant, who skein.PersonID) []match.Claimant {
	return slices.DeleteFunc(slices.Clone(claims), func(c match.Claimant) bool { return c.Person == who })
}

// The order depends on nobody else's claim: whoever is taken away, the others stand as they stood.
// So a losing claim never changes the winner, and declining passes down the same order.
func TestAClaimTakenAwayChangesTheOrderOfNoOthers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, best, claims := drawClaims(t)
		whole := match.PickFrom(q, best, claims)
		for _, away := range claims {
			left := slices.DeleteFunc(people(whole), func(p skein.PersonID) bool { return p == away.Person })
			part := match.PickFrom(q, best, without(claims, away.Person))
			if got := people(part); !slices.Equal(got, left) {
				t.Fatalf("without %s: %v, want %v", away.Person, got, left)
			}
			for _, turn := range part.Order {
				i := slices.IndexFunc(whole.Order, func(x match.Turn) bool { return x.Person == turn.Person })
				bits(t, "what is compared", whole.Order[i].Compared, turn.Compared)
			}
		}
		var asked []skein.PersonID
		for _, turn := range whole.Order {
			if next, ok := whole.After(asked); !ok || next.Person != turn.Person {
				t.Fatalf("after %v declined: %s, want %s", asked, next.Person, turn.Person)
			}
			asked = append(asked, turn.Person)
		}
	})
}

// Whoever beats two people separately beats them together, and the rule that is named is the first
// key in which the two differ.
func TestTheOrderIsStrictAndTransitive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, best, claims := drawClaims(t)
		p := match.PickFrom(q, best, claims)
		if len(p.Order)+len(p.Barred) != len(claims) {
			t.Fatalf("%d claims became %d places and %d barred", len(claims), len(p.Order), len(p.Barred))
		}
		byPerson := map[skein.PersonID]match.Claimant{}
		for _, c := range claims {
			byPerson[c.Person] = c
		}
		for i, one := range p.Order {
			if one.Place != i+1 || one.Sentence == "" {
				t.Fatalf("turn %d has place %d and says %q", i, one.Place, one.Sentence)
			}
			for k, other := range p.Order {
				rule, c := match.Decides(one.Compared, other.Compared)
				if i != k && (c < 0) != (i < k) {
					t.Fatalf("%s and %s: %s says %d", one.Person, other.Person, rule, c)
				}
				if k == i+1 && rule != one.Rule {
					t.Fatalf("%s before %s by %s, said %s", one.Person, other.Person, rule, one.Rule)
				}
				if k <= i {
					continue
				}
				two, _ := match.PickFrom(q, best, []match.Claimant{byPerson[other.Person], byPerson[one.Person]}).Chosen()
				if two.Person != one.Person {
					t.Fatalf("%s comes before %s among all, and after them alone", one.Person, other.Person)
				}
			}
		}
		if n := len(p.Order); n > 0 && p.Order[n-1].Rule != match.RuleOnly {
			t.Fatalf("the last is there by %s", p.Order[n-1].Rule)
		}
	})
}

// What is kept of each claim is enough to put them in their order again.
func TestTheOrderCanBeRebuiltFromWhatIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, best, claims := drawClaims(t)
		p := match.PickFrom(q, best, claims)
		var kept []match.Compared
		for _, turn := range p.Order {
			kept = append(kept, turn.Compared)
		}
		text, err := json.Marshal(shuffled(t, kept))
		if err != nil {
			t.Fatal(err)
		}
		var read []match.Compared
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		bits(t, "order", kept, match.Sorted(read))
		for _, x := range read {
			if x.Equal == nil && x.Band != match.BandOf(best.Order, x.Order, match.Millionths(q.Setting.Band)) {
				t.Fatalf("%+v is in another band", x)
			}
		}
	})
}

// Within a band nobody's fit decides, however much better it is, and rounding moves an order by a
// millionth at most.
func TestWithinABandNoFitDecides(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, best, claims := drawClaims(t)
		for _, turn := range match.PickFrom(q, best, claims).Order {
			other := turn.Compared
			other.Person, other.Ticket = "z", rapid.Uint64().Draw(t, "ticket")
			other.Order = rapid.Int64Range(-2_000_000, 2_000_000).Draw(t, "order")
			rule, c := match.Decides(turn.Compared, other)
			if first := turn.Compared.Ticket < other.Ticket || turn.Compared.Ticket == other.Ticket; rule != match.RuleLottery || (c < 0) != first {
				t.Fatalf("%+v and %+v: %s says %d", turn.Compared, other, rule, c)
			}
		}
		moved := best
		moved.Fit *= 1 + rapid.Float64Range(-1e-12, 1e-12).Draw(t, "rounding")
		was := map[skein.PersonID]int64{}
		for _, turn := range match.PickFrom(q, best, claims).Order {
			was[turn.Person] = turn.Compared.Order
		}
		for _, turn := range match.PickFrom(q, moved, claims).Order {
			if d := turn.Compared.Order - was[turn.Person]; d < -1 || d > 1 {
				t.Fatalf("an order of %d moved by %d", turn.Compared.Order, d)
			}
		}
	})
}

// The best counts whoever may lead, whether they claim or not, and nobody else.
func TestTheBestIsOfAllWhoMayLead(t *testing.T) {
	t.Parallel()
	b := brief(skein.Weighed, needs("leaks", 3, 4))
	b.Rotation = .6
	q := match.NewQuery(b, match.DefaultPolicy())
	off := able("off", 20).Candidate
	off.Active = false
	led := able("led", 9).Candidate
	led.AreaLeads = []skein.Date{ago(365)}
	alone := stretching("alone").Candidate // no coach has said yes: that does not matter here
	got := match.BestOf(q, []match.Candidate{off, led, able("fresh", 6).Candidate, able("not yet", 0).Candidate, alone})
	if want := match.Compare(q, led).Fit; got.Fit != want || got.Order != match.Millionths(match.Compare(q, able("fresh", 6).Candidate).Fit/want) {
		t.Errorf("got %+v", got)
	}
	if got := match.BestOf(q, []match.Candidate{alone}); got.Order != 1_000_000 || got.Fit == 0 {
		t.Errorf("a stretch alone: %+v", got)
	}
	if got := match.BestOf(q, []match.Candidate{off}); got != (match.Best{}) {
		t.Errorf("nobody may: %+v", got)
	}
}

// Whoever is better than the best that was recorded stands in the first band, as whoever is the best.
func TestBetterThanTheRecordedBestIsTheFirstBand(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	best := match.BestOf(q, []match.Candidate{able("z", 3).Candidate})
	p := match.PickFrom(q, best, []match.Claimant{leading(able("a", 30), 1, ago(1)), able("b", 3)})
	if got, _ := p.Chosen(); got.Person != "b" || got.Rule != match.RuleFewest || got.Compared.Band != 0 || p.Order[1].Compared.Order <= best.Order {
		t.Errorf("%s by %s, %+v", got.Person, got.Rule, p.Order[1].Compared)
	}
}

func TestAPlaceAsCoLeadCountsHalfALead(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	co := func(id skein.PersonID, leads, places int) match.Claimant {
		c := leading(able(id, 4), leads, ago(10))
		c.CoLeads = places
		return c
	}
	p := pickFrom(q, []match.Claimant{co("three places", 0, 3), co("a lead", 1, 0), co("a place", 0, 1), co("none", 0, 0)})
	if got := people(p); !slices.Equal(got, []skein.PersonID{"none", "a place", "a lead", "three places"}) || p.Order[1].Rule != match.RuleFewest {
		t.Errorf("in the order %v", got)
	}
}

// A steward calls what somebody wrote equal: it stands where the best placed claim stood then, and
// stays there whatever becomes of that claim.
func TestWhatAStewardCallsEqualStandsWhereTheBestClaimStood(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4), must("maps", 1, 3))
	best := match.BestOf(q, []match.Candidate{person("z", saw("leaks", skein.Outcome, 4, 1, "a"), saw("maps", skein.Outcome, 4, 1, "a"))})
	placed := match.Claimant{Candidate: leading(match.Claimant{Candidate: person("placed", saw("leaks", skein.Outcome, 4, 300, "a"), saw("maps", skein.Outcome, 4, 300, "a"))}, 1, ago(1)).Candidate}
	stand := match.PickFrom(q, best, []match.Claimant{placed}).Best()
	if stand.Zone != match.Ready || stand.Band == 0 {
		t.Fatalf("placed at %+v", stand)
	}
	wrote := match.Claimant{Candidate: person("wrote"), Equal: &stand}
	p := match.PickFrom(q, best, []match.Claimant{placed, wrote})
	if got, _ := p.Chosen(); got.Person != "wrote" || got.Rule != match.RuleFewest || got.BandSize != 2 || *got.Compared.Equal != stand {
		t.Errorf("%s by %s, %+v", got.Person, got.Rule, got.Compared)
	}
	alone, _ := match.PickFrom(q, best, []match.Claimant{wrote}).Chosen()
	if alone.Compared.Band != stand.Band {
		t.Errorf("moved to band %d", alone.Compared.Band)
	}
	gone := wrote
	gone.Active = false
	if _, ok := match.PickFrom(q, best, []match.Claimant{gone}).Chosen(); ok {
		t.Error("whoever is not active was chosen because a steward called it equal")
	}
	if none := match.PickFrom(q, best, nil).Best(); none != (match.Stand{Zone: match.Ready}) {
		t.Errorf("with nobody placed: %+v", none)
	}
}
