package lead

import "skein/internal/skein"

// Start puts somebody in office whom a file named for a day to come: who leads until then has led.
// Where something they need is open, that keeps its clock from here on, as after a yes. Skein does it
// by the day.
func (l *Lead) Start(by skein.By, id skein.TermID) error {
	t := l.term(func(t skein.Term) bool { return t.ID == id })
	if t == nil {
		return skein.ErrNotFound
	}
	if t.State != skein.TermAccepted || t.StartsOn.IsZero() || t.Later(by) {
		return nil
	}
	t.StartsOn, t.NeedsBy = skein.Date{}, by.At.Add(l.Rules.Needs)
	if t.Role == skein.Primary {
		return l.settle(by, t)
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
	l.undoNeeds(*t)
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
