package lead_test

import (
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// standInStands: one at a time, and never for somebody while another leads; of what is over nothing is left.
func (w *walk) standInStands() {
	open, holder := 0, w.load(w.by(skeinItself), "").Holder()
	for _, s := range w.standIns {
		if !s.State.Open() {
			continue
		}
		open++
		if holder != "" && holder != s.For || s.Person == s.For || s.Person == holder {
			w.fail("somebody stands in beside the wrong lead, %s: %+v", holder, s)
		}
		if w.project.State == skein.Draft {
			w.fail("somebody stands in a draft: %+v", s)
		}
	}
	if open > 1 {
		w.fail("%d stand in, or are asked to", open)
	}
}

// passes is when the clock acts on somebody who is asked, or stands in, from the rows alone; zero: never.
// Now: whichever the moment.
func (w *walk) passes(s skein.StandIn) (at time.Time, now bool) {
	if !s.State.Open() {
		return time.Time{}, false
	}
	sooner := func(t time.Time) {
		if at.IsZero() || t.Before(at) {
			at = t
		}
	}
	if s.State == skein.StandInAsked {
		sooner(s.AnswerBy)
	}
	if !s.Until.IsZero() {
		sooner(s.Until.AddDate(0, 0, 1))
	}
	l := w.load(w.by(skeinItself), "")
	if s.OfLeave && l.Holder() == s.For {
		back := skein.Day(w.now)
		for _, a := range l.Leaves {
			from := back
			if s.From.After(from) {
				from = s.From
			}
			if a.Overlaps(from, s.Until) {
				back = a.Until.AddDate(0, 0, 1)
			}
		}
		if !back.After(skein.Day(w.now)) {
			return w.now, true
		}
		sooner(back)
	}
	return at, false
}

// restOf is the moment up to which a leave of whoever stands in has to last for the next to be asked.
func (w *walk) restOf(s skein.StandIn) time.Time {
	rest := skein.Day(w.now).AddDate(0, 0, lead.AwayTooLong+1)
	if !s.Until.IsZero() && s.Until.Before(rest) {
		rest = s.Until
	}
	return w.now.Add(rest.Sub(skein.Day(w.now)))
}

// leaveUnseen tells whether the lead is on a long leave that Skein has not seen to, or is back from one that it has.
func (w *walk) leaveUnseen() bool {
	l, today := w.load(w.by(skeinItself), ""), skein.Day(w.now)
	for _, t := range w.terms {
		if t.Role != skein.Primary || !t.State.Holds() {
			continue
		}
		var seen skein.Date
		for _, a := range l.Leaves {
			if a.Covers(today) && a.Until.Sub(a.From) >= lead.LeaveAsks*day {
				seen = a.Until
			}
		}
		if !t.LeaveSeen.Equal(seen) {
			return true
		}
	}
	return false
}

// standInsGiven: nobody is asked, or comes to stand in, who has left, is away for the whole time, has no
// hours left, or was asked for the same absence before.
func (w *walk) standInsGiven(m move, before *store) {
	was := map[skein.StandInID]skein.StandInState{}
	for _, s := range before.standIns {
		was[s.ID] = s.State
	}
	for i, s := range w.standIns {
		if s.State == was[s.ID] || !s.State.Open() {
			continue
		}
		answer := time.Duration(0)
		if s.State == skein.StandInAsked {
			answer = w.rules.Answer
		}
		if why := w.cannot(s.Person, skein.CoLead, answer); why != "" {
			w.fail("%s: %s became %s to stand in: %s", m.name, s.Person, s.State, why)
		}
		for _, other := range w.standIns[:i] {
			if other.Spell == s.Spell && other.Person == s.Person {
				w.fail("%s: %s is asked twice to stand in for one absence", m.name, s.Person)
			}
		}
	}
}
