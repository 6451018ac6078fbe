package main

import (
	"context"
	"fmt"

	logdb "skein/internal/postgres/log"
	"skein/internal/words"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Check the whole log against its chain."`
}

type auditVerifyCommand struct {
	Head string `placeholder:"COUNT:HASH" help:"A head that was printed before and kept: also check that the log still leads through it."`
	head logdb.Head
}

// Help is shown beneath the usage.
func (c *auditVerifyCommand) Help() string {
	return "Prints how many rows there are and the head of their chain, or the first link that is broken. " +
		"Keep the head outside the database: against it a log that was written anew from the start shows, too."
}

// Validate is called by kong once the flags are read.
func (c *auditVerifyCommand) Validate() (err error) {
	if c.Head != "" {
		c.head, err = logdb.ParseHead(c.Head)
	}
	return err
}

// Run checks the log, and prints its head.
func (c *auditVerifyCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "audit", toUse, func(db *database) error {
		found, err := db.store.Log.Verify(ctx, c.head)
		if err != nil {
			return err
		}
		fmt.Fprintf(con.out, "%s, no link of the chain is broken.\n", words.Counted(int(found.Count), "row"))
		if found.Erased > 0 {
			fmt.Fprintf(con.out, "%s erased.\n", words.Counted(int(found.Erased), "row"))
		}
		_, err = fmt.Fprintf(con.out, "head %s\n", found.Head)
		return err
	})
}
