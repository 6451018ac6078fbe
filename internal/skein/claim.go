package skein

import (
	"errors"
	"slices"
	"time"
)

// ClaimState is where a claim stands.
type ClaimState string

// The states of a claim.
const (
	ClaimDraft     ClaimState = "draft"
	ClaimSubmitted ClaimState = "submitted"
	ClaimWithdrawn ClaimState = "withdrawn"
	ClaimNotChosen ClaimState = "not_chosen"
	ClaimChosen    ClaimState = "chosen" // picked, not yet checked
	ClaimOffered   ClaimState = "offered"
	ClaimDeclined  ClaimState = "declined"
	ClaimLapsed    ClaimState = "lapsed"
	ClaimAccepted  ClaimState = "accepted"
	ClaimLive      ClaimState = "live"
	ClaimEnded     ClaimState = "ended"
	ClaimVoid      ClaimState = "void"
)

// ClaimStates lists them.
var ClaimStates = []ClaimState{
	ClaimDraft, ClaimSubmitted, ClaimWithdrawn, ClaimNotChosen, ClaimChosen, ClaimOffered, ClaimDeclined, ClaimLapsed,
	ClaimAccepted, ClaimLive, ClaimEnded, ClaimVoid,
}

// claimMoves lists where a claim may go from each state.
var claimMoves = map[ClaimState][]ClaimState{
	ClaimDraft:     {ClaimSubmitted, ClaimWithdrawn, ClaimVoid},
	ClaimSubmitted: {ClaimWithdrawn, ClaimChosen, ClaimOffered, ClaimAccepted, ClaimNotChosen, ClaimVoid},
	ClaimChosen:    {ClaimOffered, ClaimAccepted, ClaimSubmitted, ClaimNotChosen, ClaimWithdrawn, ClaimVoid},
	ClaimNotChosen: {ClaimSubmitted, ClaimChosen, ClaimOffered, ClaimAccepted, ClaimWithdrawn, ClaimVoid},
	ClaimOffered:   {ClaimAccepted, ClaimDeclined, ClaimLapsed, ClaimVoid},
	ClaimAccepted:  {ClaimLive, ClaimDeclined, ClaimLapsed, ClaimVoid},
	ClaimLive:      {ClaimEnded},
	ClaimEnded:     {ClaimLive}, // whoever stepped down took it back
}

// MayBecome tells whether a claim may go from one state to another.
func (s ClaimState) MayBecome(next ClaimState) bool {
	for _, m := range claimMoves[s] {
		if m == next {
			return true
		}
	}
	return false
}

// Pending tells whether the claim was sent, and the lead may still come to it.
func (s ClaimState) Pending() bool {
	return s == ClaimSubmitted || s == ClaimChosen || s == ClaimNotChosen
}

// Asks tells whether whoever is named in the claim may still be needed.
func (s ClaimState) Asks() bool {
	return s.Pending() || s == ClaimOffered || s == ClaimAccepted
}

// Settled tells whether nothing more can come of the claim but that its lead takes back that they stepped
// down.
func (s ClaimState) Settled() bool { return s == ClaimEnded || len(claimMoves[s]) == 0 }

// Claim is a person's word that they would lead a project in its present phase.
type Claim struct {
	ID          ClaimID
	Window      WindowID
	Project     ProjectID
	Phase       PhaseID
	Person      PersonID
	With        PersonID // claims together with
	WithAgreed  time.Time
	Coach       PersonID // named when it is a stretch
	CoachAgreed time.Time
	State       ClaimState
	Why         string
	Unscored    bool // claimed without any score: a steward decides on the written claim
	DraftedAt   time.Time
	ChangedAt   time.Time
	SubmittedAt time.Time
	DecidedAt   time.Time
	Passed      Passed // why the lead passed it by when its turn came; empty: it did not
}

// Passed says why somebody whose turn it was could not be given the lead.
type Passed string

// Why a lead passes somebody by.
const (
	PassedLeads Passed = "leads" // they hold as many leads as the guardrail allows
	PassedHours Passed = "hours" // it takes more hours than they have left
	PassedAway  Passed = "away"  // their leave covers the whole time to answer
	PassedGone  Passed = "gone"  // they are not with the organisation
)

// WordsOfYou ends a sentence about the one who reads it: "You ...".
func (p Passed) WordsOfYou() string {
	switch p {
	case PassedLeads:
		return "lead as many projects as the guardrail allows"
	case PassedHours:
		return "do not have the hours for this beside what you lead"
	case PassedAway:
		return "are away for the whole time to answer"
	case PassedGone:
		return "are not with the organisation"
	}
	return ""
}

// Words ends a sentence about somebody else: "They ...", or of one of them.
func (p Passed) Words() string {
	switch p {
	case PassedLeads:
		return "leads as many projects as the guardrail allows"
	case PassedHours:
		return "does not have the hours for this beside what they lead"
	case PassedAway:
		return "is away for the whole time to answer"
	case PassedGone:
		return "is not with the organisation"
	}
	return ""
}

// MaxWhy is the most characters a claim's reason has.
const MaxWhy = 600

// Check reports what is wrong with a claim, draft or not.
func (c Claim) Check() error {
	var bad Invalid
	bad.Add(len([]rune(c.Why)) > MaxWhy, "why", "Say it in 600 characters or fewer.")
	bad.Long("why", c.Why)
	bad.Add(c.With != "" && c.With == c.Person, "with", "Choose somebody other than yourself.")
	bad.Add(c.Coach != "" && c.Coach == c.Person, "coach", "Choose somebody other than yourself as a coach.")
	bad.Add(c.Unscored && Blank(c.Why), "why",
		"Without a score somebody who has no part in it decides on what you write here, so write a sentence.")
	return bad.Err()
}

// Entry is what the server knows of somebody who sends a claim.
type Entry struct {
	ReadHow bool    // has read what is compared
	Judged  Judged  // the check, on freshly read rows
	Written bool    // nobody is compared in this circle
	Wrong   Invalid // what is wrong with the form itself: told together with the rest
}

// Submit sends the claim, or says what stands in the way. A claim that was sent already is changed.
func (c *Claim) Submit(w Window, e Entry, at time.Time) error {
	if !w.TakesClaims(at) {
		return Conflict{"Claims for this lead have closed."}
	}
	if e.Judged.Stops != "" {
		return Refused{Why: e.Judged.Stops}
	}
	bad := slices.Clone(e.Wrong)
	var more Invalid
	if errors.As(c.Check(), &more) {
		bad = append(bad, more...)
	}
	compared := !c.Unscored && !e.Written
	bad.Add(!e.ReadHow, "read", "Read what is compared first, and tick that you have.")
	bad.Add(compared && e.Judged.Zone == NotYet, "zone",
		"Too little speaks for you here yet. Join the team, or shadow, or claim without a score.")
	bad.Add(compared && e.Judged.Zone == Stretch && c.Coach == "", "coach",
		"It is a stretch for you, so name somebody who would coach you.")
	bad.Add(e.Written && Blank(c.Why), "why",
		"Nobody is compared here: somebody who has no part in it decides on what you write, so write a sentence.")
	if err := bad.Err(); err != nil {
		return err
	}
	if c.State != ClaimSubmitted {
		if err := c.Move(ClaimSubmitted, at); err != nil {
			return err
		}
		c.SubmittedAt = at
	}
	c.ChangedAt = at
	return nil
}

// Keep saves what was typed without sending it.
func (c *Claim) Keep(w Window, at time.Time) error {
	if !w.TakesClaims(at) {
		return Conflict{"Claims for this lead have closed."}
	}
	if c.State != ClaimDraft {
		return Conflict{"This claim is " + c.State.Words() + ". Send it again to change it."}
	}
	c.ChangedAt = at
	var bad Invalid
	bad.Add(len([]rune(c.Why)) > MaxWhy, "why", "Say it in 600 characters or fewer.")
	bad.Long("why", c.Why)
	return bad.Err()
}

// Move brings the claim into another state, or says why it cannot go there.
func (c *Claim) Move(next ClaimState, at time.Time) error {
	if !c.State.MayBecome(next) {
		return Conflict{"This claim is " + c.State.Words() + " and can no longer change that way."}
	}
	c.State, c.ChangedAt = next, at
	return nil
}

// Words is how pages say a claim's state.
func (s ClaimState) Words() string {
	switch s {
	case ClaimNotChosen:
		return "not chosen this time"
	case ClaimVoid:
		return "void: nothing came of claims for it"
	default:
		return string(s)
	}
}

// What somebody beside a claimant was asked for.
const (
	BesideWith  = "with"
	BesideCoach = "coach"
)

// Beside takes the yes or no of somebody who was asked to claim together, or to coach, and tells
// which of the two it was.
func (c *Claim) Beside(by By, yes bool) (string, error) {
	name, agreed, role := &c.Coach, &c.CoachAgreed, BesideCoach
	if c.With == by.Person && (c.WithAgreed.IsZero() || c.Coach != by.Person) {
		name, agreed, role = &c.With, &c.WithAgreed, BesideWith
	}
	switch {
	case by.Person == "" || *name != by.Person:
		return "", ErrNotFound
	case c.State != ClaimSubmitted && (role == BesideWith || c.Settled()):
		return "", Conflict{"Claims have closed, so this is settled."}
	case !agreed.IsZero() && yes:
		return "", Conflict{"You have said yes already."}
	}
	*name, *agreed = "", time.Time{}
	if yes {
		*name, *agreed = by.Person, by.At
	}
	return role, nil
}

// Settled tells whether nothing more can come of the claim.
func (c Claim) Settled() bool {
	return c.State.Settled() || c.State == ClaimNotChosen || c.State == ClaimLive
}
