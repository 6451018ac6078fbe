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

func TestFirstReadyClaimStartsTheClockOnTrust(t *testing.T) {
	t.Parallel()
	w := skein.OpenWindow(skein.Project{Trust: skein.Open}, skein.Phase{}, clocks, now)

	w.ClaimCame(skein.Open, skein.Stretch, 3, clocks, now)
	if want := now.Add(168 * time.Hour); !w.ClosesAt.Equal(want) {
		t.Fatalf("a stretch waits until %v, want %v", w.ClosesAt, want)
	}
	w.ClaimCame(skein.Open, skein.Stretch, 3, clocks, now.Add(time.Hour))
	if want := now.Add(168 * time.Hour); !w.ClosesAt.Equal(want) {
		t.Fatalf("a second stretch moved the end to %v", w.ClosesAt)
	}
	ready := now.Add(2 * time.Hour)
	w.ClaimCame(skein.Open, skein.Ready, 3, clocks, ready)
	if want := ready.Add(24 * time.Hour); !w.ClosesAt.Equal(want) {
		t.Fatalf("the first ready one: %v, want %v", w.ClosesAt, want)
	}
	w.ClaimCame(skein.Open, skein.Ready, 3, clocks, ready.Add(time.Hour))
	if want := ready.Add(24 * time.Hour); !w.ClosesAt.Equal(want) {
		t.Fatalf("the second ready one moved the end to %v", w.ClosesAt)
	}
	if !w.ShownClose().IsZero() {
		t.Error("the end tells that somebody claimed, and is shown")
	}
	if !w.TakesClaims(w.ClosesAt.Add(-time.Nanosecond)) || w.TakesClaims(w.ClosesAt) {
		t.Error("claims count until the end, not at it")
	}
}

func TestReadyClaimNearTheEndDoesNotLengthenTheWindow(t *testing.T) {
	t.Parallel()
	w := skein.OpenWindow(skein.Project{Trust: skein.Open}, skein.Phase{}, clocks, now)
	w.ClaimCame(skein.Open, skein.Stretch, 3, clocks, now)
	end := w.ClosesAt
	w.ClaimCame(skein.Open, skein.Ready, 3, clocks, end.Add(-time.Hour))
	if !w.ClosesAt.Equal(end) {
		t.Errorf("closes at %v, want %v", w.ClosesAt, end)
	}
}

func TestUrgentClockOnTrustIsAnHour(t *testing.T) {
	t.Parallel()
	w := skein.OpenWindow(skein.Project{Trust: skein.Open}, skein.Phase{}, clocks, now)
	w.ClaimCame(skein.Open, skein.Ready, 5, clocks, now)
	if want := now.Add(time.Hour); !w.ClosesAt.Equal(want) {
		t.Errorf("closes at %v, want %v", w.ClosesAt, want)
	}
}

func TestOpenEndedWindowStartsAfresh(t *testing.T) {
	t.Parallel()
	w := skein.UntilTaken(skein.Project{Trust: skein.Weighed}, skein.Phase{}, now)
	later := now.AddDate(0, 2, 0)
	if !w.TakesClaims(later) {
		t.Fatal("it takes claims until somebody claims")
	}
	w.ClaimCame(skein.Weighed, skein.Ready, 3, clocks, later)
	if want := later.Add(168 * time.Hour); !w.ClosesAt.Equal(want) || !w.Sealed {
		t.Errorf("closes at %v, want %v, sealed", w.ClosesAt, want)
	}
	fixed := skein.OpenWindow(skein.Project{Trust: skein.Weighed}, skein.Phase{}, clocks, now)
	fixed.ClaimCame(skein.Weighed, skein.Ready, 3, clocks, now.Add(time.Hour))
	if !fixed.ClosesAt.Equal(now.Add(168*time.Hour)) || fixed.Sealed {
		t.Error("a claim moved a fixed end")
	}
}
