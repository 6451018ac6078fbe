package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
)

// Whoever says what becomes of it reads who leads it beside its lead already, and whose question to do so waits; neither
// is counted among those who could be asked.
func TestWhoWouldLeadItBesideIsNamedWhereItIsReconsidered(t *testing.T) {
	t.Parallel()
	asks := func(x *projectView) {
		x.p.Changed.Reconsidered = &leaddb.Reconsidered{Reconsideration: skein.Reconsideration{ID: "r", Term: "t", State: skein.ReconsiderOpen, Due: wall.Add(240 * time.Hour)}}
		x.p.Terms = append(x.p.Terms, leaddb.TermRow{ID: "a", Person: "lee", Name: "Lee Moss", Role: skein.CoLead, State: skein.TermAsked, AnswerBy: wall.Add(24 * time.Hour)})
	}
	for me, want := range map[skein.PersonID]string{
		"ada": "Kim Vale leads it beside you already. Lee Moss asks to lead it beside you, and waits for your answer until ",
		"sue": "Kim Vale leads it beside Ada already. Lee Moss asks to lead it beside Ada, and waits for Ada’s answer until ",
	} {
		x := ledView(me, asks)
		f := x.reconsiderForm(x.reconsidered(), 0)
		i := slices.IndexFunc(f.Options, func(o component.Option) bool { return o.Value == string(skein.AnswerCoLead) })
		if got := f.Options[i].Hint; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, ". Nobody else is found ready for it now; whoever would can still ask.") {
			t.Errorf("%s: %q", me, got)
		}
		if got := BesideOf(x.p); !slices.Equal(got, []skein.PersonID{"kim", "lee"}) {
			t.Errorf("%v", got)
		}
	}
}

// Where nobody can be asked to lead it beside its lead, nobody reads that people are asked.
func TestThatNobodyCanBeAskedIsNotSaidAsAsking(t *testing.T) {
	t.Parallel()
	for me, want := range map[skein.PersonID]string{
		"ada": "You lead Weir on. Nobody is ready now who could be asked to lead it beside you; whoever would can still ask.",
		"kim": "Ada Lund leads Weir on, and somebody is wanted beside them. There is nobody to ask now; whoever would can still ask.",
	} {
		got := changedEnds(homedb.Notice{Kind: skein.NoticeChanged, Code: skein.CodeAlone, Who: "ada", Me: me}, "Ada Lund", "Weir")
		say(t, got, want)
	}
}
