package view

import (
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// Where the line that allows a decision was changed since, its page says what it says now, and which of both holds.
func TestADecisionSaysThatWhatAllowsItWasChanged(t *testing.T) {
	t.Parallel()
	asked := skein.Remit{Area: "Spending", Level: skein.AfterAdvice}
	now := skein.Remit{Area: "Spending", Level: skein.DecideAlone, Ceiling: ptr(1000.0)}
	for name, c := range map[string]struct {
		state skein.DecisionState
		now   []skein.Remit
		want  string
	}{
		"as it was":     {skein.DecisionAsking, []skein.Remit{asked}, ""},
		"not stated":    {skein.DecisionAsking, nil, ""},
		"closed":        {skein.DecisionClosed, []skein.Remit{now}, ""},
		"a draft":       {skein.DecisionDraft, []skein.Remit{now}, "That is how it stood when it was drafted. Now it says Spending: the lead decides alone, up to £1,000. Once it is asked or decided, that holds for it."},
		"asked":         {skein.DecisionAsking, []skein.Remit{now}, "That is how it stood when it was asked, and it is decided by that. For what is asked from now on it says Spending: the lead decides alone, up to £1,000."},
		"decided":       {skein.DecisionDecided, []skein.Remit{now}, "That is how it stood then. Now it says Spending: the lead decides alone, up to £1,000."},
		"named no more": {skein.DecisionDecided, []skein.Remit{{Area: "Scope", Level: skein.DecideAlone}}, "That is how it stood then. Now it says Spending: not named any more."},
	} {
		x := decisionView{Viewer: ines()}
		x.Org.Currency = "£"
		x.p = leaddb.DecisionPage{Remit: c.now}
		x.p.State, x.p.Area, x.p.Line = c.state, "Spending", []skein.Remit{asked}
		if got := x.allowedNow(); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
