package watch_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.opentelemetry.io/otel"
	collected "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/watch"
)

// collector takes traces as one of OpenTelemetry does.
type collector struct {
	mu    sync.Mutex
	spans []*tracepb.Span
	text  strings.Builder // all that came, to look for what must not
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var came collected.ExportTraceServiceRequest
	if err := proto.Unmarshal(body, &came); err != nil || r.URL.Path != "/v1/traces" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text.WriteString(came.String())
	for _, resource := range came.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			c.spans = append(c.spans, scope.Spans...)
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
	_, _ = w.Write(nil)
}

// traced is a router with a page that asks the database, and what its requests tell a collector.
func traced(t *testing.T, ask func(h http.Handler)) *collector {
	t.Helper()
	c := &collector{}
	receiver := httptest.NewServer(c)
	t.Cleanup(receiver.Close)
	t.Setenv(watch.TraceEnv, receiver.URL)
	traces, err := watch.NewTraces(t.Context(), slog.New(slog.DiscardHandler), "1.2")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := postgres.Connect(t.Context(), pgtest.URL(t), traces.Pool)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	ask(page(traces, pool))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := traces.Close(ctx); err != nil { // sends what is left
		t.Fatal(err)
	}
	return c
}

func page(traces *watch.Traces, pool *pgxpool.Pool) http.Handler {
	r := chi.NewRouter()
	r.Use(traces.Middleware)
	r.Get("/", func(http.ResponseWriter, *http.Request) {})
	r.Get("/invitations/{token}", func(w http.ResponseWriter, r *http.Request) {
		var n int
		_ = pool.QueryRow(r.Context(), "select count(*) from person where name = $1", "quokka-name").Scan(&n)
		_ = pool.QueryRow(r.Context(), "select $1::text::int", "quokka-number").Scan(&n) // fails, and quotes it
		w.WriteHeader(http.StatusGone)
	})
	return r
}

// A trace has the route and the statements, and nothing that a request or an answer was about. The environment is the process's, so
// these do not run beside others.
func TestATraceTellsRoutesAndStatementsAlone(t *testing.T) {
	c := traced(t, func(h http.Handler) {
		for _, address := range []string{"/invitations/quokka-token?quokka=1", "/nowhere/quokka", "/"} {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.Header.Set("User-Agent", "quokka-agent")
			r.Header.Set("X-Forwarded-For", "10.9.8.7")
			r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			h.ServeHTTP(httptest.NewRecorder(), r)
		}
	})
	said := c.text.String()
	for _, secret := range []string{"quokka", "10.9.8.7", "rows_affected", "192.0.2.1"} {
		if strings.Contains(said, secret) {
			t.Errorf("%s is told:\n%s", secret, said)
		}
	}
	for _, part := range []string{"select count(*) from person where name = $1", "/invitations/{token}", "skein", "22P02"} {
		if !strings.Contains(said, part) {
			t.Errorf("no %s in:\n%s", part, said)
		}
	}
	names, request := map[string]int{}, &tracepb.Span{}
	for _, span := range c.spans {
		names[span.Name]++
		if span.Name == "GET /invitations/{token}" {
			request = span
		}
	}
	if names["GET /invitations/{token}"] != 1 || names["GET /"] != 1 || names["none"] != 1 || len(request.ParentSpanId) != 0 {
		t.Errorf("%v %v", names, request)
	}
	under := 0
	for _, span := range c.spans {
		if string(span.TraceId) == string(request.TraceId) && len(span.ParentSpanId) > 0 {
			under++
		}
	}
	if under < 2 {
		t.Errorf("%d steps of the request", under)
	}
}

// A collector that is away, or hangs, keeps no request waiting, and no server from ending.
func TestTracesThatDoNotGetThroughHarmNothing(t *testing.T) {
	hangs := make(chan struct{})
	receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hangs }))
	t.Cleanup(receiver.Close)
	t.Cleanup(func() { close(hangs) })
	for name, address := range map[string]string{"away": "http://127.0.0.1:1", "hangs": receiver.URL} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(watch.TraceEnv, address)
			var log strings.Builder
			traces, err := watch.NewTraces(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), "")
			if err != nil {
				t.Fatal(err)
			}
			r := chi.NewRouter()
			r.Use(traces.Middleware)
			r.Get("/", func(http.ResponseWriter, *http.Request) {})
			began := time.Now()
			for range 5000 { // more than wait to be sent
				r.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("requests took %v", took)
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			began = time.Now()
			_ = traces.Close(ctx)
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("ending took %v", took)
			}
			otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {})) // nothing more is written
			if n := strings.Count(log.String(), "traces do not get through"); name == "away" && n != 1 {
				t.Errorf("said %d times: %s", n, log.String())
			}
		})
	}
}

func TestAnAddressForTracesIsOne(t *testing.T) {
	t.Parallel()
	for address, right := range map[string]bool{
		"http://localhost:4318": true, "https://otel.example.org/": true, "localhost:4318": false, "grpc://x:4317": false, "http://": false, "%": false,
	} {
		if err := watch.CheckTraceURL(address); (err == nil) != right {
			t.Errorf("%s: %v", address, err)
		}
	}
}
