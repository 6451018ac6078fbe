package main

import (
	"context"
	"time"

	"skein/internal/demo"
)

// fillDemo makes the demo organisation where the database is empty.
func fillDemo(ctx context.Context, con *console, db *database) error {
	filled, err := demo.Seed(ctx, db.pool, time.Now())
	if filled {
		con.say("made the demo organisation")
	}
	return err
}
