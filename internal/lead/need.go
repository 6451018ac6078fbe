package lead

import (
	"cmp"
	"slices"
	"time"

	"skein/internal/skein"
)

// Grant says yes to a need. Whoever was asked for it may, the stewards of the circle and of those
// above, and, where none of these is with the organisation, executives; others are refused. One that is settled is a
// conflict. It holds until a day, or as long as the project. It may be all that an accepted lead
// waited for.
func (l *Lead) Grant(by skein.By, id skein.NeedID, executive bool, until skein.Date) error {
	n := l.need(id)
	if n == nil {
		return skein.ErrNotFound
	}
	if err := l.stillOn(); err != nil {
		return err
	}
	if until.IsZero() {
		until = l.Project.EndOn
	}
	if until.Before(by.Day) {
		until = skein.Date{}
	}
	if err := n.Grant(by, l.steward(by.Person), executive, slices.ContainsFunc(l.Stewards, func(s Steward) bool { return !s.Left }), until); err != nil {
		return err
	}
	who := l.Accepting()
	if who == "" {
		who = l.Project.ProposedBy
	}
	if who != by.Person {
		l.tell(skein.Notice{To: who, Kind: skein.NoticeNeeds, Code: skein.CodeGranted, Need: n.ID, About: "granted:" + string(n.ID)})
	}
	return l.settled(by, "need.grant", n)
}

// Waive is the word of whoever accepted the lead, or holds it, that they can do without a need.
func (l *Lead) Waive(by skein.By, id skein.NeedID) error {
	n := l.need(id)
	if n == nil {
		return skein.ErrNotFound
	}
	if err := l.stillOn(); err != nil {
		return err
	}
	if err := n.Waive(by, l.Accepting()); err != nil {
		return err
	}
	return l.settled(by, "need.waive", n)
}

func (l *Lead) settled(by skein.By, action string, n *skein.Need) error {
	l.note(action, "need", string(n.ID), map[string]any{"kind": n.Kind, "what": n.What})
	return l.settleAccepted(by)
}

// Accepting is who accepted the lead or holds it; of an incumbent and whoever takes over it is the
// latter, whose needs they are.
func (l *Lead) Accepting() skein.PersonID {
	if t := l.primary(skein.TermState.Stays); t != nil {
		return t.Person
	}
	return l.Holder()
}

// askForNeeds tells whoever may grant a need that it is asked for: the named person, else, and where
// that one is away, the nearest steward. Where that is whoever asks, the nearest other is named, if there is
// one; else it is theirs to decide.
func (l *Lead) askForNeeds(by skein.By) {
	nearest, other := l.nearestHere(by), l.nearestHere(by, by.Person, l.Project.ProposedBy)
	if nearest == by.Person || nearest == l.Project.ProposedBy {
		nearest = cmp.Or(other, nearest)
	} else {
		other = ""
	}
	for i := range l.Needs {
		n := &l.Needs[i]
		if !n.Settled() && l.awayTill(by, n.AskedOf, l.answerBy(by, *n)) {
			n.AskedOf = ""
		}
		if !n.Settled() && n.AskedOf == "" {
			n.AskedOf = other
		}
		who := n.AskedOf
		if who == "" {
			who = nearest
		}
		if !n.Settled() && who != by.Person {
			l.tell(skein.Notice{
				To: who, Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Need: n.ID, About: "needs:" + string(l.Project.ID),
			})
		}
	}
}

// nearestHere is the nearest steward, but for some people, who is there to answer for a need; "" where there
// is none.
func (l *Lead) nearestHere(by skein.By, but ...skein.PersonID) skein.PersonID {
	for _, s := range l.Stewards {
		if !s.Left && !slices.Contains(but, s.Person) && !awayFor(s.AwayUntil, by, l.Rules.Needs) {
			return s.Person
		}
	}
	return ""
}

// needCoach makes the named coach part of what the lead gets: granted when they said yes already.
func (l *Lead) needCoach(by skein.By, c *Claim) {
	n := skein.Need{
		ID: skein.NeedID(l.port.ID()), Project: l.Project.ID, Kind: skein.NeedCoach, What: c.CoachName + " as a coach",
		AskedOf: c.Coach, AnswerBy: by.At.Add(l.Rules.Needs), Claim: c.ID,
	}
	if c.Coach == "" { // they said no after the close
		n.What = "somebody as a coach"
		l.askForCoach(by, n)
	}
	if !c.CoachAgreed.IsZero() {
		n.GrantedBy, n.GrantedAt = c.Coach, c.CoachAgreed
	}
	l.Needs = append(l.Needs, n)
}

// askForCoach asks the nearest steward for somebody in place of a coach who said no.
func (l *Lead) askForCoach(by skein.By, n skein.Need) {
	l.tell(skein.Notice{
		To: l.nearestHere(by), Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Need: n.ID, About: "coach:" + string(n.ID),
	})
}

// coachAnswers settles the coach that an accepted lead has or waits for. After a no somebody else is
// asked: whoever accepted may also do without.
func (l *Lead) coachAnswers(by skein.By, c *Claim, coach skein.PersonID, yes bool) {
	theirs := func(n skein.Need) bool {
		return n.Claim == c.ID && n.Kind == skein.NeedCoach && n.AskedOf == coach && n.WaivedBy == ""
	}
	for n := range each(l.Needs, theirs) {
		if n.GrantedBy, n.GrantedAt = coach, by.At; !yes {
			n.What, n.AskedOf, n.GrantedBy, n.GrantedAt = "somebody as a coach", "", "", time.Time{}
			l.askForCoach(by, *n)
		}
	}
}

// undoNeeds takes back what belonged to one term alone: its coach, and what its lead said they could
// do without.
func (l *Lead) undoNeeds(t skein.Term) {
	l.Needs = slices.DeleteFunc(l.Needs, func(n skein.Need) bool {
		return n.Claim != "" && n.Claim == t.Claim
	})
	l.undoWaivers(func(by skein.PersonID) bool { return by == t.Person })
}

// undoWaivers opens again what some could do without: the next may need it.
func (l *Lead) undoWaivers(of func(skein.PersonID) bool) {
	for n := range each(l.Needs, func(n skein.Need) bool { return n.WaivedBy != "" && n.Claim == "" && of(n.WaivedBy) }) {
		n.WaivedBy, n.WaivedAt = "", skein.Need{}.WaivedAt
	}
}

// needsOf lists what a term needs: not the coach of whoever hands on to it, and with what somebody else
// could do without open.
func (l *Lead) needsOf(t skein.Term) []skein.Need {
	return skein.NeedsOf(l.Needs, t.Person, t.Claim)
}
