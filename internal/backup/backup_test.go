package backup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var at = time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)

// written makes a small backup and returns its path and what it says of itself.
func written(t *testing.T, dir string) (string, Manifest) {
	t.Helper()
	path := filepath.Join(dir, "one.backup")
	w, err := Create(path, at)
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]string{"person": "ada\tAda \\n Reed\nben\tBen Moss\n"} {
		err := w.Table(name, []string{"id", "name"}, func(out io.Writer) (int64, error) {
			_, err := io.WriteString(out, rows)
			return 2, err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	m, size, err := w.Finish(Manifest{Schema: 132, Postgres: "15.1", Log: Log{Head: "1:aa"}})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != size || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v, not %d bytes for its owner alone", info, err, size)
	}
	return path, m
}

func open(path string) (*File, error) {
	return Open(context.Background(), path, func(int64, int64) {})
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	path, m := written(t, t.TempDir())
	f, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if diff := cmp.Diff(m, f.Manifest); diff != "" || m.Rows() != 2 || !m.At.Equal(at) {
		t.Errorf("%s", diff)
	}
	err = f.Table(t.Context(), f.Tables[0], func(r io.Reader) error {
		text, err := io.ReadAll(r)
		if string(text) != "ada\tAda \\n Reed\nben\tBen Moss\n" {
			t.Errorf("%q", text)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Whatever single byte is another, wherever the file ends, whatever comes after its end: it is refused.
func TestNoDamageIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, _ := written(t, dir)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, at int, bytes []byte) {
		t.Helper()
		hurt := filepath.Join(dir, "hurt.backup")
		if err := os.WriteFile(hurt, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := open(hurt)
		var damaged DamagedError
		var not NotError
		if !errors.As(err, &damaged) && !errors.As(err, &not) {
			t.Errorf("%s at %d: %v", what, at, err)
		}
		if err == nil {
			f.Close()
		}
	}
	for i := range whole {
		hurt := bytes.Clone(whole)
		hurt[i] ^= 1 << rand.IntN(8)
		refused("a bit turned", i, hurt)
		refused("cut off", i, whole[:i])
	}
	refused("something put behind", len(whole), append(bytes.Clone(whole), '\n'))
	refused("something put before", 0, append([]byte{'\n'}, whole...))
	refused("twice", 0, append(bytes.Clone(whole), whole...))
}

func TestWhatIsNoBackupIsSaidToBeNone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"empty": "", "a text": strings.Repeat("id,name\n", 100), "another zip": "PK\x03\x04" + strings.Repeat("x", 200)} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := open(path)
		var not NotError
		if !errors.As(err, &not) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Create(path, at); err == nil || !strings.Contains(err.Error(), "is no backup") {
			t.Errorf("%s is written over: %v", name, err)
		}
	}
	if _, err := open(dir); err == nil {
		t.Error("a folder is read")
	}
	if _, err := Create(dir, at); err == nil {
		t.Error("a folder is written over")
	}
	if _, err := Create(filepath.Join(dir, "nowhere", "one"), at); err == nil {
		t.Error("there is no such folder")
	}
}

func TestABackupThatFailsLeavesTheOneBefore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, _ := written(t, dir)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := Create(path, at)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := w.Table("person", nil, func(io.Writer) (int64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := w.Table("person", nil, func(io.Writer) (int64, error) { return 3, nil }); err == nil {
		t.Error("rows are missing")
	}
	if err := w.Abort(); err != nil {
		t.Error(err)
	}
	after, err := os.ReadFile(path)
	entries, _ := os.ReadDir(dir)
	if err != nil || !bytes.Equal(before, after) || len(entries) != 1 {
		t.Errorf("%v, %d files", err, len(entries))
	}
	written(t, dir) // replaces it
}

// The file may change after it was checked: then what is read of it is not taken.
func TestAFileThatChangesWhileItIsReadIsRefused(t *testing.T) {
	t.Parallel()
	path, _ := written(t, t.TempDir())
	f, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	other := f.Tables[0]
	other.SHA256 = strings.Repeat("0", sumLength)
	var damaged DamagedError
	err = f.Table(t.Context(), other, func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err })
	if !errors.As(err, &damaged) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, path, func(int64, int64) {}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestANewerFormIsSaidToBeNewer(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new")
	w, err := Create(path, at)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := w.entry(manifestName)
	if err == nil {
		_, err = io.WriteString(entry, `{"format": 2, "tables": {}}`)
	}
	if err == nil {
		err = errors.Join(w.close(), w.all.Flush(), os.Rename(w.file.Name(), path))
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = open(path)
	var unknown UnknownError
	if !errors.As(err, &unknown) {
		t.Error(err)
	}
}
