package lead

import (
	"time"

	"skein/internal/skein"
)

// ReconsiderTime is how long whoever leads and a steward have to say what becomes of a lead that is reconsidered;
// ReconsiderLeast is what they have at the least once it was said anew what it is like; ReconsiderSoon is how long
// before the date who has not answered is reminded; ReconsiderAway is how long after it was opened, at most, somebody who
// is asked comes back for whom the date is moved: for a longer leave nothing is held up.
const (
	ReconsiderTime  = 14 * 24 * time.Hour
	ReconsiderLeast = 7 * 24 * time.Hour
	ReconsiderSoon  = 2 * 24 * time.Hour
	ReconsiderAway  = 30 * 24 * time.Hour
)

// Reconsidering is the reconsideration whose answers are waited for; nil: there is none.
func (l *Lead) Reconsidering() *skein.Reconsideration {
	return find(l.Reconsiderations, func(r skein.Reconsideration) bool { return r.State == skein.ReconsiderOpen })
}

// lastOf is the last reconsideration of a lead; nil: it never was.
func (l *Lead) lastOf(t *skein.Term) *skein.Reconsideration {
	var last *skein.Reconsideration
	for r := range each(l.Reconsiderations, func(r skein.Reconsideration) bool { return r.Term == t.ID }) {
		if last == nil || !r.OpenedAt.Before(last.OpenedAt) {
			last = r
		}
	}
	return last
}

// handedOnBy is the reconsideration by which a lead is handed on; nil: whoever leads does so on their own.
func (l *Lead) handedOnBy(t *skein.Term) *skein.Reconsideration {
	if t == nil {
		return nil
	}
	if last := l.lastOf(t); last != nil && last.State.HandsOn() {
		return last
	}
	return nil
}

// reconsider compares what a lead is like now with what its lead was chosen for. Where that is something else, or they
// could not be chosen any more who could before, it is reconsidered; where it was, that is amended, or has nothing to
// say any more. A lead that is handed on already is not.
func (l *Lead) reconsider(by skein.By, t *skein.Term) error {
	if l.Project.State != skein.Led || t.State != skein.TermLive {
		return nil
	}
	other, err := l.otherNow(t)
	if err != nil {
		return err
	}
	switch r := l.Reconsidering(); {
	case r == nil && other:
		if err := l.seekNobody(by); err != nil {
			return err
		}
		l.askToReconsider(by, t)
	case r != nil && other:
		l.amend(by, t, r)
	case r != nil:
		if err := l.endReconsidering(by, r, skein.ReconsiderVoid); err != nil {
			return err
		}
		l.noteReconsider("reconsider.moot", t)
		l.tellReconsidered(by, r, skein.CodeMoot)
	}
	return nil
}

// otherNow tells whether it is something else than its lead was chosen for.
func (l *Lead) otherNow(t *skein.Term) (bool, error) {
	if t.ChosenHow == skein.ChosenUnknown {
		return false, nil
	}
	if l.Phase.Situation.OtherThan(t.ChosenFor) {
		return true, nil
	}
	if l.port.Judge.Stops == nil || l.Phase.Situation == t.ChosenFor {
		return false, nil
	}
	return l.port.Judge.Stops(t.Person, t.ChosenFor, l.Phase.Situation)
}

func (l *Lead) askToReconsider(by skein.By, t *skein.Term) {
	next := skein.Reconsideration{
		ID: skein.ReconsiderationID(l.port.ID()), Project: l.Project.ID, Term: t.ID, State: skein.ReconsiderOpen,
		OpenedAt: by.At, Due: by.At.Add(ReconsiderTime),
	}
	for was := range each(l.Reconsiderations, func(r skein.Reconsideration) bool { return r.Term == t.ID && r.State == skein.ReconsiderVoid }) {
		if most := was.OpenedAt.Add(2 * ReconsiderTime); by.At.Before(most) { // given up and taken back, it goes on
			next.OpenedAt = was.OpenedAt
			next.Due = earlier(later(was.OpenedAt.Add(ReconsiderTime), by.At.Add(ReconsiderLeast)), most)
		}
	}
	l.Reconsiderations = append(l.Reconsiderations, next)
	r := l.Reconsidering()
	l.waitsForReturn(by, r)
	l.noteReconsider("reconsider.open", t)
	l.askBoth(by, t, *r, skein.CodeDecide)
	l.tellReconsidered(by, r, "")
}

// amend takes the answers back: they were given to something else.
func (l *Lead) amend(by skein.By, t *skein.Term, r *skein.Reconsideration) {
	r.Lead, r.Steward, r.StewardBy, r.Part = "", "", "", ""
	leaveTime(by, r)
	l.waitsForReturn(by, r)
	l.noteReconsider("reconsider.amend", t)
	l.askBoth(by, t, *r, skein.CodeAgain)
}

// leaveTime leaves the time to answer to whoever is asked anew.
func leaveTime(by skein.By, r *skein.Reconsideration) {
	// Without a most, saying it anew would put it off for ever.
	if least := earlier(by.At.Add(ReconsiderLeast), r.OpenedAt.Add(2*ReconsiderTime)); r.Due.Before(least) {
		r.Due, r.Reminded = least, false
	}
}

// AnswerReconsider is what by says should become of a lead that is reconsidered, of which read is the version of what it
// is like that by has read; part names the other one where it becomes two. Whoever leads it answers, and a steward of
// its circle or of one above who does not lead it with them; others are refused. Until it is over each may say something else. What both say happens
// at once, as does what whoever leads says where there is no steward. Once it is handed on, both may still say that it
// is kept, until everybody is told who was picked; anything else is a conflict, and so is an answer to what was said
// anew meanwhile.
func (l *Lead) AnswerReconsider(by skein.By, read string, answer skein.ReconsiderAnswer, part string) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	t := l.primary(skein.TermState.Holds)
	if t == nil {
		return skein.Conflict{Why: "Nobody leads this now, so there is nothing to reconsider."}
	}
	steward := by.Person != t.Person
	if by.Person == "" || steward && !l.saysAsSteward(by, by.Person) {
		return skein.Refused{Why: "This is not yours to answer.", Who: "Whoever leads it answers, and a steward of it who neither leads it beside them nor stands in."}
	}
	if err := skein.CheckReconsider(answer, part); err != nil {
		return err
	}
	r, err := l.answers(t, answer)
	if err != nil {
		return err
	}
	l.forgetsSteward(by, r)
	if r.Of(steward) == answer && (answer != skein.AnswerSplit || r.Part == part) {
		return nil
	}
	if err := skein.Fresh(read, l.Phase.Version()); err != nil {
		return err
	}
	r.Set(by, steward, answer)
	if answer == skein.AnswerSplit && (!steward || r.Lead != skein.AnswerSplit) { // whoever leads it owns the other, and says which it is
		r.Part = part
	}
	l.noteReconsider("reconsider.answer", t)
	alone := r.Steward == "" && len(l.sayingAsStewards(by)) == 0
	switch {
	case r.Lead != "" && (r.Lead == r.Steward || alone):
		return l.concludes(by, t, r, r.Lead)
	case r.State.HandsOn():
		l.askBoth(by, t, *r, skein.CodeKeeps)
	case r.Differ():
		l.askBoth(by, t, *r, skein.CodeDiffer)
	}
	return nil
}

// answers is the reconsideration that takes such an answer.
func (l *Lead) answers(t *skein.Term, answer skein.ReconsiderAnswer) (*skein.Reconsideration, error) {
	if r := l.Reconsidering(); r != nil && r.Term == t.ID {
		return r, nil
	}
	r := l.handedOnBy(t)
	switch {
	case r == nil:
		return nil, skein.Conflict{Why: "It is not being reconsidered any more."}
	case answer != skein.AnswerKeep:
		return nil, skein.Conflict{Why: "It is open for claims already. Until everybody is told who was picked, you can both say that it is kept."}
	case !l.TakesBack():
		return nil, whyTold
	}
	return r, nil
}

// PassReconsider reminds who has not answered two days before the date; where they are away for all that is left, the
// date moves instead, and both are told. Where whoever answered as a steward is none of it any more, or has come to lead
// it, the stewards are asked anew. At the date, the only answer that was given
// counts; where there is none, or they differ, it opens for claims, and whoever leads it leads it until somebody has
// taken over. Skein does it when the clock has run out.
func (l *Lead) PassReconsider(by skein.By, id skein.ReconsiderationID) error {
	r := l.Reconsidering()
	if r == nil || r.ID != id || !due(l.reconsidersAt(by, *r), by.At) {
		return nil
	}
	t := l.primary(skein.TermState.Holds)
	switch {
	case t == nil || t.ID != r.Term || t.State != skein.TermLive && !l.leadsOnLater(t): // an import ended what is reconsidered
		l.noteProject("reconsider.moot", nil)
		return l.endReconsidering(by, r, skein.ReconsiderVoid)
	case l.forgetsSteward(by, r):
		l.asksStewards(by, t, r)
		return nil
	case !r.Reminded && l.waitsForReturn(by, r):
		l.noteReconsider("reconsider.put_off", t)
		l.tellPutOff(by, t, *r)
		return nil
	case !due(r.Due, by.At):
		r.Reminded = true
		l.noteReconsider("reconsider.remind", t)
		l.askBoth(by, t, *r, skein.CodeSoon)
		return nil
	}
	return l.concludes(by, t, r, r.Only())
}

// tellsOf is when the clock next has something to do with a reconsideration; zero: it has not.
func tellsOf(r skein.Reconsideration) time.Time {
	switch {
	case r.State != skein.ReconsiderOpen:
		return time.Time{}
	case !r.Reminded:
		return r.Due.Add(-ReconsiderSoon)
	}
	return r.Due
}

// reconsidersAt is when the clock has something to do with a reconsideration, of which somebody may have answered who may
// not any more.
func (l *Lead) reconsidersAt(by skein.By, r skein.Reconsideration) time.Time {
	if at := tellsOf(r); at.IsZero() || !l.stewardLost(by, r) || due(at, by.At) {
		return at
	}
	return by.At
}

// dueReconsider adds what is due of reconsidering.
func (l *Lead) dueReconsider(by skein.By, add func(Clock, string, time.Time, func(skein.By) error)) {
	for _, r := range l.Reconsiderations {
		if at := l.reconsidersAt(by, r); due(at, by.At) {
			add(ClockReconsider, string(r.ID), at, func(by skein.By) error { return l.PassReconsider(by, r.ID) })
		}
	}
}
