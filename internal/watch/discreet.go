package watch

import (
	"context"
	"slices"

	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// told are what may be said of a step. Everything else is left out: addresses hold ids and tokens, errors quote values, and how many rows
// a query found tells how many claimed.
var told = []attribute.Key{
	"http.method", "http.route", "http.status_code",
	"db.system.name", "db.query.text", "db.operation.name", "db.operation.batch.size", "pgx.operation.type", "pgx.sql_state",
}

// discreet sends no more of a trace than may be told.
type discreet struct{ sdktrace.SpanExporter }

// ExportSpans implements sdktrace.SpanExporter.
func (d discreet) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	plain := make([]sdktrace.ReadOnlySpan, len(spans))
	for i, span := range spans {
		plain[i] = discreetSpan{span}
	}
	return d.SpanExporter.ExportSpans(ctx, plain)
}

type discreetSpan struct{ sdktrace.ReadOnlySpan }

// Attributes are those that may be told.
func (s discreetSpan) Attributes() []attribute.KeyValue {
	return slices.DeleteFunc(slices.Clone(s.ReadOnlySpan.Attributes()), func(a attribute.KeyValue) bool {
		return !slices.Contains(told, a.Key)
	})
}

// Name is the method and the route, or the first word of a statement. A request that came to no route would be named
// as the home page is.
func (s discreetSpan) Name() string {
	for _, a := range s.ReadOnlySpan.Attributes() {
		if a.Key == "http.route" && a.Value.AsString() == "" {
			return "none"
		}
	}
	return s.ReadOnlySpan.Name()
}

// Events are none: they quote errors.
func (s discreetSpan) Events() []sdktrace.Event { return nil }

// Status is whether it failed, without words.
func (s discreetSpan) Status() sdktrace.Status {
	return sdktrace.Status{Code: s.ReadOnlySpan.Status().Code}
}
