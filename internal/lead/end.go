package lead

import (
	"cmp"
	"slices"
	"time"

	"skein/internal/skein"
)

// StepDown ends by's lead at once, without a reason and without blame: claims open again, and those
// around it are told. Before it began it is declined, and the next is asked. A co-lead steps down from
// their own place, and the lead is told; where they have just declined to lead it, that is a conflict. Who does neither is
// refused.
func (l *Lead) StepDown(by skein.By) error {
	theirs := func(in func(skein.TermState) bool) *skein.Term {
		return l.term(func(t skein.Term) bool {
			return t.Role == skein.Primary && t.Person == by.Person && by.Person != "" && in(t.State)
		})
	}
	t := cmp.Or(theirs(skein.TermState.Holds), theirs(skein.TermState.Agreed))
	if t == nil {
		t = l.term(func(t skein.Term) bool { return t.Role == skein.CoLead && t.Person == by.Person && t.State.Holds() })
		switch {
		case t == nil:
			return skein.ErrNotTheirs
		case l.declinedJustNow(by):
			return skein.Conflict{Why: "You have just said that you do not take the lead. You still lead it beside its lead; to step down from that too, do so in a minute."}
		}
		return l.stepAside(by, t)
	}
	if t.State == skein.TermAccepted {
		return l.decline(by, t)
	}
	if err := l.voidRenewal(by, t); err != nil { // a file has them lead on: they step down from that too
		return err
	}
	if err := l.end(by, t, skein.EndStepped); err != nil {
		return err
	}
	l.giveUpNeeds(by, *t)
	l.note("term.step_down", "term", string(t.ID), nil)
	if err := l.reopen(by); err != nil {
		return err
	}
	l.tellEnded(by, *t, skein.CodeStepped)
	return l.giverGone(by, t)
}

// declinedJustNow tells whether by said no within the last minute to what they were to lead: one press too many would
// take from them the other place that they have here.
func (l *Lead) declinedJustNow(by skein.By) bool {
	return l.term(func(t skein.Term) bool {
		return t.Role == skein.Primary && t.Person == by.Person && t.State == skein.TermDeclined && by.At.Sub(t.AnsweredAt) < time.Minute
	}) != nil
}

// HandOn opens a led project for the next lead. Whoever leads it may, and stays in office until
// somebody has taken over; others are refused. Twice is a conflict.
func (l *Lead) HandOn(by skein.By) error {
	holder := l.Holder()
	if err := l.Project.HandOver(by, holder); err != nil {
		return err
	}
	return l.opensForNext(by, l.primary(skein.TermState.Holds), "")
}

// opensForNext opens a lead for claims, why says because of what, where nobody chose it; whoever leads it stays in office
// until somebody has taken over.
func (l *Lead) opensForNext(by skein.By, t *skein.Term, why skein.Passed) error {
	if err := l.overtaken(by, t); err != nil {
		return err
	}
	if err := move(&l.Project.State, skein.HandingOver); err != nil {
		return err
	}
	if err := move(&t.State, skein.TermHandingOver); err != nil {
		return err
	}
	l.Project.Version++
	details := map[string]any{"lead": t.Person}
	if why != "" {
		details["why"] = why
	}
	l.noteProject("term.hand_over", details)
	l.gather(by)
	return l.voidRemit(by, "it is being handed on")
}

// Cancel ends a project that nobody leads; what was claimed is void. Whoever proposed it may, a steward
// of its circle or of one above, and, where its lead has left, an administrator, with a reason that
// everybody reads.
func (l *Lead) Cancel(by skein.By, administrator bool, reason string) error {
	may := l.steward(by.Person) || administrator && l.leadLeft()
	if err := l.Project.Cancel(by, may, reason); err != nil {
		return err
	}
	return l.over(by, "project.cancel", reason)
}

// Complete ends a project whose work is done. Whoever leads it may, or stands in, and, where its lead has left and
// nobody has followed, a steward of its circle or of one above, and an administrator; others are refused.
func (l *Lead) Complete(by skein.By, administrator bool, reason string) error {
	if err := skein.CheckReason(reason); err != nil {
		return err
	}
	may := l.leadLeft() && (administrator || l.steward(by.Person) || l.StandingIn(by.Day) == by.Person)
	if err := l.Project.Complete(by, l.decides(by), may); err != nil {
		return err
	}
	return l.over(by, "project.complete", reason)
}

// leadLeft tells whether whoever led last has left the organisation, and nobody leads since.
func (l *Lead) leadLeft() bool {
	last := l.lastLed()
	return last != nil && last.EndReason == skein.EndGone
}

// lastLed is the term of whoever leads, else of whoever led last; nil: nobody ever did.
func (l *Lead) lastLed() *skein.Term {
	var last *skein.Term
	for t := range l.terms(skein.TermState.Begun) {
		if t.Role == skein.Primary && (last == nil || t.From.After(last.From) || t.From.Equal(last.From) && t.LiveAt.After(last.LiveAt)) {
			last = t
		}
	}
	return last
}

// over ends every time in office of a project that is over, and all that waited in it.
func (l *Lead) over(by skein.By, action, reason string) error {
	l.EndedAt, l.EndReason = by.At, reason
	l.Project.Version++
	l.noteProject(action, map[string]any{"reason": reason})
	for t := range l.terms(skein.TermState.Holds) {
		if err := l.end(by, t, "the project is over"); err != nil {
			return err
		}
		if t.Person != by.Person {
			l.tell(skein.Notice{
				To: t.Person, Kind: skein.NoticeEnded, Code: skein.CodeOver, About: l.aboutOver(),
			})
		}
	}
	if err := l.overStandIn(by); err != nil {
		return err
	}
	return l.void(by)
}

// EndTerm ends a place whose last day has passed, also one that is being handed on: what goes on to
// find the next lead goes on. When the project's own last day has passed as well, its lead's end
// completes it; else it is open for the next. One that was promised, and has not begun by its last day, lapses. Skein does
// it by the day.
func (l *Lead) EndTerm(by skein.By, id skein.TermID) error {
	t := l.term(func(t skein.Term) bool { return t.ID == id })
	if t == nil {
		return skein.ErrNotFound
	}
	if t.Missed(by.Day) {
		return l.misses(by, t)
	}
	if !t.State.Holds() || t.EndsOn.IsZero() || !t.EndsOn.Before(by.Day) {
		return nil
	}
	if err := l.end(by, t, skein.EndDue); err != nil {
		return err
	}
	if t.Role != skein.Primary || l.Project.State.Over() {
		return nil
	}
	if l.Project.EndOn.IsZero() || !l.Project.EndOn.Before(by.Day) {
		l.undoNeeds(by, *t)
		if err := l.reopen(by); err != nil {
			return err
		}
		l.tellEnded(by, *t, skein.CodeLastDay)
		return l.giverGone(by, t)
	}
	if err := move(&l.Project.State, skein.Completed); err != nil {
		return err
	}
	l.EndedAt, l.EndReason = by.At, lastDayPassed
	l.noteProject("project.complete", map[string]any{"why": "its last day has passed"})
	if err := l.endBeside(by); err != nil {
		return err
	}
	l.tellEnded(by, *t, skein.CodeWhole)
	if err := l.endStandIns(by, "the project was completed"); err != nil {
		return err
	}
	return l.void(by)
}

// misses ends a place that was promised and has not begun by its last day: it would end before it began. The next is
// asked, but where the project's own last day has passed too: of a lead until then nobody could hold anything. It gathers
// claims then, and whoever looks after it hears that its last day has come.
func (l *Lead) misses(by skein.By, t *skein.Term) error {
	if err := move(&t.State, skein.TermLapsed); err != nil {
		return err
	}
	t.EndedAt = by.At
	l.note("term.lapse", "term", string(t.ID), map[string]any{"claim": t.Claim, "why": "its last day has passed"})
	l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeLapsed, Code: skein.CodeLastDay, About: "term:" + string(t.ID)})
	if t.Role != skein.Primary {
		return nil
	}
	c := l.claim(t.Claim)
	if c == nil || l.Project.EndOn.IsZero() || !l.Project.EndOn.Before(by.Day) {
		return l.release(by, t, skein.ClaimLapsed)
	}
	l.releaseHandover(t)
	l.undoNeeds(by, *t)
	if err := l.set(c, skein.ClaimLapsed, by); err != nil {
		return err
	}
	return l.untaken(by)
}

// lastDayPassed is why a project ended by its own last day.
const lastDayPassed = "Its last day has passed."

// EndPast cancels a project that nobody leads when its own last day has passed for two weeks. While a
// pick is checked or an offer is answered it waits for that. Skein does it by the day.
func (l *Lead) EndPast(by skein.By) error {
	if !l.past(by) {
		return nil
	}
	if err := move(&l.Project.State, skein.Cancelled); err != nil {
		return err
	}
	return l.over(by, "project.cancel", lastDayPassed)
}

func (l *Lead) past(by skein.By) bool {
	return l.untakenTo(by.Day.AddDate(0, 0, -PastDays-1))
}

// untakenTo tells whether nobody leads or comes to lead a project whose own last day is that day or
// before it.
func (l *Lead) untakenTo(day skein.Date) bool {
	end := l.Project.EndOn
	return l.Project.State == skein.OpenForLead && !end.IsZero() && !end.After(day) &&
		l.Window.State != skein.WindowPicked && l.primary(skein.TermState.Coming) == nil
}

// TellLastDay tells whoever looks after a project that nobody leads that its own last day has come: two
// weeks later it is cancelled, unless somebody leads it or that day is moved. Skein does it by the day.
func (l *Lead) TellLastDay(by skein.By) error {
	if !l.lastDay(by) {
		return nil
	}
	l.EndTold = l.Project.EndOn
	l.noteProject("project.last_day", nil)
	to := l.LooksAfter(by.Day)
	if slices.Contains(l.Gone, to) { // what they held passes on by another clock, which may come after this one
		to = l.nearestHere(by)
	}
	l.tell(skein.Notice{
		To: to, Kind: skein.NoticeEnding, Code: skein.CodeLastDay, On: l.EndTold,
		About: "last:" + string(l.Project.ID) + ":" + l.EndTold.Format(time.DateOnly),
	})
	return nil
}

func (l *Lead) lastDay(by skein.By) bool {
	return l.untakenTo(by.Day) && !l.past(by) && !l.EndTold.Equal(l.Project.EndOn)
}

// endBeside ends the places beside a lead when the project is over.
func (l *Lead) endBeside(by skein.By) error {
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role == skein.Primary {
			continue
		}
		if err := l.end(by, t, "the project was completed"); err != nil {
			return err
		}
	}
	return nil
}

// reopen opens a project that lost its lead to claims, unless they gather, or somebody has been
// picked, already.
func (l *Lead) reopen(by skein.By) error {
	if err := move(&l.Project.State, skein.OpenForLead); err != nil {
		return err
	}
	l.noteProject("project.reopen", nil)
	if !l.Window.State.Going() {
		l.gather(by)
	}
	return nil
}

// tellEnded tells the lead, whoever proposed it, the team and the circle's stewards.
func (l *Lead) tellEnded(by skein.By, t skein.Term, code skein.NoticeCode) {
	about := "term:" + string(t.ID)
	if code == skein.CodeStepped { // who takes that back may step down again
		about += ":" + string(l.Window.ID)
	}
	told := l.around()
	told.add(l.nearest()...)
	if code != skein.CodeLeft {
		told.add(t.Person)
	}
	for _, p := range told {
		if p != by.Person {
			l.tell(skein.Notice{To: p, Kind: skein.NoticeEnded, Code: code, About: about})
		}
	}
}
