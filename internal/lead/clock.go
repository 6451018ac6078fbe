package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// Clock names what waits for a moment.
type Clock string

// The clocks. Each has its line in Due, which says what happens when nobody acts.
const (
	ClockWindow     Clock = "window"     // the situation picks
	ClockPick       Clock = "pick"       // the next is asked to check, or it stands unchecked
	ClockOffer      Clock = "offer"      // the next is offered the lead
	ClockInvite     Clock = "invite"     // the next band is asked, or claims stay open until taken
	ClockNeed       Clock = "need"       // the next is asked for what a lead needs, or hours count as granted
	ClockNeeds      Clock = "needs"      // what was answered with less or no was not taken: the next is offered the lead
	ClockStart      Clock = "start"      // somebody who was to begin on that day is in office
	ClockEnd        Clock = "end"        // a place ends, and the project is open or complete; one that has not begun lapses
	ClockReview     Clock = "review"     // the next is asked
	ClockGone       Clock = "gone"       // what somebody held who has left goes on
	ClockAway       Clock = "away"       // what somebody on leave was asked for goes on to the next
	ClockLeave      Clock = "leave"      // somebody is asked to stand in for a lead on a long leave
	ClockStand      Clock = "standin"    // the next is asked to stand in, or nobody stands in any more
	ClockWord       Clock = "word"       // whoever leads is reminded of their word, then a steward hears that there is none
	ClockNote       Clock = "note"       // whoever follows begins without a note
	ClockSaid       Clock = "said"       // whoever hands on is told that it is not said back; then the lead goes to the next
	ClockSign       Clock = "sign"       // the steward is asked to sign; then the lead moves unsigned
	ClockReconsider Clock = "reconsider" // who has not answered is reminded; then what was answered happens, or it is handed on
	ClockAdvice     Clock = "advice"     // those asked of a decision are reminded, then whoever decides hears that their day has passed
	ClockRemit      Clock = "remit"      // whoever is asked about a change of what the lead decides is reminded; then it lapses
	ClockAsked      Clock = "outcome"    // whoever has not said how it went is reminded; then it closes with what there is
	ClockOpen       Clock = "open"       // whoever looks after it is asked whether it shall stay open
	ClockLast       Clock = "last"       // whoever looks after it hears that its own last day has come
	ClockPast       Clock = "past"       // an open project whose own last day has passed is cancelled
)

// Clocks lists the clocks in the order in which they are looked at.
var Clocks = []Clock{
	ClockWindow, ClockPick, ClockOffer, ClockInvite, ClockNeeds, ClockStart, ClockEnd, ClockReview, ClockGone, ClockAway,
	ClockLeave, ClockStand, ClockNeed, ClockWord, ClockNote, ClockSaid, ClockSign, ClockRemit, ClockAsked, ClockAdvice,
	ClockReconsider, ClockOpen, ClockLast, ClockPast,
}

// EndsSoon are the days before the last day of a lead on which its lead is reminded of it.
var EndsSoon = []int{3, 14, 30}

// ClosesSoon is how long before the end of a window somebody who has not sent their draft is reminded.
const ClosesSoon = 24 * time.Hour

// StillOpen is how long after claims opened without an end, and after each question whether they shall
// stay open, that is asked again.
const StillOpen = 30 * 24 * time.Hour

// PastDays is how long a project stays open for a lead after its own last day.
const PastDays = 14

// Act is a move that the clock makes.
type Act struct {
	Clock Clock
	ID    string // of the row that is due; of an invitation, its window; of whoever has left or is away, the person and the project
	At    time.Time
	Do    func(skein.By) error
}

// Due lists what is due by a moment, the earliest first; by says the organisation's day.
func Due(l *Lead, by skein.By) []Act {
	var acts []Act
	add := func(c Clock, id string, at time.Time, do func(skein.By) error) {
		acts = append(acts, Act{c, id, at, do})
	}
	if w := l.Window; w.ID != "" && !w.State.Over() {
		if at := l.ClosesBy(); due(at, by.At) {
			add(ClockWindow, string(w.ID), at, l.Close)
		}
	}
	for _, p := range l.Picks {
		if p.State == skein.PickWaiting && due(p.AnswerBy, by.At) {
			add(ClockPick, string(p.ID), p.AnswerBy, func(by skein.By) error { return l.PassPick(by, p.ID) })
		}
	}
	for _, i := range l.Invites {
		if i.State == skein.InviteWaiting && due(i.AnswerBy, by.At) {
			add(ClockInvite, string(i.Window), i.AnswerBy, l.LapseInvites)
		}
	}
	for _, n := range l.Needs {
		if l.silentOn(n, by) {
			add(ClockNeed, string(n.ID), n.AnswerBy, func(by skein.By) error { return l.PassNeed(by, n.ID) })
		}
	}
	for _, t := range l.Terms {
		l.dueTerm(t, by, add)
	}
	for _, r := range l.Reviews {
		if r.AnsweredAt.IsZero() && l.silent(r, by) {
			add(ClockReview, string(r.ID), earlier(r.AnswerBy, by.At), func(by skein.By) error { return l.PassReview(by, r.ID) })
		}
	}
	l.dueAway(by, add)
	l.dueStandIn(by, add)
	l.dueHandovers(by, add)
	l.dueReconsider(by, add)
	l.dueDecisions(by, add)
	if c := l.RemitChange(); c != nil && due(l.remitAt(by, *c), by.At) {
		id := c.ID
		add(ClockRemit, string(id), l.remitAt(by, *c), func(by skein.By) error { return l.PassRemit(by, id) })
	}
	l.dueOutcomes(by, add)
	l.dueOpen(by, add)
	slices.SortStableFunc(acts, func(a, b Act) int { return a.At.Compare(b.At) })
	return acts
}

// dueAway adds what goes on because somebody is not there.
func (l *Lead) dueAway(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	for _, p := range l.Gone {
		add(ClockGone, string(p)+" "+string(l.Project.ID), by.At, func(by skein.By) error { return l.PersonGone(by, p) })
	}
	for _, a := range l.Away {
		if l.waitsInVain(by, a) {
			add(ClockAway, string(a.Person)+" "+string(l.Project.ID), by.At, func(by skein.By) error { return l.PersonAway(by, a.Person) })
		}
	}
}

// dueStandIn adds what is due of standing in, and of a lead who is away for long.
func (l *Lead) dueStandIn(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	if l.leaveUnseen(by.Day) {
		add(ClockLeave, string(l.Project.ID), by.At, l.SeeToLeave)
	}
	if s := l.standIn(); s != nil {
		if at := l.passesAt(by, *s); due(at, by.At) {
			id := s.ID
			add(ClockStand, string(id), at, func(by skein.By) error { return l.PassStandIn(by, id) })
		}
	}
}

// dueOpen adds what is due of a project that nobody leads.
func (l *Lead) dueOpen(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	if at := l.asksStill(); due(at, by.At) {
		add(ClockOpen, string(l.Window.ID), at, l.AskStill)
	}
	if l.lastDay(by) {
		add(ClockLast, string(l.Project.ID), l.Project.EndOn, l.TellLastDay)
	}
	if l.past(by) {
		add(ClockPast, string(l.Project.ID), l.Project.EndOn.AddDate(0, 0, PastDays), l.EndPast)
	}
}

func (l *Lead) dueTerm(t skein.Term, by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	lapse := func(by skein.By) error { return l.Lapse(by, t.ID) }
	if undecided(t, by) {
		add(ClockNeeds, string(t.ID), t.NeedsBy, lapse)
	}
	if t.State == skein.TermAccepted && !t.StartsOn.IsZero() && !t.Later(by) {
		add(ClockStart, string(t.ID), t.StartsOn, func(by skein.By) error { return l.Start(by, t.ID) })
	}
	if at := l.wordTells(t, by); dueOn(at, by.Day) {
		add(ClockWord, string(t.ID), at, func(by skein.By) error { return l.TellOfWord(by, t.ID) })
	}
	if t.Missed(by.Day) {
		add(ClockEnd, string(t.ID), t.EndsOn, func(by skein.By) error { return l.EndTerm(by, t.ID) })
	}
	switch {
	case t.State.Unanswered() && due(t.AnswerBy, by.At):
		add(ClockOffer, string(t.ID), t.AnswerBy, lapse)
	case t.State.Holds() && !t.EndsOn.IsZero() && t.EndsOn.Before(by.Day):
		add(ClockEnd, string(t.ID), t.EndsOn, func(by skein.By) error { return l.EndTerm(by, t.ID) })
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// dueOn tells whether a day has come: its moment begins where the organisation is, not in UTC.
func dueOn(on, today skein.Date) bool { return !on.IsZero() && !on.After(today) }

// due tells whether a clock that is set has run out.
func due(until, now time.Time) bool { return !until.IsZero() && !until.After(now) }
