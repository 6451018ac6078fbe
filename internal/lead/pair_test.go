package lead_test

import (
	"sync"
	"testing"

	"pgregory.net/rapid"

	"skein/internal/skein"
)

// Two projects of the same people live side by side, on two stores: what somebody holds in one they
// hold elsewhere for the other. A verb of one may run while a verb of the other has loaded its project
// and not yet locked its people. Nobody ever holds more than they may in both.
func TestNobodyHoldsTooMuchInTwoProjectsAtOnce(t *testing.T) {
	t.Parallel()
	var mutex sync.Mutex
	walks, met, full := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		a, b := newPair(t, rt)
		crossed, filled := 0, 0
		for range steps {
			w, other := a, b
			if w.draw(2) == 1 {
				w, other = b, a
			}
			if w.draw(2) == 0 {
				w.meanwhile = func() {
					crossed++
					other.amid = true
					other.stepOf(w)
					other.amid = false
				}
			}
			w.stepOf(other)
			w.meanwhile = nil
			filled += w.nobodyHoldsTooMuch()
		}
		mutex.Lock()
		defer mutex.Unlock()
		walks, met, full = walks+1, met+crossed, full+filled
	})
	if walks >= 50 && (met == 0 || full == 0) {
		t.Errorf("in %d walks two verbs met %d times, and %d times somebody could hold no more", walks, met, full)
	}
	t.Logf("%d walks: two verbs met %d times, %d times somebody could hold no more", walks, met, full)
}

// newPair are two projects that anybody may lead, of which everybody may hold one or two.
func newPair(t *testing.T, rt *rapid.T) (a, b *walk) {
	t.Helper()
	a, b = drawnWalk(t, rt), drawnWalk(t, rt)
	a.pair, b.pair = b, a
	a.rules.LeadsAtOnce = 1 + a.draw(2)
	b.rules = a.rules
	b.free, b.away, b.gone, b.later, b.ready = a.free, a.away, a.gone, a.later, a.ready
	for _, p := range []skein.PersonID{ada, noor, kim} {
		a.later[p] = false
	}
	for _, w := range []*walk{a, b} {
		w.found[noor], w.found[kim], w.rules.Guardrails = found{place: 1}, found{place: 2}, nil
		w.fromPair()
		w.publish()
	}
	return a, b
}

// stepOf is a step of one of two projects, at the moment to which the other has come.
func (w *walk) stepOf(other *walk) {
	if other.now.After(w.now) {
		w.now = other.now
	}
	w.fromPair()
	w.step()
	other.fromPair()
	w.fromPair()
}

// fromPair notes what everybody holds in the other project.
func (w *walk) fromPair() {
	per := *w.pair.project.HoursPerWeek
	for _, p := range everybody {
		w.elsewhere[p], w.invited[p], w.hours[p], w.asked[p] = 0, 0, 0, 0
		for _, t := range w.pair.terms {
			switch {
			case t.Person != p || !t.State.Counts() || t.Role == skein.Shadow:
			case t.Role == skein.Primary:
				w.elsewhere[p]++
				w.hours[p] += per
			default:
				w.hours[p] += per
			}
		}
		for _, i := range w.pair.invites {
			if i.Person == p && i.State == skein.InviteWaiting {
				w.invited[p]++
				w.asked[p] += per
			}
		}
	}
}

// nobodyHoldsTooMuch looks at both projects; full is how many people hold as many leads as they may.
func (w *walk) nobodyHoldsTooMuch() (full int) {
	for _, p := range everybody {
		leads, hours := 0, 0.0
		for _, one := range []*walk{w, w.pair} {
			place := false
			for _, t := range one.terms {
				if t.Person == p && t.State.Counts() && t.Role != skein.Shadow {
					place = true
					if t.Role == skein.Primary {
						leads++
					}
				}
			}
			if place {
				hours += *one.project.HoursPerWeek
			}
		}
		if leads > w.rules.LeadsAtOnce || hours > w.free[p] {
			w.fail("%s holds %d leads of %d, %v hours of %v", p, leads, w.rules.LeadsAtOnce, hours, w.free[p])
		}
		if leads == w.rules.LeadsAtOnce {
			full++
		}
	}
	return full
}
