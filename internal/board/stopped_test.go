package board

import (
	"context"
	"errors"
	"testing"

	"skein/internal/comparison"
	"skein/internal/match"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Whoever has gone is not compared any further.
func TestComparingStopsWithTheRequest(t *testing.T) {
	t.Parallel()
	day := skein.Date{}
	l := newLeads(factsdb.Leads{}, match.DefaultPolicy(), day)
	w := l.weigh(comparison.Population{Holders: func(skein.SkillID) int { return 0 }})
	l.list = make([]lead, 1000)
	o := &own{Involvement: factsdb.Involvement{Comparison: comparison.Sides{Facts: []comparison.Facts{{}}}}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newScores(ctx, o, l, w); !errors.Is(err, context.Canceled) {
		t.Errorf("compared for nobody: %v", err)
	}
}
