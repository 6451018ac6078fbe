package lead

import (
	"time"

	"skein/internal/skein"
)

// The leaves of a lead that Skein sees to by itself, in days: one over LeaveAsks asks somebody to stand
// in, and one over LeaveOpens, or past the last day of the lead, opens handing on as well. About a shorter
// one the lead may ask.
const (
	LeaveAsks  = 14
	LeaveOpens = 60
)

// everAfter stands for the last day of a leave that has none.
var everAfter = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// leaveUnseen tells whether the lead is on a leave that Skein sees to and did not yet, or is back from one that it saw
// to: the next may have the same last day.
func (l *Lead) leaveUnseen(day skein.Date) bool {
	t := l.primary(skein.TermState.Holds)
	if t == nil {
		return false
	}
	leave, long := l.onLongLeave(day)
	if !long {
		return !t.LeaveSeen.IsZero()
	}
	return !t.LeaveSeen.Equal(lastDay(leave))
}

// onLongLeave is the leave that the lead is on, in however many parts it was noted, where it is so long that somebody
// is asked to stand in for it.
func (l *Lead) onLongLeave(day skein.Date) (skein.Absence, bool) {
	for _, a := range skein.Spells(l.Leaves) {
		if a.Covers(day) {
			return a, lasts(a) > LeaveAsks
		}
	}
	return skein.Absence{}, false
}

// leaveGoesOn asks somebody for the rest of a long leave of the lead that goes on past the last day of whoever
// stood in.
func (l *Lead) leaveGoesOn(by skein.By, who skein.PersonID) error {
	leave, long := l.onLongLeave(by.Day)
	if !long || l.Holder() != who {
		return nil
	}
	return l.askForLeave(by, skein.StandIn{For: who, OfLeave: true, From: by.Day, Until: leave.Until})
}

// askForLeave asks the first who can stand in, or tells that nobody can.
func (l *Lead) askForLeave(by skein.By, s skein.StandIn) error {
	asked, _, err := l.askNext(by, s)
	if err == nil && !asked {
		l.tellNobodyStandsIn(by, s)
	}
	return err
}

func lastDay(a skein.Absence) skein.Date {
	if a.Until.IsZero() {
		return everAfter
	}
	return a.Until
}

// lasts is how many days a leave has; of one without an end, more than any limit.
func lasts(a skein.Absence) int {
	if a.Until.IsZero() {
		return LeaveOpens + 1
	}
	return int(a.Until.Sub(a.From).Hours()/24) + 1
}

// SeeToLeave asks somebody to stand in for a lead who is on a long leave and, where it is very long or
// goes past the last day of the lead, opens it for the next: a steward is told, who acts in the lead's
// place. The lead stays theirs until somebody has taken over. Skein does it once for each leave, when it
// has begun or was changed, and forgets the leave when it is over.
func (l *Lead) SeeToLeave(by skein.By) error {
	if !l.leaveUnseen(by.Day) {
		return nil
	}
	t := l.primary(skein.TermState.Holds)
	leave, long := l.onLongLeave(by.Day)
	if !long {
		t.LeaveSeen = skein.Date{}
		return nil
	}
	begins := t.LeaveSeen.IsZero()
	t.LeaveSeen = lastDay(leave)
	l.noteProject("lead.leave", map[string]any{"lead": t.Person})
	if l.Project.State == skein.Led && (lasts(leave) > LeaveOpens || !t.EndsOn.IsZero() && lastDay(leave).After(t.EndsOn)) {
		if err := l.opensForNext(by, t, skein.PassedAway); err != nil {
			return err
		}
		l.tellOfLeave(t, leave)
	}
	if begins {
		l.giverAway(by, t)
	}
	if l.standIn() != nil {
		return nil
	}
	return l.askForLeave(by, skein.StandIn{For: t.Person, OfLeave: true, From: by.Day, Until: leave.Until})
}

// tellOfLeave tells those around a lead that it is open for the next, because whoever leads it is away for long.
func (l *Lead) tellOfLeave(t *skein.Term, leave skein.Absence) {
	told := l.around()
	told.add(t.Person)
	told.add(l.nearest()...)
	for _, p := range told {
		l.tell(skein.Notice{
			To: p, Kind: skein.NoticeStandIn, Code: skein.CodeAbsent, Who: t.Person, On: leave.Until,
			About: "leave:" + string(t.ID) + ":" + string(l.Window.ID),
		})
	}
}
