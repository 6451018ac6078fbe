package lead_test

import (
	"testing"

	"skein/internal/skein"
)

// besideNext is a project that noor was chosen for and accepted, kim beside her, and that waits for what she needs.
func besideNext(t *testing.T) *world {
	t.Helper()
	w := offered(t, noor)
	for i := range w.claims {
		w.claims[i].With, w.claims[i].WithAgreed = kim, w.now
	}
	return w
}

func TestWhoIsToLeadBesideIsGivenNoOtherPlace(t *testing.T) {
	t.Parallel()
	w := besideNext(t)
	for _, do := range []verb{join, shadow, askToCoLead} {
		w.refused(t, "conflict", kim, do)
	}
	w.must(lee, join)
	w.must(noor, w.accept(noor))
	w.forget()
	for _, do := range []verb{join, shadow, askToCoLead} {
		w.refused(t, "conflict", kim, do)
		w.refused(t, "conflict", noor, do)
	}
	if got := w.termOf(kim, skein.CoLead); got.State != skein.TermLive {
		t.Errorf("%+v", got)
	}
}

func TestWhoLeadsBesideShadowsNoMore(t *testing.T) {
	t.Parallel()
	w := besideNext(t)
	with := w.claims[0].With
	for i := range w.claims {
		w.claims[i].With = ""
	}
	w.must(kim, shadow)
	for i := range w.claims {
		w.claims[i].With = with
	}
	w.must(noor, w.accept(noor))
	w.must(lee, shadow)
	w.must(lee, askToCoLead)
	if got := w.termOf(lee, skein.Shadow); got.State != skein.TermLive {
		t.Errorf("before they are heard: %+v", got)
	}
	w.must(noor, w.answerCoLead(lee, true))
	for _, p := range []skein.PersonID{kim, lee} {
		if s, c := w.termOf(p, skein.Shadow), w.termOf(p, skein.CoLead); s.State != skein.TermEnded || c.State != skein.TermLive {
			t.Errorf("%s: %+v, %+v", p, s, c)
		}
	}
}

func TestWhoShadowsAndJoinsShadowsNoMore(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(kim, shadow)
	w.must(kim, join)
	if got := w.termOf(kim, skein.Shadow); got.State != skein.TermEnded || len(w.team) != 1 {
		t.Errorf("%+v, %+v", got, w.team)
	}
	w.must(kim, shadow)
	if got := w.termOf(kim, skein.Shadow); got.State != skein.TermLive || w.team[0].LeftAt.IsZero() {
		t.Errorf("%+v, %+v", got, w.team)
	}
}

func TestWhoHasAPlaceIsNotAdded(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.must(lee, shadow)
	w.must(mia, join)
	w.forget()
	for _, p := range []skein.PersonID{kim, lee} {
		w.refused(t, "invalid who", noor, addMember(p))
	}
	w.refused(t, "invalid who", kim, addMember(noor))
	w.must(noor, addMember(mia)) // with the same words: once more
	w.must(noor, addMember(zoe))
	if len(w.team) != 2 {
		t.Errorf("%+v", w.team)
	}
}

// onePlace: whoever leads, leads beside or is in the team shadows nobody.
func (w *walk) onePlace() {
	for _, s := range w.terms {
		if s.Role != skein.Shadow || !s.State.Holds() {
			continue
		}
		for _, t := range w.terms {
			if t.Person == s.Person && t.Role != skein.Shadow && t.State.Holds() {
				w.fail("%s shadows and is %s", s.Person, t.Role)
			}
		}
		for _, m := range w.team {
			if m.Person == s.Person && m.LeftAt.IsZero() {
				w.fail("%s shadows and is in the team", s.Person)
			}
		}
	}
}

// Whoever is to lead it beside its lead by a file begins on their day, whatever place they took until then.
func TestWhoIsToLeadBesideByAFileBeginsWhereTheyShadow(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(kim, shadow)
	w.forget()
	w.terms = append(w.terms, skein.Term{
		ID: "of the file", Project: "p", Person: kim, Role: skein.CoLead, State: skein.TermAccepted, StartsOn: w.in(5),
	})
	for _, do := range []verb{join, shadow, askToCoLead} {
		w.refused(t, "conflict", kim, do)
	}
	w.pass(6 * day)
	if s, c := w.termOf(kim, skein.Shadow), w.termOf(kim, skein.CoLead); s.State != skein.TermEnded || c.State != skein.TermLive {
		t.Errorf("%+v, %+v", s, c)
	}
}
