package skein

import (
	"slices"
	"time"
)

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
	TermAsked       TermState = "asked"    // a co-lead's place, asked of the lead
	TermOffered     TermState = "offered"  // asked of whoever would have it
	TermAccepted    TermState = "accepted" // needs are still open
	TermLive        TermState = "live"
	TermHandingOver TermState = "handing_over" // in office until the next takes over
	TermEnded       TermState = "ended"
	TermDeclined    TermState = "declined"
	TermLapsed      TermState = "lapsed"
	TermVoid        TermState = "void"
)

// TermStates are all of them, in the order of a term's life.
var TermStates = []TermState{
	TermAsked, TermOffered, TermAccepted, TermLive, TermHandingOver, TermEnded, TermDeclined, TermLapsed, TermVoid,
}

// The sets of states follow, each with its one meaning. SQL takes them from here too, by way of
// core's standing.go: a new state stands in the sets that it belongs to, and nowhere else.

// Holds tells whether somebody in this state leads now.
func (s TermState) Holds() bool { return s == TermLive || s == TermHandingOver }

// Coming tells whether the place is promised and has not begun.
func (s TermState) Coming() bool { return s == TermOffered || s == TermAccepted }

// Counts tells whether a term in this state is held or outstanding: it takes its hours, and counts
// for the guardrail of leads at once.
func (s TermState) Counts() bool { return s.Coming() || s.Holds() }

// Waits tells whether the place is asked for or promised, and has not begun.
func (s TermState) Waits() bool { return s == TermAsked || s.Coming() }

// Placed tells whether somebody has the place, or it waits for them: nobody has it twice.
func (s TermState) Placed() bool { return s.Waits() || s.Holds() }

// Unanswered tells whether somebody's yes or no is awaited.
func (s TermState) Unanswered() bool { return s == TermAsked || s == TermOffered }

// Agreed tells whether the person said yes and is not done.
func (s TermState) Agreed() bool { return s == TermAccepted || s.Holds() }

// Stays tells whether the person said yes and is not leaving: what the lead needs is theirs.
func (s TermState) Stays() bool { return s == TermAccepted || s == TermLive }

// Begun tells whether the person has led, now or before.
func (s TermState) Begun() bool { return s.Holds() || s == TermEnded }

// Failed tells whether the place came to nothing.
func (s TermState) Failed() bool { return !s.Placed() && !s.Begun() }

// Why a time in office ended, where pages say it.
const (
	EndHandedOver = "handed over"
	EndGone       = "left the organisation"
	EndStepped    = "stepped down"
	EndDue        = "its time was over"
	EndMerged     = "they were one person" // with somebody who has a place there, too
	EndOther      = "has another place"    // a greater one
)

// ErrNotTheirs refuses to step down from what somebody does not lead.
var ErrNotTheirs error = Refused{Why: "You do not lead this.", Who: "Only its lead steps down, and whoever leads it beside them."}

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
	StartsOn   Date // accepted: the day on which it begins, of a file or moved; zero: when nothing they need is open
	StartBase  Date // the day from which its start was first moved; zero: it never was
	Claim      ClaimID
	OfferedAt  time.Time
	AnswerBy   time.Time
	AnsweredAt time.Time
	NeedsBy    time.Time // accepted: until when they say what they make of less or no; zero while another's answer is awaited, or nothing is open
	LiveAt     time.Time
	LeaveSeen  Date // the last day of the leave by which Skein has seen to the lead
	WordDue    Date // of whoever leads: by when the next week's word is due; zero: not reckoned yet
	WordTold   WordTold
	ChosenFor  Situation // of whoever leads: what it was like when they were chosen for it
	ChosenHow  ChosenHow // how that is known; empty: it is not
	EndedAt    time.Time
	EndReason  string
}

// termMoves lists where a term may go from each state.
var termMoves = map[TermState][]TermState{
	TermAsked:       {TermLive, TermDeclined, TermLapsed, TermVoid},
	TermOffered:     {TermAccepted, TermAsked, TermDeclined, TermLapsed, TermVoid}, // asked: a co-lead who would, if the lead agrees
	TermAccepted:    {TermLive, TermDeclined, TermLapsed, TermVoid},
	TermLive:        {TermHandingOver, TermEnded},
	TermHandingOver: {TermLive, TermEnded},
	TermEnded:       {TermLive}, // whoever stepped down took it back
}

// MayBecome tells whether a term may go from one state to another.
func (s TermState) MayBecome(next TermState) bool { return slices.Contains(termMoves[s], next) }

// Offer makes the term that the chosen is asked to accept. An accepted one was answered before:
// on trust to claim is to accept, and so is to say yes to an invitation.
func Offer(c Claim, p Project, accepted bool, longestMonths int, clocks Clocks, by By) Term {
	at := by.At
	t := Term{
		Project: c.Project, Phase: c.Phase, Person: c.Person, Role: Primary, Claim: c.ID,
		State: TermOffered, OfferedAt: at, AnswerBy: at.Add(clocks.Answer),
		EndsOn: LeadEnds(by.Day, p.EndOn, longestMonths),
	}
	if accepted {
		t.State, t.AnsweredAt, t.NeedsBy = TermAccepted, at, at.Add(clocks.Needs)
	}
	return t
}

// Accept takes the chosen's yes.
func (t *Term) Accept(by By, clocks Clocks) error {
	if err := t.answer(by, TermAccepted); err != nil {
		return err
	}
	t.NeedsBy = by.At.Add(clocks.Needs)
	return nil
}

// Decline takes the chosen's "not this time". It needs no reason, and may still come while needs
// are open.
func (t *Term) Decline(by By) error { return t.answer(by, TermDeclined) }

func (t *Term) answer(by By, next TermState) error {
	if t.Person != by.Person {
		return ErrNotFound
	}
	if t.State == next {
		return Conflict{"You have answered this already."}
	}
	if !t.State.MayBecome(next) {
		return Conflict{"This was settled before: " + t.State.words()}
	}
	t.State, t.AnsweredAt = next, by.At
	return nil
}

// Missed tells whether it was promised, and its last day has passed before it began.
func (t Term) Missed(day Date) bool {
	return (t.State == TermAccepted || t.State == TermOffered && t.Role == Primary) && !t.EndsOn.IsZero() && t.EndsOn.Before(day)
}

// Begin puts the lead in office when nothing they need is open any more, but not after its last day.
func (t *Term) Begin(needs []Need, by By) bool {
	for _, n := range needs {
		if !n.Settled() {
			return false
		}
	}
	if !t.State.Waits() || !t.State.MayBecome(TermLive) || t.Later(by) || t.Missed(by.Day) {
		return false
	}
	t.State, t.From, t.LiveAt, t.StartsOn = TermLive, by.Day, by.At, Date{}
	return true
}

// Later tells whether it begins on a day to come.
func (t *Term) Later(by By) bool { return t.StartsOn.After(by.Day) }

// MostStartDays is by how many days, at most, a start is moved in all.
const MostStartDays = 28

// MoveStart moves the day on which an accepted lead begins, by MostStartDays at most in all, for a reason
// that is logged. Today means as soon as nothing is open. Steward tells whether by may besides the chosen.
func (t *Term) MoveStart(by By, steward bool, day Date, reason string) error {
	switch {
	case by.Person == "" || by.Person != t.Person && !steward:
		return Refused{"Only whoever was chosen moves the start.", "They can, and so can its steward."}
	case t.State == TermOffered:
		return Conflict{"The lead is not accepted yet, so there is no start to move."}
	case t.State != TermAccepted:
		return Conflict{"Nobody is about to begin, so there is no start to move."}
	case t.Claim == "":
		return Conflict{"A file says from which day it is led. Whoever imports files can change it there."}
	}
	base, last := t.startBase(by), t.LastStart(by)
	if last.Before(by.Day) {
		return Conflict{"The last day to which its start could be moved has passed. It begins when nothing that is needed is open."}
	}
	var bad Invalid
	switch {
	case day.IsZero():
		bad.Add(true, "day", "Choose the day on which it begins.")
	case day.Before(by.Day):
		bad.Add(true, "day", "That day has passed. Choose today, or a later one.")
	case day.After(last):
		bad.Add(true, "day", "A start moves by 28 days at most, and it begins before its last day. Choose "+last.Format("2 January")+" or earlier.")
	}
	bad.Words("reason", reason, "Say why in a sentence: everybody can read it.")
	bad.Add(len([]rune(reason)) > MaxWhy, "reason", "Say it in 600 characters or fewer.")
	if err := bad.Err(); err != nil {
		return err
	}
	was := t.StartsOn
	if day.Equal(by.Day) {
		day = Date{}
	}
	if day.Equal(was) {
		return Conflict{"It begins on that day already."}
	}
	t.StartsOn, t.StartBase = day, base
	return nil
}

// startBase is the day from which the start was first moved, or is moved now.
func (t *Term) startBase(by By) Date {
	if t.StartBase.IsZero() {
		return by.Day
	}
	return t.StartBase
}

// LastStart is the last day to which the start can be moved: it begins before its last day.
func (t *Term) LastStart(by By) Date {
	last := t.startBase(by).AddDate(0, 0, MostStartDays)
	if ends := t.EndsOn.AddDate(0, 0, -1); !t.EndsOn.IsZero() && ends.Before(last) {
		return ends
	}
	return last
}

// End ends the time in office.
func (t *Term) End(by By, reason string) error {
	if !t.State.MayBecome(TermEnded) {
		return Conflict{"You do not lead this any more."}
	}
	t.State, t.EndedAt, t.EndReason = TermEnded, by.At, reason
	if t.Until = by.Day; t.Until.Before(t.From) {
		t.Until = t.From
	}
	return nil
}

// Resume puts whoever stepped down in office again, as if they had not.
func (t *Term) Resume(by By) error {
	switch {
	case t.State != TermEnded || t.EndReason != EndStepped || !t.State.MayBecome(TermLive):
		return Conflict{"You have not stepped down from it, so there is nothing to take back."}
	case !t.EndsOn.IsZero() && t.EndsOn.Before(by.Day):
		return Conflict{"Its last day has passed meanwhile, so it cannot be taken back any more. You can claim it as anybody can."}
	}
	t.State, t.Until, t.EndedAt, t.EndReason = TermLive, Date{}, time.Time{}, ""
	return nil
}

func (s TermState) words() string {
	switch {
	case s == TermDeclined:
		return "you said not this time."
	case s == TermLapsed:
		return "the time to answer ran out."
	case s == TermVoid:
		return "nothing came of it."
	case s.Holds():
		return "you lead it now."
	}
	return "it has ended."
}

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
	Area     string     `json:"area"`
	Level    RemitLevel `json:"level"`
	Ceiling  *float64   `json:"ceiling,omitempty"` // money, in the organisation's currency
	WithWhom string     `json:"with_whom,omitempty"`
}
