package skein

import (
	"slices"
	"strings"
	"time"
)

// PickState is where the check of a pick stands.
type PickState string

// The states of a pick.
const (
	PickWaiting   PickState = "waiting"
	PickConfirmed PickState = "confirmed"
	PickReturned  PickState = "returned"
	PickUnchecked PickState = "unchecked"  // nobody without a part was left to check it
	PickNotNeeded PickState = "not_needed" // on trust, switched off, or the next in an order already checked
	PickVoid      PickState = "void"
)

// Pick is what the rule decided in one window, and who checked it.
type Pick struct {
	ID         PickID
	Window     WindowID
	Project    ProjectID
	Number     int
	Claim      ClaimID // empty: a steward decides on what the claimants wrote
	Rule       string
	Sentence   string
	Compared   int
	BandSize   int
	MadeAt     time.Time
	State      PickState
	AskedOf    PersonID
	AnswerBy   time.Time
	PassedOn   []PersonID // asked before, and silent
	AnsweredBy PersonID
	AnsweredAt time.Time
	Reason     string
}

// NeedsCheck tells whether somebody without a part checks a pick before anybody is told. What is
// written by hand always needs a reader.
func NeedsCheck(trust Trust, confirmWeighed, written bool) bool {
	switch {
	case written:
		return true
	case trust == Open:
		return false
	case trust == Weighed:
		return confirmWeighed
	}
	return true
}

// Ask asks the first of the checkers who has not been asked yet. When nobody is left the pick stands
// unchecked, and says so.
func (p *Pick) Ask(checkers []PersonID, at time.Time, clocks Clocks) {
	if p.AskedOf != "" {
		p.PassedOn = append(p.PassedOn, p.AskedOf)
	}
	for _, c := range checkers {
		if !slices.Contains(p.PassedOn, c) {
			p.State, p.AskedOf, p.AnswerBy = PickWaiting, c, at.Add(clocks.Confirm)
			return
		}
	}
	p.State, p.AskedOf, p.AnswerBy, p.AnsweredAt = PickUnchecked, "", time.Time{}, at
}

// MayCheck tells whether the person was asked to check, now or before it was passed on.
func (p Pick) MayCheck(person PersonID) bool {
	return person != "" && (p.AskedOf == person || slices.Contains(p.PassedOn, person))
}

// Confirm notes that by checked the pick and found it right.
func (p *Pick) Confirm(by By) error {
	if err := p.answerable(by); err != nil {
		return err
	}
	if p.Claim == "" {
		return Invalid{{"claim", "Choose whose claim it should be."}}
	}
	p.State, p.AnsweredBy, p.AnsweredAt = PickConfirmed, by.Person, by.At
	return nil
}

// Decide is the check of a pick that the rule could not make: where nobody is compared, a steward
// reads what the claimants wrote and says why it is this one.
func (p *Pick) Decide(by By, claim ClaimID, reason string) error {
	if err := p.answerable(by); err != nil {
		return err
	}
	if p.Claim != "" {
		return Conflict{"The situation has picked. Confirm it, or return it with a reason."}
	}
	var bad Invalid
	bad.Add(claim == "", "claim", "Choose whose claim it should be.")
	bad.Words("reason", reason, "Say why, in a sentence that every claimant reads.")
	bad.Add(len([]rune(reason)) > MaxWhy, "reason", "Say it in 600 characters or fewer.")
	if err := bad.Err(); err != nil {
		return err
	}
	p.Claim, p.Reason = claim, strings.TrimSpace(reason)
	p.State, p.AnsweredBy, p.AnsweredAt = PickConfirmed, by.Person, by.At
	return nil
}

// Return sends the pick back: claims gather again, and everybody reads the reason.
func (p *Pick) Return(by By, reason string) error {
	if err := p.answerable(by); err != nil {
		return err
	}
	var bad Invalid
	bad.Words("reason", reason, "Say why, in a sentence that every claimant reads.")
	bad.Add(len([]rune(reason)) > MaxWhy, "reason", "Say it in 600 characters or fewer.")
	if err := bad.Err(); err != nil {
		return err
	}
	p.State, p.AnsweredBy, p.AnsweredAt, p.Reason = PickReturned, by.Person, by.At, strings.TrimSpace(reason)
	return nil
}

func (p Pick) answerable(by By) error {
	if !p.MayCheck(by.Person) {
		return Refused{
			Why: "Only somebody who has no part in this lead, and was asked, can check it.",
			Who: "Skein asks those who may, one after the other.",
		}
	}
	if p.State != PickWaiting {
		return Conflict{"This was answered before."}
	}
	return nil
}

// Judged is what the check at the close found of one claim.
type Judged struct {
	Claim ClaimID
	Stops string // the sentence of the gate that stops it; empty: it passes
	Zone  Zone
	// Written claims have no score: somebody has to read them.
	Written bool
	Fit     float64
	Order   float64 // fit against the best, with rotation
	Place   int     // among those that pass, 1 is first; 0: not compared
	Band    int     // equally placed people share a band; 0: not compared
	// Turn is the order in which the lead is offered: 1 first, then who follows when the one before
	// declines. 0: never.
	Turn     int
	Rule     string // what decided, when it is this one's turn
	Sentence string
	BandSize int    // how many were equally placed when it was this one's turn
	Detail   []byte // what it was worked out from, as JSON
}

// First returns the claim whose turn comes after those already tried, or nil.
func First(judged []Judged) *Judged {
	var first *Judged
	for i := range judged {
		j := &judged[i]
		if j.Turn > 0 && (first == nil || j.Turn < first.Turn) {
			first = j
		}
	}
	return first
}
