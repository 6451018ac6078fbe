package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"skein/internal/skein"
)

type userSecondCommand struct {
	Off userSecondOffCommand `cmd:"" help:"Take passkeys and recovery codes from somebody who lost theirs; they and the administrators are told."`
}

type userSecondOffCommand struct {
	Email string `arg:"" help:"The address they sign in with."`
}

// Validate is called by kong once the flags are read.
func (c *userSecondOffCommand) Validate() error {
	if skein.CheckEmail(c.Email) != nil {
		return fmt.Errorf("%q is not an e-mail address", c.Email)
	}
	return nil
}

// Help says when it is for.
func (c *userSecondOffCommand) Help() string {
	return "For whoever has neither a passkey nor a recovery code any more. See first that it is them who ask: from then on " +
		"their password alone opens the door. They are signed out, and when a second step is demanded of them they are led " +
		"to add a passkey as soon as they sign in. It is written in the log. Nothing is done, with exit code 1, where nobody " +
		"signs in with the address."
}

// Run takes away what somebody shows beside their password.
func (c *userSecondOffCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "user second-factor off", toUse, func(db *database) error {
		org, err := db.store.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		passkeys, err := db.store.Door.SecondOff(ctx, org.Itself(time.Now()), c.Email)
		if errors.Is(err, skein.ErrNotFound) {
			return fmt.Errorf("nobody signs in with %s", c.Email)
		}
		if err != nil {
			return plain(err)
		}
		if passkeys == 0 {
			fmt.Fprintf(con.out, "%s has no passkey: nothing was changed\n", c.Email)
			return nil
		}
		fmt.Fprintf(con.out, "%s signs in without a second step from now on (passkeys removed: %d), and was told\n", c.Email, passkeys)
		return nil
	})
}
