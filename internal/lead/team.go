package lead

import (
	"slices"

	"skein/internal/skein"
)

// Join makes by a member of the team, who shadows it no more. To join twice is to join once. A draft, and a project that is
// over, is a conflict, and so is whoever leads it, alone or beside another, or is to.
func (l *Lead) Join(by skein.By, brings string) error {
	member := skein.Member{Project: l.Project.ID, Person: by.Person, JoinedAt: by.At, Brings: brings}
	if err := member.Check(); err != nil {
		return err
	}
	if err := l.Project.State.Joinable(); err != nil {
		return err
	}
	for _, m := range l.Team {
		if m.Person == by.Person && m.LeftAt.IsZero() {
			return nil
		}
	}
	if err := l.free(by); err != nil {
		return err
	}
	if err := l.shadowNoMore(by, by.Person); err != nil {
		return err
	}
	l.Team = append(l.Team, member)
	l.noteProject("team.join", nil)
	l.tellHolder(by, skein.CodeJoins, "team:"+string(by.Person)+":"+string(l.Project.ID))
	return nil
}

// Beside tells whether somebody has a place in the team, or was asked or asks for one.
func (l *Lead) Beside(p skein.PersonID) bool {
	return slices.ContainsFunc(l.Team, func(m skein.Member) bool { return m.Person == p && m.LeftAt.IsZero() }) ||
		slices.ContainsFunc(l.Terms, besideOf(p))
}

// besideOf picks the places beside the lead that somebody holds or asks for.
func besideOf(p skein.PersonID) func(skein.Term) bool {
	return func(t skein.Term) bool { return t.Person == p && t.Role != skein.Primary && t.State.Placed() }
}

// Leave ends by's places in the team: as a member, a shadow and a co-lead, or the question to
// co-lead. Leaving is free; the lead does not leave, but hands on. The lead is told of a co-lead.
func (l *Lead) Leave(by skein.By) error {
	left, sought := false, false
	for m := range each(l.Team, func(m skein.Member) bool { return m.Person == by.Person && m.LeftAt.IsZero() }) {
		leaveTeam(m, by)
		left = true
	}
	for t := range each(l.Terms, besideOf(by.Person)) {
		held := t.State.Holds()
		sought = sought || t.Sought()
		if err := leave(t, by); err != nil {
			return err
		}
		if left = true; t.Role == skein.CoLead && held {
			l.tellStepped(by, *t)
		}
	}
	if left {
		l.noteProject("team.leave", nil)
	}
	if sought {
		return l.seekNext(by)
	}
	return nil
}

// stepAside ends by's place as a co-lead; their other places in the team stay.
func (l *Lead) stepAside(by skein.By, t *skein.Term) error {
	if err := l.end(by, t, skein.EndStepped); err != nil {
		return err
	}
	l.note("term.step_down", "term", string(t.ID), map[string]any{"role": t.Role})
	l.tellStepped(by, *t)
	return nil
}

// tellStepped tells whoever leads that a co-lead does so no longer.
func (l *Lead) tellStepped(by skein.By, t skein.Term) {
	if h := l.Holder(); h != by.Person {
		l.tell(skein.Notice{To: h, Kind: skein.NoticeTeam, Code: skein.CodeSteps, Who: by.Person, About: "steps:" + string(t.ID)})
	}
}

// Unask takes back by's question to lead beside the lead. Where none waits there is nothing to take
// back: it was answered, or ran out, which is a conflict.
func (l *Lead) Unask(by skein.By) error {
	t := l.term(func(t skein.Term) bool {
		return t.Person == by.Person && t.Role == skein.CoLead && t.State == skein.TermAsked
	})
	if t == nil {
		return skein.Conflict{Why: "No question of yours waits here: it was answered, or taken back."}
	}
	sought := t.Sought()
	if err := leave(t, by); err != nil {
		return err
	}
	l.noteProject("team.unask", nil)
	if sought {
		return l.seekNext(by)
	}
	return nil
}

func leaveTeam(m *skein.Member, by skein.By) {
	if m.LeftAt = by.At; m.LeftAt.Before(m.JoinedAt) {
		m.LeftAt = m.JoinedAt
	}
}

func leave(t *skein.Term, by skein.By) error {
	if t.State == skein.TermLive {
		return t.End(by, "left")
	}
	t.EndedAt, t.EndReason = by.At, "left"
	return move(&t.State, skein.TermVoid)
}

// Shadow gives by the place beside the lead that is kept for learning. Nobody has to be asked;
// whoever leads it or beside its lead, a draft, and a project that is over, are conflicts. Whoever is in the team shadows it
// from then on instead.
func (l *Lead) Shadow(by skein.By) error {
	t, err := skein.BeginShadow(l.Project, l.Phase.ID, by, l.Holder())
	if err != nil {
		return err
	}
	if err := l.free(by); err != nil {
		return err
	}
	if m := find(l.Team, inTeam(by.Person)); m != nil { // they shadow it instead
		leaveTeam(m, by)
		l.noteProject("team.leave", nil)
	}
	l.place(by, t, skein.CodeShadows)
	return nil
}

// AskToCoLead asks the lead whether by may lead beside them. Where nobody leads, or by does, it is a
// conflict, and where by leads beside them already. Who was asked to says yes by it. To ask twice is to ask once.
func (l *Lead) AskToCoLead(by skein.By) error {
	if err := l.free(by); err != nil {
		return err
	}
	if t := l.term(func(t skein.Term) bool {
		return t.Person == by.Person && t.Role == skein.CoLead && t.State == skein.TermOffered
	}); t != nil {
		return l.AnswerToCoLead(by, t.ID, true)
	}
	t, err := skein.AskToCoLead(l.Project, l.Phase.ID, by, l.Holder(), l.Rules.Clocks)
	if err != nil {
		return err
	}
	l.place(by, t, skein.CodeAsks)
	return nil
}

func (l *Lead) place(by skein.By, t skein.Term, code skein.NoticeCode) {
	if l.placed(by.Person, t.Role) {
		return
	}
	t.ID = skein.TermID(l.port.ID())
	l.Terms = append(l.Terms, t)
	l.noteProject("team."+string(t.Role), nil)
	l.tellHolder(by, code, string(t.Role)+":"+string(t.ID))
}

// tellHolder tells whoever leads the project, and who stands in, what by has done in its team.
func (l *Lead) tellHolder(by skein.By, code skein.NoticeCode, about string) {
	for _, p := range []skein.PersonID{l.Holder(), l.StandingIn(by.Day)} {
		if p == by.Person {
			continue
		}
		l.tell(skein.Notice{
			To: p, Kind: skein.NoticeTeam, Code: code, Who: by.Person,
			About: about,
		})
	}
}

// AnswerCoLead is the answer of the lead, or of who stands in, to somebody who asked to lead beside them; others are refused,
// whoever asks even where they stand in, and so is a yes to whoever has no hours left for it.
// Where they never asked there is no such question; a settled one is a conflict. After a no to who was asked to, the next is.
func (l *Lead) AnswerCoLead(by skein.By, person skein.PersonID, yes bool) error {
	var t *skein.Term
	for i := range l.Terms {
		u := &l.Terms[i]
		if u.Person != person || u.Role != skein.CoLead {
			continue
		}
		if t == nil || u.State == skein.TermAsked || t.State != skein.TermAsked && u.OfferedAt.After(t.OfferedAt) {
			t = u
		}
	}
	if t == nil {
		return skein.ErrNotFound
	}
	sought := t.Sought()
	if err := t.AnswerCoLead(by, l.decides(by), yes); err != nil {
		return err
	}
	if yes {
		h, err := l.holding(person, nil)
		if err != nil {
			return err
		}
		if why := l.cannot(by, h, skein.CoLead, 0); why != "" {
			return skein.Refused{Why: "Whoever asks " + why.Words() + ".", Who: "Say no, or ask them to make room first; the question keeps its clock."}
		}
	}
	l.noteProject("team.answer", map[string]any{"person": person, "state": t.State})
	n := skein.Notice{To: person, Kind: skein.NoticeLed, Code: skein.CodeAlone, About: "co:" + string(t.ID)}
	if yes {
		n.Code = skein.CodeTogether
	}
	l.tell(n)
	switch {
	case yes:
		if err := l.shadowNoMore(by, person); err != nil {
			return err
		}
		return l.seekNobody(by)
	case sought:
		return l.seekNext(by)
	}
	return nil
}
