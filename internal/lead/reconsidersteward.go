package lead

import "skein/internal/skein"

// HandedBy is who does not claim what is handed on: they answered as a steward what becomes of it, and would have opened
// it for themselves. "": nobody, or somebody else leads it by now.
func (l *Lead) HandedBy() skein.PersonID {
	if r := l.handedOnBy(l.lastLed()); r != nil {
		return r.HandedBy
	}
	return ""
}

// saysAsSteward tells whether somebody answers as a steward what becomes of a lead: a steward of its circle or of one
// above who is here. Who leads it, beside its lead or in their place does not: one person would be on both sides.
func (l *Lead) saysAsSteward(by skein.By, p skein.PersonID) bool {
	s := find(l.Stewards, func(s Steward) bool { return s.Person == p && p != "" })
	return s != nil && !s.Left && !l.leading(by.Day).has(p)
}

// sayingAsStewards are those who are asked for that: the nearest.
func (l *Lead) sayingAsStewards(by skein.By) []skein.PersonID { return l.nearest(l.leading(by.Day)...) }

// stewardLost tells whether whoever answered as a steward may not do so any more.
func (l *Lead) stewardLost(by skein.By, r skein.Reconsideration) bool {
	return r.Steward != "" && !l.saysAsSteward(by, r.StewardBy)
}

// forgetsSteward takes back the answer of a steward who may not answer any more: only of who may counts what they said.
// It tells whether there was one.
func (l *Lead) forgetsSteward(by skein.By, r *skein.Reconsideration) bool {
	if !l.stewardLost(by, *r) {
		return false
	}
	r.Steward, r.StewardBy = "", ""
	if r.Lead != skein.AnswerSplit {
		r.Part = ""
	}
	return true
}

// asksStewards asks the stewards in the place of one whose answer does not count any more, and leaves them the time to
// answer. Where nobody is there to ask, the date stands.
func (l *Lead) asksStewards(by skein.By, t *skein.Term, r *skein.Reconsideration) {
	if len(l.sayingAsStewards(by)) > 0 {
		leaveTime(by, r)
		l.waitsForReturn(by, r)
	}
	l.noteReconsider("reconsider.pass_on", t)
	l.askBoth(by, t, *r, skein.CodeDecide)
}
