package lead

import (
	"errors"
	"slices"

	"skein/internal/skein"
)

// MostRestarts is how often a change starts claims again before they close: each takes time from those
// who have claimed.
const MostRestarts = 2

// Why what claims are sent for stays as it is.
const (
	whyTwice  = "Claims have started again twice since they last closed, so what they are sent for stands until they close."
	whyClosed = "Claims for this project have closed, so what they were sent for stands until somebody leads it, or claims open again."
)

// Stands says why a change of what claims are sent for is refused while a window stands as w does; ""
// when it is not. Once claims have closed with somebody's among them nothing moves what they are being
// decided by: with other hours, whose turn comes would be passed over, and whoever said yes would hold
// more than they can. Claimed tells whether anybody's was; it counts after the close alone, when everybody
// may know it. What was claimed while claims gather makes no difference: a refusal would tell of it.
func Stands(w skein.Window, claimed bool) string {
	switch {
	case w.State == skein.WindowPicked && claimed:
		return whyClosed
	case w.State.Going() && !w.State.Over() && w.Restarts >= MostRestarts:
		return whyTwice
	}
	return ""
}

// errNoProposal is a fault of ours: the aggregate was loaded without its proposal.
var errNoProposal = errors.New("the proposal was not loaded")

// Edit changes what was proposed, by change. Whoever proposed it may, and a steward of its circle or
// of one above, as a draft or while it is open; later it is a conflict. Where claims gather and what
// they were sent for has moved, they gather anew, whether or not somebody has claimed, and moved is
// true; the third time since claims closed last, and once they have closed with somebody's among them, is
// a conflict. What is published stays whole and within the guardrails: a change that takes it out of them
// is invalid.
func (l *Lead) Edit(by skein.By, change func(*skein.Proposal) error) (moved bool, err error) {
	if l.Proposal == nil {
		return false, errNoProposal
	}
	if err := l.Proposal.Edit(by, l.steward(by.Person)); err != nil {
		return false, err
	}
	was := l.Proposal.Clone()
	moved, err = l.edit(by, func(p *skein.Proposal) error {
		if err := change(p); err != nil {
			return err
		}
		p.Project.ID, p.Project.State, p.Phase.ID = l.Project.ID, l.Project.State, l.Phase.ID
		if err := p.Check(); err != nil {
			return err
		}
		return l.worsens(by, was, *p)
	})
	if err != nil {
		return false, err
	}
	return moved, l.tellMoving(by, was.Further)
}

// worsens reports what is missing from a published proposal, and which guardrails say no to it, that was not
// so before it was changed.
func (l *Lead) worsens(by skein.By, was, is skein.Proposal) error {
	if is.Project.State == skein.Draft {
		return nil
	}
	before, now := wrongOf(was, l.Rules, by), wrongOf(is, l.Rules, by)
	return slices.DeleteFunc(now, func(f skein.FieldError) bool { return slices.Contains(before, f) }).Err()
}

// wrongOf is what would keep a proposal from being published today.
func wrongOf(p skein.Proposal, rules Rules, by skein.By) (bad skein.Invalid) {
	p.Project.State = skein.Draft
	errors.As(p.Project.Publishable(p.Phase, by.Day), &bad)
	for _, r := range rules.Check(p, by) {
		bad.Add(!r.Pass, r.Guardrail.Kind.Field(), r.Why+" "+r.Who)
	}
	return bad
}

// EditByFile changes what a checked file says of a project that claims gather for, by change: whoever
// may import files may, and it does what Edit does. The third time since claims closed last, and once
// they have closed with somebody's among them, it is a conflict.
func (l *Lead) EditByFile(by skein.By, change func(*skein.Proposal)) (moved bool, err error) {
	if l.Proposal == nil {
		return false, errNoProposal
	}
	return l.edit(by, func(p *skein.Proposal) error {
		change(p)
		return nil
	})
}

// Rehome brings a project for which claims gather, or are being decided, to where its circle goes: into
// another one, or along with its own under others. Whoever may close and move circles may. What decides
// claims is other there, so it does what Edit does when the circle changes: claims begin again, whether or
// not somebody has claimed. The third time since claims closed last, and once they have closed with
// somebody's among them, it is a conflict.
func (l *Lead) Rehome(by skein.By, circle skein.CircleID) error {
	if l.Proposal == nil {
		return errNoProposal
	}
	if why := Stands(l.Window, l.stood()); why != "" {
		return skein.Conflict{Why: why}
	}
	before, p := l.Proposal.Clone(), l.Proposal.Clone()
	p.Project.Circle = circle
	p.Further = skein.FurtherCircles(circle, p.Further)
	p.Project.Version++
	if err := l.take(by, &p); err != nil {
		return err
	}
	details := map[string]any{"moved": true}
	if changed := p.Differences(before); len(changed) > 0 {
		details["changed"] = changed
	}
	l.noteProject("project.update", details)
	l.askForNeeds(by)
	return l.startAgain(by)
}

// stood tells whether somebody's claim is among those of the window.
func (l *Lead) stood() bool {
	return slices.ContainsFunc(l.Claims, func(c Claim) bool { return c.Window == l.Window.ID && c.State.Stands() })
}

func (l *Lead) edit(by skein.By, change func(*skein.Proposal) error) (moved bool, err error) {
	before := l.Proposal.Clone()
	before.Needs = slices.DeleteFunc(before.Needs, ofTheClaim) // nobody proposes whom a claim named
	p := before.Clone()
	if err := change(&p); err != nil {
		return false, err
	}
	p.Further = skein.FurtherCircles(p.Project.Circle, p.Further)
	p.Project.Version = before.Project.Version + 1
	moved = p.Moved(before) && p.Project.State != skein.Draft
	if why := Stands(l.Window, l.stood()); moved && why != "" {
		return false, skein.Conflict{Why: why}
	}
	if err := l.take(by, &p); err != nil {
		return false, err
	}
	details := map[string]any{"moved": p.Moved(before)}
	if changed := p.Differences(before); moved && len(changed) > 0 {
		details["changed"] = changed
	}
	l.noteProject("project.update", details)
	longer := l.askForLonger(by, before.Project.EndOn)
	if moved || longer {
		l.askForNeeds(by)
	}
	if !moved {
		if longer {
			return false, l.settleAccepted(by)
		}
		return false, nil
	}
	if err := l.startAgain(by); err != nil {
		return false, err
	}
	return true, l.settleAccepted(by)
}

// askForLonger asks anew for what was given until the end that was, where nobody leads it yet and it ends later now.
func (l *Lead) askForLonger(by skein.By, was skein.Date) bool {
	longer := false
	if l.Project.State != skein.OpenForLead || was.IsZero() || !l.Project.EndOn.IsZero() && !l.Project.EndOn.After(was) {
		return false
	}
	for n := range each(l.Needs, func(n skein.Need) bool { return !ofTheClaim(n) && n.Outlived(l.Project.EndOn) }) {
		n.AskAnew(l.needBy(by))
		longer = true
	}
	return longer
}

// take makes a changed proposal the aggregate's own.
func (l *Lead) take(by skein.By, p *skein.Proposal) error {
	if p.Project.Circle != l.Project.Circle {
		var err error
		if l.Stewards, err = l.port.Stewards(p.Project.Circle); err != nil {
			return err
		}
	}
	for i := range p.Needs {
		n := &p.Needs[i]
		if n.ID == "" {
			n.ID, n.Project = skein.NeedID(l.port.ID()), l.Project.ID
		}
		if p.Project.State != skein.Draft && n.Asked() && n.AnswerBy.IsZero() { // else it would never be answered late
			n.AnswerBy = l.needBy(by)
		}
	}
	p.Phase.SaidBy, p.Phase.Why = l.Phase.SaidBy, l.Phase.Why
	if p.Phase.Situation != l.Phase.Situation { // who said so said something else
		p.Phase.SaidBy, p.Phase.Why = "", ""
	}
	own := slices.Collect(each(l.Needs, ofTheClaim))
	l.Proposal, l.Project, l.Phase, l.Needs, l.Trust = p, p.Project, p.Phase, slices.Clone(p.Needs), p.Project.TrustOn(by.Day)
	l.Further = p.Further
	for _, n := range own {
		l.Needs = append(l.Needs, *n)
	}
	return nil
}

// gathers tells whether claims gather.
func (l *Lead) gathers() bool { return l.Window.ID != "" && !l.Window.State.Over() }

// startAgain begins claims again because what they were sent for has changed: those who claimed are
// told, and their claims stand unless they take them back. Where no claims gather there is nothing
// to do.
func (l *Lead) startAgain(by skein.By) error {
	if !l.gathers() {
		return nil
	}
	told, before := l.sent(), l.Window.Restarts
	if err := l.restart(by); err != nil {
		return err
	}
	l.Window.Restarts = before + 1
	for _, c := range told {
		if c.Person != by.Person {
			l.tell(skein.Notice{To: c.Person, Kind: skein.NoticeRestarted, About: "window:" + string(l.Window.ID)})
		}
	}
	return nil
}

// Publish opens a draft for claims when it is whole and every guardrail allows it. Whoever proposed
// it may, and a steward of its circle or of one above. Practices are what the lens asks for beside
// its own requirements. A guardrail that says no is noted; then nothing else changes, and it is no
// error: the results tell which it was.
func (l *Lead) Publish(by skein.By, practices []skein.Requirement) ([]skein.GuardrailResult, error) {
	if l.Proposal == nil {
		return nil, errNoProposal
	}
	if err := l.Proposal.Edit(by, l.steward(by.Person)); err != nil {
		return nil, err
	}
	if err := l.Proposal.Publishable(practices, by.Day); err != nil {
		return nil, err
	}
	results := l.Rules.Check(*l.Proposal, by)
	for _, r := range results {
		if !r.Pass {
			l.Changes.Refusals = append(l.Changes.Refusals, r)
			l.noteProject("project.refuse", map[string]any{"guardrail": r.Guardrail.Kind, "why": r.Why})
		}
	}
	if len(l.Changes.Refusals) > 0 {
		return results, nil
	}
	if err := move(&l.Project.State, skein.OpenForLead); err != nil {
		return nil, err
	}
	l.Project.PublishedAt = by.At
	l.Project.Version++
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Asked() && n.AnswerBy.IsZero() }) {
		n.AnswerBy = l.needBy(by)
	}
	l.noteProject("project.publish", nil)
	l.gather(by)
	l.askForNeeds(by)
	return results, l.tellMoving(by, nil)
}

// Check tells what the guardrails say of a proposal that would be published by somebody now.
func (r Rules) Check(p skein.Proposal, by skein.By) []skein.GuardrailResult {
	var results []skein.GuardrailResult
	for _, g := range r.Guardrails {
		results = append(results, g.OfProject(p.Project, g.Answers, r.Clocks, p.Phase.Situation.Urgency, by))
	}
	return results
}
