package backupdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/backup"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// NotEmptyError says what a database holds already that a restore would take away.
type NotEmptyError struct{ Holds string }

func (e NotEmptyError) Error() string {
	return fmt.Sprintf("this database is not empty: it holds %s. Restore into a new one, or, without --database-url, into an empty --data-dir", e.Holds)
}

// Empty refuses a database in which somebody has begun: one with a person, an account, a project or a row of
// the log. One without Skein's tables is empty.
func Empty(ctx context.Context, on core.Querier) error {
	for _, t := range []struct{ name, holds string }{
		{"person", "people"}, {"account", "accounts"}, {"project", "projects"}, {"audit_event", "rows of the log"},
	} {
		there, err := core.Value[bool](ctx, on, `select to_regclass($1) is not null`, t.name)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		some, err := core.Value[bool](ctx, on, `select exists (select from `+quoted([]string{t.name})+`)`)
		if err != nil {
			return err
		}
		if some {
			return NotEmptyError{t.holds}
		}
	}
	return nil
}

// Load fills an empty database, whose schema is at the backup's step, from it: all of it, in one transaction,
// or nothing. The pool is that of the tables' owner. What is restored is another life of the database, a copy
// of which nobody has said yet that it runs; and its log is seen to hold as it did when the backup was made.
func Load(ctx context.Context, pool *pgxpool.Pool, f *backup.File, now time.Time, say func(Step)) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, settled, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		l := &loading{tx: tx, file: f, say: say}
		if err := l.ready(ctx); err != nil {
			return err
		}
		if err := l.fill(ctx); err != nil {
			return err
		}
		return l.finish(ctx, now)
	})
}

type loading struct {
	tx    pgx.Tx
	file  *backup.File
	say   func(Step)
	load  []backup.Table
	ours  []string // tables that are emptied
	bytes int64
}

// ready takes the tables for itself, sees again that they are empty and those of the file, and switches off
// what would write and check beside the rows: all that it writes is in the backup too.
func (l *loading) ready(ctx context.Context) error {
	all, err := tables(ctx, l.tx)
	if err != nil {
		return err
	}
	known, _ := keptOf(all)
	if err := l.match(known); err != nil {
		return err
	}
	for _, t := range all {
		if _, left := leftOut[t.Name]; t.isKept() || left && t.Name != "schema_migrations" {
			l.ours = append(l.ours, t.Name)
		}
	}
	if err := core.Exec(ctx, l.tx, `lock table `+quoted(l.ours)+` in access exclusive mode`); err != nil {
		return err
	}
	if err := Empty(ctx, l.tx); err != nil {
		return err
	}
	if err := l.triggers(ctx, known, "disable"); err != nil {
		return err
	}
	return core.Exec(ctx, l.tx, `truncate `+quoted(l.ours))
}

// match holds the file's tables against the database's. One that the Skein which wrote the file kept, and this
// one leaves behind, is passed over; one that it left behind stays empty.
func (l *loading) match(known []Table) error {
	for _, t := range l.file.Tables {
		if (Table{Name: t.Name}).isLeft() {
			continue
		}
		at := slices.IndexFunc(known, func(k Table) bool { return k.Name == t.Name })
		if at < 0 || !slices.Equal(known[at].Columns, t.Columns) {
			return fmt.Errorf("the table %s is another in the backup than here, though both are at step %d of the schema", t.Name, l.file.Schema)
		}
		l.load = append(l.load, t)
	}
	return nil
}

func (l *loading) triggers(ctx context.Context, known []Table, way string) error {
	for _, t := range known {
		if err := core.Exec(ctx, l.tx, `alter table `+quoted([]string{t.Name})+` `+way+` trigger user`); err != nil {
			return err
		}
	}
	return nil
}

// fill loads the rows, those that others point to first.
func (l *loading) fill(ctx context.Context) error {
	sorted, err := inOrder(ctx, l.tx, l.load)
	if err != nil {
		return err
	}
	for _, t := range sorted {
		err := l.file.Table(ctx, t, func(r io.Reader) error {
			rows, err := l.tx.Conn().PgConn().CopyFrom(ctx, io.TeeReader(r, told{io.Discard, func(n int) {
				l.bytes += int64(n)
				l.say(Step{t.Name, l.bytes})
			}}), copySQL(t.Name, t.Columns, "from stdin"))
			if err == nil && rows.RowsAffected() != t.Rows {
				err = fmt.Errorf("%d rows were loaded, not %d", rows.RowsAffected(), t.Rows)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("the table %s: %w", t.Name, err)
		}
	}
	return core.Exec(ctx, l.tx, `set constraints all immediate`)
}

// finish makes of the rows a database that goes on.
func (l *loading) finish(ctx context.Context, now time.Time) error {
	if err := l.sequences(ctx); err != nil {
		return err
	}
	for _, t := range begun {
		if !slices.Contains(l.ours, t) { // the schema of then had none
			continue
		}
		if err := core.Exec(ctx, l.tx, `insert into `+quoted([]string{t})+` default values`); err != nil {
			return err
		}
	}
	if err := core.Exec(ctx, l.tx, `update organisation set restored_at = $1`, now); err != nil {
		return err
	}
	if err := l.verify(ctx); err != nil {
		return err
	}
	all, err := tables(ctx, l.tx)
	if err != nil {
		return err
	}
	known, _ := keptOf(all)
	if err := l.triggers(ctx, known, "enable"); err != nil {
		return err
	}
	return core.Record(ctx, l.tx, skein.Itself(now, time.UTC), []skein.Event{{
		Action: "backup.restore", Noun: "organisation", NounID: "organisation",
		Details: map[string]any{"made_at": l.file.At},
	}})
}

// sequences lets each go on after the last row that has a number of it.
func (l *loading) sequences(ctx context.Context) error {
	type owned struct{ Sequence, Part, Field string }
	all, err := core.All[owned](ctx, l.tx, `
		select counter.oid::regclass::text as sequence, part.relname::text as part, field.attname::text as field
		from pg_class counter
		join pg_depend own on own.objid = counter.oid and own.classid = 'pg_class'::regclass and own.deptype in ('a', 'i')
		join pg_class part on part.oid = own.refobjid
		join pg_attribute field on field.attrelid = part.oid and field.attnum = own.refobjsubid
		where counter.relkind = 'S' and part.relname = any ($1) and part.relnamespace = (select relnamespace from pg_class where oid = to_regclass('schema_migrations'))
		order by 1`, kept)
	if err != nil {
		return err
	}
	for _, s := range all {
		err := core.Exec(ctx, l.tx, fmt.Sprintf(
			`select setval($1::regclass, coalesce(max(%[1]s), 1), max(%[1]s) is not null) from %[2]s`,
			quoted([]string{s.Field}), quoted([]string{s.Part})), s.Sequence)
		if err != nil {
			return err
		}
	}
	return nil
}

// verify sees that the log holds, and leads to where it led. One that was broken before is restored as broken
// as it was: nothing else would bring back the rest.
func (l *loading) verify(ctx context.Context) error {
	found, err := chain(ctx, l.tx)
	if err != nil {
		return err
	}
	switch {
	case found == l.file.Log, found.Broken != "" && l.file.Log.Broken != "": // the sentence may be of another version
		return nil
	case found.Broken != "":
		return errors.New(found.Broken)
	default:
		return fmt.Errorf("the log leads to another head (%s) than in the backup (%s)", found.Head, l.file.Log.Head)
	}
}

// Analyze lets Postgres learn at once what was loaded; by itself it would do so later.
func Analyze(ctx context.Context, on core.Querier) error {
	all, err := tables(ctx, on)
	if err != nil {
		return err
	}
	known, _ := keptOf(all)
	return core.Exec(ctx, on, `analyze `+quoted(namesOf(known)))
}
