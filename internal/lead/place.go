package lead

import "skein/internal/skein"

// besideNext tells whether somebody is to lead it beside whoever was chosen and has not begun: they said yes to that claim.
func (l *Lead) besideNext(p skein.PersonID) bool {
	t := l.primary(skein.TermState.Coming)
	if t == nil {
		return false
	}
	c := l.claim(t.Claim)
	return c != nil && c.With == p && !c.WithAgreed.IsZero()
}

// atHead is how somebody leads it, or is to, in words that follow on their name; empty: they do not. One person has one
// place in a project, and whoever has that one is given no other.
func (l *Lead) atHead(p skein.PersonID) string {
	has := func(r skein.Role, in func(skein.TermState) bool) bool {
		return l.term(func(t skein.Term) bool { return t.Person == p && t.Role == r && in(t.State) }) != nil
	}
	switch {
	case has(skein.Primary, skein.TermState.Holds):
		return "lead it already"
	case has(skein.Primary, skein.TermState.Agreed):
		return "are to lead it already"
	case has(skein.CoLead, skein.TermState.Holds):
		return "lead it beside its lead already"
	case has(skein.CoLead, skein.TermState.Agreed):
		return "are to lead it already, beside its lead"
	case l.besideNext(p):
		return "are to lead it already, beside whoever was chosen"
	}
	return ""
}

// free refuses a place in the team, or beside it, to whoever leads it or is to.
func (l *Lead) free(by skein.By) error {
	if why := l.atHead(by.Person); why != "" {
		return skein.Conflict{Why: "You " + why + "."}
	}
	return nil
}

// freeToAdd refuses at the field to put somebody in the team who has a place already.
func (l *Lead) freeToAdd(p skein.PersonID) error {
	why := l.atHead(p)
	switch {
	case why != "":
		why = "They " + why + "."
	case l.shadows(p) != nil:
		why = "They shadow it already. They can join the team themselves; then they shadow it no more."
	case find(l.Team, inTeam(p)) != nil:
		why = "They are in the team already."
	default:
		return nil
	}
	return skein.Invalid{{Field: "who", Message: why}}
}

func (l *Lead) shadows(p skein.PersonID) *skein.Term {
	return l.term(func(t skein.Term) bool { return t.Person == p && t.Role == skein.Shadow && t.State.Holds() })
}

// shadowNoMore ends that somebody shadows, who has a greater place now.
func (l *Lead) shadowNoMore(by skein.By, p skein.PersonID) error {
	if t := l.shadows(p); t != nil {
		return l.end(by, t, skein.EndOther)
	}
	return nil
}

// besideNow tells whether somebody leads it beside its lead. Their question whether they may is over, once they do by
// their yes to a claim.
func (l *Lead) besideNow(by skein.By, p skein.PersonID) (bool, error) {
	t := l.term(func(t skein.Term) bool { return t.Person == p && t.Role == skein.CoLead && t.State.Placed() })
	if t == nil || t.State.Holds() {
		return t != nil, nil
	}
	return false, l.endPlace(by, t)
}
