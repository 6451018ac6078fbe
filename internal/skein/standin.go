package skein

import (
	"slices"
	"time"
)

// StandInID is the id of a question whether somebody stands in, and of what follows from a yes.
type StandInID string

// StandInState is where somebody's standing in stands.
type StandInState string

// The states of standing in.
const (
	StandInAsked    StandInState = "asked"
	StandInStanding StandInState = "standing" // they said yes; it begins with its first day
	StandInDeclined StandInState = "declined"
	StandInLapsed   StandInState = "lapsed"
	StandInVoid     StandInState = "void" // not wanted any more before it was answered
	StandInEnded    StandInState = "ended"
)

// StandInStates are all of them.
var StandInStates = []StandInState{
	StandInAsked, StandInStanding, StandInDeclined, StandInLapsed, StandInVoid, StandInEnded,
}

// standInMoves lists where standing in may go from each state.
var standInMoves = map[StandInState][]StandInState{
	StandInAsked:    {StandInStanding, StandInDeclined, StandInLapsed, StandInVoid},
	StandInStanding: {StandInEnded},
}

// MayBecome tells whether standing in may go from one state to another.
func (s StandInState) MayBecome(next StandInState) bool {
	return slices.Contains(standInMoves[s], next)
}

// Open tells whether somebody is asked or stands in: one of them at a time.
func (s StandInState) Open() bool { return len(standInMoves[s]) > 0 }

// StandIn is somebody who decides what a lead decides while the lead is away, or until somebody leads
// again. They hold no term: the hours count, a lead does not.
type StandIn struct {
	ID         StandInID
	Project    ProjectID
	Spell      StandInID // the first question of the same absence: nobody is asked twice for one
	Person     PersonID
	For        PersonID // whose place it is
	AskedBy    PersonID // empty: Skein, by a leave that was noted
	State      StandInState
	OfLeave    bool // a leave of whoever is stood in for lies in it: when that is over, so is this
	AskedAt    time.Time
	AnswerBy   time.Time
	AnsweredAt time.Time
	From       Date // the first day
	Until      Date // the last day; zero: until somebody leads
	EndedOn    Date
	EndedAt    time.Time
	EndReason  string
}

// Why standing in ended, beside the reasons of a term.
const (
	EndBack           = "the lead is back"
	EndStandInStepped = "stood down"
	EndStandInOver    = "nobody has to any more"
)

// Stands tells whether they decide in the lead's place on a day.
func (s StandIn) Stands(day Date) bool {
	return s.State == StandInStanding && !day.Before(s.From) && (s.Until.IsZero() || !day.After(s.Until))
}

// StoodSince tells whether they decided in the lead's place on a day that is past, or on any since, up to today.
func (s StandIn) StoodSince(day, today Date) bool {
	switch {
	case s.From.After(today):
		return false
	case s.State == StandInStanding:
		return s.Until.IsZero() || !s.Until.Before(day)
	}
	return s.State == StandInEnded && !s.EndedOn.Before(day) && !s.EndedOn.Before(s.From)
}

// Past tells whether its last day is over.
func (s StandIn) Past(day Date) bool { return !s.Until.IsZero() && s.Until.Before(day) }

// CheckDays reports what is wrong with the days for which somebody is to stand in, who leads until ends.
func (s StandIn) CheckDays(today, ends Date) error {
	var bad Invalid
	bad.Add(!s.Until.IsZero() && s.Until.Before(today), "until", "That day has passed. Choose a later one.")
	bad.Add(!s.From.IsZero() && !s.Until.IsZero() && s.Until.Before(s.From), "until", "It ends before it begins. Choose a later day.")
	bad.Add(len(bad) == 0 && !ends.IsZero() && s.Until.After(ends), "until", "Your lead ends before that day. Choose one until then, or hand it on.")
	return bad.Err()
}

// Answer is the yes or no of whoever is asked. It begins with the day of the yes where its first day has
// come by then.
func (s *StandIn) Answer(by By, yes bool) error {
	next := StandInDeclined
	if yes {
		next = StandInStanding
	}
	if s.Person != by.Person {
		return ErrNotFound
	}
	if s.State == next {
		return Conflict{"You have answered this already."}
	}
	if !s.State.MayBecome(next) || s.Past(by.Day) {
		return Conflict{"This was settled before: " + s.words()}
	}
	s.State, s.AnsweredAt = next, by.At
	if yes && s.From.Before(by.Day) {
		s.From = by.Day
	}
	return nil
}

// End ends standing in, or the question for it.
func (s *StandIn) End(by By, reason string) error {
	next := StandInVoid
	if s.State == StandInStanding {
		next = StandInEnded
	}
	if !s.State.MayBecome(next) {
		return Conflict{"This has ended already."}
	}
	s.State, s.EndedAt, s.EndReason = next, by.At, reason
	if next == StandInEnded {
		if s.EndedOn = by.Day; s.Past(by.Day) {
			s.EndedOn = s.Until
		}
	}
	return nil
}

func (s StandIn) words() string {
	switch s.State {
	case StandInDeclined:
		return "you said not this time."
	case StandInLapsed:
		return "the time to answer ran out."
	case StandInVoid:
		return "nobody has to stand in any more."
	case StandInStanding:
		return "you stand in."
	}
	return "it has ended."
}
