package view

import (
	"testing"
	"time"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
)

func TestTheGreetingAtNight(t *testing.T) {
	t.Parallel()
	for hour, want := range map[int]string{0: "Hello", 4: "Hello", 5: "Good morning", 12: "Good afternoon", 18: "Good evening", 21: "Good evening", 22: "Hello"} {
		now := time.Date(2026, 11, 22, hour, 55, 0, 0, time.UTC)
		if got := (homeTeller{clock: words.Clock{Now: now, Zone: time.UTC}}).greeting(); got != want {
			t.Errorf("at %d: %q, want %q", hour, got, want)
		}
	}
}

func TestALeadIsSaidToBeTheirsForWhatSpeaksForThem(t *testing.T) {
	t.Parallel()
	for kind, want := range map[skein.EvidenceKind]string{
		skein.Outcome: "Work of yours speaks for docs.", skein.Credential: "A certificate of yours speaks for docs.", skein.Self: "You say you know docs.",
	} {
		m := match.Met{Share: .5, Witnesses: []match.Witness{{Kind: kind, Level: 3}}}
		m.Skill, m.Counts = "docs", 3
		names := match.Names{Skill: func(id skein.SkillID) string { return string(id) }}
		if got := whyTheirs(match.Assessment{Zone: match.Ready, Met: []match.Met{m}}, names); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
