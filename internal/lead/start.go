package lead

import (
	"strconv"
	"time"

	"skein/internal/skein"
)

// Start puts somebody in office whom a file named for a day to come, or whose start was moved: who leads
// until then has led. Where something they need is open, they begin when it is settled. Skein does it
// by the day.
func (l *Lead) Start(by skein.By, id skein.TermID) error {
	t := l.term(func(t skein.Term) bool { return t.ID == id })
	if t == nil {
		return skein.ErrNotFound
	}
	if t.State != skein.TermAccepted || t.StartsOn.IsZero() || t.Later(by) {
		return nil
	}
	t.StartsOn = skein.Date{}
	if t.Claim == "" {
		t.AnsweredAt = by.At // as after a yes
	}
	if t.Role == skein.Primary {
		return l.settle(by, t)
	}
	if err := l.shadowNoMore(by, t.Person); err != nil {
		return err
	}
	if t.Begin(nil, by) {
		l.note("term.live", "term", string(t.ID), map[string]any{"person": t.Person, "role": t.Role})
		l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeLed, Code: skein.CodeBeside, Who: l.Holder(), About: "term:" + string(t.ID)})
	}
	return nil
}

// follows ends the term of whoever led until somebody follows by a file: on the day on which it was
// due to end, where that has passed.
func (l *Lead) follows(by skein.By, t, next *skein.Term) error {
	if err := l.end(by, t, skein.EndDue); err != nil {
		return err
	}
	if t.Person != next.Person { // else what they need stays as they said
		l.undoNeeds(by, *t)
	}
	if due := t.EndsOn; !due.IsZero() && due.Before(t.Until) && !due.Before(t.From) {
		t.Until = due
	}
	if t.Person != next.Person {
		l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeLed, Who: next.Person, About: "follows:" + string(t.ID)})
	}
	return nil
}

// untaken opens claims where somebody whom a file named does not begin: there is no order to go on in.
// Who leads until somebody follows leads on.
func (l *Lead) untaken(by skein.By) error {
	if l.Window.State == skein.WindowPicked {
		if err := l.endWindow(by, skein.WindowRestarted); err != nil {
			return err
		}
	}
	if !l.Window.State.Going() {
		l.gather(by)
	}
	return nil
}

// MoveStart moves the day on which an accepted lead begins, by four weeks at most in all, for a reason that
// everybody can read. The chosen may, and a steward of the circle or of one above; others are refused. What
// is not accepted, or begins by a file, is a conflict. Whoever did not do it, and is waiting for that day, is
// told.
func (l *Lead) MoveStart(by skein.By, day skein.Date, reason string) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	t := l.primary(skein.TermState.Coming)
	if t == nil {
		return skein.Conflict{Why: "Nobody is about to begin, so there is no start to move."}
	}
	was := t.StartsOn
	if err := t.MoveStart(by, l.steward(by.Person), day, reason); err != nil {
		return err
	}
	details := map[string]any{"person": t.Person, "reason": reason}
	if !was.IsZero() {
		details["from"] = was.Format(time.DateOnly)
	}
	if !t.StartsOn.IsZero() {
		details["to"] = t.StartsOn.Format(time.DateOnly)
	}
	l.note("term.move", "term", string(t.ID), details)
	told := people{t.Person}
	told.add(l.Holder(), l.Project.ProposedBy)
	for _, p := range told {
		if p != by.Person {
			l.tell(skein.Notice{
				To: p, Kind: skein.NoticeLed, Code: skein.CodeMoved, Who: t.Person, On: day,
				About: "start:" + string(t.ID) + ":" + strconv.FormatInt(by.At.Unix(), 10) + day.Format(":"+time.DateOnly),
			})
		}
	}
	return l.settle(by, t)
}
