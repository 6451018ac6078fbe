package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"skein/internal/postgres"
	"skein/internal/words"
)

type migrateCommand struct {
	Up     migrateUpCommand     `cmd:"" help:"Take every step that is still to be taken."`
	Down   migrateDownCommand   `cmd:"" help:"Take the newest steps back. What only they could hold is lost."`
	Status migrateStatusCommand `cmd:"" help:"Show each step and whether it is taken."`
	Grant  migrateGrantCommand  `cmd:"" help:"Give a login what serve needs, and nothing that could alter the log."`
}

type migrateUpCommand struct{}

// Run brings the schema up to date.
func (c *migrateUpCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return migrating(ctx, con, cfg, func(db *database) error {
		return db.migrateUp(ctx, con.say)
	})
}

type migrateDownCommand struct {
	Steps int  `default:"1" help:"How many steps (default ${default})."`
	All   bool `help:"Every step: an empty database remains."`
	Yes   bool `help:"Do not ask. Without a terminal it has to be said."`
}

// Validate is called by kong once the flags are read.
func (c *migrateDownCommand) Validate() error {
	if c.Steps < 1 {
		return errors.New("--steps must be 1 or more")
	}
	return nil
}

// Run takes steps back.
func (c *migrateDownCommand) Run(ctx context.Context, con *console, cfg *config) error {
	steps := c.Steps
	if c.All {
		steps = postgres.Everything
	}
	if err := c.sure(con); err != nil {
		return err
	}
	return migrating(ctx, con, cfg, func(db *database) error {
		return postgres.MigrateDown(ctx, db.at.owner, steps, con.say)
	})
}

// sure asks whether to go on, unless that was said.
func (c *migrateDownCommand) sure(con *console) error {
	if c.Yes {
		return nil
	}
	if _, asked := con.terminal(); !asked {
		return usageError{errors.New("there is nobody to ask whether to take steps back: use --yes")}
	}
	return c.confirm(con)
}

func (c *migrateDownCommand) confirm(con *console) error {
	what := words.Count(c.Steps, "one step", "steps")
	if c.All {
		what = "every step"
	}
	fmt.Fprintf(con.err, "This takes back %s of the schema; what only they can hold is lost. Type yes to go on: ", what)
	typed, _ := bufio.NewReader(con.in).ReadString('\n') // an end is no yes
	if strings.TrimSpace(typed) != "yes" {
		return errors.New("nothing was taken back")
	}
	return nil
}

type migrateStatusCommand struct{}

type migrateGrantCommand struct {
	Role string `arg:"" help:"The login; it must be there already."`
}

// Help is shown beneath the usage.
func (c *migrateGrantCommand) Help() string {
	return "Run it as the owner of the tables, once; later steps of the schema give the login theirs. " +
		"A login that could alter the log all the same (a superuser, the owner, a member of the owner's role) gets nothing."
}

// Run gives the rights.
func (c *migrateGrantCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "migrate", toMigrate, func(db *database) error {
		if err := db.mustOwn(ctx); err != nil {
			return err
		}
		if err := postgres.Grant(ctx, db.at.owner, c.Role, con.say); err != nil {
			return err
		}
		_, err := fmt.Fprintf(con.out, "%s may serve: it reads and writes, and of the log it only reads and adds.\n", c.Role)
		return err
	})
}

// Run prints a line for each step.
func (c *migrateStatusCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "migrate", toMigrate, func(db *database) error {
		status, err := postgres.MigrateStatus(ctx, db.pool)
		if err != nil {
			return err
		}
		for _, s := range status.Steps {
			fmt.Fprintf(con.out, "%04d %-20s %s\n", s.Version, s.Name, stepWord(s, status))
		}
		fmt.Fprintln(con.out, summary(status))
		return nil
	})
}

// migrating runs one change of the schema and prints where that led.
func migrating(ctx context.Context, con *console, cfg *config, change func(*database) error) error {
	return withDatabase(ctx, cfg, con, "migrate", toMigrate, func(db *database) error {
		if err := db.mustOwn(ctx); err != nil {
			return err
		}
		if err := change(db); err != nil {
			return err
		}
		status, err := postgres.MigrateStatus(ctx, db.pool)
		if err != nil {
			return err
		}
		fmt.Fprintln(con.out, summary(status))
		return nil
	})
}

func stepWord(s postgres.SchemaStep, status postgres.SchemaStatus) string {
	switch {
	case s.Done:
		return "done"
	case status.Dirty && s.Version == status.Version:
		return "begun, not finished"
	default:
		return "to do"
	}
}

func summary(s postgres.SchemaStatus) string {
	switch {
	case s.Version > s.Latest:
		return fmt.Sprintf("schema at step %d, newer than the %d that this skein knows", s.Version, s.Latest)
	case s.Current():
		return fmt.Sprintf("schema at step %d of %d, up to date", s.Version, s.Latest)
	case s.Dirty:
		return fmt.Sprintf("schema at step %d of %d, which was begun and not finished: run skein migrate up", s.Version, s.Latest)
	default:
		return fmt.Sprintf("schema at step %d of %d, %d of the job queue's steps to do", s.Version, s.Latest, s.Jobs)
	}
}
