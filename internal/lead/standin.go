package lead

import (
	"slices"
	"strings"

	"skein/internal/skein"
)

// standIn is who is asked to stand in, or stands in; nil: nobody.
func (l *Lead) standIn() *skein.StandIn {
	return find(l.StandIns, func(s skein.StandIn) bool { return s.State.Open() })
}

// StandingIn is who decides in the lead's place on a day; "": nobody.
func (l *Lead) StandingIn(day skein.Date) skein.PersonID {
	if s := l.standIn(); s != nil && s.Stands(day) {
		return s.Person
	}
	return ""
}

// decides is who decides what the lead decides, as by sees it: by where they stand in, else the lead.
func (l *Lead) decides(by skein.By) skein.PersonID {
	if by.Person != "" && l.StandingIn(by.Day) == by.Person {
		return by.Person
	}
	return l.Holder()
}

// AskStandIn asks somebody to stand in from one day to another, who is one of those that lead it beside
// the lead; where nobody is named, the first of them who can, and then whoever is ready. Whoever leads it
// may and, where its lead has left, until somebody leads, a steward of its circle or of one above; others
// are refused, and so is a question for which there is nobody. While somebody is asked or stands in, and
// of a project that is over, it is a conflict.
func (l *Lead) AskStandIn(by skein.By, who skein.PersonID, from, until skein.Date) error {
	absent, ends, err := l.absent(by)
	if err != nil {
		return err
	}
	if l.standIn() != nil {
		return skein.Conflict{Why: "Somebody is asked to stand in already, or stands in. It is one at a time: end that first."}
	}
	s := skein.StandIn{For: absent, AskedBy: by.Person, From: from, Until: until}
	var bad skein.Invalid
	bad.Add(until.IsZero() && absent == by.Person, "until", "Say until which day.")
	if err := bad.Err(); err != nil {
		return err
	}
	if err := s.CheckDays(by.Day, ends); err != nil {
		return err
	}
	if s.From.Before(by.Day) {
		s.From = by.Day
	}
	s.OfLeave = absent == by.Person && l.onLeave(s.From, s.Until)
	if who != "" {
		if err := l.named(by, s, who); err != nil {
			return err
		}
		l.askStandIn(by, s, who)
		return nil
	}
	asked, cannot, err := l.askNext(by, s)
	if err == nil && !asked {
		return skein.Invalid{{Field: "person", Message: nobodyToAsk(cannot)}}
	}
	return err
}

// nobodyToAsk says why there is nobody to stand in, of what kept each of those who could be asked from it.
func nobodyToAsk(cannot []skein.Passed) string {
	if len(cannot) == 0 {
		return "There is nobody to ask: nobody else leads it beside its lead, and nobody is found ready for it."
	}
	var why []string
	for _, p := range cannot {
		if w := p.Words(); !slices.Contains(why, w) {
			why = append(why, w)
		}
	}
	return "There is nobody to ask: whoever leads it beside its lead or is ready for it " + strings.Join(why, ", or ") + "."
}

// absent is in whose place by may ask somebody to stand in, and the last day of that one's lead.
func (l *Lead) absent(by skein.By) (skein.PersonID, skein.Date, error) {
	none := skein.Refused{Why: "You do not lead this.", Who: "Its lead asks somebody to stand in; where its lead has left, its steward does."}
	if err := l.stillOn(); err != nil {
		return "", skein.Date{}, err
	}
	if t := l.primary(skein.TermState.Holds); t != nil {
		if by.Person == "" || t.Person != by.Person {
			return "", skein.Date{}, none
		}
		return t.Person, t.EndsOn, nil
	}
	if last := l.lastLed(); last != nil && l.leadLeft() && l.steward(by.Person) {
		return last.Person, skein.Date{}, nil
	}
	return "", skein.Date{}, none
}

// onLeave tells whether the lead is on leave on any of some days.
func (l *Lead) onLeave(from, until skein.Date) bool {
	return slices.ContainsFunc(l.Leaves, func(a skein.Absence) bool { return a.Overlaps(from, until) })
}

// named says why somebody who was named cannot be asked.
func (l *Lead) named(by skein.By, s skein.StandIn, who skein.PersonID) error {
	if !slices.Contains(l.beside(), who) || who == s.For || who == by.Person {
		return skein.Invalid{{Field: "person", Message: "Choose somebody who leads it beside you, or let Skein ask whoever is ready."}}
	}
	why, err := l.cannotStandIn(by, s, who, nil)
	if err == nil && why != "" {
		err = skein.Invalid{{Field: "person", Message: "Whoever you chose " + why.Words() + ". Choose somebody else, or let Skein ask whoever is ready."}}
	}
	return err
}

// beside lists who leads it beside the lead, in the order of their places.
func (l *Lead) beside() []skein.PersonID {
	var all people
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role == skein.CoLead {
			all.add(t.Person)
		}
	}
	return all
}

// cannotStandIn tells why somebody cannot be asked to stand in; "" where they can. After are those who
// may be asked next.
func (l *Lead) cannotStandIn(by skein.By, s skein.StandIn, p skein.PersonID, after people) (skein.Passed, error) {
	h, err := l.holding(p, after)
	if err != nil {
		return "", err
	}
	if why := l.cannot(by, h, skein.CoLead, l.Rules.Answer); why != "" {
		return why, nil
	}
	if awayTooLong(h.AwayUntil, by.Day, s) {
		return skein.PassedAway, nil
	}
	return "", nil
}

// AwayTooLong is the most days for which whoever stands in is waited for while they are away themselves.
const AwayTooLong = 14

// awayTooLong tells whether a leave of whoever stands in covers the rest of the time, or more than two
// weeks of it.
func awayTooLong(until, day skein.Date, s skein.StandIn) bool {
	if until.IsZero() || until.Before(s.From) {
		return false
	}
	rest := day.AddDate(0, 0, AwayTooLong+1)
	if !s.Until.IsZero() && s.Until.Before(rest) {
		rest = s.Until
	}
	return !until.Before(rest)
}

// AnswerStandIn is the yes or no of whoever is asked to stand in; of others it is not found. After a no
// the next is asked. Whoever has no hours left for it, or is away for too much of it, is refused a yes; the
// question keeps its clock. A settled one is a conflict.
func (l *Lead) AnswerStandIn(by skein.By, id skein.StandInID, yes bool) error {
	s := find(l.StandIns, func(s skein.StandIn) bool { return s.ID == id && id != "" && s.Person == by.Person })
	if s == nil {
		return skein.ErrNotFound
	}
	if err := s.Answer(by, yes); err != nil {
		return err
	}
	l.noteProject("standin.answer", map[string]any{"person": s.Person, "lead": s.For, "state": s.State})
	if !yes {
		return l.standsNext(by, *s)
	}
	if err := l.refuseFull(by, skein.CoLead); err != nil {
		return err
	}
	if awayTooLong(l.held[by.Person].AwayUntil, by.Day, *s) {
		return skein.Refused{Why: "You are away for too much of that time.", Who: "Change your leave in your settings, or say not this time; then the next is asked, where there is one."}
	}
	told := l.around()
	told.add(s.For)
	told.add(l.nearest()...)
	for _, p := range told {
		if p != by.Person && l.isHere(p, *s) {
			l.tell(skein.Notice{
				To: p, Kind: skein.NoticeStandIn, Code: skein.CodeYes, Who: by.Person, On: s.Until, About: "stands:" + string(s.ID),
			})
		}
	}
	return nil
}

// isHere tells whether somebody is to be told of a stand-in: whoever has left is not.
func (l *Lead) isHere(p skein.PersonID, s skein.StandIn) bool {
	return p != s.For || l.Holder() == s.For
}
