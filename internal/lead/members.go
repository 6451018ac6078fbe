package lead

import "skein/internal/skein"

// AddMember makes somebody a member of the team: they are told who did, and can leave whenever they like. Whoever leads it
// may, who leads it beside them, and who stands in; others are refused. Of a project that is over it is a conflict;
// somebody who is not here, or has a place already, is invalid. Who was put in the team with the same words stays so.
func (l *Lead) AddMember(by skein.By, who skein.PersonID, brings string) error {
	if err := l.plans(by); err != nil {
		return err
	}
	member := skein.Member{Project: l.Project.ID, Person: who, JoinedAt: by.At, Brings: brings}
	if err := member.Check(); err != nil {
		return err
	}
	if m := find(l.Team, inTeam(who)); m != nil && m.Brings == brings {
		return nil
	}
	known, err := l.port.Known([]skein.PersonID{who})
	if err != nil {
		return err
	}
	if who == by.Person || len(known) == 0 {
		return skein.Invalid{{Field: "who", Message: "Name a colleague who is with the organisation."}}
	}
	if err := l.freeToAdd(who); err != nil {
		return err
	}
	l.Team = append(l.Team, member)
	l.noteProject("team.add", map[string]any{"person": who})
	l.tellMember(by, skein.CodeAdded, who)
	return nil
}

// EndMember ends somebody's membership, and tells them. Who may is as with AddMember. What they lead beside the lead, or
// shadow, stays theirs. Of somebody who is not in the team it changes nothing.
func (l *Lead) EndMember(by skein.By, who skein.PersonID) error {
	if err := l.plans(by); err != nil {
		return err
	}
	m := find(l.Team, inTeam(who))
	if m == nil {
		return nil
	}
	leaveTeam(m, by)
	l.noteProject("team.drop", map[string]any{"person": who})
	l.tellMember(by, skein.CodeDropped, who)
	return nil
}

func inTeam(p skein.PersonID) func(skein.Member) bool {
	return func(m skein.Member) bool { return m.Person == p && m.LeftAt.IsZero() }
}

func (l *Lead) tellMember(by skein.By, code skein.NoticeCode, who skein.PersonID) {
	l.tellOthers(by, people{who}, skein.Notice{
		Kind: skein.NoticeTeam, Code: code, Who: by.Person, About: string(code) + ":" + string(l.Project.ID) + ":" + by.At.UTC().Format("2006-01-02T15:04:05.999999Z07:00"),
	})
}
