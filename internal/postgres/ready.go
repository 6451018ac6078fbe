package postgres

import "context"

// Ready sees that the database answers and has a schema with an organisation in it.
func (db *DB) Ready(ctx context.Context) error {
	_, err := db.Organisation(ctx)
	return err
}
