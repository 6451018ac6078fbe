package lead

import (
	"maps"
	"slices"
	"time"

	"skein/internal/skein"
)

// ChangeLed changes the words of a project that is led, its end, and which circles must move with it, of which read is the
// version that by has read. Whoever leads it may, who leads it beside them, and who stands in; others are refused. What the
// lead is chosen for stays: what it is like, what it asks for and its hours. Their own last days move with the project's, as
// far as the guardrail allows, and whose last day somebody else moved is told; so is whoever looks after a circle that must
// move with it from now on, or does not any more. Nearer it is brought by whoever leads it, or stands in, alone, who may
// also complete it. While nobody leads it, or it is being handed on, it is a conflict; so is what somebody else has changed
// meanwhile. What says the same changes nothing.
func (l *Lead) ChangeLed(by skein.By, to skein.LedWords, read string) error {
	if err := l.changesLed(by); err != nil {
		return err
	}
	was, p := l.Project.LedWords(l.Further), l.Project.With(to)
	is := p.LedWords(to.Further)
	if err := both(p.Check(), both(is.CheckAfter(was, by.Day), l.notNearer(by, was.EndOn, p.EndOn))); err != nil {
		return err
	}
	changes := is.Changes(was)
	if len(changes) == 0 {
		return nil
	}
	if err := skein.Fresh(read, was.Version()); err != nil {
		return err
	}
	p.Version++
	l.Project, l.Further = p, is.Further
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role == skein.Shadow {
			continue
		}
		before := t.EndsOn
		if t.EndsWith(was.EndOn, p.EndOn, l.Rules.LongestMonths, l.zone()); !t.EndsOn.Equal(before) {
			l.tellMoved(by, *t)
		}
	}
	l.noteProject("project.change", maps.Clone(changes))
	l.tellOutlived(by, was.EndOn)
	return l.tellMoving(by, was.Further)
}

// tellOutlived tells whoever granted something for as long as it was to take, when it takes longer now: the page says
// until when they did. Nobody is asked, since it is led and what is there stays there until then.
func (l *Lead) tellOutlived(by skein.By, was skein.Date) {
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Outlived(l.Project.EndOn) && !n.Outlived(was) }) {
		if n.GrantedBy != by.Person && !slices.Contains(l.Gone, n.GrantedBy) {
			l.tell(skein.Notice{
				To: n.GrantedBy, Kind: skein.NoticeNeeds, Code: skein.CodeMoved, Need: n.ID, Who: by.Person,
				About: "outlived:" + string(n.ID) + ":" + by.At.UTC().Format(time.RFC3339Nano),
			})
		}
	}
}

// changesLed is nil for whoever may change the words of a project now.
func (l *Lead) changesLed(by skein.By) error {
	if err := l.plans(by); err != nil {
		return err
	}
	switch {
	case l.primary(skein.TermState.Holds) == nil:
		return skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	case l.Project.State == skein.HandingOver || l.primary(skein.TermState.Coming) != nil:
		return skein.Conflict{Why: "It is being handed on, so what whoever claims it reads stands until somebody has taken over."}
	}
	return nil
}

// tellMoved tells somebody who is here that their last day was moved, but for whoever moved it.
func (l *Lead) tellMoved(by skein.By, t skein.Term) {
	if t.Person == by.Person || slices.Contains(l.Gone, t.Person) {
		return
	}
	l.tell(skein.Notice{
		To: t.Person, Kind: skein.NoticeEnding, Code: skein.CodeMoved, Who: by.Person, On: t.EndsOn,
		About: "moved:" + string(t.ID) + ":" + t.EndsOn.Format(time.DateOnly) + ":" + by.At.UTC().Format(time.RFC3339Nano),
	})
}

// notNearer refuses a nearer end to whoever does not decide what the lead decides: with it the lead would end.
func (l *Lead) notNearer(by skein.By, was, is skein.Date) error {
	var bad skein.Invalid
	nearer := !is.IsZero() && (was.IsZero() || is.Before(was))
	bad.Add(nearer && l.decides(by) != by.Person, "end", "Only whoever leads it, or stands in for them, brings its last day nearer. Choose a later day, or ask them.")
	return bad.Err()
}
