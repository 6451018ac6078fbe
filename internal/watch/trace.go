package watch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/exaring/otelpgx"
	"github.com/go-logr/logr"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// TraceEnv names where traces go. The other variables of OpenTelemetry for headers, sampling and the service's name are
// heeded too.
const TraceEnv = "OTEL_EXPORTER_OTLP_ENDPOINT"

// saidEvery is how often the log says, at most, that traces do not get through.
const saidEvery = time.Minute

// Traces follow each request through the router and the database.
type Traces struct {
	provider *sdktrace.TracerProvider
}

// CheckTraceURL says what is wrong with an address for traces.
func CheckTraceURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New(TraceEnv + " must be the address of a collector, such as http://localhost:4318")
	}
	return nil
}

// NewTraces sends traces to where TraceEnv says, which need not answer: what it does not take is dropped, and requests
// never wait for it. Close sends what is left.
func NewTraces(ctx context.Context, log *slog.Logger, version string) (*Traces, error) {
	otel.SetLogger(logr.FromSlogHandler(log.Handler()))
	otel.SetErrorHandler(&seldom{log: log})
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", "skein"), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	return &Traces{sdktrace.NewTracerProvider(sdktrace.WithBatcher(discreet{exporter}), sdktrace.WithResource(about))}, nil
}

// Middleware traces requests. It stands within a router, whose pattern names the trace. A trace begins here: what a
// client says of one is not believed.
func (t *Traces) Middleware(next http.Handler) http.Handler {
	return otelchi.Middleware("skein",
		otelchi.WithTracerProvider(t.provider), otelchi.WithRequestMethodInSpanName(true),
		otelchi.WithPropagators(propagation.NewCompositeTextMapPropagator()),
	)(next)
}

// Pool lets a pool tell of its queries, where they are a traced request's.
func (t *Traces) Pool(cfg *pgxpool.Config) {
	cfg.ConnConfig.Tracer = otelpgx.NewTracer(otelpgx.WithTracerProvider(t.provider))
}

// Close sends what is left, as long as ctx allows.
func (t *Traces) Close(ctx context.Context) error { return t.provider.Shutdown(ctx) }

// seldom says what goes wrong with traces now and then: a collector that is away would fill the log.
type seldom struct {
	log *slog.Logger

	mu   sync.Mutex
	said time.Time
}

// Handle implements otel.ErrorHandler.
func (s *seldom) Handle(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.said) < saidEvery {
		return
	}
	s.said = time.Now()
	s.log.Warn("traces do not get through", "error", err)
}
