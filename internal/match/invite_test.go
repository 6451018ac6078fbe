package match_test

import (
	"slices"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

func idsOf(ranked []match.Ranked) []skein.PersonID {
	var out []skein.PersonID
	for _, r := range ranked {
		out = append(out, r.Person)
	}
	return out
}

func TestInvitationsGoOutOneBandAtATime(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	off := able("off", 6).Candidate
	off.Active = false
	away := able("away", 6).Candidate
	away.Absences = []skein.Absence{{From: ago(5)}}
	all := []match.Candidate{
		off, away, able("a", 6).Candidate, able("b", 5).Candidate, able("c", 2).Candidate,
		stretching("d").Candidate, able("e", 0).Candidate,
	}
	ranked := match.Rank(q, all)
	var asked []skein.PersonID
	for _, want := range [][]skein.PersonID{{"a", "b"}, {"c"}, {"d"}, nil} {
		band := idsOf(match.Invite(q, ranked, all, asked))
		slices.Sort(band)
		if !slices.Equal(band, want) {
			t.Errorf("after %v: invited %v, want %v", asked, band, want)
		}
		asked = append(asked, band...)
	}
}

func TestReadyPeopleWhoNeverLedAreSeen(t *testing.T) {
	t.Parallel()
	q := asking(skein.Weighed, needs("leaks", 3, 4))
	led := leading(able("led", 6), 0, ago(100)).Candidate
	holds := leading(able("holds", 6), 1, skein.Date{}).Candidate
	off := able("off", 6).Candidate
	off.Active = false
	ranked := match.Rank(q, []match.Candidate{led, holds, off, able("new", 1).Candidate, able("cannot", 0).Candidate})
	if got := idsOf(match.NewGround(ranked)); !slices.Equal(got, []skein.PersonID{"new"}) {
		t.Errorf("got %v", got)
	}
}

func TestAbsenceIncludesBothEnds(t *testing.T) {
	t.Parallel()
	c := match.Candidate{Absences: []skein.Absence{{From: ago(10), Until: ago(5)}}}
	for n, want := range map[int]bool{11: false, 10: true, 5: true, 4: false} {
		if got := c.Away(ago(n)); got != want {
			t.Errorf("%d days ago: away %v, want %v", n, got, want)
		}
	}
}
