package skein_test

import (
	"strings"
	"testing"

	"skein/internal/skein"
)

func TestALinkOpensAPageAndRunsNothing(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"https://docs.example.org/night?x=1#y": true, "http://wiki.example.org": true,
		"": false, "docs.example.org": false, "javascript:alert(1)": false, "JavaScript:alert(1)": false, "data:text/html,x": false,
		"ftp://files.example.org": false, "https://": false, "//example.org": false, "https://ann:secret@example.org": false,
		"https://example.org/a b": false, "https://example.org/\u202eb": false, "https://example.org/\x01": false,
		"https://example.org/" + strings.Repeat("a", skein.MaxLinkURL): false,
	} {
		if err := (skein.Link{Label: "The plan", URL: address}).Check(); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
	if (skein.Link{Label: " ", URL: "https://example.org"}).Check() == nil || (skein.Link{Label: strings.Repeat("a", 61), URL: "https://example.org"}).Check() == nil {
		t.Error("a link without a name, or with a long one")
	}
}

func TestAnAddressBeginsInSmallLetters(t *testing.T) {
	t.Parallel()
	for typed, kept := range map[string]string{
		" Https://Docs.Example.org/Night ": "https://Docs.Example.org/Night", "HTTP://a.example": "http://a.example", "docs": "docs",
	} {
		if got := (skein.Link{Label: " The plan ", URL: typed}).Plain(); got.URL != kept || got.Label != "The plan" {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}
