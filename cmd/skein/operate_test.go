package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	sets, seen := regexp.MustCompile(`(?m)^\s*#?((?:SKEIN_[A-Z_]+|DATABASE_URL))\s*[=:]`), 0
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

// systemd and a shell read the settings alike: as-skein does what the service would.
func TestTheSettingsReadAlikeInAShell(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/operate/skein.env")
	if err != nil {
		t.Fatal(err)
	}
	settings := strings.ReplaceAll(string(text), "#SKEIN_", "SKEIN_")
	file := filepath.Join(t.TempDir(), "skein.env")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-euc", "set -a; . "+file+"; env")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	set := regexp.MustCompile(`(?m)^([A-Z_]+)=(.*)$`).FindAllStringSubmatch(settings, -1)
	if len(set) < 10 {
		t.Fatalf("only %d settings", len(set))
	}
	for _, s := range set {
		if want := s[1] + "=" + strings.Trim(s[2], `"`); !strings.Contains("\n"+string(out), "\n"+want+"\n") {
			t.Errorf("a shell has no %s", want)
		}
	}
}

// What a page for operators links to is there, and has that heading.
func TestLinksBetweenThePagesLeadSomewhere(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	link, heading, other := regexp.MustCompile(`\]\(([^)#:\s]*)(?:#([^)\s]+))?\)`), regexp.MustCompile(`(?m)^#+ (.+)$`), regexp.MustCompile(`[^a-z0-9 _-]`)
	seen := 0
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			seen++
			to := page
			if found[1] != "" {
				to = filepath.Join(filepath.Dir(page), found[1])
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: %v", filepath.Base(page), err)
				continue
			}
			if found[2] == "" {
				continue
			}
			there, err := os.ReadFile(to)
			has := err == nil && slices.ContainsFunc(heading.FindAllStringSubmatch(string(there), -1), func(h []string) bool {
				return strings.ReplaceAll(other.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-") == found[2]
			})
			if !has {
				t.Errorf("%s: %s has no heading %s", filepath.Base(page), filepath.Base(to), found[2])
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d links were found", seen)
	}
}
