package lead_test

import (
	"reflect"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// waitingWorlds are worlds in which something waits for each clock, by what waits there.
var waitingWorlds = map[string]func(*testing.T) *world{
	"claims": func(t *testing.T) *world { w := opened(t, skein.Verified); w.claim(noor, kim); return w },
	"nobody": func(t *testing.T) *world {
		w := opened(t, skein.Verified)
		w.ready = []skein.PersonID{noor, kim, lee}
		return w
	},
	"the words": weekly,
	"the words, and nobody looked at the clocks": func(t *testing.T) *world { w := weekly(t); w.now = w.now.Add(16 * day); return w },
	"needs":        needing,
	"a stretch":    stretch,
	"an offer":     func(t *testing.T) *world { return offered(t, noor, kim) },
	"a handing on": handingOn,
	"a note": func(t *testing.T) *world {
		w := handingOn(t)
		w.must(noor, writeNote(noted("It leaks."), true))
		return w
	},
	"what is said back": func(t *testing.T) *world {
		w := handingOn(t)
		w.must(noor, writeNote(noted("It leaks."), true))
		w.must(kim, w.sayBack())
		return w
	},
	"a reconsideration":    reconsidered,
	"a start":              func(t *testing.T) *world { return later(t, true) },
	"how it went":          over,
	"somebody beside them": sought,
	"a leave": func(t *testing.T) *world {
		w := led(t, noor)
		w.away[noor], w.since[noor] = w.in(40), w.in(0)
		w.ready = []skein.PersonID{kim, lee}
		return w
	},
	"who has left": func(t *testing.T) *world { w := led(t, noor); w.gone[noor] = true; return w },
	"who checks":   func(t *testing.T) *world { w := picked(t, noor); w.away[sofie] = w.in(20); return w },
	"a review":     func(t *testing.T) *world { w := offered(t, noor, kim); w.must(kim, w.askReview(kim, "Why?")); return w },
	"advice": func(t *testing.T) *world {
		w := deciding(t)
		w.must(noor, askAdvice(w.opened("Are hosepipes next?", "the river"), skein.Date{}, lee, mia))
		return w
	},
	"what they decide": func(t *testing.T) *world { w := changing(t); w.must(noor, proposeRemit(other(6), "")); return w },
	"its last day":     func(t *testing.T) *world { w := opened(t, skein.Open); w.project.EndOn = w.in(20); return w },
	"a missed start": func(t *testing.T) *world {
		w := needing(t)
		w.project.EndOn = w.in(3)
		for i := range w.terms {
			w.terms[i].EndsOn = w.in(3)
		}
		return w
	},
}

// Whatever is due does something, wherever the organisation is: an act that is found by its day, and looks at an instant
// of UTC, would be found at each look at the clocks and do nothing for half a day.
func TestWhatIsDueDoesSomethingInEveryZone(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Pacific/Auckland", "Pacific/Honolulu"} {
		at, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[lead.Clock]bool{}
		for name, begin := range waitingWorlds {
			w := begin(t)
			w.zone, w.rules.Zone = at, at
			w.acted = func(act lead.Act, before *store) {
				seen[act.Clock] = true
				if reflect.DeepEqual(before, w.store.clone()) {
					t.Errorf("%s, %s: %s of %s is due and does nothing", zone, name, act.Clock, act.ID)
				}
			}
			for range 4 * 60 {
				w.pass(6 * hour)
			}
		}
		for _, clock := range lead.Clocks {
			if !seen[clock] {
				t.Errorf("%s: nothing waited for %s", zone, clock)
			}
		}
	}
}
