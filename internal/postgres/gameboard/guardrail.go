package gameboarddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// CreateGuardrail puts up a guardrail; there is one of each kind at a time.
func (db *Store) CreateGuardrail(ctx context.Context, by skein.By, g skein.Guardrail) error {
	if err := g.Check(); err != nil {
		return err
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := ownerHere(ctx, tx, by, "", g.Owner); err != nil {
			return nil, err
		}
		err := tx.QueryRow(ctx, `
			insert into guardrail (kind, number, reason, owner_id, review_on, made_at)
			values ($1, nullif($2, 0), $3, $4, $5, $6)
			returning id::text`,
			g.Kind, guardrailNumber(g), g.Reason, core.Nullable(g.Owner), g.ReviewOn, by.At).Scan(&g.ID)
		return []skein.Event{guardrailEvent("guardrail.create", g)}, err
	})
}

// UpdateGuardrail changes one guardrail by the caller's rule. Its kind stays what it is.
func (db *Store) UpdateGuardrail(ctx context.Context, by skein.By, id string, change func(*skein.Guardrail) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		g, err := lockGuardrail(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		kind, before := g.Kind, g
		if err := change(&g); err != nil {
			return nil, err
		}
		g.Kind = kind
		if err := g.Check(); err != nil || g == before {
			return nil, err
		}
		if err := ownerHere(ctx, tx, by, before.Owner, g.Owner); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update guardrail
			set number = nullif($2, 0), reason = $3, owner_id = $4, review_on = $5
			where id = $1`,
			id, guardrailNumber(g), g.Reason, core.Nullable(g.Owner), g.ReviewOn)
		return []skein.Event{guardrailEvent("guardrail.update", g)}, err
	})
}

// RetireGuardrail takes a guardrail down as it was read, by its version.
func (db *Store) RetireGuardrail(ctx context.Context, by skein.By, id, read string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		g, err := lockGuardrail(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, g.Version()); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update guardrail set retired_at = $2 where id = $1`, id, by.At)
		return []skein.Event{guardrailEvent("guardrail.retire", g)}, err
	})
}

func lockGuardrail(ctx context.Context, tx pgx.Tx, id string) (skein.Guardrail, error) {
	return core.One[skein.Guardrail](ctx, tx, `
		select`+guardrailColumns+`
		from guardrail
		where id::text = $1 and retired_at is null
		for update`, id)
}

// guardrailNumber is the number to keep: none where the kind has none.
func guardrailNumber(g skein.Guardrail) int {
	if g.Kind == skein.PriorityNamed {
		return 0
	}
	return g.Number
}

func guardrailEvent(action string, g skein.Guardrail) skein.Event {
	return skein.Event{Action: action, Noun: "guardrail", NounID: g.ID, Details: map[string]any{
		"kind": g.Kind, "number": g.Number, "reason": g.Reason, "owner": g.Owner,
	}}
}
