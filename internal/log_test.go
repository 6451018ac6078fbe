package internal_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var writesTheLog = regexp.MustCompile(`(?i)insert\s+into\s+audit_(event|content|head)|(update|delete\s+from|truncate)\s+audit_(event|content|head)`)

// TestTheLogIsWrittenInOnePlace: only there is it sure that audit rows come last in their transaction,
// after every check that was put off. That they do is seen in every test, by the pools of pgtest. The
// bench, which takes the chain away to measure without it, does so in a database of its own.
func TestTheLogIsWrittenInOnePlace(t *testing.T) {
	t.Parallel()
	var found []string
	for _, dir := range []string{".", "../cmd"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() && d.Name() == "pgtest" {
				return fs.SkipDir // it looks for such statements too
			}
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(os.DirFS(dir), name)
			if writesTheLog.Match(text) {
				found = append(found, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(found)
	// an erasure deletes what lies beside the chain, and changes nothing of it
	if want := []string{"bench/log.go", "postgres/core/write.go", "postgres/keep/goes.go"}; !slices.Equal(found, want) {
		t.Errorf("the log is written in %q, want %q", found, want)
	}
}
