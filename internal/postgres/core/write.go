// Package core is the small core that every area stands on: transactions with their audit rows,
// errors, shared reading.
package core

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Write runs do in one transaction as by. What do returns as events goes into the audit log of the
// same transaction: a move and its audit row commit together or not at all.
func Write(ctx context.Context, on Conn, by skein.By, do func(tx pgx.Tx) ([]skein.Event, error)) error {
	return Translate(Move(ctx, on, by, do))
}

// Move is Write with the errors as the database says them.
func Move(ctx context.Context, on Conn, by skein.By, do func(tx pgx.Tx) ([]skein.Event, error)) error {
	whole, later := on.(*Whole)
	var events []skein.Event
	err := pgx.BeginFunc(ctx, on, func(tx pgx.Tx) (err error) {
		if events, err = do(tx); err != nil || later {
			return err
		}
		return Record(ctx, tx, by, events)
	})
	if err == nil && later {
		whole.moves = append(whole.moves, moved{by, events})
	}
	return err
}

// Whole is one transaction of many moves: what they add to the audit log is written at its end.
type Whole struct {
	pgx.Tx
	moves []moved
}

// moved is what one move adds to the audit log.
type moved struct {
	by     skein.By
	events []skein.Event
}

// Together runs do in one transaction: all moves within it commit together, or none.
func Together(ctx context.Context, on Conn, do func(*Whole) error) error {
	return pgx.BeginFunc(ctx, on, func(tx pgx.Tx) error {
		w := &Whole{Tx: tx}
		if err := do(w); err != nil {
			return err
		}
		return record(ctx, tx, w.moves)
	})
}

// Record appends events to the audit log. It must come last before the commit: the database locks the
// log's last row for it, and a transaction that then waited for another lock would keep everybody else
// waiting, or be waited for in a circle. Checks that were put off are made before it for the same reason.
func Record(ctx context.Context, tx pgx.Tx, by skein.By, events []skein.Event) error {
	return record(ctx, tx, []moved{{by, events}})
}

func record(ctx context.Context, tx pgx.Tx, moves []moved) error {
	batch := &pgx.Batch{}
	batch.Queue(`set constraints all immediate`)
	for _, m := range moves {
		for _, e := range m.events {
			if err := queueEvent(batch, m.by, e); err != nil {
				return err
			}
		}
	}
	if batch.Len() == 1 {
		return nil
	}
	return tx.SendBatch(ctx, batch).Close()
}

func queueEvent(batch *pgx.Batch, by skein.By, e skein.Event) error {
	details, err := json.Marshal(e.Details)
	if err != nil {
		return fmt.Errorf("audit details of %s: %w", e.Action, err)
	}
	if e.Details == nil {
		details = []byte("{}")
	}
	actor := by.Person
	if e.Ruled {
		actor = ""
	}
	batch.Queue(`
		insert into audit_event (at, actor_id, action, noun, noun_id, project_id, circle_id, details)
		values ($1, nullif($2, ''), $3, $4, $5, nullif($6, ''), nullif($7, ''), $8)`,
		by.At, string(actor), e.Action, e.Noun, e.NounID, string(e.Project), string(e.Circle), details)
	return nil
}

// Nullable turns an empty id or text into SQL's null.
func Nullable[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	text := string(s)
	return &text
}
