package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// exported is what an export writes, file by file.
func exported(t *testing.T, where string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if code, _, errs := runs(t, "export", dir, where); code != exitDone {
		t.Fatalf("%d: %s", code, errs)
	}
	all := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	return all
}

func sameExport(t *testing.T, a, b map[string]string) {
	t.Helper()
	if len(a) == 0 || len(a) != len(b) || len(a["people.csv"]) < 100 {
		t.Fatalf("%d and %d files, people: %q", len(a), len(b), a["people.csv"])
	}
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// organised is a database with people, and one who administers.
func organised(t *testing.T) (where string) {
	t.Helper()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into circle (id, name) values ('leaks', 'Leaks')`,
		`insert into person (id, name, circle_id) select 'p' || n, 'Person ' || n, 'leaks' from generate_series(1, 50) n`)
	where = "--database-url=" + pgtest.URL(t)
	code, _, errs := typing("four unrelated words do well\n", "user", "add", "ada@x.example", "--name", "Ada Reed", "--hat", "administrator", "--password-stdin", where)
	if code != exitDone {
		t.Fatal(errs)
	}
	return where
}

func TestABackupIsWrittenAndRestored(t *testing.T) {
	t.Parallel()
	where, file := organised(t), filepath.Join(t.TempDir(), "skein.backup")
	code, out, errs := runs(t, "backup", file, where) // as the login that serves
	if code != exitDone || errs != "" || !strings.Contains(out, "schema at step") {
		t.Fatalf("%d: %q %q", code, out, errs)
	}
	_, head, _ := strings.Cut(strings.TrimSpace(out), "head ")
	if code, _, errs := runs(t, "audit", "verify", "--head", head, where); code != exitDone {
		t.Errorf("%q: %s", head, errs)
	}
	to := "--database-url=" + pgtest.Empty(t)
	code, out, errs = runs(t, "restore", file, to)
	if code != exitDone || errs != "" || !strings.Contains(out, "head "+head) || !strings.Contains(out, "This is the one that runs now") {
		t.Fatalf("%d: %q %q", code, out, errs)
	}
	sameExport(t, exported(t, where), exported(t, to))
	if code, out, errs := runs(t, "audit", "verify", "--head", head, to); code != exitDone {
		t.Errorf("%s %s", out, errs)
	}
	code, out, errs = runs(t, "restore", file, to)
	if code != exitFailed || out != "" || !strings.Contains(errs, "is not empty: it holds people") {
		t.Errorf("%d: %q %q", code, out, errs)
	}
	onePlainLine(t, errs)
}

// Whatever is wrong with the file, nothing is asked of the database, and a private one is not even made.
func TestWhatIsNotWholeIsNotRestored(t *testing.T) {
	t.Parallel()
	where, dir := organised(t), t.TempDir()
	file := filepath.Join(dir, "skein.backup")
	if code, _, errs := runs(t, "backup", file, where); code != exitDone {
		t.Fatal(errs)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tries := map[string][]byte{"foreign": []byte("PGDMP and so on"), "empty": {}, "half": whole[:len(whole)/2]}
	for range 20 {
		at := rand.IntN(len(whole))
		hurt := bytes.Clone(whole)
		hurt[at] ^= 0x10
		tries["hurt"], tries["cut"] = hurt, whole[:at]
		for name, text := range tries {
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			data := filepath.Join(dir, "data")
			code, out, errs := runs(t, "restore", file, "--data-dir", data)
			if _, err := os.Stat(data); code != exitFailed || out != "" || err == nil || !strings.Contains(errs, "nothing was restored") {
				t.Errorf("%s at %d: %d %q %q", name, at, code, out, errs)
			}
			onePlainLine(t, errs)
		}
	}
}

func TestWhatCannotBeBackedUpSaysWhy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(notes, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	old := pgtest.Empty(t)
	if err := postgres.MigrateTo(t.Context(), old, 129); err != nil {
		t.Fatal(err)
	}
	full := "--database-url=" + pgtest.URL(t)
	for want, args := range map[string][]string{
		"there is no Skein in this database": {"backup", filepath.Join(dir, "a"), "--database-url=" + pgtest.Empty(t)},
		"run skein migrate up first":         {"backup", filepath.Join(dir, "a"), "--database-url=" + old},
		"is there already and is no backup":  {"backup", notes, full},
		"no such file or directory":          {"backup", filepath.Join(dir, "no", "a"), full},
		"does not own the schema":            {"restore", filepath.Join(dir, "good"), full},
	} {
		if code, _, errs := runs(t, "backup", filepath.Join(dir, "good"), full); code != exitDone {
			t.Fatal(errs)
		}
		code, out, errs := runs(t, args...)
		if code != exitFailed || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: %d %q %q", want, code, out, errs)
		}
		onePlainLine(t, errs)
	}
	if text, err := os.ReadFile(notes); err != nil || string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
