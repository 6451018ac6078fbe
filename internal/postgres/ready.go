package postgres

import (
	"context"
	"errors"
	"time"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
)

// Ready sees that the database answers and that its schema is one that this program can use: none
// of its steps is missing, and none was left half done. It asks by connections of its own, so that it
// tells of the database and not of who waits for what.
func (db *DB) Ready(ctx context.Context) error {
	status, err := MigrateStatus(ctx, db.probe)
	if err != nil {
		return err
	}
	if !status.Current() {
		return errors.New("the schema is not up to date: run skein migrate up")
	}
	return nil
}

// SinceTick is leaddb's, asked as Ready asks.
func (db *DB) SinceTick(ctx context.Context) (time.Duration, bool, error) {
	return leaddb.New(core.Share(db.probe)).SinceTick(ctx)
}
