package view

import (
	"strings"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// A step that is due after the last day of the lead is kept and said to be so, and a day of another year has its year.
func TestAStepAfterTheLastDayOfItsLeadIsSaidToBe(t *testing.T) {
	t.Parallel()
	x := stands()
	day := skein.Day(wall)
	next := day.AddDate(1, -6, 0)
	if next.Year() == day.Year() {
		next = day.AddDate(0, 8, 0)
	}
	x.p = leaddb.ProjectPage{
		Terms: []leaddb.TermRow{{Person: "ada", Name: "Ada", Role: skein.Primary, State: skein.TermLive, EndsOn: day.AddDate(0, 2, 0)}},
		Steps: []leaddb.StepRow{
			{Step: skein.Step{ID: "a", Says: "Ask", DueOn: day.AddDate(0, 1, 0)}},
			{Step: skein.Step{ID: "b", Says: "Try", DueOn: next}},
		},
	}
	x.p.Project.State = skein.Led
	steps := x.steps()
	if steps[0].Note != "" || strings.Contains(steps[0].Day, "20") {
		t.Errorf("%+v", steps[0])
	}
	if !strings.HasPrefix(steps[1].Note, "That is after the last day of its lead, ") || !strings.HasSuffix(steps[1].Day, next.Format("2006")) {
		t.Errorf("%+v", steps[1])
	}
}
