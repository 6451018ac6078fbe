package main

import (
	"context"
	"time"

	"skein/internal/demo"
)

// fillDemo makes the demo organisation where the database is empty.
func fillDemo(ctx context.Context, con *console, db *database) error {
	made, err := demo.Seed(ctx, db.pool, time.Now())
	if made {
		con.say("an invented organisation, Corriemere Water, has moved in")
	}
	return err
}
