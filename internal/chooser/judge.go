package chooser

import (
	"encoding/json"
	"fmt"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// Judge is the matching as a transaction of the store uses it. Everything it decides from was read
// in that transaction.
func (c *Chooser) Judge() leaddb.Judge {
	policy := c.policy.Load().policy
	judge := leaddb.Judge{Practices: Practices(policy), Claims: c.judgeClaims, Again: judgeAgain, Best: c.best, Invite: invite}
	judge.Stops = stops
	judge.CheckIn = func(s skein.Situation) int { return policy.Lens.Settle(s).CheckInDays }
	judge.Trust = policy.Holds
	judge.Remit = func(s skein.Situation) []skein.Remit { return policy.Lens.Settle(s).Remit }
	judge.Asks = func(p skein.Phase) []skein.Requirement {
		var all []skein.Requirement
		for _, r := range match.NewQuery(match.Brief{Own: p.Requirements, Struck: p.Struck, Situation: p.Situation}, policy).Requirements {
			all = append(all, r.Requirement)
		}
		return all
	}
	if c.index != nil {
		judge.Shortlist = c.shortlist
	}
	return judge
}

// Detail is what is kept with a claim of what it was decided on: enough to say it all again.
type Detail struct {
	Assessment  match.Assessment  `json:"assessment"`
	Explanation match.Explanation `json:"explanation"` // spoken to the claimant
	Theirs      match.Explanation `json:"theirs"`      // said of the claimant, to whoever checks
	Policy      int               `json:"policy"`
	Seed        string            `json:"seed"`
	Equal       bool              `json:"equal,omitempty"`    // a steward found what they wrote equally placed
	Best        match.Best        `json:"best"`               // what all claims were measured by
	Compared    *match.Compared   `json:"compared,omitempty"` // all that decided; nil: not in the order
	Written     *match.Compared   `json:"written,omitempty"`  // of a claim without a score: what decides between it and its equals
}

// closing is a closing on its way through the engine.
type closing struct {
	leaddb.Closing
	question comparison.Question
	query    match.Query
	policy   match.Policy
	facts    map[skein.PersonID]comparison.Facts
	names    match.Names
}

func newClosing(c leaddb.Closing) (closing, error) {
	x := closing{Closing: c, facts: map[skein.PersonID]comparison.Facts{}, names: NamesOf(c.Comparison, true)}
	if len(c.Comparison.Questions) == 0 {
		return x, skein.ErrNotFound
	}
	var err error
	if x.policy, err = PolicyOf(c.Comparison.Policy); err != nil {
		return x, err
	}
	x.question = c.Comparison.Questions[0]
	if c.Window.Trust != "" { // decided by what held when it began
		x.question.Trust, x.question.Rotation = c.Window.Trust, c.Window.Rotation
	}
	x.query = QueryOf(x.question, x.policy, c.Window.Seed)
	for _, f := range c.Comparison.Facts {
		x.facts[f.Person] = f
	}
	return x, nil
}

// judgeClaims judges every claim: what stops it, how it fits, and the order in which the lead is
// offered. A claim without a score has no turn, unless a steward found it equally placed.
func (c *Chooser) judgeClaims(w leaddb.Closing) ([]skein.Judged, error) {
	x, err := newClosing(w)
	if err != nil {
		return nil, err
	}
	judged, details := make([]skein.Judged, len(w.Claims)), make([]Detail, len(w.Claims))
	var compared []match.Claimant
	for i, claim := range w.Claims {
		claimant, err := x.claimant(claim)
		if err != nil {
			return nil, err
		}
		judged[i], details[i] = x.judge(claim, claimant)
		if x.written(claim) {
			own := match.FactsOf(x.query, match.Best{Fit: x.Window.BestFit, Order: x.Window.BestOrder}, match.Claimant{Candidate: claimant.Candidate})
			details[i].Written = &own
		}
		if judged[i].Stops == "" && !x.written(claim) {
			compared = append(compared, claimant)
		}
	}
	best := match.Best{Fit: x.Window.BestFit, Order: x.Window.BestOrder}
	pick := match.PickFrom(x.query, best, compared)
	if equal := x.equals(pick, judged); len(equal) > 0 {
		pick = match.PickFrom(x.query, best, append(compared, equal...))
	}
	for i, claim := range w.Claims {
		details[i].Best = best
		place(&judged[i], &details[i], claim.Person, pick)
		if judged[i].Detail, err = json.Marshal(details[i]); err != nil {
			return nil, err
		}
	}
	return judged, nil
}

// best notes in a window what its claims are measured by: the best of the whole organisation, from
// memory or, where whole says so, of everybody whose facts were read.
func (c *Chooser) best(sides comparison.Sides, w *skein.Window, whole bool) bool {
	x, err := newClosing(leaddb.Closing{Window: *w, Comparison: sides})
	if err != nil {
		return false
	}
	var best match.Best
	var mark int
	switch {
	case whole:
		best = match.BestOf(x.query, CandidatesOf(sides.Facts, x.question))
	case c.index == nil:
		return false
	default:
		var ok bool
		as := func(f comparison.Facts) match.Candidate { return CandidateOf(f, x.question) }
		if best, mark, ok = c.index.Best(x.query, as); !ok {
			return false
		}
	}
	w.BestFit, w.BestOrder, w.BestMark = best.Fit, best.Order, int64(mark)
	return true
}

// written tells whether a claim can only be decided by reading it.
func (x closing) written(claim skein.Claim) bool { return claim.Unscored || !x.question.Matching }

func (x closing) claimant(claim skein.Claim) (match.Claimant, error) {
	facts, ok := x.facts[claim.Person]
	if !ok {
		return match.Claimant{}, fmt.Errorf("claim %s: %w", claim.ID, skein.ErrNotFound)
	}
	claimant := match.Claimant{Candidate: CandidateOf(facts, x.question), Coached: claim.Coach != ""}
	if with, ok := x.facts[claim.With]; ok {
		candidate := CandidateOf(with, x.question)
		claimant.With = &candidate
	}
	return claimant, nil
}

// judge assesses one claim by itself.
func (x closing) judge(claim skein.Claim, claimant match.Claimant) (skein.Judged, Detail) {
	a := match.AssessClaim(x.query, claimant)
	d := Detail{
		Assessment: a, Explanation: match.Explain(a, x.names), Theirs: match.Explain(a, NamesOf(x.Comparison, false)),
		Policy: x.policy.Version, Seed: x.query.Seed,
		Equal: slices.Contains(x.Equal, claim.ID),
	}
	return skein.Judged{
		Claim: claim.ID, Stops: x.stops(claim, d), Zone: skein.Zone(a.Zone), Fit: a.Fit, Written: x.written(claim),
	}, d
}

// stops is the sentence of the first gate that stops a claim. Whoever claims without a score is
// not stopped by what nobody may compare: a steward reads whether they may.
func (x closing) stops(claim skein.Claim, d Detail) string {
	for _, g := range d.Assessment.Gates {
		if !g.Pass && (g.Name != match.GateMust || !x.written(claim)) {
			return match.GateWords(g, x.names)
		}
	}
	return ""
}

// place notes a claim's place and turn, and what decided.
func place(j *skein.Judged, d *Detail, person skein.PersonID, pick match.Pick) {
	for _, t := range pick.Order {
		if t.Person == person {
			j.Order, j.Place, j.Band, j.Turn = t.Order, t.Place, t.Band, t.Place
			j.Rule, j.Sentence, j.BandSize = string(t.Rule), t.Sentence, t.BandSize
			d.Compared = &t.Compared
		}
	}
}

// equals makes claimants of the written claims that a steward found equally placed: they stand in the
// zone and band of the best placed claim; the rules between equals go by their own facts.
func (x closing) equals(pick match.Pick, judged []skein.Judged) []match.Claimant {
	var equal []match.Claimant
	stand := pick.Best()
	for i, claim := range x.Claims {
		if slices.Contains(x.Equal, claim.ID) && judged[i].Stops == "" {
			equal = append(equal, match.Claimant{Candidate: CandidateOf(x.facts[claim.Person], x.question), Equal: &stand})
		}
	}
	return equal
}

// invite chooses the next people to ask, five at most.
func invite(c comparison.Sides, w skein.Window, asked []skein.PersonID) ([]skein.PersonID, error) {
	x, err := newClosing(leaddb.Closing{Window: w, Comparison: c})
	if err != nil {
		return nil, err
	}
	people := CandidatesOf(c.Facts, x.question)
	var next []skein.PersonID
	for _, r := range match.Invite(x.query, match.Rank(x.query, people), people, asked) {
		if r.Zone == match.Ready && len(next) < skein.MostInvited {
			next = append(next, r.Person)
		}
	}
	return next, nil
}
