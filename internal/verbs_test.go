package internal_test

import (
	"regexp"
	"strings"
	"testing"

	"skein/internal/words"
)

// oneOrMany finds code that picks one of two texts by whether something is one.
var oneOrMany = regexp.MustCompile(`(?s)== 1 \{\s*(?:return|\w+ :?=) "([^"]*)"\s*\}\s*return "([^"]*)"`)

// TestVerbsTakeTheirNumberInOnePlace keeps the choice between "is" and "are" in words.Verb: a second one forgets
// some verb, or takes no things for one.
func TestVerbsTakeTheirNumberInOnePlace(t *testing.T) {
	t.Parallel()
	picks := func(text string) (found []string) {
		for _, hit := range oneOrMany.FindAllStringSubmatch(text, -1) {
			if one, many := strings.TrimSpace(hit[1]), strings.TrimSpace(hit[2]); many != "" && words.Verb(1, many) == one {
				found = append(found, one+"/"+many)
			}
		}
		return found
	}
	if len(picks("if n == 1 {\n\t\treturn \" has \"\n\t}\n\treturn \" have \"")) != 1 || picks("if n == 1 {\n\treturn \"it counts\"\n}\nreturn \"they count\"") != nil {
		t.Fatal("a choice is not told from others")
	}
	sources(t, ".", func(name, text string) {
		for _, hit := range picks(text) {
			if !strings.HasPrefix(name, "words/") {
				t.Errorf("%s picks %s by itself: words.Verb does", name, hit)
			}
		}
	})
}
