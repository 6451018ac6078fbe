package core

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Batcher is what reads run on: the pool, or the transaction that decides a claim.
type Batcher interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// Querier is what a single statement runs on: the pool, or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Exec runs a statement of which only its failure matters.
func Exec(ctx context.Context, on Querier, sql string, args ...any) error {
	_, err := on.Exec(ctx, sql, args...)
	return err
}

// All reads rows, column by column into the fields of that name.
func All[T any](ctx context.Context, on Querier, sql string, args ...any) ([]T, error) {
	rows, _ := on.Query(ctx, sql, args...) // its error comes with the rows
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// One reads the only row like All; where there is none the error is pgx.ErrNoRows.
func One[T any](ctx context.Context, on Querier, sql string, args ...any) (T, error) {
	rows, _ := on.Query(ctx, sql, args...)
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
}

// Values reads rows of one column.
func Values[T any](ctx context.Context, on Querier, sql string, args ...any) ([]T, error) {
	rows, _ := on.Query(ctx, sql, args...)
	return pgx.CollectRows(rows, pgx.RowTo[T])
}

// Value reads the one value of the only row; where there is none the error is pgx.ErrNoRows.
func Value[T any](ctx context.Context, on Querier, sql string, args ...any) (value T, err error) {
	err = on.QueryRow(ctx, sql, args...).Scan(&value)
	return value, err
}

// Pairs reads two columns as a map.
func Pairs[K comparable, V any](ctx context.Context, on Querier, sql string, args ...any) (map[K]V, error) {
	rows, _ := on.Query(ctx, sql, args...)
	all := map[K]V{}
	return all, pairs(rows, all)
}

func pairs[K comparable, V any](rows pgx.Rows, into map[K]V) error {
	var k K
	var v V
	_, err := pgx.ForEachRow(rows, []any{&k, &v}, func() error {
		into[k] = v
		return nil
	})
	return err
}

// Collect queues sql and puts its rows, read like All, in into when the batch is read.
func Collect[T any](batch *pgx.Batch, into *[]T, sql string, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	})
}

// CollectOne is Collect of the only row.
func CollectOne[T any](batch *pgx.Batch, into *T, sql string, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
		return err
	})
}

// CollectFirst is Collect of the first row; nil where there is none.
func CollectFirst[T any](batch *pgx.Batch, into **T, sql string, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[T])
		if len(all) > 0 {
			*into = all[0]
		}
		return err
	})
}

// CollectValues is Collect of one column.
func CollectValues[T any](batch *pgx.Batch, into *[]T, sql string, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowTo[T])
		return err
	})
}

// CollectPairs is Collect of two columns, put into a map.
func CollectPairs[K comparable, V any](batch *pgx.Batch, into map[K]V, sql string, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) error { return pairs(rows, into) })
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
