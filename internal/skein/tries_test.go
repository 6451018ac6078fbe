package skein_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"skein/internal/skein"
)

var nine = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

func TestStrangersWaitTwiceAsLongEachTime(t *testing.T) {
	t.Parallel()
	now, tries := nine, skein.Tries{}
	for i, want := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
		var wait time.Duration
		if tries, wait = tries.Next(skein.StrangerTries, now); wait != 0 {
			t.Fatalf("try %d waits %s", i+1, wait)
		}
		if wait = tries.Wait(skein.StrangerTries, now); wait != time.Duration(want)*time.Second {
			t.Fatalf("after try %d: %s, want %d s", i+1, wait, want)
		}
		if same, left := tries.Next(skein.StrangerTries, now.Add(wait-time.Millisecond)); left != time.Millisecond || same != tries {
			t.Fatalf("a try within the wait: %s left, %+v", left, same)
		}
		now = now.Add(wait)
	}
	again, _ := tries.Next(skein.StrangerTries, now.Add(skein.TriesFade))
	if again.N != 1 {
		t.Errorf("a day later there are still %v", again.N)
	}
}

func TestADeviceHasTriesOfItsOwn(t *testing.T) {
	t.Parallel()
	tries := skein.Tries{}
	for i := range skein.DeviceTries {
		var wait time.Duration
		if tries, wait = tries.Next(skein.DeviceTries, nine); wait != 0 {
			t.Fatalf("try %d waits %s", i+1, wait)
		}
	}
	if _, wait := tries.Next(skein.DeviceTries, nine); wait != time.Second {
		t.Errorf("the eleventh waits %s", wait)
	}
}

func TestANetworkHasSoManyTriesWithinASpan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var heard []time.Time
		now, tries := nine, skein.Tries{}
		for range rapid.IntRange(1, 300).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "later")) * time.Millisecond)
			next, wait := tries.NextOf(skein.NetworkTries, skein.NetworkSpan, now)
			if wait > 0 {
				if _, after := tries.NextOf(skein.NetworkTries, skein.NetworkSpan, now.Add(wait)); after > 0 {
					t.Fatalf("told to wait %s, and then %s", wait, after)
				}
				continue
			}
			tries, heard = next, append(heard, now)
		}
		within := 0
		for _, at := range heard {
			if now.Sub(at) < skein.NetworkSpan {
				within++
			}
		}
		// Shares of a span that was empty come on top: twice as many at most.
		if within > 2*skein.NetworkTries {
			t.Fatalf("%d were heard within a span", within)
		}
	})
	tries := skein.Tries{}
	for range skein.NetworkTries {
		tries, _ = tries.NextOf(skein.NetworkTries, skein.NetworkSpan, nine)
	}
	if _, wait := tries.NextOf(skein.NetworkTries, skein.NetworkSpan, nine); wait != 15*time.Second {
		t.Errorf("one more waits %s", wait)
	}
}
