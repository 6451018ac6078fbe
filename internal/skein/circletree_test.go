package skein_test

import (
	"slices"
	"testing"

	"skein/internal/skein"
)

func woods() skein.CircleTree {
	turns, off := .6, false
	return skein.CircleTree{
		"water": {ID: "water", Name: "Water", Stewards: []skein.PersonID{"marta"}},
		"leaks": {ID: "leaks", Name: "Leaks", Parent: "water", Stewards: []skein.PersonID{"dario"}, Rotation: &turns},
		"night": {ID: "night", Name: "Night", Parent: "leaks"},
		"bills": {ID: "bills", Name: "Bills", Parent: "water", Matching: &off},
		"alone": {ID: "alone", Name: "Alone"},
	}
}

func TestATreeKnowsWhatLiesInWhat(t *testing.T) {
	t.Parallel()
	w := woods()
	if !w.Within("night", "water") || !w.Within("leaks", "leaks") || w.Within("water", "leaks") || w.Within("alone", "") || w.Within("nowhere", "water") {
		t.Error("what lies in what")
	}
	if got := w.Under("leaks"); !slices.Equal(got, []skein.CircleID{"leaks", "night"}) {
		t.Error(got)
	}
	if got := w.Children(""); len(got) != 2 || got[0].ID != "alone" {
		t.Error(got)
	}
	ring := skein.CircleTree{"a": {ID: "a", Parent: "b"}, "b": {ID: "b", Parent: "a"}}
	if got := len(ring.Up("a")); got > 3 {
		t.Errorf("a ring is climbed %d times", got)
	}
}

func TestWhatDecidesAClaimIsInherited(t *testing.T) {
	t.Parallel()
	w := woods()
	for id, want := range map[skein.CircleID]skein.Standing{
		"night": {Rotation: .6, Matching: true, Stewards: []skein.PersonID{"dario", "marta"}},
		"bills": {Rotation: .2, Matching: false, Stewards: []skein.PersonID{"marta"}},
		"alone": {Rotation: .2, Matching: true},
		"":      {Rotation: .2, Matching: true},
	} {
		if got := w.Standing(id, .2); !got.Same(want) {
			t.Errorf("%s: %+v", id, got)
		}
	}
}

func TestAMoveAndACloseBearOnWhatIsDecidedOtherwise(t *testing.T) {
	t.Parallel()
	w := woods()
	for name, c := range map[string]struct {
		got  []skein.CircleID
		want []skein.CircleID
	}{
		"leaks goes up":       {w.Moves(w.Closed("leaks"), "leaks", "water", 0), []skein.CircleID{"leaks", "night"}},
		"night goes up":       {w.Moves(w.Closed("night"), "night", "leaks", 0), nil},
		"alone is gone":       {w.Moves(w.Closed("alone"), "alone", "", 0), nil},
		"leaks in bills":      {w.Moves(w.Moved("leaks", "bills"), "leaks", "", 0), []skein.CircleID{"leaks", "night"}},
		"night in its own":    {w.Moves(w.Moved("night", "leaks"), "night", "", 0), nil},
		"alone beside nobody": {w.Moves(w.Moved("alone", ""), "alone", "", 0), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if after := w.Closed("leaks"); after["night"].Parent != "water" || len(after) != 4 || w["night"].Parent != "leaks" {
		t.Error("the tree after, or before")
	}
}

func TestSeveralAreCalledByTheirWord(t *testing.T) {
	t.Parallel()
	if got := (skein.Organisation{CircleWord: "guild"}).Circles(); got != "guilds" {
		t.Error(got)
	}
	if got := (skein.Organisation{CircleWord: "body", CircleWords: "bodies"}).Circles(); got != "bodies" {
		t.Error(got)
	}
}
