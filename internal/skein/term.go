package skein

import "time"

// Role is a place in a project.
type Role string

// The places in a project that have a term.
const (
	Primary Role = "primary"
	CoLead  Role = "co"
	Shadow  Role = "shadow"
)

// TermState is where a term stands.
type TermState string

// The states of a term.
const (
	TermAsked       TermState = "asked" // a co-lead's place, asked of the lead
	TermOffered     TermState = "offered"
	TermAccepted    TermState = "accepted" // needs are still open
	TermLive        TermState = "live"
	TermHandingOver TermState = "handing_over" // in office until the next takes over
	TermEnded       TermState = "ended"
	TermDeclined    TermState = "declined"
	TermLapsed      TermState = "lapsed"
	TermVoid        TermState = "void"
)

// Holds tells whether somebody in this state leads now.
func (s TermState) Holds() bool { return s == TermLive || s == TermHandingOver }

// Term is a lead's time in office, from the offer on.
type Term struct {
	ID         TermID
	Project    ProjectID
	Phase      PhaseID
	Person     PersonID
	Role       Role
	State      TermState
	From       Date // first day in office; zero until live
	Until      Date // last day in office; zero while it lasts
	EndsOn     Date // the day it is due to end
	Claim      ClaimID
	OfferedAt  time.Time
	AnswerBy   time.Time
	AnsweredAt time.Time
	NeedsBy    time.Time
	LiveAt     time.Time
	EndedAt    time.Time
	EndReason  string
}

// NeedKind is a part of the capacity contract.
type NeedKind string

// What a lead may need.
const (
	NeedHours   NeedKind = "hours"
	NeedBudget  NeedKind = "budget"
	NeedCoach   NeedKind = "coach"
	NeedPeople  NeedKind = "people"
	NeedTools   NeedKind = "tools"
	NeedSponsor NeedKind = "sponsor"
)

// NeedKinds lists them in the order of the page.
var NeedKinds = []NeedKind{NeedHours, NeedBudget, NeedCoach, NeedPeople, NeedTools, NeedSponsor}

// Need is one thing that the lead gets, granted or waived by name before the term is live.
type Need struct {
	ID           NeedID
	Project      ProjectID
	Kind         NeedKind
	What         string
	Amount       *float64
	AskedOf      PersonID // empty: the circle's stewards
	AnswerBy     time.Time
	GrantedBy    PersonID
	GrantedAt    time.Time
	GrantedUntil Date
	WaivedBy     PersonID
	WaivedAt     time.Time
}

// Settled tells whether the need no longer stands in the way.
func (n Need) Settled() bool { return n.GrantedBy != "" || n.WaivedBy != "" }

// RemitLevel says how far a lead decides in one area.
type RemitLevel string

// The levels of a remit.
const (
	DecideAlone  RemitLevel = "alone"
	AfterAdvice  RemitLevel = "after_advice"
	ByAgreement  RemitLevel = "by_agreement"
	ProposeAbove RemitLevel = "propose"
)

// Remit is one row of what a lead decides.
type Remit struct {
	Area     string
	Level    RemitLevel
	Ceiling  *float64 // money, in the organisation's currency
	WithWhom string
}
