// Package intake takes an organisation's files in: what `skein import` and the page for it have in common, and what
// only the page needs. Files that are handed in there lie in the database under their hash; they are tried, and brought
// in, beside the requests, by whichever server comes to it first.
//
// It is a room of its own because the command line and the browser must do the very same, and neither the store nor the
// files know the other.
package intake

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"skein/internal/chooser"
	"skein/internal/folder"
	"skein/internal/match"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// Intake takes files in.
type Intake struct {
	DB      *postgres.DB
	Chooser *chooser.Chooser
	Log     *slog.Logger
	Now     func() time.Time // the clock on the wall
}

// Known is what the rows of a folder may refer to on a day, with what is known only here: the practices, which are
// skills once an import is done, and what situations ask for.
func Known(ctx context.Context, db *postgres.DB, c *chooser.Chooser, day skein.Date) (folder.Known, error) {
	known, err := db.Bulk.Known(ctx, day)
	if err != nil {
		return known, err
	}
	policy, err := c.Policy(ctx)
	if err != nil {
		return known, err
	}
	for _, practice := range match.Practices() {
		if _, there := known.Skills[practice.ID]; !there {
			known.Skills[practice.ID], known.SkillNames[practice.ID] = "", practice.Name
		}
	}
	known.Asks = func(s skein.Situation) bool { return len(policy.Lens.Settle(s).Practices) > 0 }
	return known, nil
}

// How often the runner looks for what to do, says that it is still at it, and how long it waits for another import.
const (
	every  = 500 * time.Millisecond
	beat   = 2 * time.Second
	putOff = 3 * time.Second
)

// Run does what intakes want, one after the other, until ctx ends. What it is at then is taken back, and begun again by
// whoever comes next.
func (n *Intake) Run(ctx context.Context) {
	n.clear()
	for tick := time.NewTicker(every); ; {
		for more := true; more && ctx.Err() == nil; {
			var err error
			if more, err = n.Next(ctx, ""); err != nil && ctx.Err() == nil {
				n.Log.ErrorContext(ctx, "an intake broke off; it is tried again", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// folders is how temporary folders are called. They hold people's data, and are gone after each run; what a server left
// that was killed is cleared by the next.
const folders = "skein-intake-"

// clear removes folders that a killed server left.
func (n *Intake) clear() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), folders+"*")) // the pattern is right
	for _, dir := range left {
		if info, err := os.Stat(dir); err == nil && n.Now().Sub(info.ModTime()) > bulkdb.IntakeLife {
			_ = os.RemoveAll(dir)
		}
	}
}

// Next does what one intake wants, that of an id or else the one that waits longest. It returns false where none does.
func (n *Intake) Next(ctx context.Context, id string) (did bool, err error) {
	run, err := n.DB.Bulk.ClaimIntake(ctx, id, n.Now())
	if errors.Is(err, skein.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	at := &at{Intake: n, run: run}
	whole := ctx
	ctx, stop := context.WithCancel(ctx)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		at.beat(ctx, stop)
	}()
	err = at.do(ctx)
	stop()
	<-beating
	if whole.Err() != nil { // this server stops: the next may begin at once
		return true, errors.Join(whole.Err(), n.DB.Bulk.WaitRun(context.WithoutCancel(whole), run, "", n.Now()))
	}
	if errors.Is(err, bulkdb.ErrGone) || at.gone.Load() {
		return true, nil // whoever put it away knows
	}
	return true, err
}

// Sweep forgets what is over.
func (n *Intake) Sweep(ctx context.Context) error { return n.DB.Bulk.SweepIntakes(ctx, n.Now()) }

// by is who brings an intake in, now.
func (n *Intake) by(ctx context.Context, person skein.PersonID) (skein.By, error) {
	org, err := n.DB.Gameboard.Organisation(ctx)
	if err != nil {
		return skein.By{}, err
	}
	by := org.Itself(n.Now())
	by.Person = person
	return by, nil
}

// stem is a folder's file without its ending: people.
func stem(file string) string { return strings.TrimSuffix(file, ".csv") }
