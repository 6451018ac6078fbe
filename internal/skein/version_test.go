package skein_test

import (
	"errors"
	"testing"
	"time"

	"skein/internal/skein"
)

// Whatever is changed of a thing, its version is another; what says the same has the same.
func TestAVersionIsWhatAThingSays(t *testing.T) {
	t.Parallel()
	turn, stay := .6, -.6
	for name, of := range map[string]map[string]string{
		"vision": {
			"a": skein.Vision{Organisation: "Quarry", Vision: "Bread"}.Version(), "b": skein.Vision{Organisation: "Quarry Bread"}.Version(),
			"c": skein.Vision{Organisation: "Quarry", Purpose: "Bread"}.Version(),
		},
		"priority": {
			"a": skein.Priority{Title: "A", Weight: 1}.Version(), "b": skein.Priority{Title: "A", Weight: 2}.Version(),
			"c": skein.Priority{Title: "A", Weight: 1, Measure: "x"}.Version(), "d": skein.Priority{Title: "A", Weight: 1, Horizon: "x"}.Version(),
			"e": skein.Priority{Title: "A", Weight: 1, Owner: "x"}.Version(),
		},
		"order": {
			"a": skein.OrderVersion([]skein.PriorityID{"a", "b"}), "b": skein.OrderVersion([]skein.PriorityID{"b", "a"}), "c": skein.OrderVersion(nil),
		},
		"guardrail": {
			"a": skein.Guardrail{Number: 1}.Version(), "b": skein.Guardrail{Number: 2}.Version(), "c": skein.Guardrail{Number: 1, Reason: "x"}.Version(),
			"d": skein.Guardrail{Number: 1, Owner: "x"}.Version(), "e": skein.Guardrail{Number: 1, ReviewOn: skein.Day(noon)}.Version(),
		},
		"circle": {
			"a": skein.Circle{}.Version(), "b": skein.Circle{Rotation: &turn}.Version(), "c": skein.Circle{Rotation: &stay}.Version(),
		},
	} {
		seen := map[string]string{}
		for key, version := range of {
			if other := seen[version]; version == "" || other != "" {
				t.Errorf("%s: %s and %s have the version %q", name, key, other, version)
			}
			seen[version] = key
		}
	}
	there := skein.Guardrail{ReviewOn: time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)}.Version()
	if here := (skein.Guardrail{ReviewOn: time.Date(2026, 5, 12, 0, 0, 0, 0, time.FixedZone("x", 3600))}).Version(); here != there {
		t.Error("a day has another version elsewhere")
	}
	if skein.Fresh("a", "a") != nil || skein.Fresh("", "a") != nil || !errors.Is(skein.Fresh("a", "b"), skein.ErrStale) {
		t.Error("what is stale is let through, or what is not is not")
	}
}
