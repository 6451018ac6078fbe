package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Moving house: from a database of one's own into the private one, out of that while it serves, and back.
func TestABackupMovesBetweenAPrivatePostgresAndOnesOwn(t *testing.T) {
	t.Parallel()
	where, file := organised(t), filepath.Join(t.TempDir(), "skein.backup")
	if code, _, errs := runs(t, "backup", file, where); code != exitDone {
		t.Fatal(errs)
	}
	private := func() string {
		dir, err := os.MkdirTemp("", "skein-restore-")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		if err := os.Chmod(dir, 0o711); err != nil {
			t.Fatal(err)
		}
		return "--data-dir=" + dir
	}
	first, second := private(), private()
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
