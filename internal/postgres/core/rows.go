package core

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Batcher is what reads run on: the pool, or the transaction that decides a claim.
type Batcher interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// Collect queues sql and appends its rows to into when the batch is read.
func Collect[T any](batch *pgx.Batch, into *[]T, sql string, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		var err error
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	})
}

// Texts turns ids into what the database takes as an array.
func Texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// IDs turns an array of the database into ids.
func IDs[T ~string](from []string) []T {
	out := make([]T, len(from))
	for i, id := range from {
		out[i] = T(id)
	}
	return out
}
