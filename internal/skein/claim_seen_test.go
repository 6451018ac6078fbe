package skein

import (
	"slices"
	"testing"
)

func TestWhoSeesAClaimInWhichState(t *testing.T) {
	t.Parallel()
	const all, standing, none = "all", "standing", "none"
	for eyes, want := range map[ClaimEyes]string{EyesOwn: all, EyesNamed: standing, EyesChecker: standing, EyesOthers: none} {
		for _, s := range ClaimStates {
			stands := !slices.Contains([]ClaimState{ClaimDraft, ClaimWithdrawn, ClaimVoid}, s)
			if got := s.SeenBy(eyes); got != (want == all || want == standing && stands) {
				t.Errorf("eyes %d see a claim that is %s: %v", eyes, s, got)
			}
		}
	}
}

func TestWhatIsKnownOfAClaimBeforeTheTelling(t *testing.T) {
	t.Parallel()
	for _, s := range ClaimStates {
		for _, eyes := range []ClaimEyes{EyesOwn, EyesNamed, EyesChecker} {
			if got := s.AsSeen(eyes, true); got != s {
				t.Errorf("told, %s is said as %s", s, got)
			}
			want := s
			if eyes != EyesChecker && (s == ClaimChosen || s == ClaimNotChosen) {
				want = ClaimSubmitted
			}
			if got := s.AsSeen(eyes, false); got != want {
				t.Errorf("not told, eyes %d: %s is said as %s, want %s", eyes, s, got, want)
			}
		}
	}
	for _, s := range WindowStates {
		if !s.Known(true) || s.Known(false) != (s == WindowPicked) {
			t.Errorf("a window that is %s: %v, %v", s, s.Known(true), s.Known(false))
		}
	}
}
