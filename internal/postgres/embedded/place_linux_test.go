package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDataOfAnotherMajorAreNotPassedBy(t *testing.T) {
	t.Parallel()
	old, recent := binaries{major: 15, version: "15.2"}, binaries{major: 18, version: "18.4"}
	home := t.TempDir()
	if b, err := choose([]binaries{recent, old}, home); err != nil || b != recent {
		t.Errorf("without data: %+v, %v", b, err)
	}
	if err := os.Mkdir(filepath.Join(home, "pg15"), 0o700); err != nil {
		t.Fatal(err)
	}
	if b, err := choose([]binaries{recent, old}, home); err != nil || b != old {
		t.Errorf("with data of 15: %+v, %v", b, err)
	}
	_, err := choose([]binaries{recent}, home)
	if err == nil || !strings.Contains(err.Error(), "holds data of Postgres 15, but only Postgres 18.4 was found") {
		t.Errorf("with data of 15 and programs of 18: %v", err)
	}
}

func TestSocketPathsStayShortAndPlain(t *testing.T) {
	t.Parallel()
	for home, beside := range map[string]bool{
		"/srv/skein/.skein":                true,
		"/srv/" + strings.Repeat("x", 100): false,
		"/srv/a b":                         false,
		"/srv/a,b":                         false,
	} {
		dir := place{home: home, bin: binaries{major: 18}}.socketDir()
		if strings.HasPrefix(dir, home) != beside || len(dir) > 85 || strings.ContainsAny(dir, ", ") {
			t.Errorf("%s: %s", home, dir)
		}
	}
}

func TestALinkUnderVarTmpIsNotFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	link := aside(dir)
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(link) })
	if _, err := makeAside(dir, account{}); err == nil || !strings.Contains(err.Error(), "is not ours") {
		t.Errorf("said %v", err)
	}
	if err := makeSocketDir(link, account{}); err == nil || !strings.Contains(err.Error(), "is not ours") {
		t.Errorf("said %v", err)
	}
}
