package lead_test

import (
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func addMember(p skein.PersonID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AddMember(by, p, "a boat") }
}

func endMember(p skein.PersonID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.EndMember(by, p) }
}

func TestWhoeverLeadsChangesTheTeam(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.refused(t, "refused", lee, addMember(mia))
	w.refused(t, "invalid who", noor, addMember(noor))
	w.gone[wim] = true
	w.refused(t, "invalid who", noor, addMember(wim))
	w.refused(t, "invalid brings", noor, func(l *lead.Lead, by skein.By) error { return l.AddMember(by, mia, strings.Repeat("a", 601)) })
	w.must(noor, addMember(mia))
	w.saw(t, "team.add", "mia team/added of noor")
	w.must(kim, addMember(mia)) // twice is once
	w.saw(t, "", "")
	w.refused(t, "invalid who", kim, func(l *lead.Lead, by skein.By) error { return l.AddMember(by, mia, "another boat") })
	w.refused(t, "refused", lee, endMember(mia))
	w.must(kim, endMember(mia))
	w.saw(t, "team.drop", "mia team/dropped of kim")
	w.must(kim, endMember(mia))
	w.saw(t, "", "")
	w.pass(hour)
	w.must(noor, addMember(mia)) // and is told again
	w.saw(t, "team.add", "mia team/added of noor")
	w.must(mia, leave)
	w.must(noor, complete)
	w.forget()
	w.refused(t, "conflict", noor, addMember(lee))
}
