package skein

import (
	"strings"
	"time"
)

// Review is a claimant's question whether it was decided rightly. Somebody who had no part in it
// answers by a date.
type Review struct {
	ID         ReviewID
	Claim      ClaimID
	Project    ProjectID
	AskedBy    PersonID
	AskedAt    time.Time
	What       string // what they think is wrong
	AskedOf    PersonID
	PassedOn   []PersonID // asked before, and silent
	AnswerBy   time.Time
	AnsweredBy PersonID  // empty though it has ended: everybody who could was silent
	AnsweredAt time.Time // when it was answered, or given up
	Upheld     bool
	Answer     string
}

// ReviewTime is how long an answer to a review may take.
const ReviewTime = 7 * 24 * time.Hour

// Check reports what is wrong with the question.
func (r Review) Check() error {
	var bad Invalid
	bad.Words("what", r.What, "Say what you think is wrong, in a sentence.")
	bad.Add(len([]rune(r.What)) > MaxWhy, "what", "Say it in 600 characters or fewer.")
	return bad.Err()
}

// Settle answers the question, in words that the asker reads.
func (r *Review) Settle(by By, upheld bool, answer string) error {
	if by.Person == "" || by.Person != r.AskedOf {
		return Refused{Why: "Somebody else was asked to answer this.", Who: "It passes on when they stay silent."}
	}
	if !r.AnsweredAt.IsZero() {
		return Conflict{"This was answered a moment before."}
	}
	var bad Invalid
	bad.Words("answer", answer, "Say what you found, in a sentence.")
	bad.Add(len([]rune(answer)) > 2*MaxWhy, "answer", "Say it in 1,200 characters or fewer.")
	if err := bad.Err(); err != nil {
		return err
	}
	r.AnsweredBy, r.AnsweredAt, r.Upheld, r.Answer = by.Person, by.At, upheld, strings.TrimSpace(answer)
	return nil
}
