package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"skein/internal/backup"
	"skein/internal/postgres"
	backupdb "skein/internal/postgres/backup"
	"skein/internal/words"
)

type backupCommand struct {
	File string `arg:"" type:"path" help:"The file to write; a backup that is there is replaced once the new one is whole."`
}

// Help is shown beneath the usage.
func (c *backupCommand) Help() string {
	return "Everything as of one moment, while others go on working. Who is signed in, links that work once and the " +
		"job queue stay behind. The file holds all that the database does, passwords' hashes among it: it is for its owner's eyes alone."
}

// Run writes the file.
func (c *backupCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "backup", toCopy, func(db *database) error {
		if err := db.mustRead(ctx); err != nil {
			return err
		}
		w, err := backup.Create(c.File, time.Now())
		if err != nil {
			return err
		}
		meter := newMeter(con)
		saved, err := backupdb.Save(ctx, db.pool, w, func(s backupdb.Step) {
			meter.show(fmt.Sprintf("writing %s, %s so far", s.Table, megabytes(s.Bytes)), false)
		})
		meter.clear()
		if err != nil {
			return errors.Join(fmt.Errorf("no backup was written: %w", err), w.Abort())
		}
		made, size, err := w.Finish(saved.Manifest)
		if err != nil {
			return err
		}
		for _, s := range saved.Strangers {
			con.say("the table " + s + " is not Skein's and is not in the backup")
		}
		if made.Log.Broken != "" {
			con.say("the backup is made, but look into this: " + made.Log.Broken)
		}
		_, err = fmt.Fprintf(con.out, "%s: %s, %s, schema at step %d\n%s", c.File,
			words.Counted(int(made.Rows()), "row"), megabytes(size), made.Schema, headLine(made.Log))
		return err
	})
}

// mustRead refuses what cannot be read as a whole: no Skein, a newer one's, or a login without rights.
func (db *database) mustRead(ctx context.Context) error {
	standing, err := postgres.StandingOf(ctx, db.pool)
	if err != nil {
		return err
	}
	if standing.Lacks {
		return lacks(standing.Login)
	}
	status, err := postgres.MigrateStatus(ctx, db.pool)
	switch {
	case err != nil:
		return err
	case status.Version == 0:
		return errors.New("there is no Skein in this database")
	case status.Version > status.Latest:
		return fmt.Errorf("the schema is at step %d, newer than the %d that this skein knows: make the backup with the newer one", status.Version, status.Latest)
	}
	return nil
}

// headLine is the head of the log as skein audit verify prints it; nothing for one that is broken.
func headLine(l backup.Log) string {
	if l.Broken != "" {
		return ""
	}
	return "head " + l.Head + "\n"
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

type restoreCommand struct {
	File string `arg:"" type:"path" help:"A backup that skein backup wrote."`
}

// Help is shown beneath the usage.
func (c *restoreCommand) Help() string {
	return "Fills an empty database, of any Postgres from 15 on, as its owner: all of it, or nothing. The file is checked byte by byte first. " +
		"What is restored is a copy: it sends no mail and opens no link until an administrator says on any of their pages that it is the one that runs now."
}

// Run checks the file, and fills the database.
func (c *restoreCommand) Run(ctx context.Context, con *console, cfg *config) error {
	meter := newMeter(con)
	file, err := backup.Open(ctx, c.File, func(done, total int64) {
		meter.show(fmt.Sprintf("checking the file: %s of %s", megabytes(done), megabytes(total)), false)
	})
	meter.clear()
	if err == nil {
		defer file.Close()
		err = postgres.KnowsStep(file.Schema)
	}
	if err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	return withDatabase(ctx, cfg, con, "restore", toMigrate, func(db *database) error {
		if err := db.mustOwn(ctx); err != nil {
			return err
		}
		err := postgres.Restore(ctx, db.at.owner, file, time.Now(), con.say, func(s backupdb.Step) {
			meter.show(fmt.Sprintf("loading %s, %s of %s", s.Table, megabytes(s.Bytes), megabytes(file.Bytes())), false)
		})
		meter.clear()
		if err == nil {
			err = db.migrateUp(ctx, con.say) // the lesser login of a private Postgres gets its rights
		}
		if err != nil {
			return err
		}
		return c.told(con, file)
	})
}

// told says what there is now, and what is still to be done.
func (c *restoreCommand) told(con *console, file *backup.File) error {
	if file.Log.Broken != "" {
		con.say("the log came as it was when the backup was made: " + file.Log.Broken)
	}
	var says strings.Builder
	fmt.Fprintf(&says, "%s of %s.\n", words.Counted(int(file.Manifest.Rows()), "row"), file.At.Format("2006-01-02 15:04:05 UTC"))
	if file.Log.Broken == "" {
		says.WriteString("The log holds and leads through the head that it had.\n" + headLine(file.Log))
	}
	says.WriteString("This is a copy: it sends no mail and opens no link until an administrator signs in and presses “This is the one that runs now”.\n")
	_, err := fmt.Fprint(con.out, says.String())
	return err
}
