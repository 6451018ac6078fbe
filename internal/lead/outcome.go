package lead

import (
	"slices"
	"strings"
	"time"

	"skein/internal/skein"
)

// Outcomes are the reviews of a project's times in office, with what was asked for and answered.
type Outcomes struct {
	Reviews []skein.OutcomeReview
	Skills  []skein.OutcomeSkill
	Answers []skein.OutcomeAnswer
	Namings []skein.OutcomeNaming
}

// Clone is a copy of its lists.
func (o Outcomes) Clone() Outcomes {
	return Outcomes{slices.Clone(o.Reviews), slices.Clone(o.Skills), slices.Clone(o.Answers), slices.Clone(o.Namings)}
}

// Of are the parts of one review.
func (o Outcomes) Of(id skein.OutcomeID) Outcomes {
	var of Outcomes
	for r := range each(o.Reviews, func(r skein.OutcomeReview) bool { return r.ID == id }) {
		of.Reviews = append(of.Reviews, *r)
	}
	for s := range each(o.Skills, func(s skein.OutcomeSkill) bool { return s.Review == id }) {
		of.Skills = append(of.Skills, *s)
	}
	for a := range each(o.Answers, func(a skein.OutcomeAnswer) bool { return a.Review == id }) {
		of.Answers = append(of.Answers, *a)
	}
	for n := range each(o.Namings, func(n skein.OutcomeNaming) bool { return n.Review == id }) {
		of.Namings = append(of.Namings, *n)
	}
	return of
}

// askHowItWent opens the review of a lead that has ended: whoever led, who was there with them for long enough and whoever
// answers for the priority are asked, but for who is not here in all of the time in which it asks. Of whoever leads on
// from that very day it is asked when they end.
func (l *Lead) askHowItWent(by skein.By, t *skein.Term) error {
	if t.Role != skein.Primary || l.leadsOnNow(t) != nil {
		return nil
	}
	o := skein.OutcomeReview{
		ID: skein.OutcomeID(l.port.ID()), Project: l.Project.ID, Term: t.ID, State: skein.OutcomeAsking,
		OpenedAt: by.At, Due: by.At.Add(skein.OutcomeTime),
	}
	parts := l.partsOf(by, t)
	var all people
	for _, a := range parts {
		all.add(a.Person)
	}
	here, err := l.port.Known(all)
	if err != nil {
		return err
	}
	asked := 0
	for _, a := range parts {
		known := find(here, func(h Here) bool { return h.Person == a.Person })
		if known == nil || covers(known.AwayUntil, by, o.Due) {
			continue
		}
		a.Review = o.ID
		l.Outcomes.Answers = append(l.Outcomes.Answers, a)
		asked++
		if a.Person != by.Person {
			l.tellOutcome(o, a.Person, skein.Notice{By: o.Due})
		}
	}
	if asked == 0 {
		return nil
	}
	l.Outcomes.Reviews = append(l.Outcomes.Reviews, o)
	like := l.Phase
	if t.ChosenHow != skein.ChosenUnknown {
		like.Situation = t.ChosenFor // what was said anew just before the end was never asked of them
	}
	asks := like.Requirements
	if l.port.Judge.Asks != nil {
		asks = l.port.Judge.Asks(like)
	}
	for i, r := range asks {
		l.Outcomes.Skills = append(l.Outcomes.Skills, skein.OutcomeSkill{Review: o.ID, Skill: r.Skill, Level: r.Level, Place: i})
	}
	l.noteOutcome("outcome.open", o, map[string]any{"person": t.Person})
	return nil
}

// AnswerOutcome takes how it went of whoever was asked; when nobody is waited for any more it closes. Whom nobody asked
// is refused. What was sent stays as it was sent, so that to say otherwise is a conflict, and so it is when it has closed.
func (l *Lead) AnswerOutcome(by skein.By, id skein.OutcomeID, typed skein.OutcomeText, named []skein.OutcomeNaming) error {
	o, a, err := l.outcomeAsked(by, id)
	if err != nil {
		return err
	}
	typed.Led, typed.Again = strings.TrimSpace(typed.Led), strings.TrimSpace(typed.Again)
	if err := typed.Check(); err != nil {
		return err
	}
	switch {
	case a.Said() && a.OutcomeText == typed:
		return nil
	case a.Said():
		return skein.Conflict{Why: "You have answered already. What others read of it stays as you sent it."}
	case o.State != skein.OutcomeAsking:
		return skein.Conflict{Why: "It has closed with the answers that were there."}
	}
	if err := l.nameOthers(by, *a, named); err != nil {
		return err
	}
	a.OutcomeText, a.AnsweredAt, a.Passed, a.LedKey, a.AgainKey = typed, by.At, false, l.port.Seed(), l.port.Seed()
	if typed.Library {
		a.LibraryAt, a.LibraryBy = by.At, by.Person
	}
	l.noteAnswer("outcome.answer", *o)
	return l.closeWhenAllSaid(by, o)
}

// nameOthers keeps whom somebody says to have shown what: whoever led, and who has a place beside them or in the team.
func (l *Lead) nameOthers(by skein.By, a skein.OutcomeAnswer, named []skein.OutcomeNaming) error {
	of := l.Outcomes.Of(a.Review)
	for _, n := range named {
		n.Review, n.By = a.Review, by.Person
		there := find(of.Answers, func(o skein.OutcomeAnswer) bool { return o.Person == n.Person && o.Part != skein.PartOwner })
		asked := find(of.Skills, func(s skein.OutcomeSkill) bool { return s.Skill == n.Skill })
		if there == nil || asked == nil || n.Person == by.Person {
			return skein.Invalid{{Field: "named", Message: "Choose somebody who was there, and one of the things that it asked for."}}
		}
		if !slices.Contains(l.Outcomes.Namings, n) {
			l.Outcomes.Namings = append(l.Outcomes.Namings, n)
		}
	}
	return nil
}

// PassOutcome is by's word that they were hardly there, so that nobody waits for them. Whom nobody asked is refused; when
// they have answered, or it has closed, it is a conflict.
func (l *Lead) PassOutcome(by skein.By, id skein.OutcomeID) error {
	o, a, err := l.outcomeAsked(by, id)
	switch {
	case err != nil || a.Passed:
		return err
	case a.Said():
		return skein.Conflict{Why: "You have answered already."}
	case o.State != skein.OutcomeAsking:
		return skein.Conflict{Why: "It has closed already, so nobody waits for you."}
	}
	a.Passed = true
	l.noteAnswer("outcome.pass", *o)
	return l.closeWhenAllSaid(by, o)
}

// UnpassOutcome takes back that by was hardly there, so that they are waited for as before. Whom nobody asked is refused;
// when it has closed it is a conflict. Of who did not say so it changes nothing.
func (l *Lead) UnpassOutcome(by skein.By, id skein.OutcomeID) error {
	o, a, err := l.outcomeAsked(by, id)
	switch {
	case err != nil || !a.Passed:
		return err
	case o.State != skein.OutcomeAsking:
		return skein.Conflict{Why: "It has closed with the answers that were there."}
	}
	a.Passed = false
	l.noteAnswer("outcome.unpass", *o)
	return nil
}

// outcomeAsked is a review and what by was asked in it.
func (l *Lead) outcomeAsked(by skein.By, id skein.OutcomeID) (*skein.OutcomeReview, *skein.OutcomeAnswer, error) {
	o := find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.ID == id && o.State != skein.OutcomeVoid })
	if o == nil {
		return nil, nil, skein.ErrNotFound
	}
	a := find(l.Outcomes.Answers, func(a skein.OutcomeAnswer) bool { return a.Review == id && a.Person == by.Person && by.Person != "" })
	if a == nil {
		return nil, nil, skein.Refused{
			Why: "You were not asked how it went.",
			Who: "Whoever led it, whoever was in its team for two weeks of that time or half of it, and whoever answers for its priority are asked.",
		}
	}
	return o, a, nil
}

func (l *Lead) closeWhenAllSaid(by skein.By, o *skein.OutcomeReview) error {
	if slices.ContainsFunc(l.Outcomes.Of(o.ID).Answers, skein.OutcomeAnswer.Waits) || l.maySoonLead(o) {
		return nil
	}
	return l.closeOutcome(by, o)
}

// closeAnswered ends the reviews in which nobody is waited for any more.
func (l *Lead) closeAnswered(by skein.By) error {
	for o := range each(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.State == skein.OutcomeAsking }) {
		if err := l.closeWhenAllSaid(by, o); err != nil {
			return err
		}
	}
	return nil
}

// maySoonLead tells whether whoever stepped down can still take that back: what they leave is said once, at their end.
func (l *Lead) maySoonLead(o *skein.OutcomeReview) bool {
	t := l.lastLed()
	return t != nil && t.ID == o.Term && t.EndReason == skein.EndStepped && l.TakesBack()
}

// Withheld tells whether others' answers in a review that is open are kept from by: they stepped down from what it asks
// about, and nobody leads it since, so that they can make the answers void by taking that back, now or when claims start
// again.
func (l *Lead) Withheld(by skein.By, id skein.OutcomeID) bool {
	t := l.lastLed()
	return t != nil && t.Person == by.Person && t.EndReason == skein.EndStepped && !l.Project.State.Over() &&
		find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool {
			return o.ID == id && o.Term == t.ID && o.State == skein.OutcomeAsking
		}) != nil
}

// closeOutcome ends a review with what there is, which makes evidence unless it was missed.
func (l *Lead) closeOutcome(by skein.By, o *skein.OutcomeReview) error {
	if err := move(&o.State, skein.OutcomeClosed); err != nil {
		return err
	}
	of := l.Outcomes.Of(o.ID)
	o.ClosedAt = by.At
	o.Result, o.Basis = skein.ResultOf(of.Answers)
	if t := l.term(func(t skein.Term) bool { return t.ID == o.Term }); t != nil {
		l.Changes.Evidence = append(l.Changes.Evidence, o.Evidence(by.Day, t.Person, of.Skills, of.Answers, of.Namings)...)
	}
	l.noteOutcome("outcome.close", *o, map[string]any{"result": string(o.Result)})
	if o.Result == "" {
		return nil
	}
	return l.tellAsked(by, o, skein.Notice{Code: skein.CodeResult}, func(skein.OutcomeAnswer) bool { return true })
}

// voidOutcome ends a review of a lead that was taken back.
func (l *Lead) voidOutcome(of skein.TermID) error {
	for o := range each(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.Term == of && o.State == skein.OutcomeAsking }) {
		if err := move(&o.State, skein.OutcomeVoid); err != nil {
			return err
		}
	}
	return nil
}

// SeeToOutcome reminds whoever has not answered; then it closes. Skein does it when the clock has run out.
func (l *Lead) SeeToOutcome(by skein.By, id skein.OutcomeID) error {
	o := find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.ID == id && due(o.TellsAt(), by.At) })
	if o == nil {
		return nil
	}
	if due(o.Due, by.At) {
		return l.closeOutcome(by, o)
	}
	o.Reminded = true
	return l.tellAsked(by, o, skein.Notice{Code: skein.CodeRemind, By: o.Due}, skein.OutcomeAnswer.Waits)
}

// dueOutcomes adds what is due of reviews.
func (l *Lead) dueOutcomes(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	for _, o := range l.Outcomes.Reviews {
		if at := o.TellsAt(); due(at, by.At) {
			add(ClockAsked, string(o.ID), at, func(by skein.By) error { return l.SeeToOutcome(by, o.ID) })
		}
	}
}

// tellAsked tells some of those who were asked and are here still, but for whoever acts.
func (l *Lead) tellAsked(by skein.By, o *skein.OutcomeReview, n skein.Notice, whom func(skein.OutcomeAnswer) bool) error {
	var all people
	for _, a := range l.Outcomes.Of(o.ID).Answers {
		if whom(a) && a.Person != by.Person {
			all.add(a.Person)
		}
	}
	here, err := l.port.Known(all)
	if err != nil {
		return err
	}
	for _, p := range all {
		if find(here, func(h Here) bool { return h.Person == p }) != nil {
			l.tellOutcome(*o, p, n)
		}
	}
	return nil
}

func (l *Lead) tellOutcome(o skein.OutcomeReview, to skein.PersonID, n skein.Notice) {
	n.To, n.Kind, n.Of, n.About = to, skein.NoticeOutcome, string(o.ID), "outcome:"+string(o.ID)
	if n.Code != "" {
		n.About = string(n.Code) + ":" + string(o.ID)
	}
	l.tell(n)
}

func (l *Lead) noteOutcome(action string, o skein.OutcomeReview, details map[string]any) {
	l.note(action, "outcome", string(o.ID), details)
}

// noteAnswer notes that by has answered, or was hardly there: who has is as sealed as what they said.
func (l *Lead) noteAnswer(action string, o skein.OutcomeReview) {
	l.note(action, "outcome_answer", string(o.ID), nil)
}
