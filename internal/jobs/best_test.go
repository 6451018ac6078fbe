package jobs_test

import (
	"context"
	"testing"

	"skein/internal/skein"
)

// watched calls back when the best is taken from everybody's rows, as it is where memory does not answer.
func watched[S any](best func(S, *skein.Window, bool) bool, taken func()) func(S, *skein.Window, bool) bool {
	return func(sides S, w *skein.Window, whole bool) bool {
		if !whole {
			return false
		}
		taken()
		return best(sides, w, whole)
	}
}

// Where it is not in memory, the best of the organisation is worked out of everybody's rows: meanwhile
// nothing is locked. What is taken of a project that has changed since is taken again.
func TestTheBestIsTakenBeforeAnythingIsLocked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile string
		taken     int
	}{
		"nothing changes":     {`select 1`, 1},
		"the project changes": {`update project set version = version + 1 where id = 'sensors'`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			ines := h.person("ines", 4)
			h.person("zoe", 5) // who does not claim, and is better
			h.window(week)
			h.must(h.claim(ines))
			h.now = h.now.Add(week)
			judge, taken := h.chooser.Judge(), 0
			judge.Best = watched(judge.Best, func() {
				if taken++; taken == 1 {
					h.is("open", `select state from project where id = 'sensors' for update nowait`)
					h.is("open", `select state from claim_window for update nowait`)
					h.exec(c.meanwhile)
				}
			})
			h.must(h.db.Lead.Tick(context.Background(), h.now, judge))
			h.is("chosen", claimState, ines)
			h.is("true", `select best_fit > 0 and best_order > 0 from claim_window`)
			h.is("true", `select (assessment->'best'->>'fit')::float8 = (select best_fit from claim_window) and fit < (select best_fit from claim_window) from claim`)
			if taken != c.taken {
				t.Errorf("it was taken %d times", taken)
			}
		})
	}
	h := newHouse(t)
	h.window(week)
	h.now = h.now.Add(week)
	judge := h.chooser.Judge()
	judge.Best = watched(judge.Best, func() { t.Error("nobody claimed") })
	h.must(h.db.Lead.Tick(context.Background(), h.now, judge))
}
