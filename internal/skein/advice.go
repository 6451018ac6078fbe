package skein

import (
	"slices"
	"strings"
	"time"
)

// AdviceState is where what somebody is asked of a decision stands.
type AdviceState string

// The states of advice.
const (
	AdviceAsked  AdviceState = "asked"
	AdviceGiven  AdviceState = "given"
	AdvicePassed AdviceState = "passed" // nothing to add
	AdviceVoid   AdviceState = "void"   // they have left
)

// AdviceStates are all of them.
var AdviceStates = []AdviceState{AdviceAsked, AdviceGiven, AdvicePassed, AdviceVoid}

// adviceMoves lists where advice may go from each state: it is mended until it is decided, and who has come back is
// asked again.
var adviceMoves = map[AdviceState][]AdviceState{
	AdviceAsked:  {AdviceGiven, AdvicePassed, AdviceVoid},
	AdviceGiven:  {AdvicePassed},
	AdvicePassed: {AdviceGiven},
	AdviceVoid:   {AdviceAsked},
}

// MayBecome tells whether advice may go from one state to another.
func (s AdviceState) MayBecome(next AdviceState) bool { return slices.Contains(adviceMoves[s], next) }

// Answered tells whether they have answered.
func (s AdviceState) Answered() bool { return s == AdviceGiven || s == AdvicePassed }

// Advice is what one person is asked of a decision, and what they say.
type Advice struct {
	ID         AdviceID
	Decision   DecisionID
	Project    ProjectID
	Person     PersonID
	Why        string // why they are asked: "knows the crews"
	Consent    bool   // it is not decided without their yes
	State      AdviceState
	AskedBy    PersonID
	AskedAt    time.Time
	AnsweredAt time.Time
	Counsel
}

// Counsel is what somebody says who is asked.
type Counsel struct {
	Says   string
	Agrees bool // their yes, where it is asked for
}

// Check reports what is wrong with advice.
func (c Counsel) Check() error { return c.CheckAs(false) }

// CheckAs reports what is wrong with what somebody says. Where their yes is asked for, a yes needs no words.
func (c Counsel) CheckAs(consent bool) error {
	var bad Invalid
	missing := "Say what you would do, in your words, or that you have nothing to add."
	switch {
	case consent && c.Agrees:
		missing = ""
	case consent:
		missing = "Say what keeps you from a yes: it is read by everybody."
	}
	longWords(&bad, "advice", c.Says, missing)
	return bad.Err()
}

// Version names what somebody said.
func (a Advice) Version() string { return versionOf(a.State, a.Says, a.Agrees) }

// ReadBefore names all that is to be read before a decision: the question, and who said what of it, in whichever order.
func (d Decision) ReadBefore(all []Advice) string {
	all = slices.SortedFunc(slices.Values(all), func(a, b Advice) int { return strings.Compare(string(a.Person), string(b.Person)) })
	parts := []any{d.Version()}
	for _, a := range all {
		if a.State.Answered() {
			parts = append(parts, a.Person, a.Version())
		}
	}
	return versionOf(parts...)
}

// Asked is somebody who is to be asked, and why.
type Asked struct {
	Person PersonID
	Why    string
}

// CheckAsked reports what is wrong with whom one wants to ask.
func CheckAsked(all []Asked) error {
	var bad Invalid
	for _, a := range all {
		bad.Short("why", a.Why)
		bad.Add(len([]rune(a.Why)) > MaxAskedWhy, "why", "Say why they are asked in 80 characters or fewer.")
	}
	return bad.Err()
}
