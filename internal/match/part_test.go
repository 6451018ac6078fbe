package match_test

import (
	"testing"

	"skein/internal/match"
)

func TestAPartIsCalledByTheNearestWord(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{
		0: "nothing", .01: "a little", .17: "a little", .18: "about a quarter", .3: "about a third", .47: "about half",
		.58: "about half", .69: "about two thirds", .719: "about three quarters", .83: "most", .99: "most", 1: "all",
	} {
		if got := match.PartWords(share); got != want {
			t.Errorf("%v is %q, want %q", share, got, want)
		}
	}
}

func TestWhatAgeHasLeftIsCalledByTheSameWord(t *testing.T) {
	t.Parallel()
	for fresh, want := range map[float64]string{
		1: "counts in full", .9: "still counts for most", .719: "counts about three quarters", .47: "counts about half",
		.26: "counts about a quarter", .1: "counts little", .02: "is too old to count for much",
	} {
		if got := match.LeftWords(fresh); got != want {
			t.Errorf("%v of it %q, want %q", fresh, got, want)
		}
	}
}
