package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/pgtest"
	"skein/web/path"
)

// TestEverythingWorksBehindAPooler makes a demo, serves it, and runs the commands, all through a
// pgbouncer that hands each transaction another session; what needs one of its own goes past it.
func TestEverythingWorksBehindAPooler(t *testing.T) {
	t.Parallel()
	direct := pgtest.Empty(t)
	database := []string{"--database-url", pgtest.Pooler(t, direct), "--direct-database-url", direct}
	at, _, stop := serving(t, append([]string{"--demo"}, database...)...)
	eventually(t, "it is ready", func() bool { got, _ := status(t, at+path.Ready); return got == 200 })
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	answered := func(response *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != 200 {
			t.Fatalf("%s: %d %v\n%s", response.Request.URL, response.StatusCode, err, body)
		}
		return string(body)
	}
	answered(browser.PostForm(at+path.DemoSignIn, url.Values{"person": {"ines-calder"}}))
	for range 5 { // by every session
		for _, page := range []string{path.Home, path.Leads, path.Project("drought-desk"), path.Project("leak-sensors"), path.People, path.Notices} {
			answered(browser.Get(at + page))
		}
	}
	answered(browser.PostForm(at+path.DismissProject("night-pressure"), nil))
	answered(browser.PostForm(at+path.DemoSkip, url.Values{"anyway": {"yes"}}))
	// What somebody else's process writes is heard of: memory follows past the pooler.
	other, err := pgx.Connect(t.Context(), direct)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec(t.Context(), `update project set title = 'Pressure by Night' where id = 'night-pressure'`); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a change shows", func() bool { return strings.Contains(answered(browser.Get(at+path.Leads)), "Pressure by Night") })
	folder := t.TempDir() + "/out"
	for _, command := range [][]string{
		{"migrate", "status"},
		{"migrate", "up"},
		{"export", folder},
		{"import", folder},
		{"match", "drought-desk", "--json"},
		{"match", "night-pressure"},
	} {
		if code, out, errs := runs(t, append(command, database...)...); code != exitDone {
			t.Errorf("%v: %d\n%s\n%s", command, code, out, errs)
		}
	}
	if code, errs := stop(); code != exitDone || strings.Contains(errs, "level=ERROR") || strings.Contains(errs, "changes are not heard of") {
		t.Errorf("%d\n%s", code, errs)
	}
}
