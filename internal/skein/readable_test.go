package skein_test

import (
	"testing"

	"skein/internal/skein"
)

func TestAnIDAsPeopleWouldWriteIt(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"release-team": "Release team", "ci-signal": "CI signal", "go_to_market": "Go to market", "docs": "Docs",
		"v1.37-docs": "v1.37 docs", "KEP-495": "KEP-495", "Valve data": "Valve data", "night shift": "night shift",
		"sql": "SQL", "my-html": "My HTML", "https://x.org/a-b": "https://x.org/a-b", "-": "-", "": "", "é-b": "É b",
	} {
		if got := skein.ReadableID(id); got != want {
			t.Errorf("%q reads %q, want %q", id, got, want)
		}
	}
}
