package skein_test

import (
	"testing"
	"time"

	"skein/internal/skein"
)

var (
	now    = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)
	today  = skein.Itself(now, time.UTC)
	clocks = skein.Clocks{
		Window: 168 * time.Hour, Confirm: 48 * time.Hour, Answer: 48 * time.Hour, Needs: 14 * 24 * time.Hour,
	}
)

func TestWindowClosesWhenItWasSaidTo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		trust    skein.Trust
		urgency  int
		shortest time.Duration
		want     time.Duration
	}{
		"a week":                        {skein.Weighed, 3, 0, 168 * time.Hour},
		"urgent: a day":                 {skein.Weighed, 5, 0, 24 * time.Hour},
		"the guardrail is longer":       {skein.Weighed, 5, 72 * time.Hour, 72 * time.Hour},
		"a notch higher runs the same":  {skein.Zero, 1, 0, 168 * time.Hour},
		"on trust nobody knows it yet":  {skein.Open, 3, 0, 0},
		"on trust, urgent: nor then":    {skein.Open, 5, 0, 0},
		"on trust, guardrail: nor then": {skein.Open, 5, 72 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clocks := clocks
			clocks.Shortest = c.shortest
			w := skein.OpenWindow(skein.Project{Trust: c.trust},
				skein.Phase{Situation: skein.Situation{Urgency: c.urgency}}, clocks, now)
			var want time.Time
			if c.want > 0 {
				want = now.Add(c.want)
			}
			if !w.ClosesAt.Equal(want) {
				t.Errorf("closes at %v, want %v", w.ClosesAt, want)
			}
		})
	}
}

func TestClaimsCountUntilTheEndNotAtIt(t *testing.T) {
	t.Parallel()
	w := skein.OpenWindow(skein.Project{Trust: skein.Weighed}, skein.Phase{}, clocks, now)
	if !w.TakesClaims(w.ClosesAt.Add(-time.Nanosecond)) || w.TakesClaims(w.ClosesAt) {
		t.Error("claims count until the end, not at it")
	}
	if w := skein.UntilTaken(skein.Project{Trust: skein.Weighed}, skein.Phase{}, now); !w.TakesClaims(now.AddDate(1, 0, 0)) {
		t.Error("without an end it takes claims until it is closed")
	}
}
