// Package circlesdb is the circles as administrators keep them: made, renamed, moved and closed, with
// what is in them.
package circlesdb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool core.Conn
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }

// errImport is said while files are brought in: what they say of circles stands nowhere yet.
var errImport = skein.Conflict{Why: "Files are being imported just now, and may say otherwise. Try again when that is done."}

// lockTree keeps everybody else from changing where circles lie until the transaction ends. It comes
// before any row is locked: an import, which locks rows first, is let through or kept out as a whole.
func lockTree(ctx context.Context, tx pgx.Tx) error {
	if err := core.Exec(ctx, tx, `select pg_advisory_xact_lock(hashtextextended('circles', 0))`); err != nil {
		return err
	}
	alone, err := core.Value[bool](ctx, tx, `select pg_try_advisory_xact_lock_shared(hashtextextended('import', 0))`)
	if err == nil && !alone {
		return errImport
	}
	return err
}

var treeSQL = `
select circle.id, circle.name, coalesce(circle.parent_id, '') as parent, circle.rotation, circle.matching,
	array(
		select hat.person_id
		from hat
		join person on person.id = hat.person_id
		where hat.kind = 'steward' and hat.circle_id = circle.id and ` + core.ActiveToday + `
		order by hat.person_id
	) as stewards
from circle`

const anywhereSQL = `select coalesce((select rotation from policy order by version desc limit 1), 0)`

// tree reads where circles lie, and the rotation of whoever states none.
func tree(ctx context.Context, on core.Batcher, today skein.Date) (skein.CircleTree, float64, error) {
	var places []skein.CirclePlace
	var anywhere float64
	batch := &pgx.Batch{}
	core.Collect(batch, &places, treeSQL, pgx.NamedArgs{"today": today})
	batch.Queue(anywhereSQL).QueryRow(func(row pgx.Row) error { return row.Scan(&anywhere) })
	err := on.SendBatch(ctx, batch).Close()
	t := skein.CircleTree{}
	for _, c := range places {
		t[c.ID] = c
	}
	return t, anywhere, err
}

// freeName refuses a name that another circle in the same one has, whatever the case and accents.
// Elsewhere it may be had twice.
func freeName(ctx context.Context, tx pgx.Tx, c skein.Circle) error {
	taken, err := core.Value[bool](ctx, tx, `
		select exists (
			select from circle
			where coalesce(parent_id, '') = $1 and folded(name) = folded($2) and id <> $3
		)`, c.Parent, c.Name, c.ID)
	if err == nil && taken {
		return skein.Invalid{{Field: "name", Message: "Another one beside it has this name. Choose one that tells them apart."}}
	}
	return err
}

// event is a row of the log about a circle.
func event(action string, id skein.CircleID, details map[string]any) skein.Event {
	return skein.Event{Action: action, Noun: "circle", NounID: string(id), Circle: id, Details: details}
}
