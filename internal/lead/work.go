package lead

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"skein/internal/skein"
)

// AddLink adds a link to where the work or the talk happens. Whoever leads may, who leads it beside them, and who
// stands in; others are refused. One that is there already changes nothing; a ninth is invalid, and of a project that is
// over it is a conflict.
func (l *Lead) AddLink(by skein.By, label, url string) error {
	if err := l.plans(by); err != nil {
		return err
	}
	link := skein.Link{Project: l.Project.ID, Label: label, URL: url, AddedAt: by.At}.Plain()
	if err := link.Check(); err != nil {
		return err
	}
	if find(l.Links, func(other skein.Link) bool { return other.Label == link.Label && other.URL == link.URL }) != nil {
		return nil
	}
	if len(l.Links) >= skein.MostLinks {
		return skein.Invalid{{Field: "url", Message: fmt.Sprintf("There are %d links already. Take one away first.", skein.MostLinks)}}
	}
	link.ID = skein.LinkID(l.port.ID())
	l.Links = append(l.Links, link)
	l.noteProject("lead.link", map[string]any{"label": link.Label, "url": link.URL})
	return nil
}

// DropLink takes a link away. Who may is as with AddLink. Of one that is not there it changes nothing.
func (l *Lead) DropLink(by skein.By, id skein.LinkID) error {
	if err := l.plans(by); err != nil {
		return err
	}
	link := find(l.Links, func(link skein.Link) bool { return link.ID == id })
	if link == nil {
		return nil
	}
	l.noteProject("lead.unlink", map[string]any{"label": link.Label, "url": link.URL})
	l.Links = slices.DeleteFunc(slices.Clone(l.Links), func(link skein.Link) bool { return link.ID == id })
	return nil
}

// AddStep adds a dated step to the plan. Who may is as with AddLink. One that is there already changes nothing; an
// eighth is invalid.
func (l *Lead) AddStep(by skein.By, says string, due skein.Date) error {
	if err := l.plans(by); err != nil {
		return err
	}
	step := skein.Step{Project: l.Project.ID, Says: strings.TrimSpace(says), DueOn: due, AddedAt: by.At}
	if err := both(step.Check(), step.CheckDue(by.Day)); err != nil {
		return err
	}
	if find(l.Steps, func(other skein.Step) bool { return other.Says == step.Says && other.DueOn.Equal(step.DueOn) }) != nil {
		return nil
	}
	if len(l.Steps) >= skein.MostSteps {
		return skein.Invalid{{Field: "says", Message: fmt.Sprintf("There are %d steps already. Take one away first; what needs more of them belongs where the work happens.", skein.MostSteps)}}
	}
	step.ID = skein.StepID(l.port.ID())
	l.Steps = append(l.Steps, step)
	l.noteProject("lead.step", map[string]any{"step": step.Says, "due": step.DueOn})
	return nil
}

// DropStep takes a step away. Who may is as with AddLink. Of one that is not there it changes nothing.
func (l *Lead) DropStep(by skein.By, id skein.StepID) error {
	if err := l.plans(by); err != nil {
		return err
	}
	step := l.step(id)
	if step == nil {
		return nil
	}
	l.noteProject("lead.unstep", map[string]any{"step": step.Says, "due": step.DueOn})
	l.Steps = slices.DeleteFunc(slices.Clone(l.Steps), func(s skein.Step) bool { return s.ID == id })
	return nil
}

// TickStep notes that a step is done, or not after all. Whoever leads may, or has a place in the team; others are
// refused. What was noted so already changes nothing.
func (l *Lead) TickStep(by skein.By, id skein.StepID, done bool) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	member := slices.ContainsFunc(l.Team, func(m skein.Member) bool { return m.Person == by.Person && m.LeftAt.IsZero() })
	if !member && !l.leads(by) {
		return skein.Refused{Why: "You are not in its team.", Who: "Whoever is in the team says what is done. You can join it from the project’s page."}
	}
	step := l.step(id)
	if step == nil {
		return skein.ErrNotFound
	}
	if step.Tick(by, done) {
		l.noteProject("lead.tick", map[string]any{"step": step.Says, "done": done})
	}
	return nil
}

func (l *Lead) step(id skein.StepID) *skein.Step {
	return find(l.Steps, func(s skein.Step) bool { return s.ID == id && id != "" })
}

// plans is nil for whoever may change the links and the plan of what they lead.
func (l *Lead) plans(by skein.By) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	if !l.leads(by) {
		return skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it sets its links and its steps, who leads it beside them, and who stands in.",
		}
	}
	return nil
}

// both is what is wrong with two parts of what was typed.
func both(one, other error) error {
	var bad, more skein.Invalid
	if errors.As(one, &bad) && errors.As(other, &more) {
		return append(bad, more...)
	}
	if one != nil {
		return one
	}
	return other
}
