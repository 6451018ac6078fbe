package leaddb

import (
	"testing"

	"skein/internal/lead"
)

// A clock without a statement that finds what is due would let it wait for ever.
func TestEachClockHasAStatementThatFindsWhatIsDue(t *testing.T) {
	t.Parallel()
	for _, clock := range lead.Clocks {
		if finds[clock] == "" {
			t.Errorf("nothing finds what is due by the clock %s", clock)
		}
	}
	if len(finds) != len(lead.Clocks) {
		t.Errorf("%d statements for %d clocks", len(finds), len(lead.Clocks))
	}
}

// A demo skips to every clock, but to those that remind of, ask or end what is weeks away, and to those that follow
// from somebody's leave or going.
func TestASkipKnowsEachClock(t *testing.T) {
	t.Parallel()
	beyond := map[lead.Clock]bool{lead.ClockEnd: true, lead.ClockPast: true, lead.ClockGone: true, lead.ClockAway: true, lead.ClockLeave: true, lead.ClockWord: true, lead.ClockAsked: true, lead.ClockAdvice: true, lead.ClockOpen: true, lead.ClockLast: true}
	for _, clock := range lead.Clocks {
		if (ahead[clock] == "") != beyond[clock] {
			t.Errorf("skipped to %s: %v", clock, ahead[clock] != "")
		}
	}
}
