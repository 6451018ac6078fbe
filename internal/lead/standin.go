package lead

import (
	"slices"
	"time"

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
	asked, err := l.askNext(by, s)
	if err == nil && !asked {
		return skein.Refused{
			Why: "There is nobody to ask: whoever leads it beside you or is ready for it is away, or has no hours left.",
			Who: "Somebody can ask you to lead it beside you, or you hand it on.",
		}
	}
	return err
}

// absent is in whose place by may ask somebody to stand in, and the last day of that one's lead.
func (l *Lead) absent(by skein.By) (skein.PersonID, skein.Date, error) {
	none := skein.Refused{Why: "You do not lead this.", Who: "Its lead asks somebody to stand in; where its lead has left, a steward of its team does."}
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

// askNext asks the first who was not asked for the same absence and can: of those who lead it beside the
// lead, then of whoever is ready. False: there is nobody.
func (l *Lead) askNext(by skein.By, last skein.StandIn) (bool, error) {
	not := people{last.For}
	not.add(by.Person, l.Holder())
	for _, s := range l.StandIns {
		if s.Spell == last.Spell && last.Spell != "" {
			not.add(s.Person)
		}
	}
	var next people
	for _, p := range l.beside() {
		if !not.has(p) {
			next.add(p)
		}
	}
	for {
		for i, p := range next {
			why, err := l.cannotStandIn(by, last, p, next[i+1:])
			if err != nil {
				return false, err
			}
			if why == "" {
				l.askStandIn(by, last, p)
				return true, nil
			}
		}
		not.add(next...)
		ready, err := l.readyBut(not)
		if err != nil || len(ready) == 0 {
			return false, err
		}
		next = ready
	}
}

// readyBut lists the best placed ready people but for some; nobody where nobody is compared.
func (l *Lead) readyBut(not people) (people, error) {
	if l.port.Judge.Invite == nil {
		return nil, nil
	}
	not = slices.Clone(not)
	slices.Sort(not)
	bands, err := l.bands(&not)
	return slices.Concat(bands...), err
}

// askStandIn asks one person to stand in; last says for whom and how long, and which absence it is.
func (l *Lead) askStandIn(by skein.By, last skein.StandIn, who skein.PersonID) {
	s := skein.StandIn{
		ID: skein.StandInID(l.port.ID()), Project: l.Project.ID, Spell: last.Spell, Person: who, For: last.For, AskedBy: last.AskedBy,
		State: skein.StandInAsked, OfLeave: last.OfLeave, AskedAt: by.At, AnswerBy: by.At.Add(l.Rules.Answer), From: last.From, Until: last.Until,
	}
	if s.Spell == "" {
		s.Spell = s.ID
	}
	if s.From.Before(by.Day) {
		s.From = by.Day
	}
	l.StandIns = append(l.StandIns, s)
	l.noteProject("standin.ask", map[string]any{"person": who, "lead": s.For})
	l.tell(skein.Notice{
		To: who, Kind: skein.NoticeStandIn, Code: skein.CodeAsked, Who: s.For, On: s.Until, By: s.AnswerBy, About: "standin:" + string(s.ID),
	})
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
		return skein.Refused{Why: "You are away for too much of that time.", Who: "Change your leave in your settings, or say not this time; the next is asked then."}
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

// EndStandIn ends that somebody stands in, or is asked to. Whoever it is for may, who stands in
// themselves, after whom the next is asked, and, where the lead has left, a steward of its circle or of one
// above; others are refused. Where nobody is asked or stands in, it is a conflict.
func (l *Lead) EndStandIn(by skein.By, id skein.StandInID) error {
	s := find(l.StandIns, func(s skein.StandIn) bool { return s.ID == id && id != "" })
	if s == nil {
		return skein.ErrNotFound
	}
	own := s.Person == by.Person && s.State != skein.StandInAsked
	may := by.Person != "" && (s.For == by.Person || own || l.Holder() != s.For && l.steward(by.Person))
	if !may {
		return skein.Refused{Why: "This is not yours to end.", Who: "Whoever is stood in for can, and who stands in; where the lead has left, a steward of its team."}
	}
	reason := skein.EndBack
	if own {
		reason = skein.EndStandInStepped
	}
	if err := l.endStandIn(by, s, reason); err != nil {
		return err
	}
	if !own {
		l.tellNotWanted(by, *s)
		return nil
	}
	l.tellStoodIn(by, *s, skein.CodeSteps)
	return l.standsNext(by, *s)
}

func (l *Lead) endStandIn(by skein.By, s *skein.StandIn, reason string) error {
	if err := s.End(by, reason); err != nil {
		return err
	}
	l.noteProject("standin.end", map[string]any{"person": s.Person, "lead": s.For, "reason": reason})
	return nil
}

// tellNotWanted tells who was asked or stood in that nobody has to any more.
func (l *Lead) tellNotWanted(by skein.By, s skein.StandIn) {
	if s.Person != by.Person {
		l.tell(skein.Notice{To: s.Person, Kind: skein.NoticeStandIn, Code: skein.CodeKept, Who: s.For, About: "unwanted:" + string(s.ID)})
	}
}

// tellStoodIn tells whoever is stood in for, else who looks after the project, what became of it.
func (l *Lead) tellStoodIn(by skein.By, s skein.StandIn, code skein.NoticeCode) {
	to := s.For
	if l.Holder() != s.For {
		to = l.LooksAfter(by.Day)
	}
	if to != by.Person {
		l.tell(skein.Notice{To: to, Kind: skein.NoticeStandIn, Code: code, Who: s.Person, About: string(code) + ":" + string(s.ID)})
	}
}

// endStandIns ends that somebody stands in, or is asked to, because somebody leads now or the project is
// over. Those around it hear of that by itself.
func (l *Lead) endStandIns(by skein.By, reason string) error {
	s := l.standIn()
	if s == nil {
		return nil
	}
	asked := s.State == skein.StandInAsked
	if err := l.endStandIn(by, s, reason); err != nil {
		return err
	}
	if asked {
		l.tellNotWanted(by, *s)
	}
	return nil
}

// PassStandIn asks the next where no answer came in time, and ends what is over: by its last day, or as
// the leave is for which somebody stands in. Skein does it when the clock has run out.
func (l *Lead) PassStandIn(by skein.By, id skein.StandInID) error {
	s := find(l.StandIns, func(s skein.StandIn) bool { return s.ID == id && s.State.Open() })
	if s == nil || !due(l.passesAt(by, *s), by.At) {
		return nil
	}
	switch {
	case l.isBack(by, *s), s.Past(by.Day):
		reason := skein.EndBack
		if s.Past(by.Day) {
			reason = skein.EndDue
		}
		if err := l.endStandIn(by, s, reason); err != nil {
			return err
		}
		l.tellNotWanted(by, *s)
		if reason == skein.EndDue {
			return l.leaveGoesOn(by, s.For) // s may lie elsewhere from then on
		}
		return nil
	}
	if err := l.lapseStandIn(by, s); err != nil {
		return err
	}
	return l.standsNext(by, *s)
}

// passesAt is when the clock acts on somebody who is asked or stands in; zero: there is no such moment yet.
func (l *Lead) passesAt(by skein.By, s skein.StandIn) time.Time {
	var at time.Time
	if s.State == skein.StandInAsked {
		at = s.AnswerBy
	}
	if !s.Until.IsZero() {
		if over := s.Until.AddDate(0, 0, 1); at.IsZero() || s.Past(by.Day) && over.Before(at) {
			at = over
		}
	}
	if l.isBack(by, s) {
		at = by.At
	}
	return at
}

// isBack tells whether the leave is over for which somebody stands in, or was taken back.
func (l *Lead) isBack(by skein.By, s skein.StandIn) bool {
	from := by.Day
	if s.From.After(from) {
		from = s.From
	}
	return s.OfLeave && l.Holder() == s.For && !l.onLeave(from, s.Until)
}

func (l *Lead) lapseStandIn(by skein.By, s *skein.StandIn) error {
	if err := move(&s.State, skein.StandInLapsed); err != nil {
		return err
	}
	s.EndedAt = by.At
	l.noteProject("standin.lapse", map[string]any{"person": s.Person, "lead": s.For})
	l.tell(skein.Notice{To: s.Person, Kind: skein.NoticeStandIn, Code: skein.CodeAnswer, Who: s.For, About: "lapsed:" + string(s.ID)})
	return nil
}

// standsNext asks the next after one who does not stand in, or does so no longer, while that is wanted;
// where nobody is left, those who look after it are told.
func (l *Lead) standsNext(by skein.By, s skein.StandIn) error {
	if l.Project.State.Over() || s.Past(by.Day) || l.isBack(by, s) {
		return nil
	}
	if h := l.Holder(); h != "" && h != s.For {
		return nil
	}
	asked, err := l.askNext(by, s)
	if err != nil || asked {
		return err
	}
	l.tellNobodyStandsIn(by, s)
	return nil
}

// tellNobodyStandsIn tells the lead, and who looks after the project beside them, that there is nobody to
// stand in, in place of the last who was asked.
func (l *Lead) tellNobodyStandsIn(by skein.By, s skein.StandIn) {
	about := string(s.ID)
	if about == "" {
		about = string(l.Project.ID) + ":" + string(s.For) + ":" + s.From.Format(time.DateOnly)
	}
	var told people
	told.add(l.LooksAfter(by.Day))
	told.add(l.nearest()...)
	for _, p := range told {
		if p != by.Person {
			l.tell(skein.Notice{
				To: p, Kind: skein.NoticeStandIn, Code: skein.CodeNobody, Who: s.For,
				About: "nobody:" + about,
			})
		}
	}
}

// overStandIn ends that somebody stands in a project that is over, and tells them.
func (l *Lead) overStandIn(by skein.By) error {
	s := l.standIn()
	if s == nil {
		return nil
	}
	if s.State == skein.StandInStanding && s.Person != by.Person {
		l.tell(skein.Notice{To: s.Person, Kind: skein.NoticeEnded, Code: skein.CodeOver, About: "over:" + string(l.Project.ID)})
	}
	return l.endStandIns(by, "the project is over")
}

// goneFromStandIn ends that somebody stands in, or is asked to, who has left: the next is asked.
func (l *Lead) goneFromStandIn(by skein.By, p skein.PersonID) error {
	s := l.standIn()
	if s == nil || s.Person != p {
		return nil
	}
	return l.replaceStandIn(by, s, skein.EndGone)
}

// replaceStandIn asks the next in place of one who is not there.
func (l *Lead) replaceStandIn(by skein.By, s *skein.StandIn, reason string) error {
	if s.State == skein.StandInAsked {
		if err := l.lapseStandIn(by, s); err != nil {
			return err
		}
		return l.standsNext(by, *s)
	}
	if err := l.endStandIn(by, s, reason); err != nil {
		return err
	}
	l.tellStoodIn(by, *s, skein.CodeSteps)
	return l.standsNext(by, *s)
}
