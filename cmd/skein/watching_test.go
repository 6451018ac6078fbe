package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// watched starts a server with metrics and returns where both are.
func watched(t *testing.T, args ...string) (url, metrics string) {
	t.Helper()
	_, errs, _, _ := starting(t, append([]string{"--addr=127.0.0.1:0", "--metrics-addr=127.0.0.1:0"}, args...)...)
	open, at := regexp.MustCompile(`open (http://\S+)`), regexp.MustCompile(`at=(http://\S+/metrics)`)
	eventually(t, "it opens", func() bool { return open.MatchString(errs.String()) })
	return open.FindStringSubmatch(errs.String())[1], at.FindStringSubmatch(errs.String())[1]
}

// What docs/operations.md says of the numbers is what is served: no name more, and none less.
func TestTheDocsNameTheNumbersThatAreServed(t *testing.T) {
	t.Parallel()
	database := pgtest.URL(t)
	pool, err := postgres.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	// A job that was given up stays for a day: the queue has something to tell of.
	pgtest.Exec(t, pool, `
		insert into river_job (kind, queue, max_attempts, args, priority, state, scheduled_at, finalized_at)
		values ('mail', 'mail', 25, '{}', 1, 'discarded', now(), now())`)
	url, metrics := watched(t, "--database-url="+database)
	status(t, url+"/sign-in")
	served := regexp.MustCompile(`(?m)^# TYPE ((?:http|skein)_\w+) `)
	page := ""
	eventually(t, "the numbers are there", func() bool {
		_, page = status(t, metrics)
		return strings.Contains(page, "skein_database_up 1") && strings.Contains(page, "skein_index_lag_seconds") &&
			strings.Contains(page, "http_requests_total{") && strings.Contains(page, "skein_tick_age_seconds") && strings.Contains(page, "skein_jobs{")
	})
	var names []string
	for _, found := range served.FindAllStringSubmatch(page, -1) {
		names = append(names, found[1])
	}
	docs, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(docs), "\n## What to watch\n")
	if !found {
		t.Fatal("docs/operations.md has no such section")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var told []string
	for _, found := range regexp.MustCompile("(?m)^\\| `((?:http|skein)_\\w+)").FindAllStringSubmatch(section, -1) {
		told = append(told, found[1])
	}
	slices.Sort(names)
	slices.Sort(told)
	if !slices.Equal(names, told) {
		t.Errorf("served\n%s\ntold\n%s", strings.Join(names, "\n"), strings.Join(told, "\n"))
	}
	for _, family := range []string{"go_goroutines", "process_resident_memory_bytes"} {
		if !strings.Contains(page, "\n"+family+" ") {
			t.Errorf("no %s", family)
		}
	}
	if got, _ := status(t, url+"/metrics"); got != http.StatusNotFound {
		t.Errorf("pages' listener has them too: %d", got)
	}
}

// Prometheus' listener has an address of its own, or nothing starts.
func TestMetricsHaveAnAddressOfTheirOwn(t *testing.T) {
	t.Parallel()
	database := "--database-url=" + pgtest.URL(t)
	_, metrics := watched(t, database)
	taken := strings.TrimSuffix(strings.TrimPrefix(metrics, "http://"), "/metrics")
	for name, c := range map[string]struct {
		args string
		code int
		says string
	}{
		"taken": {"--addr=127.0.0.1:0 --metrics-addr=" + taken, exitFailed, "SKEIN_METRICS_ADDR: " + taken + " is taken"},
		"same":  {"--addr=127.0.0.1:4711 --metrics-addr=127.0.0.1:4711", exitUsage, "another address than --addr"},
		"none":  {"--addr=127.0.0.1:0 --metrics-addr=9100", exitUsage, "--metrics-addr must be HOST:PORT"},
	} {
		code, _, errs := runs(t, append([]string{"serve", database}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%s: %d %q", name, code, errs)
		}
		onePlainLine(t, errs)
	}
}

// The command and the server say the same.
func TestVersionIsOneOfCommandAndServer(t *testing.T) {
	t.Parallel()
	url, _, _ := serving(t, "--database-url="+pgtest.URL(t))
	_, served := status(t, url+"/version")
	code, said, _ := runs(t, "version", "--json")
	if code != exitDone || said != served {
		t.Errorf("%d %q, served is %q", code, said, served)
	}
	var b struct {
		Version, Commit string
		Schema          int
	}
	if err := json.Unmarshal([]byte(said), &b); err != nil || b.Version == "" || b.Schema < 100 {
		t.Errorf("%+v %v", b, err)
	}
	if _, plain, _ := runs(t, "version"); !strings.HasPrefix(plain, "skein "+b.Version+"\ncommit ") || !strings.Contains(plain, "schema at step ") {
		t.Errorf("%q", plain)
	}
}

// Traces that wait to be sent are sent before the server ends; a collector that is away changes nothing.
func TestServeSendsTraces(t *testing.T) {
	t.Parallel()
	var came atomic.Int32
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/traces" {
			came.Add(1)
		}
	}))
	t.Cleanup(collector.Close)
	for name, to := range map[string]string{"there": collector.URL, "away": "http://127.0.0.1:1"} {
		t.Run(name, func(t *testing.T) {
			p := starts(t, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + to, "OTEL_BSP_SCHEDULE_DELAY=3600000", "SKEIN_LOG_FORMAT=json"}, "serve", "--addr=127.0.0.1:0", "--database-url="+pgtest.URL(t))
			open := regexp.MustCompile(`"msg":"open (http://[^"]+)"`)
			eventually(t, "it opens", func() bool { return open.MatchString(p.errs.String()) })
			if got, _ := status(t, open.FindStringSubmatch(p.errs.String())[1]+"/sign-in"); got != http.StatusOK {
				t.Errorf("the door answers %d", got)
			}
			if code := p.ends(t, true); code != exitDone {
				t.Errorf("ended with %d: %s", code, p.errs.String())
			}
			objects(t, p.errs.String())
			if away := strings.Contains(p.errs.String(), "traces do not get through"); away != (name == "away") {
				t.Errorf("it says %s", p.errs.String())
			}
		})
	}
	if came.Load() == 0 {
		t.Error("no trace came")
	}
}

// What runs beside the requests and fails by a fault of ours ends the server with a reason, its place in the log.
func TestWhatRunsBesideMayPanic(t *testing.T) {
	t.Parallel()
	var log heard
	b := &background{broke: make(chan error, 1)}
	for range 2 {
		b.run(t.Context(), slog.New(slog.NewJSONHandler(&log, nil)), func(context.Context) { panic("quokka") })
	}
	b.done.Wait()
	if err := <-b.broke; !strings.Contains(err.Error(), "quokka") {
		t.Error(err)
	}
	if said := objects(t, log.String()); len(said) != 2 || !strings.Contains(said[0]["stack"].(string), "watching_test.go") {
		t.Errorf("%v", said)
	}
}
