package skein

import (
	"math"
	"time"
)

// How often somebody may try to sign in.
const (
	// DeviceTries is how many tries a browser has of its own, in which somebody signed in before.
	DeviceTries = 10
	// StrangerTries is how many all others have together, at one account, before they wait.
	StrangerTries = 1
	// NetworkTries is how many come from one network within NetworkSpan, at all accounts together, from
	// browsers in which nobody signed in before.
	NetworkTries = 60
	NetworkSpan  = 15 * time.Minute
	// DeviceLife is how long a browser is known for in which nobody signs in.
	DeviceLife = 180 * 24 * time.Hour
	// DevicesKept is how many browsers of one account are known: another takes the place of the one that
	// was used longest ago.
	DevicesKept = 20
	// RefusedKept is how long it is kept from where sign-ins were refused.
	RefusedKept = 90 * 24 * time.Hour
)

// After the free tries the first wait is one second, and each is twice the one before. Who does not try
// for a day begins anew.
const (
	firstWait   = time.Second
	longestWait = 5 * time.Minute
	TriesFade   = 24 * time.Hour
)

// Tries counts tries that were not right.
type Tries struct {
	N  float64
	At time.Time // of the last; of any value when N is 0
}

// Next is another try now, when so many are free and each one after them waits longer. While a wait
// lasts it is none: it returns the tries as they were, and how long it lasts still.
func (t Tries) Next(free int, now time.Time) (Tries, time.Duration) {
	if wait := t.Wait(free, now); wait > 0 {
		return t, wait
	}
	if now.Sub(t.At) >= TriesFade {
		t.N = 0
	}
	return Tries{t.N + 1, now}, 0
}

// Wait is how long nobody is heard from now on.
func (t Tries) Wait(free int, now time.Time) time.Duration {
	over := t.N - float64(free)
	if t.N <= 0 || over < 0 {
		return 0
	}
	wait := longestWait
	if doubled := math.Pow(2, over); doubled < float64(longestWait/firstWait) {
		wait = time.Duration(doubled) * firstWait
	}
	return max(0, t.At.Add(wait).Sub(now))
}

// NextOf is another try now, when so many are free within a span: one more for each share of the span
// that passes. Beyond them it is none, as in Next.
func (t Tries) NextOf(most int, span time.Duration, now time.Time) (Tries, time.Duration) {
	share := span / time.Duration(most)
	n := max(0, t.N-max(0, float64(now.Sub(t.At))/float64(share)))
	if over := n + 1 - float64(most); over > 0 {
		return t, max(time.Second, time.Duration(math.Ceil(over*float64(share))))
	}
	return Tries{n + 1, now}, 0
}
