package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asksNext finds a sentence that promises that somebody else is asked.
var asksNext = regexp.MustCompile(`(?i)the next( [a-z]+){0,8}?,? (is|was) asked[^.;"]*|then the next is[^.;"]*|the next( [a-z]+){0,4}, where there is one, is asked`)

// TestNobodyIsPromisedWhoMayNotBeThere: no page knows whether anybody is left to ask, so none says that the next is
// asked without saying what if there is none.
func TestNobodyIsPromisedWhoMayNotBeThere(t *testing.T) {
	t.Parallel()
	bare := func(text string) (all []string) {
		for _, line := range strings.Split(text, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "//") || strings.Contains(line, "\t// ") {
				continue
			}
			for _, hit := range asksNext.FindAllString(line, -1) {
				if !strings.Contains(hit, "where there is one") {
					all = append(all, hit)
				}
			}
		}
		return all
	}
	if len(bare(`"; then the next is asked."`)) != 1 || len(bare(`"the next person is asked at once."`)) != 1 || bare(`"the next who could grant it is asked, where there is one."`) != nil {
		t.Fatal("a promise is not told from others")
	}
	see := func(name, text string) {
		for _, hit := range bare(text) {
			if !strings.HasPrefix(name, "lead/clock") {
				t.Errorf("%s: %q", name, hit)
			}
		}
	}
	sources(t, ".", see)
	pages, err := filepath.Glob("../web/page/*.templ")
	if err != nil || len(pages) < 20 {
		t.Fatal(len(pages), err)
	}
	for _, name := range pages {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		see(name, string(text))
	}
}
