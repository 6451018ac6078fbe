package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// covers tells whether a leave lasts, from today on, for all that is left of the time to answer. What
// is left counts in whole days, upwards: whoever was there to be asked does not become absent as hours
// go by.
func covers(until skein.Date, by skein.By, answerBy time.Time) bool {
	const day = 24 * time.Hour
	left := max(0, answerBy.Sub(by.At))
	return !until.IsZero() && !until.Before(by.Day.AddDate(0, 0, int((left+day-1)/day)))
}

// awayTill tells whether somebody is away for all that is left of the time to answer.
func (l *Lead) awayTill(by skein.By, p skein.PersonID, answerBy time.Time) bool {
	return slices.ContainsFunc(l.Away, func(a Here) bool { return a.Person == p && covers(a.AwayUntil, by, answerBy) })
}

// UndatedNeed is how long somebody has, as leaves are compared with it, for a need that names no day.
const UndatedNeed = 7 * 24 * time.Hour

// answerBy is until when a need is answered; of one that names no day, as if it were asked now.
func (l *Lead) answerBy(by skein.By, n skein.Need) time.Time {
	if n.AnswerBy.IsZero() {
		return by.At.Add(UndatedNeed)
	}
	return n.AnswerBy
}

// PersonAway passes on what waits here for somebody who is away for all of the time that they had left
// to answer: a check, a need and the questions to stand in, or to lead it beside its lead, go to the next who may, an invitation lapses, and claims that name them
// without their yes are told so. What they hold, an offer and what they agreed to stay theirs. Who has
// time left keeps what they have. Skein does it when a leave has begun or was noted. A review has a
// clock of its own; see PassReview.
func (l *Lead) PersonAway(by skein.By, p skein.PersonID) error {
	a := find(l.Away, func(a Here) bool { return a.Person == p })
	if a == nil || !l.waitsInVain(by, *a) {
		return nil
	}
	openly := l.standsInVain(by, *a) != nil || l.besideInVain(by, *a) != nil || slices.ContainsFunc(l.Needs, l.needsInVain(by, *a))
	l.noteAbsence("person.away", p, openly, l.namesInVain(by, *a))
	if s := l.standsInVain(by, *a); s != nil {
		if err := l.replaceStandIn(by, s, "is away"); err != nil {
			return err
		}
	}
	if t := l.besideInVain(by, *a); t != nil {
		if err := l.besideLapses(by, t); err != nil {
			return err
		}
	}
	l.awayFromNeeds(by, *a)
	l.awayFromClaims(by, *a)
	for v := range each(l.Invites, l.invitesInVain(by, *a)) {
		if err := l.lapseInvite(by, v); err != nil {
			return err
		}
	}
	for _, pick := range slices.Clone(l.Picks) {
		if checksInVain(by, *a)(pick) {
			if err := l.passPick(by, pick.ID); err != nil {
				return err
			}
		}
	}
	return l.nextBand(by)
}

// waitsInVain tells whether anything waits for somebody on leave that they cannot answer in time.
func (l *Lead) waitsInVain(by skein.By, a Here) bool {
	return slices.ContainsFunc(l.Needs, l.needsInVain(by, a)) ||
		slices.ContainsFunc(l.Picks, checksInVain(by, a)) ||
		slices.ContainsFunc(l.Invites, l.invitesInVain(by, a)) ||
		slices.ContainsFunc(l.Claims, l.namesInVain(by, a)) ||
		l.standsInVain(by, a) != nil || l.besideInVain(by, a) != nil
}

// standsInVain is the question to stand in, or the standing in, of somebody who is away for all of it, or
// for more than two weeks of it; nil: there is none.
func (l *Lead) standsInVain(by skein.By, a Here) *skein.StandIn {
	s := l.standIn()
	switch {
	case s == nil || s.Person != a.Person:
	case s.State == skein.StandInAsked && covers(a.AwayUntil, by, s.AnswerBy):
		return s
	case s.State == skein.StandInStanding && !s.From.After(by.Day) && awayTooLong(a.AwayUntil, by.Day, *s):
		return s
	}
	return nil
}

func (l *Lead) namesInVain(by skein.By, a Here) func(Claim) bool {
	return func(c Claim) bool { return l.withInVain(by, a, c) || l.coachInVain(by, a, c) }
}

func (l *Lead) needsInVain(by skein.By, a Here) func(skein.Need) bool {
	asks := l.Project.State.IsLead()
	return func(n skein.Need) bool {
		return asks && n.AskedOf == a.Person && n.Asked() && covers(a.AwayUntil, by, l.answerBy(by, n))
	}
}

func checksInVain(by skein.By, a Here) func(skein.Pick) bool {
	return func(p skein.Pick) bool {
		return p.State == skein.PickWaiting && p.AskedOf == a.Person && covers(a.AwayUntil, by, p.AnswerBy)
	}
}

func (l *Lead) invitesInVain(by skein.By, a Here) func(skein.Invite) bool {
	return func(i skein.Invite) bool {
		return l.unanswered(i) && i.Person == a.Person && covers(a.AwayUntil, by, i.AnswerBy)
	}
}

// withInVain tells whether a claim that gathers names somebody who would claim along, and cannot say
// so before the close.
func (l *Lead) withInVain(by skein.By, a Here, c Claim) bool {
	return c.With == a.Person && c.WithAgreed.IsZero() && l.gathersWithout(by, a, c)
}

func (l *Lead) coachInVain(by skein.By, a Here, c Claim) bool {
	return c.Coach == a.Person && c.CoachAgreed.IsZero() && l.gathersWithout(by, a, c)
}

func (l *Lead) gathersWithout(by skein.By, a Here, c Claim) bool {
	return l.gathers() && c.Window == l.Window.ID && c.State == skein.ClaimSubmitted && covers(a.AwayUntil, by, l.ClosesBy())
}

func (l *Lead) awayFromNeeds(by skein.By, a Here) {
	in := l.needsInVain(by, a)
	for i := range l.Needs {
		n := &l.Needs[i]
		if !in(*n) {
			continue
		}
		if c := l.claim(n.Claim); ofTheClaim(*n) && c != nil && c.Coach == a.Person && c.State == skein.ClaimAccepted {
			l.loseCoach(by, c)
			continue
		}
		l.cannotAnswer(by, n)
	}
}

func (l *Lead) awayFromClaims(by skein.By, a Here) {
	for i := range l.Claims {
		c := &l.Claims[i]
		if l.withInVain(by, a, *c) {
			c.With = ""
			l.tellAbsent(by, skein.NoticeWith, c, a.Person)
		}
		if l.coachInVain(by, a, *c) {
			l.loseCoach(by, c)
		}
	}
}
