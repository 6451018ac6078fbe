package view

import (
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
)

// ines is a viewer on a Monday.
func ines() Viewer {
	return Viewer{
		Person: skein.Person{ID: "ines", Name: "Ines Calder"}, Now: wall,
		Org: skein.Organisation{Name: "Corriemere", CircleWord: "team", Currency: "£", WindowHours: 168},
	}
}

// in is a moment some hours from now.
func in(hours int) time.Time { return wall.Add(time.Duration(hours) * time.Hour) }

func hours(n float64) *float64 { return &n }

// say compares a sentence with what it should be; a space that must not break is an underscore.
func say(t *testing.T, got, want string) {
	t.Helper()
	if got = strings.ReplaceAll(got, "\u00a0", "_"); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAViewersHats(t *testing.T) {
	t.Parallel()
	v := ines()
	v.Hats, v.Stewards = []skein.Hat{{Kind: skein.Steward, Circle: "network"}}, []skein.CircleID{"network", "leaks"}
	if !v.Is(skein.Staff) || !v.Is(skein.Steward) || v.Is(skein.Executive) || (Viewer{}).Is(skein.Staff) {
		t.Error("a steward is staff and a steward, and nobody is nothing")
	}
	if !v.StewardOf("leaks") || v.StewardOf("billing") || v.StewardOf("") || !v.MayTurn("leaks") || v.MayTurn("billing") {
		t.Error("a steward looks after what lies within their circle, and nothing else")
	}
}
