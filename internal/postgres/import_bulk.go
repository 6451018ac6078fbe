package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// bulk is from how many rows on an import sets a table's indexes aside, unless more than half as
// many are there already. Filling them row by row takes ten times as long as building them at the
// end.
const bulk = 20000

// besideBulk says how many rows an import in bulk would find, up to the most that it may; -1 when
// it is not to be done in bulk. The table is locked when it is, and with it those that follow: all
// at once, so that nobody holds one while waiting for another.
func (i *importing) besideBulk(ctx context.Context, table string, rows int, following string) (int, error) {
	if rows < bulk {
		return -1, nil
	}
	there, err := i.mayBulk(ctx, table, rows)
	if there < 0 || err != nil {
		return -1, err
	}
	err = i.each(ctx, []string{
		`set constraints all immediate`, // a table with checks still to come may not be altered
		`lock table ` + table + following + ` in access exclusive mode`,
	})
	if err != nil {
		return -1, err
	}
	return i.mayBulk(ctx, table, rows)
}

func (i *importing) mayBulk(ctx context.Context, table string, rows int) (there int, err error) {
	err = i.tx.QueryRow(ctx, `
		select case when pg_has_role(relowner, 'usage') and found.n <= $1 / 2 then found.n else -1 end::int
		from pg_class
		cross join (select count(*) as n from (select from `+table+` limit $1 / 2 + 1) few) found
		where oid = '`+table+`'::regclass`, rows).Scan(&there)
	return there, err
}

// aside runs fill while the table has no indexes and no foreign keys. They are made again from
// their own definitions within the transaction: whatever happens, nobody ever sees the table
// without them. The primary key goes too where few refer to it.
func (i *importing) aside(ctx context.Context, table string, rows int, withKey bool, fill func() error) error {
	parts, err := i.setAside(ctx, table, withKey)
	if err != nil {
		return err
	}
	for n := range parts { // what refers to a key goes before the key
		if err := i.each(ctx, []string{parts[len(parts)-1-n].Drop}); err != nil {
			return err
		}
	}
	if err := fill(); err != nil {
		return err
	}
	if err := i.each(ctx, []string{`set local maintenance_work_mem = '256MB'`}); err != nil {
		return err
	}
	for n, p := range parts {
		i.told(ImportStep{Doing: Indexing, Table: table, Rows: rows, Done: n, Total: len(parts) + 1})
		if err := i.each(ctx, []string{p.workers(), p.Restore}); err != nil {
			return err
		}
	}
	i.told(ImportStep{Doing: Indexing, Table: table, Rows: rows, Done: len(parts), Total: len(parts) + 1})
	return i.each(ctx, []string{`analyze ` + table, `set constraints all deferred`})
}

// part is an index or a constraint that is set aside.
type part struct {
	Drop, Restore string
	Unique        bool
}

// workers lets Postgres sort with more processes, except for what comes sorted already: rows come
// in the order of their ids, and mostly in that of the people they are about.
func (p part) workers() string {
	if p.Unique {
		return `set local max_parallel_maintenance_workers = 0`
	}
	return `set local max_parallel_maintenance_workers to default`
}

// setAside returns what is costly to keep up row by row, in the order in which to bring it back.
// The primary key, when it goes, takes along what refers to it.
func (i *importing) setAside(ctx context.Context, table string, withKey bool) ([]part, error) {
	rows, _ := i.tx.Query(ctx, `
		select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
			format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore,
			contype <> 'f' as unique
		from pg_constraint
		where conrelid = $1::regclass and (contype in ('f', 'u') or contype = 'p' and $2)
			or confrelid = $1::regclass and contype = 'f' and $2
		union all
		select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), false
		from pg_index
		where indrelid = $1::regclass
			and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
		order by 3 desc, 2`, table, withKey)
	parts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[part])
	if err != nil {
		return nil, fmt.Errorf("keys of %s: %w", table, err)
	}
	return parts, nil
}

func (i *importing) each(ctx context.Context, statements []string) error {
	for _, s := range statements {
		if _, err := i.tx.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
