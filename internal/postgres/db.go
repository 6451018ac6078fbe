// Package postgres is the store: all SQL and all transactions, one file a noun. It knows no rules:
// those are in package skein and are handed in. It knows the database's constraints by name and
// turns a broken one into a sentence.
package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/skein"
)

// DB is the store.
type DB struct {
	pool *pgxpool.Pool
}

// New returns the store on a pool of connections. It does not own the pool.
func New(pool *pgxpool.Pool) *DB { return &DB{pool: pool} }

// write runs do in one transaction as by. What do returns as events goes into the audit log of the
// same transaction: a move and its audit row commit together or not at all.
func (db *DB) write(ctx context.Context, by skein.By, do func(tx pgx.Tx) ([]skein.Event, error)) error {
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		events, err := do(tx)
		if err != nil {
			return err
		}
		return record(ctx, tx, by, events)
	})
	return translate(err)
}

// record appends events to the audit log.
func record(ctx context.Context, tx pgx.Tx, by skein.By, events []skein.Event) error {
	batch := &pgx.Batch{}
	for _, e := range events {
		details, err := json.Marshal(e.Details)
		if err != nil {
			return fmt.Errorf("audit details of %s: %w", e.Action, err)
		}
		if e.Details == nil {
			details = []byte("{}")
		}
		batch.Queue(`
			insert into audit_event (at, actor_id, action, noun, noun_id, project_id, circle_id, details)
			values ($1, nullif($2, ''), $3, $4, $5, nullif($6, ''), nullif($7, ''), $8)`,
			by.At, string(by.Person), e.Action, e.Noun, e.NounID, string(e.Project), string(e.Circle), details)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// nullable turns an empty id or text into SQL's null.
func nullable[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	text := string(s)
	return &text
}
