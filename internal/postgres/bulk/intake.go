package bulkdb

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// IntakeLife is how long files that were handed in are kept.
const IntakeLife = 24 * time.Hour

// MaxHanded is the most bytes that a file handed in has.
const MaxHanded = 20 << 20

// Want is what an intake wants to be done with it.
type Want string

// The wants of an intake.
const (
	WantsTry     Want = "try"
	WantsLoad    Want = "load"
	WantsNothing Want = "nothing"
)

// Intake is what an administrator handed in with a browser, until a day after.
type Intake struct {
	ID        string
	Person    skein.PersonID // who handed it in
	WantedBy  skein.PersonID // who wants it brought in; "" before somebody does
	Name      string         // what they are called
	Wants     Want
	Running   bool // somebody is at it
	Runs      int
	Encoding  string // of files that do not say; "": UTF-8
	Version   int
	MadeAt    time.Time
	ExpiresAt time.Time
	Step      string // how far the run has come
	Answer    string // what the last run found; "" before the first has ended
	Says      string // why it did not get where it should
	LoadedAt  time.Time
	Parts     []IntakePart `db:"-"`
}

// IntakePart is one table of an intake: a file, a file within a zip, or a sheet of one.
type IntakePart struct {
	Place   int
	SHA256  []byte
	Inside  string // where in a zip it lies; "": it is the file itself
	Name    string // what the file is called, unlike all others of the intake
	Sheet   string // of a workbook
	File    string // which of the folder's files it is; "": it is left out
	Choices string // how its columns and values are read: whoever reads it knows the form
}

// Loaded tells whether it has been brought in.
func (i Intake) Loaded() bool { return !i.LoadedAt.IsZero() }

var errBeingLoaded = skein.Conflict{Why: "This is being brought in just now. Wait until that is done."}

const intakeColumns = `
	intake.id::text, intake.person_id as person, coalesce(intake.wanted_by, '') as wanted_by, person.name, intake.wants, intake.runner is not null as running, intake.runs, intake.encoding,
	intake.version, intake.made_at, intake.expires_at, intake.step, coalesce(intake.answer, '') as answer, intake.says, intake.loaded_at`

// KeepHanded keeps a file that was handed in, for as long as an intake, and returns its hash.
func (db *Store) KeepHanded(ctx context.Context, bytes []byte, wall time.Time) ([]byte, error) {
	sum := sha256.Sum256(bytes)
	err := core.Exec(ctx, db.pool, `
		insert into handed_file (sha256, bytes, expires_at)
		values ($1, $2, $3)
		on conflict (sha256) do update set expires_at = greatest(handed_file.expires_at, excluded.expires_at)`,
		sum[:], bytes, wall.Add(IntakeLife))
	return sum[:], core.Translate(err)
}

// Handed returns a file that was handed in; skein.ErrNotFound once it is gone.
func (db *Store) Handed(ctx context.Context, sha256 []byte) ([]byte, error) {
	bytes, err := core.Value[[]byte](ctx, db.pool, `select bytes from handed_file where sha256 = $1`, sha256)
	return bytes, core.Translate(err)
}

// MakeIntake begins an intake of files that are kept, and wants it tried. The log does not tell: nothing has been
// changed.
func (db *Store) MakeIntake(ctx context.Context, person skein.PersonID, encoding string, parts []IntakePart, wall time.Time) (id string, err error) {
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		id, err = core.Value[string](ctx, tx, `
			insert into intake (person_id, encoding, made_at, wanted_at, expires_at)
			values ($1, $2, $3, $3, $4)
			returning id::text`, person, encoding, wall, wall.Add(IntakeLife))
		if err != nil {
			return err
		}
		return saveParts(ctx, tx, id, parts)
	})
	return id, core.Translate(err)
}

func saveParts(ctx context.Context, tx pgx.Tx, intake string, parts []IntakePart) error {
	batch := &pgx.Batch{}
	for n, p := range parts {
		batch.Queue(`
			insert into intake_part (intake_id, place, sha256, inside, name, sheet, file, choices)
			values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict (intake_id, place) do update set file = excluded.file, choices = excluded.choices`,
			intake, n, p.SHA256, p.Inside, p.Name, p.Sheet, p.File, p.Choices)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// Intake returns one intake with its files; skein.ErrNotFound when it is over or was put away.
func (db *Store) Intake(ctx context.Context, id string, wall time.Time) (Intake, error) {
	var found Intake
	err := core.Snapshot(ctx, db.pool, func(tx pgx.Tx) (err error) {
		found, err = intakeOf(ctx, tx, id, wall, "")
		return err
	})
	return found, core.Translate(err)
}

// intakeOf reads an intake; lock may end the statement.
func intakeOf(ctx context.Context, tx pgx.Tx, id string, wall time.Time, lock string) (Intake, error) {
	found, err := core.One[Intake](ctx, tx, `
		select `+intakeColumns+`
		from intake
		join person on person.id = intake.person_id
		where intake.id = $1 and intake.expires_at > $2 `+lock, id, wall)
	if err != nil {
		return found, err
	}
	found.Parts, err = core.All[IntakePart](ctx, tx, `
		select place, sha256, inside, name, sheet, file, choices
		from intake_part
		where intake_id = $1
		order by place`, id)
	return found, err
}

// Intakes are those that are there, the newest first, without their files and answers.
func (db *Store) Intakes(ctx context.Context, wall time.Time) ([]Intake, error) {
	all, err := core.All[Intake](ctx, db.pool, `
		select `+intakeColumns+`
		from intake
		join person on person.id = intake.person_id
		where intake.expires_at > $1
		order by intake.made_at desc, intake.id desc
		limit 20`, wall)
	if err != nil || len(all) == 0 {
		return all, core.Translate(err)
	}
	rows, _ := db.pool.Query(ctx, `select intake_id::text, name from intake_part group by intake_id, name order by intake_id, min(place)`)
	var id, name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		if at := slices.IndexFunc(all, func(i Intake) bool { return i.ID == id }); at >= 0 {
			all[at].Parts = append(all[at].Parts, IntakePart{Name: name})
		}
		return nil
	})
	return all, err
}

// ChangeIntake changes how an intake is read, and wants it tried anew. It is skein.ErrStale when somebody changed it
// since that version, a skein.Conflict while it is brought in or once it is. What columns became is kept for next time.
// Change may read files, which takes seconds, so it runs before anything is locked.
func (db *Store) ChangeIntake(ctx context.Context, id string, version int, wall time.Time, change func(*Intake) ([]Meaning, error)) error {
	found, err := db.Intake(ctx, id, wall)
	if err == nil {
		err = found.mayChange(version)
	}
	if err != nil {
		return err
	}
	meanings, err := change(&found)
	if err != nil {
		return err
	}
	return core.Translate(pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		now, err := intakeOf(ctx, tx, id, wall, "for update of intake")
		if err == nil {
			err = now.mayChange(version)
		}
		if err != nil {
			return err
		}
		if err := saveParts(ctx, tx, id, found.Parts); err != nil {
			return err
		}
		if err := keepMeanings(ctx, tx, meanings, wall); err != nil {
			return err
		}
		return core.Exec(ctx, tx, `
			update intake
			set encoding = $2, version = version + 1, wants = 'try', wanted_at = $3,
				runner = null, beat_at = null, runs = 0, step = '', answer = null, says = ''
			where id = $1`, id, found.Encoding, wall)
	}))
}

// mayChange reports why it is not changed by somebody who read it as that version.
func (i Intake) mayChange(version int) error {
	switch {
	case i.Loaded():
		return skein.Conflict{Why: "This has been brought in already. Hand the file in again to change what it is read as."}
	case i.Wants == WantsLoad:
		return errBeingLoaded
	case i.Version != version:
		return skein.ErrStale
	}
	return nil
}

// WantLoad wants an intake brought in by somebody, as it was tried. It is skein.ErrStale when somebody changed it since that version,
// a skein.Conflict where there is nothing to bring in.
func (db *Store) WantLoad(ctx context.Context, by skein.PersonID, id string, version int, wall time.Time) error {
	return core.Translate(pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		found, err := intakeOf(ctx, tx, id, wall, "for update of intake")
		switch {
		case err != nil:
			return err
		case found.Loaded(), found.Wants == WantsLoad:
			return nil // a second click
		case found.Version != version:
			return skein.ErrStale
		case found.Wants != WantsNothing || found.Answer == "":
			return skein.Conflict{Why: "This is being tried still. Wait until that is done."}
		}
		return core.Exec(ctx, tx, `
			update intake
			set wants = 'load', wanted_at = $2, wanted_by = $3, runs = 0, step = '', says = ''
			where id = $1`, id, wall, by)
	}))
}

// PutAway forgets an intake. What is being brought in is taken back, unless it is done a moment before. One that is gone
// stays so.
func (db *Store) PutAway(ctx context.Context, id string) error {
	return core.Translate(core.Exec(ctx, db.pool, `delete from intake where id = $1`, id))
}

// SweepIntakes forgets what is over: intakes that nobody is at, and files that none needs.
func (db *Store) SweepIntakes(ctx context.Context, wall time.Time) error {
	return errors.Join(
		core.Exec(ctx, db.pool, `delete from intake where expires_at < $1 and (beat_at is null or beat_at < $2)`, wall, wall.Add(-lost)),
		core.Exec(ctx, db.pool, `
			delete from handed_file
			where expires_at < $1
				and not exists (select from intake_part where intake_part.sha256 = handed_file.sha256)`, wall),
	)
}
