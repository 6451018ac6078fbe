package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

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
	ctx, cancel := context.WithCancel(context.Background())
	out, errs := &heard{}, &heard{}
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...),
			&console{in: strings.NewReader(""), out: out, err: errs})
	}()
	stop = sync.OnceValues(func() (int, string) {
		cancel()
		return <-code, errs.String()
	})
	t.Cleanup(func() { stop() })
	open := regexp.MustCompile(`open (http://\S+)`)
	for range 600 {
		if found := open.FindStringSubmatch(errs.String()); found != nil {
			return found[1], out, stop
		}
		select {
		case c := <-code:
			t.Fatalf("serve ended with %d: %s", c, errs)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("serve does not open: %s", errs)
	return "", nil, nil
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
