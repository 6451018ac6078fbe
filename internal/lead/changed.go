package lead

import (
	"maps"
	"strings"

	"skein/internal/skein"
)

// Restate says anew what a project that is led is like, of which read is the version that by has read. Whoever leads it
// may, who leads it beside them, who stands in, and a steward of its circle or of one above; others are refused. While
// nobody leads it it is a conflict. Where it is being handed on claims begin again, as with Edit, and what is refused
// there is a conflict here. The same said again changes nothing.
func (l *Lead) Restate(by skein.By, read string, to skein.Restatement) error {
	to = to.Clean()
	t, err := l.restates(by, to, to.Situation != l.Phase.Situation)
	if err != nil {
		return err
	}
	if to.Situation == l.Phase.Situation {
		if l.Phase.SaidBy == by.Person && l.Phase.Why == to.Why {
			return nil
		}
		return skein.Invalid{{Field: "why", Message: "Every answer is as it was. Change those that are other now, or say that a new stretch begins."}}
	}
	if err := skein.Fresh(read, l.Phase.Version()); err != nil {
		return err
	}
	now := l.Phase
	return l.becomes(by, t, now, to, "project.restate", nil)
}

// NextPhase ends the present stretch of a project and begins the next, with a name. Who may, and what is refused, is as
// with Restate; what it asks for and does without goes on.
func (l *Lead) NextPhase(by skein.By, read, name string, to skein.Restatement) error {
	to, name = to.Clean(), strings.TrimSpace(name)
	var bad skein.Invalid
	bad.Name("phase", name, "Name the stretch that begins, in a few words.")
	bad.Add(len([]rune(name)) > 80, "phase", "A stretch of a project is named in 80 characters or fewer.")
	said := l.Phase.SaidBy == by.Person && l.Phase.Why == to.Why && l.Phase.Name == name && l.Phase.Situation == to.Situation
	t, err := l.restates(by, to, !said)
	if err := both(bad.Err(), err); err != nil || said {
		return err
	}
	if err := skein.Fresh(read, l.Phase.Version()); err != nil {
		return err
	}
	if l.Proposal == nil {
		return errNoProposal // what it asks for goes on
	}
	next, was := l.Phase, l.Phase.Name
	next.ID, next.Number, next.Name = skein.PhaseID(l.port.ID()), l.Phase.Number+1, name
	return l.becomes(by, t, next, to, "project.next_phase", map[string]any{"phase": name, "was_phase": was})
}

// restates is the lead of a project of which by may say what it is like; bears says that this changes what claims are
// sent for.
func (l *Lead) restates(by skein.By, to skein.Restatement, bears bool) (*skein.Term, error) {
	if err := l.stillOn(); err != nil {
		return nil, err
	}
	if !l.leads(by) && !l.steward(by.Person) {
		return nil, skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it says what has changed, who leads it beside them, who stands in, and its steward.",
		}
	}
	t := l.primary(skein.TermState.Holds)
	if t == nil {
		return nil, skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	}
	if err := to.Check(); err != nil {
		return nil, err
	}
	if !l.Project.State.Seeks() {
		return t, nil
	}
	if to.Situation.Uncertainty == skein.Unclear {
		return nil, skein.Invalid{{
			Field:   string(skein.DimUncertainty),
			Message: "It is open for the next lead, and while nobody can say what it is, nobody can be matched to it. Choose another answer.",
		}}
	}
	if why := Stands(l.Window, l.stood()); why != "" && bears {
		return nil, skein.Conflict{Why: why}
	}
	return t, nil
}

// becomes makes a phase the present one, which is like that.
func (l *Lead) becomes(by skein.By, t *skein.Term, now skein.Phase, to skein.Restatement, action string, details map[string]any) error {
	was := l.Phase.Situation
	if t.ChosenHow == skein.ChosenUnknown {
		t.ChosenFor, t.ChosenHow = was, skein.ChosenBefore
	}
	now.Situation, now.Why, now.SaidBy, now.SaidAt = to.Situation, to.Why, by.Person, by.At
	l.Phase = now
	if r := l.handedOnBy(t); r != nil { // what was said of it was said of something else
		r.Lead, r.Steward, r.StewardBy = "", "", ""
	}
	if c := l.RemitChange(); c != nil && !l.RemitTerms().Same(c.Was) {
		if err := l.voidRemit(by, "it was said anew what it is like"); err != nil {
			return err
		}
	}
	l.Project.Version++
	said := map[string]any{"why": to.Why, "changed": skein.Proposal{Phase: now}.Differences(skein.Proposal{Phase: skein.Phase{
		Situation: was, Requirements: now.Requirements, Struck: now.Struck,
	}})}
	maps.Copy(said, details)
	l.noteProject(action, said)
	if err := l.startAgain(by); err != nil {
		return err
	}
	return l.reconsider(by, t)
}
