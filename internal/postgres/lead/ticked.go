package leaddb

import (
	"context"
	"time"

	"skein/internal/postgres/core"
)

// Ticked keeps that the clocks were looked at just now. The database's own clock says when, so that
// no two servers have to agree. It writes at most once in five seconds.
func (db *Store) Ticked(ctx context.Context) error {
	return core.Exec(ctx, db.pool, `
		update clock set last_tick_at = clock_timestamp()
		where last_tick_at is null or last_tick_at < clock_timestamp() - interval '5 seconds'`)
}

// Ticks keeps that the clocks are looked at from now on, where they never were: from then on their
// silence can be told.
func (db *Store) Ticks(ctx context.Context) error {
	return core.Exec(ctx, db.pool, `update clock set last_tick_at = clock_timestamp() where last_tick_at is null`)
}

// SinceTick says how long ago the clocks were looked at, by any server; false: never yet.
func (db *Store) SinceTick(ctx context.Context) (time.Duration, bool, error) {
	seconds, err := core.Value[*float64](ctx, db.pool, core.SinceTick)
	if err != nil || seconds == nil {
		return 0, false, core.Translate(err)
	}
	return time.Duration(*seconds * float64(time.Second)), true, nil
}
