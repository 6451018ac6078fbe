package lead

import (
	"time"

	"skein/internal/skein"
)

// EndStandIn ends that somebody stands in, or is asked to. Whoever it is for may while they lead it, who stands in
// themselves, after whom the next is asked, and, where they lead it no more, a steward of its circle or of one
// above; others are refused. Where nobody is asked or stands in, it is a conflict.
func (l *Lead) EndStandIn(by skein.By, id skein.StandInID) error {
	s := find(l.StandIns, func(s skein.StandIn) bool { return s.ID == id && id != "" })
	if s == nil {
		return skein.ErrNotFound
	}
	own := s.Person == by.Person && s.State != skein.StandInAsked
	lead := l.Holder() == s.For
	may := by.Person != "" && (lead && s.For == by.Person || own || !lead && l.steward(by.Person))
	if !may {
		return skein.Refused{
			Why: "This is not yours to end.",
			Who: "Whoever is stood in for can while they lead it, and who stands in; where they lead it no more, its steward.",
		}
	}
	reason := skein.EndBack
	switch {
	case own:
		reason = skein.EndStandInStepped
	case !lead:
		reason = skein.EndStandInOver
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
	if s.Past(by.Day) || l.isBack(by, s) { // the organisation's day, which no instant of the days' own tells
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

// aboutOver is what a notice is about that a project is over: once it was reopened it can be over again, and who is there
// hears of it again.
func (l *Lead) aboutOver() string { return "over:" + string(l.Project.ID) + ":" + string(l.Window.ID) }

// overStandIn ends that somebody stands in a project that is over, and tells them.
func (l *Lead) overStandIn(by skein.By) error {
	s := l.standIn()
	if s == nil {
		return nil
	}
	if s.State == skein.StandInStanding && s.Person != by.Person {
		l.tell(skein.Notice{To: s.Person, Kind: skein.NoticeEnded, Code: skein.CodeOver, About: l.aboutOver()})
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
