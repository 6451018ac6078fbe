package skein

import "time"

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

// Circle is a group that leads projects; circles nest to any depth.
type Circle struct {
	ID       CircleID
	Name     string
	Purpose  string
	Parent   CircleID
	Rotation *float64 // nil: the parent's
	Matching *bool    // nil: the parent's
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
