package skein

import (
	"fmt"
	"time"

	"skein/internal/words"
)

// GuardrailKind is a rule that the software can check.
type GuardrailKind string

// The guardrails.
const (
	LeadsAtOnce    GuardrailKind = "leads_at_once"   // Number: leads one person may hold, offers included
	PriorityNamed  GuardrailKind = "priority_named"  // every project names a priority
	LongestTerm    GuardrailKind = "longest_term"    // Number: months
	ShortestWindow GuardrailKind = "shortest_window" // Number: days
)

// Guardrail is a rule of the executives, with a reason and somebody who answers for it.
type Guardrail struct {
	ID       string
	Kind     GuardrailKind
	Number   int
	Reason   string
	Owner    PersonID
	ReviewOn Date
	MadeAt   time.Time
}

// GuardrailKinds lists the guardrails in the order in which pages offer them.
var GuardrailKinds = []GuardrailKind{LeadsAtOnce, PriorityNamed, LongestTerm, ShortestWindow}

// Field is the field of a proposal that a guardrail of this kind is about; "" where it is about none.
func (k GuardrailKind) Field() string {
	switch k {
	case PriorityNamed:
		return "priority"
	case LongestTerm:
		return "end"
	case LeadsAtOnce, ShortestWindow:
	}
	return ""
}

// Check reports what is wrong with a guardrail.
func (g Guardrail) Check() error {
	var bad Invalid
	known := false
	for _, k := range GuardrailKinds {
		known = known || k == g.Kind
	}
	bad.Add(!known, "kind", "Choose what the guardrail is about.")
	bad.Words("reason", g.Reason, "Give the reason: people keep to what they understand.")
	bad.Add(len([]rune(g.Reason)) > 300, "reason", "Say it in 300 characters or fewer.")
	bad.Add(g.Kind != PriorityNamed && (g.Number < 1 || g.Number > 100), "number", "Say how many, from 1 to 100.")
	return bad.Err()
}

// Sentence says the guardrail as people would.
func (g Guardrail) Sentence() string { return g.Rule() + "." }

// Rule is the guardrail's sentence without its end: "Two leads each".
func (g Guardrail) Rule() string {
	switch g.Kind {
	case LeadsAtOnce:
		return words.UpperFirst(words.Several(g.Number, "lead")) + " each"
	case PriorityNamed:
		return "Every project names its priority"
	case LongestTerm:
		return fmt.Sprintf("A lead lasts %s at most", words.Several(g.Number, "month"))
	case ShortestWindow:
		return fmt.Sprintf("Claims stay open %s at least", words.Several(g.Number, "day"))
	}
	return ""
}

// GuardrailResult is what one guardrail says of one project or claim.
type GuardrailResult struct {
	Guardrail Guardrail
	Pass      bool
	Why       string // a whole sentence
	Who       string // who could change it; a whole sentence
}

// Priority is one of the ranked aims that projects serve.
type Priority struct {
	ID      PriorityID
	Title   string
	Place   int // 1 is first
	Weight  float64
	Horizon string
	Measure string
	Owner   PersonID
}

// HatKind is what somebody may do beyond being staff.
type HatKind string

// The hats. Everybody active is staff.
const (
	Staff         HatKind = "staff"
	Steward       HatKind = "steward"
	Executive     HatKind = "executive"
	Administrator HatKind = "administrator"
)

// Hat is one person's hat; a steward's belongs to a circle.
type Hat struct {
	Kind   HatKind
	Circle CircleID
}
