package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

// Files come as a spreadsheet saved them, somebody's id changes, and the files come again and go out.
func TestFilesComeAsTheyAreAndSomebodyIsRenamed(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	url := "--database-url=" + pgtest.URL(t)
	first := folderWith(t,
		"People.CSV", "sep=;\r\nid;name;active_from\r\nann.lee;Ann L\xe9e;03.05.2020\r\n;;\r\n",
		"evidence.csv", "person,skill,kind,level,observed_on\nann.lee,Knots,outcome,4,1.2.2026\nann.lee,KNOTS,outcome,5,2.2.2026\n")
	if code, out, errs := runs(t, "import", first, url); code != exitFailed || !strings.Contains(out, "People.CSV:3:14: ") || !strings.Contains(out, "--encoding windows-1252") {
		t.Fatalf("not said: %d %q %q", code, out, errs)
	}
	if code, _, errs := runs(t, "import", first, url, "--encoding", "klingon"); code != exitUsage || !strings.Contains(errs, "windows-1252") {
		t.Errorf("another encoding: %d %q", code, errs)
	}
	code, out, errs := runs(t, "import", first, url, "--encoding=windows-1252")
	if code != exitDone || !strings.Contains(out, `note: evidence.csv:3: The skill "KNOTS" is read as "Knots" (evidence.csv:2).`) {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `select id || ' ' || name || ' ' || active_from from person`), "ann.lee Ann Lée 2020-05-03")

	married := folderWith(t, "people.csv", "id,name\nann.marsh,Ann Marsh\n")
	if code, out, _ := runs(t, "import", married, url, "--dry-run"); code != exitDone || !strings.Contains(out, "note: people.csv:2: ") || !strings.Contains(out, "skein user rename ann.lee ann.marsh,") {
		t.Errorf("nobody is told that she is there: %d %q", code, out)
	}
	second := folderWith(t, "people.csv", "id,name\nann.marsh,\"=Ann Marsh\"\n")
	for _, c := range []struct {
		old, new, says string
		code           int
	}{
		{"nobody", "x", `there is no person "nobody"`, exitFailed},
		{"ann.lee", "..", "Choose another one.", exitFailed},
		{"ann.lee", "ann.marsh", "ann.lee is ann.marsh from now on", exitDone},
		{"ann.lee", "ann.marsh", `there is no person "ann.lee"`, exitFailed},
		{"ann.marsh", "ann.marsh", "the id they have already", exitFailed},
	} {
		code, out, errs := runs(t, "user", "rename", c.old, c.new, url)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s to %s: %d %q %q", c.old, c.new, code, out, errs)
		}
	}
	if code, out, errs := runs(t, "import", second, url); code != exitDone || strings.Contains(out, "is new") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	pgtest.Same(t, "what is known", pgtest.Texts(t, pool, `select person_id || ' ' || skill_id || ' ' || level from evidence order by level`), "ann.marsh Knots 4", "ann.marsh Knots 5")

	plain, guarded := t.TempDir(), t.TempDir()
	for _, args := range [][]string{{"export", plain, url}, {"export", guarded, url, "--for-spreadsheets"}} {
		if code, _, errs := runs(t, args...); code != exitDone {
			t.Fatal(errs)
		}
	}
	for dir, want := range map[string]string{plain: "\nann.marsh,=Ann Marsh,", guarded: "\nann.marsh,'=Ann Marsh,"} {
		text, err := os.ReadFile(filepath.Join(dir, "people.csv"))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%v %q", err, text)
		}
	}
	if code, out, _ := runs(t, "import", plain, url); code != exitDone || !strings.Contains(out, "nothing changed") {
		t.Errorf("a plain export changes something: %q", out)
	}
}
