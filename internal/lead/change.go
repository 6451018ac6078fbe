package lead

import (
	"maps"

	"skein/internal/skein"
)

// ChangeLed changes the words of a project that is led, and its end, of which read is the version that by has read.
// Whoever leads it may, who leads it beside them, and who stands in; others are refused. What the lead is chosen for
// stays: what it is like, what it asks for and its hours. Their own last days move with the project's, as far as the
// guardrail allows. While nobody leads it, or it is being handed on, it is a conflict; so is what somebody else has
// changed meanwhile. What says the same changes nothing.
func (l *Lead) ChangeLed(by skein.By, to skein.LedWords, read string) error {
	if err := l.plans(by); err != nil {
		return err
	}
	switch {
	case l.primary(skein.TermState.Holds) == nil:
		return skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	case l.Project.State == skein.HandingOver || l.primary(skein.TermState.Coming) != nil:
		return skein.Conflict{Why: "It is being handed on, so what whoever claims it reads stands until somebody has taken over."}
	}
	was, p := l.Project.LedWords(), l.Project.With(to)
	if err := both(p.Check(), p.LedWords().CheckAfter(was, by.Day)); err != nil {
		return err
	}
	changes := p.LedWords().Changes(was)
	if len(changes) == 0 {
		return nil
	}
	if err := skein.Fresh(read, was.Version()); err != nil {
		return err
	}
	p.Version++
	l.Project = p
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role != skein.Shadow {
			t.EndsWith(was.EndOn, p.EndOn, l.Rules.LongestMonths)
		}
	}
	l.noteProject("project.change", maps.Clone(changes))
	return nil
}
