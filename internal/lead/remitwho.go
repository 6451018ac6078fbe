package lead

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"skein/internal/skein"
)

// side tells whether by speaks for those who lead, or for the priority.
func (l *Lead) side(by skein.By) (byLead bool, err error) {
	if err := l.stillOn(); err != nil {
		return false, err
	}
	byLead = l.leads(by)
	if !byLead {
		speaks, err := l.speaks(by, by.At.Add(skein.RemitTime), nil)
		if err != nil {
			return false, err
		}
		if !speaks {
			return false, skein.Refused{
				Why: "You neither lead this nor answer for its priority.",
				Who: "Those who lead it and whoever answers for its priority agree what the lead decides; where nobody does, its steward.",
			}
		}
	}
	if l.Proposal == nil {
		return false, errNoProposal
	}
	switch {
	case l.primary(skein.TermState.Holds) == nil:
		return false, skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	case l.Project.State != skein.Led || l.primary(skein.TermState.Coming) != nil:
		return false, skein.Conflict{Why: "It is being handed on, so what whoever claims it reads stands until somebody has taken over."}
	}
	return byLead, nil
}

// answersRemit is a change that by may answer.
func (l *Lead) answersRemit(by skein.By, id skein.RemitChangeID) (*skein.RemitChange, error) {
	c := l.remitChange(id)
	if c == nil {
		return nil, skein.ErrNotFound
	}
	may, not := l.leads(by), l.remitProposers(by, *c)
	if c.ByLead {
		speaks, err := l.speaks(by, c.AnswerBy, not)
		if err != nil {
			return nil, err
		}
		may = speaks || c.AskedOf == by.Person && !l.remitAstray(by, *c)
	}
	if by.Person == "" || !may || not.has(by.Person) {
		return nil, skein.Refused{Why: "This is not yours to answer.", Who: "The page says who is asked."}
	}
	return c, nil
}

// speaks tells whether by answers for the priority, or for whoever does: a steward of the circle or of one above where
// nobody does, they lead it themselves, are among those who asked for it, have left, or are away until the answer is wanted.
func (l *Lead) speaks(by skein.By, until time.Time, not people) (bool, error) {
	here, err := l.answersHere(by, until, not)
	return err == nil && skein.SpeaksForPriority(by.Person, l.Answers, here, l.leads(by), l.steward(by.Person)), err
}

// askedForPriority is who answers for the priority and is asked for it by some time, but for those who ask; "": they
// are not there to, and others are asked in their place.
func (l *Lead) askedForPriority(by skein.By, until time.Time, not people) (skein.PersonID, error) {
	here, err := l.answersHere(by, until, not)
	if err != nil || !here {
		return "", err
	}
	return l.Answers, nil
}

// answersHere tells whether somebody answers for the priority who is there to agree with those who lead, and is none of
// those who ask.
func (l *Lead) answersHere(by skein.By, until time.Time, not people) (bool, error) {
	if l.Answers == "" || not.has(l.Answers) || l.leads(skein.By{Person: l.Answers, Day: by.Day}) {
		return false, nil
	}
	known, err := l.port.Known([]skein.PersonID{l.Answers})
	return len(known) > 0 && !covers(known[0].AwayUntil, by, until), err
}

// asksOf is who is asked for the answer to a change: of those who lead, whoever decides today; else whoever answers for
// the priority, or, in their place, the nearest steward, then an executive, who do not lead it. "": nobody is there.
func (l *Lead) asksOf(by skein.By, c skein.RemitChange) (skein.PersonID, error) {
	if !c.ByLead {
		if p := l.StandingIn(by.Day); p != "" && p != c.ProposedBy {
			return p, nil
		}
		return l.Holder(), nil
	}
	not := l.remitProposers(by, c)
	if p, err := l.askedForPriority(by, c.AnswerBy, not); err != nil || p != "" {
		return p, err
	}
	for _, r := range l.Readers {
		if !not.has(r.Person) && !covers(r.AwayUntil, by, c.AnswerBy) {
			return r.Person, nil
		}
	}
	return "", nil
}

// remitAstray tells whether a change waits for somebody whose answer it is not any more: somebody else answers for the
// priority, they have come to lead it, or have lost the hat for which they were asked.
func (l *Lead) remitAstray(by skein.By, c skein.RemitChange) bool {
	if !c.Waits() || !c.ByLead {
		return false
	}
	not := l.remitProposers(by, c)
	last := l.dayOf(c.AnswerBy) // not by what is left of the time: that is counted upwards, and would go to and fro by the hour
	owner := find(l.Answering, func(h Here) bool { return h.Person == l.Answers && h.AwayUntil.Before(last) })
	switch {
	case not.has(c.AskedOf):
		return true
	case owner != nil && !not.has(owner.Person):
		return c.AskedOf != owner.Person
	}
	return c.AskedOf != l.Answers && find(l.Readers, func(r Reader) bool { return r.Person == c.AskedOf }) == nil
}

// remitAt is when the clock has something to do with a change.
func (l *Lead) remitAt(by skein.By, c skein.RemitChange) time.Time {
	if at := c.TellsOn(); due(at, by.At) || !l.remitAstray(by, c) {
		return at
	}
	return by.At
}

// passRemitOn asks the next for the answer to a change; where nobody is there, it is void.
func (l *Lead) passRemitOn(by skein.By, c *skein.RemitChange) error {
	next, err := l.asksOf(by, *c)
	if err != nil {
		return err
	}
	if next == "" {
		return l.voidRemit(by, "nobody is left to agree")
	}
	c.AskedOf = next
	l.noteRemit("remit.pass_on", *c)
	l.tellRemit(by, *c, skein.CodeAsked, next)
	return nil
}

// roomFor tells why somebody who leads it, leads it beside the lead or stands in cannot give the hours; "" where all can.
// Whoever has fewer already keeps what they have where it does not grow.
func (l *Lead) roomFor(by skein.By, to, was skein.RemitTerms) (string, error) {
	if to.Hours == nil || was.Hours != nil && *to.Hours <= *was.Hours {
		return "", nil
	}
	var give people
	for t := range each(l.Terms, skein.Term.TakesHours) {
		give.add(t.Person)
	}
	if s := l.standIn(); s != nil && s.State == skein.StandInStanding {
		give.add(s.Person)
	}
	for i, p := range give {
		h, err := l.holding(p, give[i+1:])
		if err != nil {
			return "", err
		}
		if h.Free == nil || h.Hours+*to.Hours <= *h.Free {
			continue
		}
		switch p {
		case by.Person:
			return fmt.Sprintf("You have %s hours a week left for it, beside what else you hold.", left(*h.Free-h.Hours)), nil
		case l.Holder():
			return "Its lead has fewer hours left than that.", nil
		}
		return "Somebody who leads it beside the lead, or stands in, has fewer hours left than that.", nil
	}
	return "", nil
}

// left says hours a week that are left as a number, none where there are fewer.
func left(hours float64) string {
	return strconv.FormatFloat(math.Round(max(hours, 0)*10)/10, 'f', -1, 64)
}

// concerned are those who hear how a change ended, but for by: who proposed it, who was asked, and those who lead.
func (l *Lead) concerned(by skein.By, c skein.RemitChange) people {
	var all people
	all.add(c.ProposedBy, c.AskedOf, l.Holder(), l.StandingIn(by.Day))
	all.add(l.beside()...)
	return slices.DeleteFunc(all, func(p skein.PersonID) bool { return p == by.Person || slices.Contains(l.Gone, p) })
}
