package match_test

import (
	"strings"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

func gateOf(a match.Assessment, name string) match.Gate {
	for _, g := range a.Gates {
		if g.Name == name {
			return g
		}
	}
	return match.Gate{}
}

func hours(n float64) *float64 { return &n }

func TestGates(t *testing.T) {
	t.Parallel()
	plain := func(*match.Brief, *match.Candidate) {}
	for name, c := range map[string]struct {
		change func(*match.Brief, *match.Candidate)
		gate   string
		pass   bool
		why    string
	}{
		"active":              {plain, match.GateActive, true, "active"},
		"deactivated":         {func(_ *match.Brief, c *match.Candidate) { c.Active = false }, match.GateActive, false, "administrator"},
		"hours not asked":     {plain, match.GateHours, true, "not stated"},
		"hours not stated":    {func(b *match.Brief, _ *match.Candidate) { b.HoursNeeded = hours(4) }, match.GateHours, true, "not stated. It takes 4 hours"},
		"hours enough":        {func(b *match.Brief, c *match.Candidate) { b.HoursNeeded, c.FreeHours = hours(4), hours(4) }, match.GateHours, true, "4 are free"},
		"hours short":         {func(b *match.Brief, c *match.Candidate) { b.HoursNeeded, c.FreeHours = hours(4), hours(3.5) }, match.GateHours, false, "3.5 are free"},
		"hours overdrawn":     {func(b *match.Brief, c *match.Candidate) { b.HoursNeeded, c.FreeHours = hours(1), hours(-2) }, match.GateHours, false, "1 hour a week and 0 are free"},
		"no lead held":        {plain, match.GateLeads, true, "no lead"},
		"no guardrail":        {func(_ *match.Brief, c *match.Candidate) { c.Leads = 9 }, match.GateLeads, true, "nine leads"},
		"below the guardrail": {func(b *match.Brief, c *match.Candidate) { b.LeadsAtOnce, c.Leads = 2, 1 }, match.GateLeads, true, "one lead now"},
		"at the guardrail":    {func(b *match.Brief, c *match.Candidate) { b.LeadsAtOnce, c.Leads = 2, 2 }, match.GateLeads, false, "allows two leads at once"},
		"guardrails pass":     {plain, match.GateGuardrails, true, "No guardrail"},
		"a guardrail fails": {func(b *match.Brief, _ *match.Candidate) {
			b.Guardrails = []skein.GuardrailResult{{Pass: true}, {Why: "The term is too long.", Who: "Judith can change that."}}
		}, match.GateGuardrails, false, "too long. Judith"},
		"a conflict":     {func(_ *match.Brief, c *match.Candidate) { c.Conflict = "Runs the supplier." }, match.GateConflict, false, "Runs the supplier."},
		"turns unasked":  {func(_ *match.Brief, c *match.Candidate) { c.TermsRunning = 9 }, match.GateTurns, false, ""},
		"a second term":  {func(b *match.Brief, c *match.Candidate) { b.Rotation, c.TermsRunning = -.4, 1 }, match.GateTurns, true, "two terms running"},
		"a third term":   {func(b *match.Brief, c *match.Candidate) { b.Rotation, c.TermsRunning = -.4, 2 }, match.GateTurns, false, "somebody else's turn"},
		"nothing a must": {plain, match.GateMust, true, "Nothing is a must"},
		"a must shown":   {func(b *match.Brief, _ *match.Candidate) { b.Own[0].Must = true }, match.GateMust, true, "Nothing that the lead must bring is missing"},
		"a must missing": {func(b *match.Brief, _ *match.Candidate) { b.Own = append(b.Own, must("maps", 1, 3)) }, match.GateMust, false, "nobody says so"},
		"a must on one's word": {func(b *match.Brief, c *match.Candidate) {
			b.Own, c.Evidence = append(b.Own, must("maps", 1, 3)), append(c.Evidence, saw("maps", skein.Self, 4, 3, ""))
		}, match.GateMust, true, "missing"},
		"a must on one word, checked": {func(b *match.Brief, c *match.Candidate) {
			b.Trust = skein.Verified
			b.Own, c.Evidence = append(b.Own, must("maps", 1, 3)), append(c.Evidence, saw("maps", skein.Peer, 4, 3, "g"))
		}, match.GateMust, false, "too few others"},
	} {
		b, p := brief(skein.Weighed, needs("leaks", 3, 3)), person("p", saw("leaks", skein.Outcome, 4, 3, "a"))
		c.change(&b, &p)
		a := match.Assess(match.NewQuery(b, match.DefaultPolicy()), p)
		g := gateOf(a, c.gate)
		if g.Pass != c.pass || !strings.Contains(g.Why, c.why) {
			t.Errorf("%s: got %+v, want pass %v with %q", name, g, c.pass, c.why)
		}
		if g.Name != "" && !g.Pass && a.May() {
			t.Errorf("%s: a gate does not pass and the person may claim", name)
		}
	}
}

// TestWhereLeadsNeitherTurnNorStayNobodyHasHadTheirTurn: terms running count where leads stay alone.
func TestWhereLeadsNeitherTurnNorStayNobodyHasHadTheirTurn(t *testing.T) {
	t.Parallel()
	q, p := asking(skein.Weighed, needs("leaks", 3, 3)), person("p", saw("leaks", skein.Outcome, 4, 3, "a"))
	p.TermsRunning = 9
	for rotation, passes := range map[float64]bool{-.4: false, 0: true, .4: true} {
		if q.Rotation = rotation; match.Passes(&q, p) != passes {
			t.Errorf("at a rotation of %v passes: %v", rotation, !passes)
		}
	}
}

func TestGatesNeverReorderARanking(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	best := person("best", saw("leaks", skein.Outcome, 5, 3, "a"))
	best.Active = false
	ranked := match.Rank(q, []match.Candidate{person("next", saw("leaks", skein.Outcome, 3, 3, "a")), best})
	if ranked[0].Person != "best" || ranked[0].May() {
		t.Errorf("got %s first, may claim %v", ranked[0].Person, ranked[0].May())
	}
}

func TestZones(t *testing.T) {
	t.Parallel()
	shown := func(s skein.SkillID) skein.Evidence { return saw(s, skein.Outcome, 4, 9, "a") }
	nearly := func(s skein.SkillID) skein.Evidence { return saw(s, skein.Outcome, 2, 9, "a") }
	said := func(s skein.SkillID) skein.Evidence { return saw(s, skein.Self, 4, 9, "") }
	all := []skein.Requirement{must("leaks", 1, 3), needs("maps", 5, 3), needs("valves", 4, 3)}
	type rows = []skein.Evidence
	for name, c := range map[string]struct {
		rows   rows
		stakes int
		want   match.Zone
	}{
		"everything shown":                      {rows{shown("leaks"), shown("maps"), shown("valves")}, 0, match.Ready},
		"60 % shown, the must among it":         {rows{shown("leaks"), shown("maps")}, 0, match.Ready},
		"50 % shown, the must among it":         {rows{shown("leaks"), shown("valves")}, 0, match.Stretch},
		"all but the must":                      {rows{shown("maps"), shown("valves")}, 0, match.NotYet},
		"the must is near":                      {rows{nearly("leaks"), shown("maps"), shown("valves")}, 0, match.Stretch},
		"the must is only one's word":           {rows{said("leaks"), shown("maps"), shown("valves")}, 0, match.Stretch},
		"the must and little else":              {rows{shown("leaks")}, 0, match.NotYet},
		"only claimed":                          {rows{said("leaks"), said("maps"), said("valves")}, 0, match.Stretch},
		"50 % claimed at high stakes":           {rows{shown("leaks"), said("valves")}, 5, match.NotYet},
		"60 % near at high stakes is a stretch": {rows{shown("leaks"), nearly("maps")}, 5, match.Stretch},
		"two vouch for a new colleague": {rows{
			saw("leaks", skein.Peer, 3, 1, "g"), saw("leaks", skein.Peer, 3, 1, "h"),
			saw("maps", skein.Peer, 3, 1, "g"),
		}, 0, match.Ready},
	} {
		b := brief(skein.Weighed, all...)
		b.Situation.Stakes = c.stakes
		b.Struck = []skein.SkillID{match.NoWayBack}
		if got := match.Assess(match.NewQuery(b, match.DefaultPolicy()), person("p", c.rows...)).Zone; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestMoreEvidenceOfTheSameMovesNoZone(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	for _, age := range []int{1, 400, 4000} {
		if z := match.Assess(q, person("p", saw("leaks", skein.Peer, 4, age, "g"))).Zone; z != match.Ready {
			t.Errorf("one colleague, %d days ago: %s, want ready", age, z)
		}
	}
}

// Where no conflict of interest is known nothing is said of one: nobody has looked. With somebody, the
// one of the two who has one stops it.
func TestNothingIsSaidOfAConflictThatNobodyKnowsOf(t *testing.T) {
	t.Parallel()
	conflict := func(own, with string) (found []match.Gate) {
		p, q := person("p"), person("q")
		p.Conflict, q.Conflict = own, with
		claim := match.Claimant{Candidate: p, With: &q}
		for _, g := range match.AssessClaim(match.NewQuery(brief(skein.Weighed), match.DefaultPolicy()), claim).Gates {
			if g.Name == match.GateConflict {
				found = append(found, g)
			}
		}
		return found
	}
	if found := conflict("", ""); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	for _, found := range [][]match.Gate{conflict("Runs the supplier.", ""), conflict("", "Runs the supplier.")} {
		if len(found) != 1 || found[0].Pass || found[0].Why != "Runs the supplier." {
			t.Errorf("%+v", found)
		}
	}
}
