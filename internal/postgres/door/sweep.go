package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// auditAfter is how long after its hour the log tells of refused sign-ins: servers' clocks differ a little.
const auditAfter = 5 * time.Minute

// Tick tells the log what was refused in hours that are over, and forgets what no longer opens or bars a
// door. Wall is the time on the wall, whatever a demo's clock says.
func (db *Store) Tick(ctx context.Context, by skein.By, wall time.Time) error {
	if err := db.auditRefused(ctx, by, wall); err != nil {
		return err
	}
	return db.sweep(ctx, wall)
}

// auditRefused writes one row an hour and account of what was refused. Of names that are no account's there is
// nobody to tell of.
func (db *Store) auditRefused(ctx context.Context, by skein.By, wall time.Time) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		// Whoever else is about to tell of them waits here, and then finds nothing left to tell.
		rows, err := core.All[refusedHour](ctx, tx, `
			with told as (
				update sign_in_refused
				set audited_at = $2
				where (hour, account_hash, network) in (
					select hour, account_hash, network
					from sign_in_refused
					where audited_at is null and person_id is not null and hour <= $1
					order by hour, account_hash, network
					for update
				)
				returning hour, person_id, network, heard, unheard
			)
			select hour, person_id as person, count(*)::int as networks, sum(heard)::int as heard, sum(unheard)::int as unheard
			from told
			group by hour, person_id
			order by hour, person_id`, wall.Add(-auditAfter-time.Hour), wall)
		events := make([]skein.Event, len(rows))
		for i, row := range rows {
			events[i] = skein.Event{Action: "account.refuse", Noun: "account", NounID: string(row.Person), Details: map[string]any{
				"hour": row.Hour.UTC().Format("2006-01-02 15:04 UTC"), "wrong_passwords": row.Heard, "not_looked_at": row.Unheard, "networks": row.Networks,
			}}
		}
		return events, err
	})
}

// refusedHour is what was refused to whoever named one account within an hour.
type refusedHour struct {
	Hour                     time.Time
	Person                   skein.PersonID
	Networks, Heard, Unheard int
}

func (db *Store) sweep(ctx context.Context, wall time.Time) error {
	batch := &pgx.Batch{}
	batch.Queue(`delete from sessions where expiry < now()`)
	batch.Queue(`delete from calendar_entry where starts_at < $1`, wall.AddDate(-1, 0, 0)) // no calendar asks for it again
	batch.Queue(`delete from second_step where expires_at < $1`, wall)
	batch.Queue(`delete from kept_form where expires_at < $1`, wall)
	batch.Queue(`delete from device where expires_at < $1`, wall)
	batch.Queue(`delete from sign_in_refused where hour < $1`, wall.Add(-skein.RefusedKept))
	batch.Queue(`delete from sign_in_failure where at < $1`, wall.Add(-24*time.Hour)) // the version before counts there
	// Whoever counts just now is not waited for, nor waits.
	batch.Queue(`
		delete from sign_in_wait
		where key_hash in (select key_hash from sign_in_wait where tried_at < $1 for update skip locked)`, wall.Add(-skein.TriesFade))
	return db.pool.SendBatch(ctx, batch).Close()
}
