package skein_test

import (
	"slices"
	"testing"
	"time"

	"skein/internal/skein"
)

func TestEveryTimeZoneOfTheListIsOne(t *testing.T) {
	t.Parallel()
	if len(skein.TimeZones) < 400 || !slices.IsSorted(skein.TimeZones) {
		t.Errorf("%d zones, or out of order", len(skein.TimeZones))
	}
	for _, zone := range skein.TimeZones {
		if err := skein.CheckZone(zone); err != nil {
			t.Errorf("%s: %v", zone, err)
		}
		if got := skein.ZoneNamed(zone); got != zone {
			t.Errorf("%s means %s", zone, got)
		}
	}
}

func TestATimeZoneIsFoundAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"london": "Europe/London", "New York": "America/New_York", "europe/lisbon": "Europe/Lisbon", "utc": "UTC",
		"Asia/Calcutta": "Asia/Calcutta", "Atlantis": "Atlantis", "": "",
	} {
		if got := skein.ZoneNamed(typed); got != want {
			t.Errorf("%q means %q, want %q", typed, got, want)
		}
	}
	if skein.ZoneOr("Atlantis", time.UTC) != time.UTC || skein.ZoneOr("", time.UTC) != time.UTC || skein.ZoneOr("Europe/Lisbon", nil).String() != "Europe/Lisbon" {
		t.Error("a zone that is none is used")
	}
	if skein.CheckZone("Local") == nil || skein.CheckZone("") == nil {
		t.Error("no zone is taken for one")
	}
}
