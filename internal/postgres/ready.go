package postgres

import (
	"context"
	"errors"
)

// Ready sees that the database answers and that its schema is one that this program can use: none
// of its steps is missing, and none was left half done.
func (db *DB) Ready(ctx context.Context) error {
	status, err := MigrateStatus(ctx, db.pool)
	if err != nil {
		return err
	}
	if !status.Current() {
		return errors.New("the schema is not up to date: run skein migrate up")
	}
	return nil
}
