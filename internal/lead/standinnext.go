package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// askNext asks the first who was not asked for the same absence and can: of those who lead it beside the
// lead, then of whoever is ready. False: there is nobody, and why each of those could not.
func (l *Lead) askNext(by skein.By, last skein.StandIn) (bool, []skein.Passed, error) {
	var cannot []skein.Passed
	not := people{last.For}
	not.add(by.Person, last.AskedBy, l.Holder())
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
				return false, nil, err
			}
			if why == "" {
				l.askStandIn(by, last, p)
				return true, nil, nil
			}
			cannot = append(cannot, why)
		}
		not.add(next...)
		ready, err := l.readyBut(not)
		if err != nil || len(ready) == 0 {
			return false, cannot, err
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
		To: who, Kind: skein.NoticeStandIn, Code: skein.CodeAsked, Who: s.For, On: s.Until, By: s.AnswerBy, Of: string(s.ID), About: "standin:" + string(s.ID),
	})
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
	asked, _, err := l.askNext(by, s)
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
		about = string(l.Project.ID) + ":" + string(s.For) + ":" + s.From.Format(time.DateOnly) + ":" + lastDay(skein.Absence{Until: s.Until}).Format(time.DateOnly)
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
