package skein_test

import (
	"errors"
	"testing"

	"skein/internal/skein"
)

func TestARotationGoesByTheWordThatIsTrueOfIt(t *testing.T) {
	t.Parallel()
	for r, want := range map[float64]skein.Turns{
		.6: skein.TakeTurns, .8: skein.TakeTurns, .2: skein.TakeTurns, 0: skein.NoDifference,
		-.2: skein.StayWith, -.4: skein.StayWith, -.8: skein.StayWith,
	} {
		if got := skein.TurnsOf(&r); got != want {
			t.Errorf("%v is called %q, want %q", r, got, want)
		}
	}
	if skein.TurnsOf(nil) != skein.AsAbove {
		t.Error("the parent's is not called so")
	}
}

func TestARotationIsKeptUnlessAnotherIsChosen(t *testing.T) {
	t.Parallel()
	found, none := .8, 0.
	for name, try := range map[string]struct {
		was  *float64
		to   skein.Turns
		want *float64
	}{
		"what is set already, as strong as it is": {&found, skein.TakeTurns, &found},
		"another":                       {&found, skein.StayWith, new(-.4)},
		"none":                          {&found, skein.NoDifference, &none},
		"the circle above":              {&found, skein.AsAbove, nil},
		"what holds by being inherited": {nil, skein.NoDifference, &none},
		"left to the one above already": {nil, skein.AsAbove, nil},
	} {
		c := skein.Circle{Name: "Leaks", Parent: "network", Rotation: try.was}
		if err := c.Turn(try.to, true); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if (c.Rotation == nil) != (try.want == nil) || c.Rotation != nil && *c.Rotation != *try.want {
			t.Errorf("%s: %v, want %v", name, c.Rotation, try.want)
		}
	}
}

func TestWhoMayNotOrSaysNothingChangesNoRotation(t *testing.T) {
	t.Parallel()
	c := skein.Circle{Name: "Leaks"}
	var refused skein.Refused
	if err := c.Turn(skein.TakeTurns, false); !errors.As(err, &refused) || refused.Who == "" {
		t.Errorf("somebody who may not: %v", err)
	}
	for _, to := range []skein.Turns{"", "sometimes"} {
		var invalid skein.Invalid
		if err := c.Turn(to, true); !errors.As(err, &invalid) || invalid.On("turns") == "" {
			t.Errorf("%q: %v", to, err)
		}
	}
	if c.Rotation != nil {
		t.Errorf("it is %v now", *c.Rotation)
	}
}
