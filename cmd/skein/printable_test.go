package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// obeyed tells of characters that a terminal obeys instead of showing them.
func obeyed(r rune) bool { return r != '\n' && r != '\t' && skein.Unprintable(r) }

func TestNothingThatATerminalObeysIsPrinted(t *testing.T) {
	t.Parallel()
	const said = "Zoë 👩🏽\u200d🚒 א\tb\n"
	for _, cut := range []int{1, 2, 3, 7} {
		var out bytes.Buffer
		p := &printable{to: &out}
		text := []byte("\x1b[31m\x9b\u009b\u202e\u2066\x7f\r" + said)
		for len(text) > 0 {
			n := min(cut, len(text))
			if wrote, err := p.Write(text[:n]); wrote != n || err != nil {
				t.Fatal(wrote, err)
			}
			text = text[n:]
		}
		if want := `\u001b[31m\ufffd\u009b\u202e\u2066\u007f\u000d` + said; out.String() != want {
			t.Errorf("%d bytes at a time: %q", cut, out.String())
		}
	}
	var out bytes.Buffer
	name := "Bob\u202eecila\x1b\u0085"
	if err := json.NewEncoder(&printable{to: &out}).Encode(name); err != nil {
		t.Fatal(err)
	}
	var back string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back != name || strings.ContainsFunc(out.String(), obeyed) {
		t.Errorf("%q is read back as %q, %v", out.String(), back, err)
	}
}

// What is in the files and in the database reaches the terminal by import and match alike.
func TestDataIsPrintedPlainly(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pgtest.New(t)
	write("people.csv", "id,name,\x1b[31mpay\u202e\np1,Ann,\x1b[0m\n")
	write("evil\x1b.csv", "")
	code, out, errs := typing("", "import", dir, url)
	if code != exitDone || !strings.Contains(out, `\u001b[31mpay\u202e`) || strings.ContainsFunc(out+errs, obeyed) {
		t.Errorf("%d %q %q", code, out, errs)
	}
	write("people.csv", "id,name\np1,Bob\u202eecila\n\x1bp,B\n\x1b[2J\n")
	code, out, errs = typing("", "import", dir, url)
	if code != exitFailed || !strings.Contains(out, "people.csv:2:4: name: ") || strings.ContainsFunc(out+errs, obeyed) {
		t.Errorf("%d %q %q", code, out, errs)
	}
	code, out, errs = typing("", "import", dir+"\x1b[2J", url)
	if code != exitFailed || strings.ContainsFunc(out+errs, obeyed) {
		t.Errorf("%d %q %q", code, out, errs)
	}
}

func TestUserAddTakesNoNameThatNobodySees(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	url := "--database-url=" + pgtest.URL(t)
	for _, name := range []string{"Bob\u202eecila", "\u200b", "\u2800", "Ana\x1b[31m", "Ana\nLima"} {
		code, out, errs := typing("three unrelated geese\n", "user", "add", "ana@corriemere.example", "--name", name, "--password-stdin", url)
		if code != exitUsage || !strings.Contains(errs, "--name") || strings.ContainsFunc(out+errs, obeyed) {
			t.Errorf("%q: %d %q %q", name, code, out, errs)
		}
	}
	if code, _, errs := typing("three unrelated geese\n", "user", "add", "jo@corriemere.example", "--name", " Jose\u0301 ", "--password-stdin", url); code != exitDone {
		t.Fatal(errs)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `select name from person`), "José")
}

// TestCommandsPrintThroughTheConsole keeps every command from writing to the terminal by itself.
func TestCommandsPrintThroughTheConsole(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") || name == "main.go" {
			continue
		}
		for _, past := range []string{"os.Stdout", "os.Stderr", "fmt.Print", "log.Print", "println("} {
			if strings.Contains(strings.ReplaceAll(string(text), "fmt.Fprint", ""), past) {
				t.Errorf("%s writes by %s: use the console", name, past)
			}
		}
	}
}
