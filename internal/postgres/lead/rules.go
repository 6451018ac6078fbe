package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

// queueRules queues the read of the clocks and guardrails that stand, and of who can change them on a day.
func queueRules(batch *pgx.Batch, into *lead.Rules, today skein.Date) {
	batch.Queue(`
		select window_hours, confirm_hours, answer_hours, needs_hours, confirm_weighed, zone
		from organisation`).QueryRow(func(row pgx.Row) error {
		var window, confirm, answer, needs int
		var zone string
		err := row.Scan(&window, &confirm, &answer, &needs, &into.ConfirmWeighed, &zone)
		into.Zone = skein.ZoneOr(zone, time.UTC)
		into.Window, into.Confirm, into.Answer, into.Needs = hours(window), hours(confirm), hours(answer), hours(needs)
		return err
	})
	batch.Queue(`
		select guardrail.id::text, guardrail.kind, coalesce(guardrail.number, 0), guardrail.reason,`+core.OwnerColumns+`
		from guardrail
		left join person on person.id = guardrail.owner_id
		where guardrail.retired_at is null
		order by guardrail.kind`, pgx.NamedArgs{"today": today}).Query(func(rows pgx.Rows) error {
		var g lead.Guardrail
		_, err := pgx.ForEachRow(rows, []any{&g.ID, &g.Kind, &g.Number, &g.Reason, &g.OwnerName, &g.OwnerGone, &g.OwnerComing, &g.NextOwner}, func() error {
			into.Guardrails = append(into.Guardrails, g)
			switch g.Kind {
			case skein.LongestTerm:
				into.LongestMonths = g.Number
			case skein.LeadsAtOnce:
				into.LeadsAtOnce = g.Number
			case skein.ShortestWindow:
				into.Shortest = hours(24 * g.Number)
			}
			return nil
		})
		return err
	})
}

// Rules reads the clocks and guardrails that stand on a day.
func (db *Store) Rules(ctx context.Context, today skein.Date) (lead.Rules, error) {
	return RulesOn(ctx, db.pool, today)
}

// RulesOn reads the clocks and guardrails that stand on a day, on a pool or within a transaction.
func RulesOn(ctx context.Context, on core.Batcher, today skein.Date) (lead.Rules, error) {
	var r lead.Rules
	batch := &pgx.Batch{}
	queueRules(batch, &r, today)
	err := on.SendBatch(ctx, batch).Close()
	return r, core.Translate(err)
}
