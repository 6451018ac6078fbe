package lead

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"skein/internal/skein"
)

// Grant says yes to a need, also to one of which less or no was said. Whoever was asked for it may, the
// stewards of the circle and of those above, and, where none of these is with the organisation or the
// question has come to them, executives, but for whoever gets it; others are refused. One that is settled is a
// conflict. It holds until a day, or as long as the project. It may be all that an accepted lead
// waited for.
func (l *Lead) Grant(by skein.By, id skein.NeedID, executive bool, until skein.Date) error {
	n, err := l.needOn(id)
	if err != nil {
		return err
	}
	if until.IsZero() {
		until = l.Project.EndOn
	}
	if until.Before(by.Day) {
		until = skein.Date{}
	}
	if err := n.Grant(by, l.answering(by, *n, executive), until); err != nil {
		return err
	}
	l.tellLead(by, skein.Notice{Code: skein.CodeGranted, Need: n.ID, About: "granted:" + string(n.ID) + ":" + strconv.FormatInt(n.GrantedAt.Unix(), 10)})
	return l.settled(by, "need.grant", n, nil)
}

// Refuse says that there is less of a need, with a number or in words, or none, with a reason. Who may Grant it may;
// what is settled, or was answered so, is a conflict. Whoever accepted the lead decides what they make of it.
func (l *Lead) Refuse(by skein.By, id skein.NeedID, executive bool, answer skein.NeedAnswer, less float64, reason string) error {
	n, err := l.needOn(id)
	if err != nil {
		return err
	}
	if err := n.Refuse(by, l.answering(by, *n, executive), answer, less, reason); err != nil {
		return err
	}
	code, action, details := skein.CodeNo, "need.no", map[string]any{"reason": n.Reason}
	if answer == skein.NeedLess {
		code, action = skein.CodeLess, "need.less"
		maps.Copy(details, thereIs(*n))
	}
	l.tellLead(by, skein.Notice{Code: code, Need: n.ID, About: answered(*n)})
	return l.settled(by, action, n, details)
}

// Waive is the word of whoever accepted the lead, or holds it, that they can do without a need.
func (l *Lead) Waive(by skein.By, id skein.NeedID) error {
	n, err := l.needOn(id)
	if err != nil {
		return err
	}
	if err := n.Waive(by, l.Accepting()); err != nil {
		return err
	}
	return l.settled(by, "need.waive", n, nil)
}

// Take is the word of whoever accepted the lead, or holds it, that they begin with less than was asked for.
// Where nobody said that there is less, it is a conflict.
func (l *Lead) Take(by skein.By, id skein.NeedID) error {
	n, err := l.needOn(id)
	if err != nil {
		return err
	}
	if err := n.Take(by, l.Accepting()); err != nil {
		return err
	}
	return l.settled(by, "need.take", n, thereIs(*n))
}

// thereIs is how much there is of a need that was answered with less, where a number says it.
func thereIs(n skein.Need) map[string]any {
	if n.Less == 0 {
		return nil
	}
	return map[string]any{"less": n.Less}
}

// SetArrived is the word of whoever leads, or stands in, that what they were promised has arrived, or is missing; others are
// refused. What was not promised cannot arrive: a conflict, as it is to say the same twice. What is missing
// stands on the page, and whoever promised it is told.
func (l *Lead) SetArrived(by skein.By, id skein.NeedID, arrived bool) error {
	n, err := l.needOn(id)
	if err != nil {
		return err
	}
	said, says := n.ArrivalAt, l.Holder()
	if says != "" { // while nobody leads, nobody was promised anything
		says = l.decides(by)
	}
	if err := n.Arrive(by, says, arrived); err != nil {
		return err
	}
	l.note("need.arrive", "need", string(n.ID), map[string]any{"kind": n.Kind, "what": n.What, "arrived": arrived})
	promised := cmp.Or(n.GrantedBy, n.AnsweredBy)
	if !arrived && promised != by.Person && !said.Equal(by.At) {
		l.tell(skein.Notice{
			To: promised, Kind: skein.NoticeNeeds, Code: skein.CodeMissing, Need: n.ID, Who: by.Person,
			About: "missing:" + string(n.ID) + ":" + strconv.FormatInt(by.At.Unix(), 10),
		})
	}
	return nil
}

// needOn is a need of a project that is not over.
func (l *Lead) needOn(id skein.NeedID) (*skein.Need, error) {
	n := l.need(id)
	if n == nil {
		return nil, skein.ErrNotFound
	}
	return n, l.stillOn()
}

// answering says by what right somebody answers for a need.
func (l *Lead) answering(by skein.By, n skein.Need, executive bool) skein.Answering {
	gets := l.Accepting()
	return skein.Answering{
		Steward: l.steward(by.Person), Executive: executive, Executives: l.executive(n.AskedOf), Gets: by.Person == gets,
		Stewarded: slices.ContainsFunc(l.Stewards, func(s Steward) bool { return !s.Left && s.Person != gets }),
	}
}

// executive tells whether somebody is asked as an executive, and not as a steward.
func (l *Lead) executive(p skein.PersonID) bool {
	return p != "" && !l.steward(p) && slices.ContainsFunc(l.Readers, func(r Reader) bool { return r.Executive && r.Person == p })
}

// tellLead tells whoever accepted the lead or holds it, or else whoever proposed it, what became of a need.
func (l *Lead) tellLead(by skein.By, n skein.Notice) {
	n.To, n.Kind = cmp.Or(l.Accepting(), l.Project.ProposedBy), skein.NoticeNeeds
	if n.To != by.Person {
		l.tell(n)
	}
}

// answered names an answer, of which there may be several to one need.
func answered(n skein.Need) string {
	return string(n.Answer) + ":" + string(n.ID) + ":" + strconv.FormatInt(n.AnsweredAt.Unix(), 10)
}

func (l *Lead) settled(by skein.By, action string, n *skein.Need, details map[string]any) error {
	l.noteNeed(action, n, details)
	return l.settleAccepted(by)
}

func (l *Lead) noteNeed(action string, n *skein.Need, details map[string]any) {
	all := map[string]any{"kind": n.Kind, "what": n.What}
	maps.Copy(all, details)
	l.note(action, "need", string(n.ID), all)
}

// Accepting is who accepted the lead or holds it; of an incumbent and whoever takes over it is the
// latter, whose needs they are.
func (l *Lead) Accepting() skein.PersonID {
	if t := l.primary(skein.TermState.Stays); t != nil {
		return t.Person
	}
	return l.Holder()
}

// needCoach makes the named coach part of what the lead gets: granted when they said yes already.
func (l *Lead) needCoach(by skein.By, c *Claim) {
	n := skein.Need{
		ID: skein.NeedID(l.port.ID()), Project: l.Project.ID, Kind: skein.NeedCoach, What: c.CoachName + " as a coach",
		AskedOf: c.Coach, AnswerBy: l.needBy(by), Claim: c.ID,
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
		n.Unanswer()
		if n.GrantedBy, n.GrantedAt = coach, by.At; !yes {
			n.What, n.AskedOf, n.GrantedBy, n.GrantedAt = "somebody as a coach", "", "", time.Time{}
			n.AnswerBy = l.needBy(by)
			l.askForCoach(by, *n)
		}
	}
}

// undoNeeds takes back what belonged to one term alone: its coach, what its lead said they could do
// without or took, and whether what they were promised had arrived.
func (l *Lead) undoNeeds(by skein.By, t skein.Term) {
	l.Needs = slices.DeleteFunc(l.Needs, func(n skein.Need) bool {
		return n.Claim != "" && n.Claim == t.Claim
	})
	l.undoShared(by, t)
}

// giveUpNeeds does the same for a lead who may take it back: what they made of it is remembered, and their coach stays
// theirs, where there is one.
func (l *Lead) giveUpNeeds(by skein.By, t skein.Term) {
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Claim == "" || n.Claim == t.Claim }) {
		n.Keep(t)
	}
	l.Needs = slices.DeleteFunc(l.Needs, func(n skein.Need) bool {
		return n.Claim != "" && n.Claim == t.Claim && !n.Settled() // nobody else is asked for it
	})
	l.undoShared(by, t)
}

// undoShared takes back what a lead made of the needs that are not theirs alone.
func (l *Lead) undoShared(by skein.By, t skein.Term) {
	l.undoWaivers(by, func(who skein.PersonID) bool { return who == t.Person })
	if t.LiveAt.IsZero() {
		return
	}
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Arrival != skein.ArrivalUnsaid }) {
		n.Arrival, n.ArrivalAt = skein.ArrivalUnsaid, time.Time{}
	}
}

// keepNeeds remembers what a lead made of what they need, for as long as they may take back that they gave it up.
func (l *Lead) keepNeeds(t skein.Term) {
	for n := range each(l.Needs, func(n skein.Need) bool { return n.Claim == "" }) {
		n.Keep(t)
	}
}

// restoreNeeds is what a lead had made of what they need: they lead it on, and nobody is asked again for what they did
// without.
func (l *Lead) restoreNeeds(t skein.Term) {
	for i := range l.Needs {
		l.Needs[i].Restore(t)
	}
}

// restoreCoach is the coach of whoever leads it on: whoever was granted, or that they do without. Where that was whom
// they had named, who is not here any more, somebody else is asked for.
func (l *Lead) restoreCoach(by skein.By, c *Claim) error {
	if find(l.Needs, func(n skein.Need) bool { return ofTheClaim(n) && n.Claim == c.ID }) == nil {
		if c.Judged.Zone != skein.Stretch || c.CoachAgreed.IsZero() {
			return nil
		}
		l.needCoach(by, c)
	}
	p := c.Coach
	if p == "" {
		return nil
	}
	if here, err := l.port.Known([]skein.PersonID{p}); err != nil || len(here) > 0 {
		return err
	}
	c.Coach, c.CoachAgreed = "", time.Time{}
	l.coachAnswers(by, c, p, false)
	return nil
}

// forgetNeeds forgets it, with the coach of whoever gave it up: somebody else leads, from that claim.
func (l *Lead) forgetNeeds(claim skein.ClaimID) {
	l.Needs = slices.DeleteFunc(l.Needs, func(n skein.Need) bool { return n.Claim != "" && n.Claim != claim })
	for i := range l.Needs {
		l.Needs[i].Kept = skein.NeedKept{}
	}
}

// undoWaivers opens again what some could do without or took as less: the next may need it. What was answered
// stays answered; what was not is asked for anew.
func (l *Lead) undoWaivers(by skein.By, of func(skein.PersonID) bool) {
	for n := range each(l.Needs, func(n skein.Need) bool { return n.WaivedBy != "" && n.Claim == "" && of(n.WaivedBy) }) {
		if n.Unwaive(); n.Asked() {
			n.AnswerBy = l.needBy(by)
		}
	}
}

// needsOf lists what a term needs: not the coach of whoever hands on to it, and with what somebody else
// could do without open.
func (l *Lead) needsOf(t skein.Term) []skein.Need {
	return skein.NeedsOf(l.Needs, t.Person, t.Claim)
}
