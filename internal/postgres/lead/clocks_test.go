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
