package bulkdb

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
)

// lost is how long whoever is at an intake may be silent before somebody else takes it over: their server has gone.
const lost = 20 * time.Second

// mostRuns is how often a run is begun that breaks off each time.
const mostRuns = 3

// BrokeOff is what an intake says of a run that broke off each time.
const BrokeOff = "It broke off three times, and nothing was changed. If it does so again, whoever runs Skein finds the reason in its log."

// ErrGone says that whoever is at an intake is not any more: it was put away or changed, or somebody else took it over.
var ErrGone = errors.New("the intake is somebody else's or gone")

// ErrDiffers says that an import would do something else than what it was tried with, so that nothing was loaded.
var ErrDiffers = errors.New("what the folder would change is not what it was when it was tried")

// IntakeRun is one go at what an intake wants.
type IntakeRun struct {
	Intake

	runner string
}

// ClaimIntake takes on what waits longest, or that intake where an id is given; skein.ErrNotFound where nothing waits.
// The one who takes it on lets Beat hear of it, and ends with EndRun, or with an import that is Of it.
func (db *Store) ClaimIntake(ctx context.Context, id string, wall time.Time) (IntakeRun, error) {
	run := IntakeRun{runner: core.NewSeed()}
	if err := core.Exec(ctx, db.pool, `
		update intake
		set wants = 'nothing', runner = null, beat_at = null, says = $3
		where id in (
			select id from intake
			where wants <> 'nothing' and runs >= $4 and beat_at < $1::timestamptz - $2::interval
			for update skip locked
		)`, wall, lost, BrokeOff, mostRuns); err != nil {
		return run, core.Translate(err)
	}
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		found, err := core.Value[string](ctx, tx, `
			select id::text
			from intake
			where wants <> 'nothing'
				and wanted_at <= $1
				and expires_at > $1
				and (beat_at is null or beat_at < $1::timestamptz - $2::interval)
				and ($3 = '' or id::text = $3)
			order by wanted_at, id
			limit 1
			for update skip locked`, wall, lost, id)
		if err != nil {
			return err
		}
		if err := core.Exec(ctx, tx, `
			update intake
			set runner = $2, beat_at = $3, runs = runs + 1, step = ''
			where id = $1`, found, run.runner, wall); err != nil {
			return err
		}
		run.Intake, err = intakeOf(ctx, tx, found, wall, "")
		return err
	})
	return run, core.Translate(err)
}

// Beat says that somebody is still at it, and how far it has come. It is ErrGone when they need not go on.
func (db *Store) Beat(ctx context.Context, run IntakeRun, step string, wall time.Time) error {
	return ours(ctx, db.pool, `
		update intake
		set beat_at = $3, step = $4
		where id = $1 and runner = $2`, run.ID, run.runner, wall, step)
}

// EndRun notes what a run found, and that nothing more is wanted. It is ErrGone when it was taken away meanwhile.
func (db *Store) EndRun(ctx context.Context, run IntakeRun, answer, says string) error {
	return ours(ctx, db.pool, `
		update intake
		set wants = 'nothing', runner = null, beat_at = null, runs = 0, step = '', answer = nullif($3, ''), says = $4, version = version + 1
		where id = $1 and runner = $2`, run.ID, run.runner, answer, says)
}

// WaitRun puts a run off until later, as another import is under way.
func (db *Store) WaitRun(ctx context.Context, run IntakeRun, step string, until time.Time) error {
	return ours(ctx, db.pool, `
		update intake
		set runner = null, beat_at = null, runs = greatest(runs - 1, 0), step = $3, wanted_at = $4
		where id = $1 and runner = $2`, run.ID, run.runner, step, until)
}

func ours(ctx context.Context, on core.Querier, sql string, args ...any) error {
	done, err := on.Exec(ctx, sql, args...)
	if err == nil && done.RowsAffected() == 0 {
		return ErrGone
	}
	return err
}

// OfIntake is which run an import is made for, and what it was tried with.
type OfIntake struct {
	Run     IntakeRun
	Answer  string         // what is kept of it once it is loaded
	Tried   folder.Loaded  // what the trial did with the rows
	Details map[string]any // that the log keeps besides
}

// endIntake notes with the import itself that the intake is loaded, so that neither is without the other.
func (i *importing) endIntake(ctx context.Context) error {
	of := i.options.Of
	if of == nil || i.options.DryRun {
		return nil
	}
	same, err := alikeLoaded(i.loaded, of.Tried)
	if err == nil && !same {
		err = ErrDiffers
	}
	if err != nil {
		return err
	}
	return ours(ctx, i.tx, `
		update intake
		set wants = 'nothing', runner = null, beat_at = null, step = '', says = '', answer = $3, loaded_at = $4
		where id = $1 and runner = $2`, of.Run.ID, of.Run.runner, of.Answer, i.by.At)
}

func alikeLoaded(a, b folder.Loaded) (bool, error) {
	one, err := json.Marshal(a)
	other, otherErr := json.Marshal(b)
	return string(one) == string(other), errors.Join(err, otherErr)
}

// Meaning is what a heading of a file became.
type Meaning struct{ File, Heading, Becomes string }

func keepMeanings(ctx context.Context, tx pgx.Tx, meanings []Meaning, wall time.Time) error {
	batch := &pgx.Batch{}
	for _, m := range meanings {
		batch.Queue(`
			insert into column_meaning (file, heading, becomes, kept_at)
			values ($1, $2, $3, $4)
			on conflict (file, heading) do update set becomes = excluded.becomes, kept_at = excluded.kept_at`, m.File, m.Heading, m.Becomes, wall)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// Meanings are what headings of a file became last.
func (db *Store) Meanings(ctx context.Context, file string) (map[string]string, error) {
	return core.Pairs[string, string](ctx, db.pool, `select heading, becomes from column_meaning where file = $1`, file)
}

// TeamNames are the teams' names, for whoever writes these where ids belong.
func (db *Store) TeamNames(ctx context.Context) (map[string]string, error) {
	return core.Pairs[string, string](ctx, db.pool, `select id, name from circle`)
}
