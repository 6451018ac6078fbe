package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"skein/internal/skein"
)

type userRenameCommand struct {
	Old string `arg:"" help:"The id that they have."`
	New string `arg:"" help:"The id that they shall have: nobody's so far."`
}

// Help is shown beneath the usage.
func (c *userRenameCommand) Help() string {
	return "Evidence, leads, claims, notices, roles and the account follow; the log shows the new id. " +
		"It may run while others work. Whoever is renamed signs in again; files use the new id from then on."
}

// Run gives the person the other id.
func (c *userRenameCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "user rename", toUse, func(db *database) error {
		org, err := db.store.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		err = db.store.People.Rename(ctx, org.Itself(time.Now()), skein.PersonID(c.Old), skein.PersonID(c.New))
		var taken skein.Conflict
		switch {
		case errors.Is(err, skein.ErrNotFound):
			return fmt.Errorf("there is no person %q", c.Old)
		case errors.As(err, &taken):
			return fmt.Errorf("nothing was changed: %q is somebody's id already", c.New)
		case err != nil:
			return plain(err)
		}
		fmt.Fprintf(con.out, "%s is %s from now on\n", c.Old, c.New)
		return nil
	})
}
