package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What docs/operate sets is what serve reads.
func TestTheFilesForOperatorsSetWhatServeReads(t *testing.T) {
	t.Parallel()
	code, help, errs := runs(t, "serve", "--help")
	if code != exitDone {
		t.Fatalf("%d %s", code, errs)
	}
	files, err := filepath.Glob("../../docs/operate/*")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	sets, seen := regexp.MustCompile(`(?m)^\s*((?:SKEIN_[A-Z_]+|DATABASE_URL))\s*[=:]`), 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range sets.FindAllStringSubmatch(string(text), -1) {
			seen++
			if name := strings.TrimSuffix(found[1], "_FILE"); !strings.Contains(help, "$"+name+")") && !strings.Contains(help, "$"+name+",") {
				t.Errorf("%s sets %s, of which serve knows nothing", filepath.Base(file), found[1])
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d settings were found", seen)
	}
}
