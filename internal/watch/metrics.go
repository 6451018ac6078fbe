// Package watch is what Skein tells whoever operates it beside its log: numbers for Prometheus, and traces for a
// collector of OpenTelemetry. Nothing in either is of one person, one project or one claim.
package watch

import (
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Path is where the numbers are on their listener.
const Path = "/metrics"

// buckets are bounds of how long a request takes, in seconds: from what a page is meant to take (6 ms at the median) to what an act
// may take at most.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 15}

// Metrics counts what happens in a server. It is there before the database is.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	sources  atomic.Pointer[Sources]
}

// NewMetrics returns the numbers of one server. version, commit and schema say which program it is.
func NewMetrics(version, commit string, schema int) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Requests that were answered, by route and status.",
		}, []string{"route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "How long requests took, by route and status.", Buckets: buckets,
		}, []string{"route", "status"}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "skein_build_info", Help: "1, with which program this is.",
	}, []string{"version", "commit", "schema"})
	build.WithLabelValues(version, commit, strconv.Itoa(schema)).Set(1)
	m.registry.MustRegister(
		m.requests, m.took, build, &looked{of: m},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Seen counts a request. The route is a pattern and never an address, so that there are only so many.
func (m *Metrics) Seen(route string, status int, took time.Duration) {
	labels := []string{route, strconv.Itoa(status)}
	m.requests.WithLabelValues(labels...).Inc()
	m.took.WithLabelValues(labels...).Observe(took.Seconds())
}

// Open says where to look for what is in the database and in memory, from now on.
func (m *Metrics) Open(s Sources) { m.sources.Store(&s) }

// Handler answers with the numbers at Path, and nothing elsewhere. What goes wrong with one number is logged and leaves it out.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	answers := http.NewServeMux()
	answers.Handle("GET "+Path, promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: 4, // they wait for one another
	}))
	return answers
}
