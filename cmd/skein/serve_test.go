package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/pgtest"
)

// heard collects what a command says while it runs.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// serving starts a server and returns where it is, what it prints, and how it ends.
func serving(t *testing.T, args ...string) (url string, out *heard, stop func() (int, string)) {
	t.Helper()
	out, errs, code, stop := starting(t, append([]string{"--addr", "127.0.0.1:0"}, args...)...)
	open := regexp.MustCompile(`open (http://\S+)`)
	for range 600 {
		if found := open.FindStringSubmatch(errs.String()); found != nil {
			return found[1], out, stop
		}
		select {
		case c := <-code:
			code <- c // for stop
			t.Fatalf("serve ended with %d: %s", c, errs)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("serve does not open: %s", errs)
	return "", nil, nil
}

// starting starts a server and does not wait until it is open.
func starting(t *testing.T, args ...string) (out, errs *heard, code chan int, stop func() (int, string)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, errs, code = &heard{}, &heard{}, make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve"}, args...), &console{in: strings.NewReader(""), out: out, err: errs})
	}()
	stop = sync.OnceValues(func() (int, string) {
		cancel()
		return <-code, errs.String()
	})
	t.Cleanup(func() { stop() })
	return out, errs, code, stop
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for began := time.Now(); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("not within a minute:", what)
		}
	}
}

func status(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestServeOpensWithALinkForTheFirstAndStopsInOrder(t *testing.T) {
	t.Parallel()
	url, out, stop := serving(t, "--database-url="+pgtest.Empty(t))
	ready := func() bool { got, _ := status(t, url+"/readyz"); return got == 200 }
	for began := time.Now(); !ready() && time.Since(began) < 30*time.Second; { // people are read into memory first
		time.Sleep(50 * time.Millisecond)
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/sign-in": 200, "/nowhere": 404} {
		if got, _ := status(t, url+path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	link := regexp.MustCompile(`http://\S+/invitations/\S+`).FindString(out.String())
	if !strings.HasPrefix(link, url) {
		t.Fatalf("no link: %q", out)
	}
	if got, body := status(t, link); got != 200 || !strings.Contains(body, "You are the first") {
		t.Errorf("the link answers %d", got)
	}
	if code, errs := stop(); code != exitDone {
		t.Errorf("ended with %d: %s", code, errs)
	}
	if _, err := http.Get(url + "/healthz"); err == nil {
		t.Error("still answers")
	}
}

func TestServeSaysWhatIsWrongInOneLine(t *testing.T) {
	t.Parallel()
	database := "--database-url=" + pgtest.URL(t)
	taken, _, _ := serving(t, database)
	for name, c := range map[string]struct {
		args []string
		code int
	}{
		"port taken":  {[]string{"--addr", strings.TrimPrefix(strings.Replace(taken, "localhost", "127.0.0.1", 1), "http://"), database}, exitFailed},
		"no port":     {[]string{"--addr", "localhost"}, exitUsage},
		"no address":  {[]string{"--base-url", "skein.example"}, exitUsage},
		"no network":  {[]string{"--trusted-proxy", "everywhere"}, exitUsage},
		"few conns":   {[]string{"--db-conns", "1"}, exitUsage},
		"no time":     {[]string{"--drain", "-1s"}, exitUsage},
		"no database": {[]string{"--addr", "127.0.0.1:0", "--database-url", "postgres://localhost:1/none?connect_timeout=2"}, exitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := runs(t, append([]string{"serve"}, c.args...)...)
			if code != c.code || out != "" {
				t.Errorf("code %d, out %q", code, out)
			}
			onePlainLine(t, errs)
		})
	}
}

// While the schema is being brought up to date, which may take long, the process answers: that it is
// there, that it is not ready, and to everything else a page.
func TestServeAnswersWhileItMigrates(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	other, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close(context.WithoutCancel(t.Context())) }()
	if _, err := other.Exec(t.Context(), `select pg_advisory_lock($1)`, int64(0x736b65696e)); err != nil { // as a start that migrates
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	_, errs, _, _ := starting(t, "--addr", addr, "--database-url", url)
	eventually(t, "it says what it waits for", func() bool { return strings.Contains(errs.String(), "somebody else is changing the schema") })
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/": 503, "/sign-in": 503} {
		if got, body := status(t, "http://"+addr+path); got != want || want == 503 && path != "/readyz" && !strings.Contains(body, "Skein is starting") {
			t.Errorf("%s: %d, want %d: %s", path, got, want, body)
		}
	}
	if err := other.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is ready", func() bool { got, _ := status(t, "http://"+addr+"/readyz"); return got == 200 })
	if got, _ := status(t, "http://"+addr+"/sign-in"); got != 200 {
		t.Errorf("%d once it is ready", got)
	}
}

// Told to stop, a server says first that it is not ready, and goes on answering; what is under way
// then is finished before it ends.
func TestServeGoesRedAndFinishesBeforeItStops(t *testing.T) {
	t.Parallel()
	database := pgtest.URL(t)
	url, _, stop := serving(t, "--database-url", database, "--drain", "5s")
	eventually(t, "it is ready", func() bool { got, _ := status(t, url+"/readyz"); return got == 200 })
	other, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close(context.WithoutCancel(t.Context())) }()
	locked, err := other.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := locked.Exec(t.Context(), `lock table account in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	answered := make(chan int, 1)
	go func() {
		code, _ := status(t, url+"/sign-in") // which asks whose account it is
		answered <- code
	}()
	eventually(t, "a page is under way", func() bool {
		var waits bool
		err := other.QueryRow(t.Context(), `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')`).Scan(&waits)
		return err == nil && waits
	})
	ended := make(chan string, 1)
	go func() {
		code, errs := stop()
		ended <- fmt.Sprint(code, " ", errs)
	}()
	eventually(t, "it is not ready any more", func() bool { got, _ := status(t, url+"/readyz"); return got == 503 })
	if got, _ := status(t, url+"/healthz"); got != 200 {
		t.Errorf("%d while it is about to stop", got)
	}
	if err := locked.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if code := <-answered; code != 200 {
		t.Errorf("what was under way ended with %d", code)
	}
	if says := <-ended; !strings.HasPrefix(says, "0 ") {
		t.Error("ended with", says)
	}
}
