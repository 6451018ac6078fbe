package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

// runs runs a command line as the process would.
func runs(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, &console{in: strings.NewReader(""), out: &o, err: &e})
	return code, o.String(), e.String()
}

func TestWrongUseIsOneLineAndTwo(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"no command":      {},
		"unknown command": {"appoint"},
		"unknown flag":    {"migrate", "up", "--fast"},
		"no subcommand":   {"migrate"},
		"no steps":        {"migrate", "down", "--steps", "0"},
		"words for steps": {"migrate", "down", "--steps", "two"},
		"no login":        {"migrate", "grant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := runs(t, args...)
			if code != exitUsage || out != "" {
				t.Errorf("code %d, out %q", code, out)
			}
			onePlainLine(t, errs)
		})
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"", "migrate", "migrate up", "migrate down", "migrate status", "migrate grant", "audit", "audit verify", "bench log"} {
		code, out, errs := runs(t, append(strings.Fields(command), "--help")...)
		if code != exitDone || errs != "" || !strings.Contains(out, "Usage: skein") {
			t.Errorf("%q: code %d, out %q, err %q", command, code, out, errs)
		}
	}
}

func TestMigrateGoesUpAndDownAndSaysSo(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.Empty(t)
	steps := []struct{ args, want string }{
		{"migrate status", "schema at step 0 of"},
		{"migrate up", "up to date"},
		{"migrate up", "up to date"},
		{"migrate status", "up to date"},
		{"migrate down --steps 2 --yes", "of the job queue's steps to do"},
		{"migrate status", "to do\n"},
		{"migrate down --all --yes", "schema at step 0 of"},
		{"migrate down --yes", "schema at step 0 of"},
		{"migrate up", "up to date"},
	}
	for _, s := range steps {
		code, out, errs := runs(t, append(strings.Fields(s.args), url)...)
		if code != exitDone || errs != "" || !strings.Contains(out, s.want) {
			t.Fatalf("%s: code %d, out %q, err %q", s.args, code, out, errs)
		}
	}
}

// Taking steps back is asked for: without a terminal it has to be said, and only a yes is one.
func TestMigrateDownAsks(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	code, out, errs := runs(t, "migrate", "down", "--database-url", url)
	if code != exitUsage || out != "" || !strings.Contains(errs, "use --yes") {
		t.Errorf("code %d, out %q, err %q", code, out, errs)
	}
	onePlainLine(t, errs)
	if code, out, _ := runs(t, "migrate", "status", "--database-url", url); code != exitDone || !strings.Contains(out, "up to date") {
		t.Errorf("something was taken back: %q", out)
	}
	for typed, goesOn := range map[string]bool{"yes\n": true, " yes \r\n": true, "yes": true, "y\n": false, "": false, "no\n": false, "yes please\n": false} {
		var asked bytes.Buffer
		c := migrateDownCommand{Steps: 2}
		err := c.confirm(&console{in: strings.NewReader(typed), err: &asked})
		if (err == nil) != goesOn || !strings.Contains(asked.String(), "two\u00a0steps") {
			t.Errorf("%q: %v, %q", typed, err, asked.String())
		}
	}
}

func TestAFailureIsOneLineAndOne(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{
		"not a url":     "mysql",
		"nobody there":  "postgres://localhost:1/none?connect_timeout=2",
		"no such place": "postgres:///none?host=/nonexistent",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := runs(t, "migrate", "up", "--database-url", url)
			if code != exitFailed || out != "" {
				t.Errorf("code %d, out %q", code, out)
			}
			onePlainLine(t, errs)
		})
	}
}

func onePlainLine(t *testing.T, errs string) {
	t.Helper()
	if !strings.HasPrefix(errs, "skein: ") || strings.Count(errs, "\n") != 1 || !strings.HasSuffix(errs, "\n") {
		t.Errorf("not one plain line: %q", errs)
	}
}
