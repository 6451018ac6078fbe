package internal_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// settingState finds SQL that sets a state in the life of a lead, or makes a row of it.
var settingState = regexp.MustCompile(
	`(?s)(update\s+(project|claim_window|claim|pick|invite|term|review)\b[^` + "`" + `]*?\bset\b[^` + "`" + `]*?\bstate\s*=` +
		`|insert\s+into\s+(claim_window|pick|invite|term|review|member|need)\b)`)

// TestAStateIsSetInOnePlace keeps the life of a lead out of the rest of the store. An import writes
// windows and terms as facts; a draft, and a claim that is being written, begin where they are made.
func TestAStateIsSetInOnePlace(t *testing.T) {
	t.Parallel()
	found := 0
	err := fs.WalkDir(os.DirFS("postgres"), ".", func(name string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && d.Name() == "pgtest" {
			return fs.SkipDir // rows that tests begin with
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path.Join("postgres", name))
		if err != nil {
			return err
		}
		hits := settingState.FindAllString(string(text), -1)
		if base := path.Base(name); base == "state.go" {
			found += len(hits)
		} else if !strings.HasPrefix(base, "import_") {
			for _, hit := range hits {
				t.Errorf("%s sets a state beside state.go: %s", name, strings.Join(strings.Fields(hit), " "))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 8 {
		t.Errorf("state.go has %d statements that set a state; where did they go?", found)
	}
}
