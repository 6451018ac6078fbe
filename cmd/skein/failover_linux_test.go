package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/pgtest"
	"skein/web/path"
)

// TestAFailoverLosesNothingThatWasAnswered: the Postgres that takes writes is killed while somebody acts again and again;
// until the other takes its place pages say that they are not available, and then everything goes on by itself.
func TestAFailoverLosesNothingThatWasAnswered(t *testing.T) {
	t.Parallel()
	pair := pgtest.Replicate(t)
	at, _, stop := serving(t, "--demo", "--database-url", pair.URL)
	eventually(t, "it is ready", func() bool { got, _ := status(t, at+path.Ready); return got == 200 })
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	post := func(address string, form url.Values) int {
		t.Helper()
		response, err := b.PostForm(at+address, form)
		if err != nil {
			t.Fatal(err)
		}
		if err := response.Body.Close(); err != nil {
			t.Fatal(err)
		}
		return response.StatusCode
	}
	if got := post(path.DemoSignIn, url.Values{"person": {"ines-calder"}}); got != http.StatusSeeOther {
		t.Fatalf("%d", got)
	}
	// Each act undoes the one before and writes one row of the log, however often it is sent until it is answered: one that
	// is lost leaves the next without a row.
	acts, refused := 0, 0
	act := func() {
		t.Helper()
		address := []string{path.AskErasure, path.UnaskErasure}[acts%2]
		for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			switch got := post(address, nil); {
			case got == http.StatusSeeOther:
				acts++
				return
			case got != http.StatusServiceUnavailable:
				t.Fatalf("%s: %d", address, got)
			case time.Since(began) > 2*time.Minute:
				t.Fatal("it does not recover")
			}
			refused++
		}
	}
	for range 20 {
		act()
	}
	killed := make(chan time.Time, 1)
	go func() {
		time.Sleep(300 * time.Millisecond)
		pair.Kill(t)
		killed <- time.Now()
		time.Sleep(3 * time.Second)
		pair.Promote(t)
	}()
	for refused == 0 {
		act()
	}
	for range 20 {
		act()
	}
	t.Logf("%d acts; %d times not available; %s from the kill to the end", acts, refused, time.Since(<-killed).Round(time.Millisecond))
	after, err := pgx.Connect(t.Context(), pair.URL)
	if err != nil {
		t.Fatal(err)
	}
	var rows int
	if err := after.QueryRow(t.Context(), `select count(*) from audit_event where action in ('person.ask_erase', 'person.unask_erase')`).Scan(&rows); err != nil || rows != acts {
		t.Errorf("%d acts were answered, %d are there: %v", acts, rows, err)
	}
	eventually(t, "it is ready again", func() bool { got, _ := status(t, at+path.Ready); return got == 200 })
	if _, err := after.Exec(t.Context(), `update project set title = 'Pressure by Night' where id = 'night-pressure'`); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a change shows", func() bool {
		response, err := b.Get(at + path.Leads)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return err == nil && strings.Contains(string(body), "Pressure by Night")
	})
	eventually(t, "the clock goes on", func() bool {
		var ticks int
		err := after.QueryRow(t.Context(), `select count(*) from river_job where kind = 'tick' and state = 'completed' and finalized_at > now() - interval '5 seconds'`).Scan(&ticks)
		return err == nil && ticks > 0
	})
	if err := after.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if code, errs := stop(); code != exitDone {
		t.Errorf("%d\n%s", code, errs)
	}
}
