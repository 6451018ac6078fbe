package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// enterable is a folder that Postgres' account may enter, as it may not those of the test.
func enterable(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "skein-data-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Moving house: from a database of one's own into the private one, out of that while it serves, and back.
func TestABackupMovesBetweenAPrivatePostgresAndOnesOwn(t *testing.T) {
	t.Parallel()
	where, file := organised(t), filepath.Join(t.TempDir(), "skein.backup")
	if code, _, errs := runs(t, "backup", file, where); code != exitDone {
		t.Fatal(errs)
	}
	first, second := "--data-dir="+enterable(t), "--data-dir="+enterable(t)
	if code, _, errs := runs(t, "restore", file, first); code != exitDone {
		t.Fatal(errs)
	}
	url, _, _ := serving(t, first)
	eventually(t, "it is ready", func() bool {
		code, _ := status(t, url+"/readyz")
		return code == http.StatusOK
	})
	again := filepath.Join(t.TempDir(), "again.backup")
	code, out, errs := runs(t, "backup", again, first) // joins the one that serves
	if code != exitDone || !strings.Contains(out, "head ") {
		t.Fatal(errs)
	}
	if code, _, errs := runs(t, "restore", again, first); code != exitFailed || !strings.Contains(errs, "is not empty") {
		t.Errorf("%d %s", code, errs)
	}
	if code, _, errs := runs(t, "restore", again, second); code != exitDone {
		t.Fatal(errs)
	}
	sameExport(t, exported(t, where), exported(t, second))
}

// A command that reads, run without its settings, makes no empty Postgres to read: a nightly backup of that would go well.
func TestNothingIsReadThatWasJustMade(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"backup a", "audit verify", "export out", "match any", "user second-factor off a@corriemere.example", "user rename a b"} {
		dir := enterable(t)
		p := starts(t, []string{"SKEIN_DATA_DIR=" + dir}, strings.Fields(args)...)
		code := p.ends(t, false)
		if code != exitFailed || !strings.Contains(p.errs.String(), "there is no Skein here: DATABASE_URL is not set") {
			t.Errorf("%s: %d %q", args, code, p.errs.String())
		}
		onePlainLine(t, p.errs.String())
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s leaves %v, %v", args, left, err)
		}
	}
}
