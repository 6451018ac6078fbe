package match_test

import (
	"math"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

func sumOf(halfLife float64, absences []skein.Absence, rows ...skein.Evidence) match.Sums {
	return match.SumUp(rows, "leaks", halfLife, absences, today)
}

func TestAnEndorsementThatWasReturnedCountsAsOnesOwnWord(t *testing.T) {
	t.Parallel()
	table := match.DefaultTrust()
	from := func(giver, of skein.PersonID, daysAgo int) skein.Evidence {
		return skein.Evidence{Person: of, Skill: "leaks", Kind: skein.Peer, Level: 4, ObservedOn: ago(daysAgo), GivenBy: giver}
	}
	for name, c := range map[string]struct {
		row   skein.Evidence
		given []skein.Evidence
		share func(skein.PersonID) bool
		want  skein.EvidenceKind
	}{
		"by a colleague":           {row: from("g", "p", 10), want: skein.Peer},
		"returned the same week":   {row: from("g", "p", 10), given: []skein.Evidence{from("p", "g", 5)}, want: skein.Self},
		"returned at 90 days":      {row: from("g", "p", 100), given: []skein.Evidence{from("p", "g", 10)}, want: skein.Self},
		"returned at 91 days":      {row: from("g", "p", 101), given: []skein.Evidence{from("p", "g", 10)}, want: skein.Peer},
		"given first, then got":    {row: from("g", "p", 10), given: []skein.Evidence{from("p", "g", 100)}, want: skein.Self},
		"given to somebody else":   {row: from("g", "p", 10), given: []skein.Evidence{from("p", "h", 10)}, want: skein.Peer},
		"returned after the day":   {row: from("g", "p", 10), given: []skein.Evidence{from("p", "g", 0)}, want: skein.Peer},
		"by a stranger":            {row: from("g", "p", 10), share: func(skein.PersonID) bool { return false }, want: skein.Self},
		"by somebody of the team":  {row: from("g", "p", 10), share: func(skein.PersonID) bool { return true }, want: skein.Peer},
		"by oneself":               {row: from("p", "p", 10), want: skein.Self},
		"an outcome by a stranger": {row: saw("leaks", skein.Outcome, 4, 10, "x"), share: func(skein.PersonID) bool { return false }, want: skein.Outcome},
	} {
		got := match.Discount("p", []skein.Evidence{c.row}, c.given, c.share, table, today)
		if len(got) != 1 || got[0].Kind != c.want || got[0].GivenBy != c.row.GivenBy {
			t.Errorf("%s: got %v, want one row of kind %s", name, got, c.want)
		}
	}
}

func TestOnlyTheLatestWordOfOneVoiceCounts(t *testing.T) {
	t.Parallel()
	s := sumOf(180, nil,
		saw("leaks", skein.Self, 2, 360, ""), saw("leaks", skein.Self, 4, 180, "survey"),
		saw("leaks", skein.Peer, 1, 500, "g"), saw("leaks", skein.Peer, 5, 180, "g"), saw("leaks", skein.Peer, 3, 180, "h"),
		saw("leaks", skein.Outcome, 3, 180, "a"), saw("leaks", skein.Outcome, 4, 180, "a"),
		saw("maps", skein.Outcome, 5, 180, "a"))
	want := match.Sums{{N: .5, L: 2}, {N: 1, L: 4}, {N: 1, L: 3.5}}
	if s != want {
		t.Errorf("got %v, want %v", s, want)
	}
}

func TestOfTwoWordsOnOneDayTheHigherCounts(t *testing.T) {
	t.Parallel()
	s := sumOf(180, nil, saw("leaks", skein.Self, 2, 180, "a"), saw("leaks", skein.Self, 4, 180, "b"))
	if s[0] != (match.Sum{N: .5, L: 2}) {
		t.Errorf("got %v", s[0])
	}
}

func TestEvidenceCountsFromTheDayAfterItWasSeenUntilItExpires(t *testing.T) {
	t.Parallel()
	on := func(seen, expires skein.Date) float64 {
		e := skein.Evidence{Skill: "leaks", Kind: skein.Credential, Level: 4, ObservedOn: seen, ExpiresOn: expires}
		return sumOf(180, nil, e)[3].N
	}
	if n := on(today, skein.Date{}); n != 0 {
		t.Errorf("seen on the day itself: counts %v, want 0", n)
	}
	if n := on(ago(180), skein.Date{}); n != .5 {
		t.Errorf("seen a half-life ago: counts %v, want .5", n)
	}
	if n := on(ago(180), today); n != .5 {
		t.Errorf("on its last day: counts %v, want .5", n)
	}
	if n := on(ago(180), ago(1)); n != 0 {
		t.Errorf("expired the day before: counts %v, want 0", n)
	}
}

func TestEvidenceDoesNotAgeWhileAPersonIsOnLeave(t *testing.T) {
	t.Parallel()
	e := saw("leaks", skein.Outcome, 4, 360, "a")
	for name, c := range map[string]struct {
		leave []skein.Absence
		want  float64
	}{
		"no leave":             {nil, .25},
		"half of it":           {[]skein.Absence{{From: ago(300), Until: ago(121)}}, .5},
		"still away":           {[]skein.Absence{{From: ago(180)}}, .5},
		"since before it":      {[]skein.Absence{{From: ago(400), Until: ago(181)}}, .5},
		"two that overlap":     {[]skein.Absence{{From: ago(300), Until: ago(200)}, {From: ago(250), Until: ago(121)}}, .5},
		"one within the other": {[]skein.Absence{{From: ago(250), Until: ago(200)}, {From: ago(300), Until: ago(121)}}, .5},
		"in time to come":      {[]skein.Absence{{From: today.AddDate(0, 1, 0)}}, .25},
	} {
		if got := sumOf(180, c.leave, e)[2].N; got != c.want {
			t.Errorf("%s: counts %v, want %v", name, got, c.want)
		}
	}
}

func TestSumsAgeByOneMultiplication(t *testing.T) {
	t.Parallel()
	s := match.Sums{{N: 1, L: 3}, {}, {N: 2, L: 8}, {}}
	if got := s.Aged(180, 180); got != (match.Sums{{N: .5, L: 1.5}, {}, {N: 1, L: 4}, {}}) {
		t.Errorf("got %v", got)
	}
	strength, level := s.Weigh(match.DefaultTrust().Row(skein.Weighed))
	if strength != 2.2 || math.Abs(level-8.6/2.2) > 1e-12 {
		t.Errorf("got strength %v, level %v", strength, level)
	}
	if got := match.Capability(1, 4, 1); got != 2 {
		t.Errorf("one fresh outcome at level 4: capability %v, want 2", got)
	}
	if got := match.Capability(1, 4, 3); got != 1 {
		t.Errorf("the same where w0 is 3: capability %v, want 1", got)
	}
	if got := match.Capability(0, 4, 1); got != 0 {
		t.Errorf("without evidence: capability %v, want 0", got)
	}
}
