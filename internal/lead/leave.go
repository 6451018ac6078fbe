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

// longLeave is the lead's term with the leave that they are on, where it is one that Skein sees to and
// did not yet.
func (l *Lead) longLeave(day skein.Date) (*skein.Term, skein.Absence, bool) {
	t := l.primary(skein.TermState.Holds)
	if t == nil {
		return nil, skein.Absence{}, false
	}
	leave, long := l.onLongLeave(day)
	if !long || t.LeaveSeen.Equal(lastDay(leave)) {
		return nil, skein.Absence{}, false
	}
	return t, leave, true
}

// onLongLeave is the longest leave that the lead is on, where somebody is asked to stand in for it.
func (l *Lead) onLongLeave(day skein.Date) (longest skein.Absence, long bool) {
	for _, a := range l.Leaves {
		if a.Covers(day) && (longest.From.IsZero() || lastDay(longest).Before(lastDay(a))) {
			longest = a
		}
	}
	return longest, !longest.From.IsZero() && lasts(longest) > LeaveAsks
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
// has begun or was changed.
func (l *Lead) SeeToLeave(by skein.By) error {
	t, leave, ok := l.longLeave(by.Day)
	if !ok {
		return nil
	}
	t.LeaveSeen = lastDay(leave)
	l.noteProject("lead.leave", map[string]any{"lead": t.Person})
	if l.Project.State == skein.Led && (lasts(leave) > LeaveOpens || !t.EndsOn.IsZero() && lastDay(leave).After(t.EndsOn)) {
		if err := l.opensOn(by, t, leave); err != nil {
			return err
		}
	}
	if l.standIn() != nil {
		return nil
	}
	return l.askForLeave(by, skein.StandIn{For: t.Person, OfLeave: true, From: by.Day, Until: leave.Until})
}

// opensOn opens for the next lead what somebody leads who is away for long.
func (l *Lead) opensOn(by skein.By, t *skein.Term, leave skein.Absence) error {
	if err := move(&t.State, skein.TermHandingOver); err != nil {
		return err
	}
	if err := move(&l.Project.State, skein.HandingOver); err != nil {
		return err
	}
	l.Project.Version++
	if err := l.voidRemit(by, "it is being handed on"); err != nil {
		return err
	}
	l.noteProject("term.hand_over", map[string]any{"lead": t.Person, "why": skein.PassedAway})
	l.gather(by)
	told := l.around()
	told.add(t.Person)
	told.add(l.nearest()...)
	for _, p := range told {
		l.tell(skein.Notice{
			To: p, Kind: skein.NoticeStandIn, Code: skein.CodeAbsent, Who: t.Person, On: leave.Until,
			About: "leave:" + string(t.ID) + ":" + string(l.Window.ID),
		})
	}
	return nil
}
