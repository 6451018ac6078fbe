package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// Reopen opens a completed project for claims once more, with a reason that everybody reads, until a last day of its own.
// Whoever led it last may, and a steward of its circle or of one above, through the 30th day after the one on which it was completed; others are
// refused. Later, and of a project that is not completed, it is a conflict. Whoever led it does not lead it again by this:
// they claim it as others do. It is published anew by this: what would keep a draft from it is invalid. What was not given in full, whether or not they could do without, and what was given for
// shorter than it goes on now, is asked for anew.
func (l *Lead) Reopen(by skein.By, reason string, until skein.Date) error {
	last := l.lastLed()
	if err := l.Project.Reopens(by, last != nil && last.Person == by.Person || l.steward(by.Person), l.endedOn()); err != nil {
		return err
	}
	p := l.Project
	if !until.IsZero() {
		p.EndOn = until
	}
	lacks := wrongOf(skein.Proposal{Project: p, Phase: l.Phase}, l.Rules, by)
	if err := both(skein.CheckReopen(reason), lacks.Err()); err != nil {
		return err
	}
	for t := range each(l.Terms, func(t skein.Term) bool { return t.Role == skein.Primary }) {
		l.undoNeeds(by, *t)
	}
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Asked() || n.Short() || n.Outlived(p.EndOn) }) {
		n.AskAnew(l.needBy(by)) // what was given until the old end, or not, was not said of what begins now
	}
	was, ended := l.Project.EndOn, l.EndedAt
	if err := move(&l.Project.State, skein.OpenForLead); err != nil {
		return err
	}
	l.Project.EndOn, l.Project.Version = p.EndOn, l.Project.Version+1
	l.EndedAt, l.EndReason, l.EndTold = time.Time{}, reason, skein.Date{}
	details := map[string]any{"reason": reason, "completed": true}
	if !p.EndOn.Equal(was) {
		details["end"], details["was_end"] = p.EndOn, was
	}
	l.noteProject("project.reopen", details)
	l.gather(by)
	l.askForNeeds(by)
	return l.tellReopened(by, last, ended)
}

// endedOn is the organisation's day on which the project ended; zero: it has not.
func (l *Lead) endedOn() skein.Date {
	if l.EndedAt.IsZero() {
		return skein.Date{}
	}
	return l.dayOf(l.EndedAt)
}

// tellReopened tells whoever led it last, whose place beside them ended with the project, whoever proposed it, the team and
// the circle's stewards, each who is here.
func (l *Lead) tellReopened(by skein.By, last *skein.Term, ended time.Time) error {
	told := l.around()
	told.add(l.nearest()...)
	for t := range l.terms(func(s skein.TermState) bool { return s == skein.TermEnded }) {
		if t == last || t.Role != skein.Primary && t.EndedAt.Equal(ended) {
			told.add(t.Person)
		}
	}
	here, err := l.port.Known(told)
	if err != nil {
		return err
	}
	told = slices.DeleteFunc(told, func(p skein.PersonID) bool {
		return find(here, func(h Here) bool { return h.Person == p }) == nil
	})
	l.tellOthers(by, told, skein.Notice{
		Kind: skein.NoticeEnded, Code: skein.CodeReopened, Who: by.Person, About: "reopened:" + string(l.Window.ID),
	})
	return nil
}
