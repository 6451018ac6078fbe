package lead

import (
	"slices"
	"strings"
	"time"

	"skein/internal/skein"
)

// OpenDecision begins a question that is decided here, read by those alone who decide, until somebody is asked. Whoever
// leads may, who leads it beside them, and who stands in; others are refused, and so is what lies outside what the lead
// decides. Where too much is open already, and of a project that is over, it is a conflict. What is open already is not
// opened twice. WithProposal loads what the lead decides.
func (l *Lead) OpenDecision(by skein.By, typed skein.Decision) (skein.DecisionID, error) {
	if err := l.mayDecide(by); err != nil {
		return "", err
	}
	d, err := l.typedDecision(typed)
	if err != nil {
		return "", err
	}
	open := 0
	for _, other := range l.Decisions {
		if !other.State.Open() {
			continue
		}
		if open++; other.Version() == d.Version() {
			return other.ID, nil
		}
	}
	if open >= skein.MostOpenDecisions {
		return "", skein.Conflict{Why: "Twelve decisions are open here already. Decide or close one of them first."}
	}
	d.ID, d.Project, d.State = skein.DecisionID(l.port.ID()), l.Project.ID, skein.DecisionDraft
	d.OpenedBy, d.OpenedAt = by.Person, by.At
	l.Decisions = append(l.Decisions, d)
	l.noteDecision("decision.open", d, nil)
	return d.ID, nil
}

// EditDecision changes a question that nobody was asked yet. Who may is as with OpenDecision. What was asked or decided
// is a conflict, and so is to change what was not read (its version).
func (l *Lead) EditDecision(by skein.By, id skein.DecisionID, read string, typed skein.Decision) error {
	if err := l.mayDecide(by); err != nil {
		return err
	}
	old := l.Decision(id)
	switch {
	case old == nil:
		return skein.ErrNotFound
	case old.State != skein.DecisionDraft:
		return skein.Conflict{Why: "It has been asked, so the question stands as it was read. Close it, and open another one."}
	}
	d, err := l.typedDecision(typed)
	if err != nil {
		return err
	}
	if d.Version() == old.Version() && (skein.RemitTerms{Rows: d.Line}).Same(skein.RemitTerms{Rows: old.Line}) {
		return nil
	}
	if err := skein.Fresh(read, old.Version()); err != nil {
		return err
	}
	old.Question, old.Options, old.Area, old.Line, old.Costs, old.Replaces = d.Question, d.Options, d.Area, d.Line, d.Costs, d.Replaces
	l.noteDecision("decision.edit", *old, nil)
	return nil
}

// fallsUnder gives a draft the line of what the lead decides today: since it was drafted that may have been changed, or
// somebody else may lead. What was asked keeps the line under which it was asked.
func (l *Lead) fallsUnder(d *skein.Decision) error {
	if d.State != skein.DecisionDraft {
		return nil
	}
	today, err := l.typedDecision(*d)
	if err == nil {
		d.Line = today.Line
	}
	return err
}

// typedDecision is what was typed, with the line of what the lead decides that it falls under.
func (l *Lead) typedDecision(typed skein.Decision) (skein.Decision, error) {
	d := skein.Decision{
		Question: strings.TrimSpace(typed.Question), Options: typed.Options, Area: typed.Area, Costs: typed.Costs, Replaces: typed.Replaces,
	}
	if err := d.Check(); err != nil {
		return d, err
	}
	const above = "Whoever answers for its priority can decide it, or a steward of its team: propose it to them."
	remit := l.Remit()
	row := find(remit, func(r skein.Remit) bool { return r.Area == d.Area })
	switch {
	case row == nil:
		return d, skein.Refused{Why: "That is not among what is decided here.", Who: above}
	case row.Ceiling != nil && d.Costs == nil:
		return d, skein.Invalid{{Field: "costs", Message: "Say what it costs, or 0: only up to an amount is it decided here."}}
	case row.Ceiling != nil && *d.Costs > *row.Ceiling:
		return d, skein.Refused{Why: "It costs more than is decided here.", Who: above}
	}
	for _, r := range remit {
		if r.Level == row.Level {
			d.Line = append(d.Line, r)
		}
	}
	if was := l.Decision(d.Replaces); d.Replaces != "" && (was == nil || !was.State.Stands()) {
		return d, skein.Invalid{{Field: "replaces", Message: "Choose something that was decided here, or nothing."}}
	}
	return d, nil
}

// Remit is what the lead decides: as the proposal says it, else as the tables do of what it is like.
func (l *Lead) Remit() []skein.Remit { return l.RemitTerms().Rows }

// mayDecide is nil for whoever decides what the lead decides.
func (l *Lead) mayDecide(by skein.By) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	if !l.leads(by) {
		return skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it decides, who leads it beside them, and who stands in.",
		}
	}
	return nil
}

// decidesAbove tells whether by decides what is proposed upwards: whoever answers for the priority, or a steward of the
// circle or of one above, who does not propose it themselves, and did not before.
func (l *Lead) decidesAbove(by skein.By, d skein.Decision) bool {
	return skein.AnswersPriority(by.Person, l.Answers, l.proposers(by, d).has(by.Person), l.steward(by.Person))
}

// above is who is asked to decide what is proposed upwards: for the priority, else the nearest steward, neither of those
// who propose it; where none is there, whoever answers for the priority when they are back. "": nobody is here.
func (l *Lead) above(by skein.By, d skein.Decision) (skein.PersonID, error) {
	not := l.proposers(by, d)
	if p, err := l.askedForPriority(by, l.needBy(by), not); err != nil || p != "" {
		return p, err
	}
	if p := l.nearestHere(by, not...); p != "" || l.Answers == "" || not.has(l.Answers) {
		return p, nil
	}
	if here, err := l.port.Known([]skein.PersonID{l.Answers}); err != nil || len(here) == 0 {
		return "", err
	}
	return l.Answers, nil
}

// leading are those who decide what the lead decides.
func (l *Lead) leading(day skein.Date) people {
	var all people
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role != skein.Shadow {
			all.add(t.Person)
		}
	}
	all.add(l.StandingIn(day))
	return all
}

// deciding is who is told of what becomes of a question: whoever stands in, else whoever leads; "": nobody does.
func (l *Lead) deciding(day skein.Date) skein.PersonID {
	if p := l.StandingIn(day); p != "" {
		return p
	}
	return l.Holder()
}

// Decision is one that was loaded; nil: there is no such decision.
func (l *Lead) Decision(id skein.DecisionID) *skein.Decision {
	return find(l.Decisions, func(d skein.Decision) bool { return d.ID == id && id != "" })
}

// AdviceOn is what people were asked of a decision, in the order in which they were.
func (l *Lead) AdviceOn(id skein.DecisionID) []skein.Advice {
	return slices.Collect(func(yield func(skein.Advice) bool) {
		for a := range each(l.Advice, func(a skein.Advice) bool { return a.Decision == id }) {
			if !yield(*a) {
				return
			}
		}
	})
}

func (l *Lead) noteDecision(action string, d skein.Decision, details map[string]any) {
	if details == nil {
		details = map[string]any{}
	}
	details["decision"] = d.ID
	l.noteProject(action, details)
}

// CloseDecision ends a question without a decision. Who may is as with OpenDecision; of what others were asked a reason
// is wanted, which they hear. One that was decided is a conflict, and so is one that was closed.
func (l *Lead) CloseDecision(by skein.By, id skein.DecisionID, reason string) error {
	if err := l.mayDecide(by); err != nil {
		return err
	}
	d := l.Decision(id)
	switch {
	case d == nil:
		return skein.ErrNotFound
	case !d.State.Open():
		return skein.Conflict{Why: "It is not open any more."}
	}
	reason = strings.TrimSpace(reason)
	if err := skein.CheckReason(reason); err != nil {
		return err
	}
	if d.State == skein.DecisionAsking && skein.Blank(reason) {
		return skein.Invalid{{Field: "reason", Message: "Say why in a sentence: whoever was asked reads it."}}
	}
	return l.closeDecision(by, d, reason, skein.CodeClosed)
}

func (l *Lead) closeDecision(by skein.By, d *skein.Decision, reason string, code skein.NoticeCode) error {
	if err := move(&d.State, skein.DecisionClosed); err != nil {
		return err
	}
	d.EndedAt, d.EndReason = by.At, reason
	l.noteDecision("decision.close", *d, nil)
	l.tellDecision(by, *d, code, "closed:", l.askedOf(d.ID)...)
	return nil
}

// closeDecisions closes what is open of a project that is over.
func (l *Lead) closeDecisions(by skein.By) error {
	for d := range each(l.Decisions, func(d skein.Decision) bool { return d.State.Open() }) {
		if err := l.closeDecision(by, d, "The project is over.", skein.CodeOver); err != nil {
			return err
		}
	}
	return nil
}

// SayCame says what came of a decision, for everybody to read, also once the project is over: mostly it shows then. Who
// may says MaySayCame; others are refused. What was not decided is a conflict, and so is to write over what was not read.
// The same twice changes nothing.
func (l *Lead) SayCame(by skein.By, id skein.DecisionID, read, says string) error {
	d := l.Decision(id)
	if d == nil {
		return skein.ErrNotFound
	}
	last := l.lastLed()
	if !d.MaySayCame(by.Person, l.leads(by), l.Project.State, last != nil && last.Person == by.Person, l.steward(by.Person)) {
		return skein.ErrCameNotTheirs
	}
	if !d.State.Stands() {
		return skein.Conflict{Why: "It is not decided, so nothing has come of it yet."}
	}
	says = strings.TrimSpace(says)
	if err := skein.CheckCame(says); err != nil {
		return err
	}
	if says == d.Came {
		return nil
	}
	if err := skein.Fresh(read, d.CameVersion()); err != nil {
		return err
	}
	d.Came, d.CameBy, d.CameAt = says, by.Person, by.At
	l.noteDecision("decision.came", *d, nil)
	return nil
}

// tellDecision tells some people of a decision, but for whoever acts.
func (l *Lead) tellDecision(by skein.By, d skein.Decision, code skein.NoticeCode, about string, to ...skein.PersonID) {
	l.tellOthers(by, to, skein.Notice{
		Kind: skein.NoticeDecision, Code: code, Who: by.Person, Of: string(d.ID), On: d.AdviceOn, About: about + string(d.ID),
	})
}

// askedOf are those who were asked of a decision and are still here.
func (l *Lead) askedOf(id skein.DecisionID) people {
	var all people
	for _, a := range l.AdviceOn(id) {
		if a.State != skein.AdviceVoid {
			all.add(a.Person)
		}
	}
	return all
}

// dueDecisions adds what is due of decisions.
func (l *Lead) dueDecisions(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	for _, d := range l.Decisions {
		if at := l.decisionTells(d, by); dueOn(at, by.Day) {
			add(ClockAdvice, string(d.ID), at, func(by skein.By) error { return l.TellOfAdvice(by, d.ID) })
		}
	}
}
