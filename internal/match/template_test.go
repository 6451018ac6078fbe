package match_test

import (
	"strings"
	"testing"

	"skein/internal/match"
)

// What a template says it assumed of reach is what it answers.
func TestTemplatesSayWhatTheyAssume(t *testing.T) {
	t.Parallel()
	for _, one := range match.Templates() {
		if strings.Contains(one.Assumed, "one team can") != (one.Situation.Reach == 1) || strings.Contains(one.Assumed, "two teams") && one.Situation.Reach != 2 {
			t.Errorf("%s: %q, and its reach is %d", one.ID, one.Assumed, one.Situation.Reach)
		}
	}
}
