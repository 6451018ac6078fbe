package lead

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"skein/internal/skein"
)

// needBy is until when somebody who is asked now answers for a need.
func (l *Lead) needBy(by skein.By) time.Time {
	return skein.WorkingDays(by.At, skein.NeedDays, l.Rules.Zone)
}

// askForNeeds tells whoever may grant a need that it is asked for: the named person, else, and where
// that one is away, the nearest steward. Where that is whoever asks, the nearest other is named, if there is
// one; else it is theirs to decide. Where no steward is here, an executive is asked.
func (l *Lead) askForNeeds(by skein.By) {
	nearest, other := l.nearestHere(by), l.nearestHere(by, by.Person, l.Project.ProposedBy)
	if nearest == "" {
		nearest = l.executiveHere(by, nil)
		other = nearest
	}
	if nearest == by.Person || nearest == l.Project.ProposedBy {
		nearest = cmp.Or(other, nearest)
	} else if !l.executive(nearest) {
		other = ""
	}
	for n := range each(l.Needs, skein.Need.Asked) {
		if l.awayTill(by, n.AskedOf, l.answerBy(by, *n)) {
			n.AskedOf = ""
		}
		if n.AskedOf == "" {
			n.AskedOf = other
		}
		if who := cmp.Or(n.AskedOf, nearest); who != by.Person { // once for all that is asked of them at one moment
			l.tell(skein.Notice{
				To: who, Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Need: n.ID, About: "needs:" + string(l.Project.ID) + asked(*n),
			})
		}
	}
}

// PassNeed is for a need of which whoever is asked has said nothing in time. Hours count as granted. All else
// goes to the next steward above, then to an executive; when nobody is left to ask, whoever was chosen says
// what they make of it: nobody loses the lead by the silence of others. Skein does it by the clock.
func (l *Lead) PassNeed(by skein.By, id skein.NeedID) error {
	n := l.need(id)
	if n == nil {
		return skein.ErrNotFound
	}
	if !l.silentOn(*n, by) {
		return nil
	}
	if n.Kind == skein.NeedHours {
		return l.nobodyAnswers(by, n)
	}
	return l.passOn(by, n)
}

// silentOn tells whether the time to answer for a need is over.
func (l *Lead) silentOn(n skein.Need, by skein.By) bool {
	return l.Project.State.IsLead() && n.Asked() && due(n.AnswerBy, by.At)
}

// passOn asks the next for a need.
func (l *Lead) passOn(by skein.By, n *skein.Need) error {
	n.PassedOn = append(slices.Clone(n.PassedOn), l.askedSoFar(by, *n)...)
	next := l.nextToAsk(by, *n)
	if next == "" {
		return l.nobodyAnswers(by, n)
	}
	l.ask(by, n, next)
	return nil
}

// nextToAsk is the next steward above who was not asked, else the next executive; "" when nobody is left.
func (l *Lead) nextToAsk(by skein.By, n skein.Need) skein.PersonID {
	but := append(slices.Clone(n.PassedOn), n.AskedOf, l.Accepting())
	return cmp.Or(l.nearestHere(by, but...), l.executiveHere(by, but))
}

// ask asks somebody for a need who comes after others.
func (l *Lead) ask(by skein.By, n *skein.Need, next skein.PersonID) {
	n.AskedOf, n.AnswerBy = next, l.needBy(by)
	l.noteNeed("need.pass_on", n, map[string]any{"asked_of": next})
	// It may be asked anew, from the first on; and over a weekend the day by which they answer stays the same.
	about := fmt.Sprintf("passed:%s:%d:%d", n.ID, len(n.PassedOn), by.At.Unix())
	l.tell(skein.Notice{To: next, Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Need: n.ID, About: about})
	if l.Accepting() != "" && next != l.Accepting() {
		l.tellLead(by, skein.Notice{Code: skein.CodePassed, Need: n.ID, Who: next, About: about})
	}
}

// askedSoFar are those whose silence it was: whoever is named, else the stewards of the nearest circle that
// has one here.
func (l *Lead) askedSoFar(by skein.By, n skein.Need) []skein.PersonID {
	if n.AskedOf != "" {
		return []skein.PersonID{n.AskedOf}
	}
	var asked []skein.PersonID
	nearest := find(l.Stewards, func(s Steward) bool { return s.Person == l.nearestHere(by) })
	for _, s := range l.Stewards {
		if nearest != nil && s.Depth <= nearest.Depth {
			asked = append(asked, s.Person)
		}
	}
	return asked
}

// nobodyAnswers is what becomes of a need when nobody is left to ask.
func (l *Lead) nobodyAnswers(by skein.By, n *skein.Need) error {
	n.Silent(by.At)
	code, action := skein.CodeNobody, "need.nobody"
	if n.Answer == skein.NeedCounted {
		code, action = skein.CodeCounted, "need.count"
	}
	l.tellLead(by, skein.Notice{Code: code, Need: n.ID, About: answered(*n)})
	return l.settled(by, action, n, nil)
}

// nearestHere is the nearest steward, but for some people, who is there to answer for a need; "" where there
// is none.
func (l *Lead) nearestHere(by skein.By, but ...skein.PersonID) skein.PersonID {
	for _, s := range l.Stewards {
		if !s.Left && !slices.Contains(but, s.Person) && !covers(s.AwayUntil, by, l.needBy(by)) {
			return s.Person
		}
	}
	return ""
}

// executiveHere is an executive, but for some people, who is there to answer for a need; "" where there is
// none.
func (l *Lead) executiveHere(by skein.By, but []skein.PersonID) skein.PersonID {
	for _, r := range l.Readers {
		if r.Executive && !slices.Contains(but, r.Person) && !covers(r.AwayUntil, by, l.needBy(by)) {
			return r.Person
		}
	}
	return ""
}

// cannotAnswer asks somebody else for a need whose answer somebody cannot give any more: the stewards of the
// circle or, where the question had gone further, the next. Where nobody is there, it is asked of nobody, and its clock begins anew.
func (l *Lead) cannotAnswer(by skein.By, n *skein.Need) {
	nearest, next := l.nearestHere(by), l.nextToAsk(by, *n)
	if further := len(n.PassedOn) > 0 || nearest == ""; further && next != "" {
		n.PassedOn = append(slices.Clone(n.PassedOn), n.AskedOf)
		l.ask(by, n, next)
		return
	}
	n.AskedOf, n.AnswerBy = "", l.needBy(by)
	l.tell(skein.Notice{To: nearest, Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Need: n.ID, About: "gone:" + string(n.ID) + asked(*n)})
}

// asked names one asking for a need, by when its answer is wanted: what is asked for anew, by a later end or once the project
// is open again, is another question than the one that was told before, and what nobody touched is the same.
func asked(n skein.Need) string { return ":" + n.AnswerBy.UTC().Format(time.RFC3339) }

// decideBy is until when whoever accepted says what they make of what was answered with less or no: a while
// after the last answer, or after their yes where that came later. Zero while an answer is awaited, or
// nothing is open: nobody loses the lead by the silence of others. It is kept as the term's NeedsBy, which is
// all that clocks and pages go by.
func (l *Lead) decideBy(t skein.Term) time.Time {
	last, short := t.AnsweredAt, false
	for _, n := range l.needsOf(t) {
		if n.Asked() {
			return time.Time{}
		}
		if n.Short() {
			short = true
			if n.AnsweredAt.After(last) {
				last = n.AnsweredAt
			}
		}
	}
	if !short {
		return time.Time{}
	}
	return last.Add(l.Rules.Needs)
}
