package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"skein/web/path"
)

// counting is a house whose requests are noted. seen waits for so many, which are noted once they are answered, and in the log by then.
func counting(t *testing.T, open func(testing.TB, ...func(*Config)) *house) (h *house, seen func(n int) []Seen) {
	t.Helper()
	var mu sync.Mutex
	var all []Seen
	h = open(t, func(c *Config) {
		c.Seen = func(s Seen) {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, s)
		}
	})
	return h, func(n int) (now []Seen) {
		t.Helper()
		for began := time.Now(); len(now) < n; time.Sleep(time.Millisecond) {
			if time.Since(began) > time.Minute {
				t.Fatalf("%d of %d requests are noted", len(now), n)
			}
			mu.Lock()
			now, all = append(now, all...), nil
			mu.Unlock()
		}
		return now
	}
}

// Whoever counts requests is told of routes and never of addresses; all that lead nowhere are one.
func TestRequestsAreCountedByRoute(t *testing.T) {
	t.Parallel()
	h, seen := counting(t, newTest)
	ines := h.as(h.person("Ines Calder"))
	ines.get("/people/ines-calder").is(http.StatusOK)
	ines.get("/people/nobody-here").is(http.StatusNotFound)
	for _, nowhere := range []string{"/nowhere", "/people/ines-calder/quokka/quokka", "/admin/quokka", "/static/../quokka"} {
		ines.get(nowhere)
	}
	ines.send(http.MethodPut, path.SignIn, nil, nil).is(http.StatusMethodNotAllowed)
	ines.send(http.MethodHead, path.Health, nil, nil).is(http.StatusOK)
	h.anonymous().get("/invitations/quokka-secret")
	var got []string
	for _, s := range seen(9) {
		if s.Took <= 0 {
			t.Errorf("%v took no time", s)
		}
		got = append(got, s.Route+" "+http.StatusText(s.Status))
	}
	want := []string{
		"/people/{id} OK", "/people/{id} Not Found", "none Not Found", "none Not Found", "none Not Found", "/static/* Not Found",
		"none Method Not Allowed", "/healthz OK", "/invitations/{token} Gone",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Where one lead alone is open, a count of claims sent would be how many claimed: what somebody does about a claim is
// counted as looking at its page is.
func TestCountsDoNotTellHowManyClaimed(t *testing.T) {
	t.Parallel()
	h, seen := counting(t, openLead)
	ines := h.as(h.able("Ines Calder", 4))
	h.able("Hamish Orde", 4)
	ines.get(claimPath).is(http.StatusOK)
	ines.post(claimPath+"/draft", "why", "Quokka.").is(http.StatusNoContent)
	ines.post(claimPath, "why", "Quokka.", "with", "Hamish Orde").is(http.StatusSeeOther)
	ines.post(claimPath + "/withdraw").is(http.StatusSeeOther)
	for _, s := range seen(4) {
		if s.Route != "/projects/{id}/claim" || s.Status != http.StatusOK {
			t.Errorf("%v is told apart", s)
		}
	}
	for route, want := range map[string]string{
		pattern(path.AnswerBeside("{id}")): "/projects/{id}/claim", pattern(path.KeepClaim("{id}")): "/projects/{id}/claim",
		pattern(path.AcceptClaim("{id}")): "/claims/{id}/accept", path.Home: "/", "/projects/{id}/claimed": "/projects/{id}/claimed",
	} {
		if got := sealed(Seen{Route: route, Status: 404}); got.Route != want || got.Status != 404 {
			t.Errorf("%s: %v", route, got)
		}
	}
}

// One line a request, which has its number and its route, and nothing of its address or of who asked.
func TestARequestIsALineOfTheLog(t *testing.T) {
	t.Parallel()
	h, seen := counting(t, newTest)
	ines := h.as(h.person("Ines Calder"))
	h.log.Reset()
	a := ines.get("/people/ines-calder?quokka=secret").is(http.StatusOK)
	seen(1)
	line := h.log.String()
	for _, part := range []string{
		"level=INFO", "msg=request", "request=" + a.Response.Header.Get("X-Request-Id"), "method=GET", "route=/people/{id}", "status=200", "took=", "bytes=",
	} {
		if !strings.Contains(line, part) {
			t.Errorf("no %s in %s", part, line)
		}
	}
	if strings.Count(line, "\n") != 1 || strings.Contains(line, "quokka") || strings.Contains(strings.ToLower(line), "ines") {
		t.Errorf("it says %s", line)
	}
	h.log.Reset()
	ines.get(path.Health)
	ines.send("QUOKKA", path.Home, nil, nil)
	seen(2)
	if got := h.log.String(); !strings.Contains(got, "level=DEBUG") || strings.Contains(got, "QUOKKA") || !strings.Contains(got, "method=other") {
		t.Error(got)
	}
	h.pool.Close()
	h.log.Reset()
	ines.get(path.Home).is(http.StatusServiceUnavailable)
	seen(1)
	if got := h.log.String(); !strings.Contains(got, "level=WARN msg=request") {
		t.Error(got)
	}
}

// Which program answers is told from the first moment on, to everybody.
func TestTheVersionIsTold(t *testing.T) {
	t.Parallel()
	is := Build{Version: "1.2", Commit: "c0ffee", Schema: 7}
	h := newTest(t, func(c *Config) { c.Build = is })
	var says Build
	a := h.anonymous().get(path.Version).is(http.StatusOK)
	if err := json.Unmarshal([]byte(a.body), &says); err != nil || says != is || a.Response.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s: %v", a.body, err)
	}
	w := httptest.NewRecorder()
	NewFront(Config{Build: is}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path.Version, nil))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"commit":"c0ffee"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
