package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every figure that the README prints of a folder is what the command beside it prints.
func TestTheReadmePrintsWhatEvaluatePrints(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"k8s-release", "k8s-kep"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, printed, found := strings.Cut(string(readme), "<code>bin/skein evaluate ../shared/data/"+name+"</code></summary>\n\n```\n")
			printed, _, closed := strings.Cut(printed, "```")
			if !found || !closed {
				t.Fatal("the README does not print it")
			}
			code, out, errs := runs(t, "evaluate", realData(t, name))
			if code != exitDone || errs != "" {
				t.Fatalf("%d %q", code, errs)
			}
			got, want := strings.Split(strings.TrimSpace(out), "\n"), strings.Split(strings.TrimSpace(printed), "\n")
			for i := range max(len(got), len(want)) {
				if i >= len(got) || i >= len(want) || strings.TrimRight(got[i], " ") != want[i] {
					t.Fatalf("line %d of %d, the README has %d:\n%s\n%s", i+1, len(got), len(want), strings.Join(got[i:min(i+1, len(got))], ""), strings.Join(want[i:min(i+1, len(want))], ""))
				}
			}
		})
	}
}

// realData finds the folder beside the checkout, or skips.
func realData(t *testing.T, folder string) string {
	t.Helper()
	for _, base := range []string{os.Getenv("SKEIN_DATA"), "../../../shared/data"} {
		dir := filepath.Join(base, folder)
		if _, err := os.Stat(dir); base != "" && err == nil {
			return dir
		}
	}
	t.Skipf("%s is not beside this checkout (../shared/data, or $SKEIN_DATA)", folder)
	return ""
}
