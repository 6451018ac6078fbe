package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"skein/internal/skein"
	"skein/internal/words"
)

type userMergeCommand struct {
	From string `arg:"" help:"The id that goes."`
	Into string `arg:"" help:"The id that stays: the same person's."`
}

// Help is shown beneath the usage.
func (c *userMergeCommand) Help() string {
	return "For somebody who is in Skein twice. Evidence, leads, claims, notices and roles of the first are the second's; the log " +
		"shows them as one. They sign in by the account that was used last; the other address leads there too, and so does " +
		"the id that goes, in files as well. It may run while others work, and it cannot be taken back. " +
		"What stands against it, such as more leads than a guardrail allows, is said, and nothing is changed."
}

// Run makes one person of the two.
func (c *userMergeCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "user merge", toUse, func(db *database) error {
		org, err := db.store.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		done, err := db.store.People.Merge(ctx, org.Itself(time.Now()), skein.PersonID(c.From), skein.PersonID(c.Into))
		var stops skein.Unmergeable
		var invalid skein.Invalid
		switch {
		case errors.Is(err, skein.ErrNotFound):
			return fmt.Errorf("there is no person %q", c.From)
		case errors.As(err, &stops):
			return fmt.Errorf("nothing was changed: %s", stops.Error())
		case errors.As(err, &invalid) && c.From != c.Into:
			return fmt.Errorf("there is no person %q", c.Into)
		case err != nil:
			return plain(err)
		}
		fmt.Fprintf(con.out, "%s (%s) is %s (%s) from now on\n", c.From, done.Was, c.Into, done.Name)
		if done.Email != "" {
			fmt.Fprintf(con.out, "they sign in as %s\n", done.Email)
		}
		for _, address := range done.Aliases {
			fmt.Fprintf(con.out, "%s leads to them too\n", address)
		}
		if done.Dropped > 0 {
			fmt.Fprintf(con.out, "%s that one had given the other: dropped, because nobody speaks for themselves\n", words.Counted(done.Dropped, "endorsement"))
		}
		return nil
	})
}
