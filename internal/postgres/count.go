package postgres

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

type tripsKey struct{}

// CountTrips returns a context that counts the round trips made under it, on pools whose
// connections have Trips as their tracer.
func CountTrips(ctx context.Context, count *atomic.Int64) context.Context {
	return context.WithValue(ctx, tripsKey{}, count)
}

// Trips is a tracer that counts round trips. A batch is one, whatever it holds.
type Trips struct{}

// TraceQueryStart counts a query.
func (Trips) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	count(ctx)
	return ctx
}

// TraceQueryEnd has nothing to count.
func (Trips) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart counts a batch.
func (Trips) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	count(ctx)
	return ctx
}

// TraceBatchQuery has nothing to count: the batch was counted.
func (Trips) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd has nothing to count.
func (Trips) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

func count(ctx context.Context) {
	if n, ok := ctx.Value(tripsKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}
