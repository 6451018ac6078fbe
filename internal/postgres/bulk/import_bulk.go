package bulkdb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
)

// bulk is from how many rows on an import sets a table's indexes aside, unless more than half as
// many are there already. Filling them row by row takes ten times as long as building them at the
// end.
const bulk = 20000

// nobodyComesIn tells whether there is no account: a first import shuts nobody out.
func nobodyComesIn(ctx context.Context, on core.Querier) (bool, error) {
	return core.Value[bool](ctx, on, `select not exists (select from account)`)
}

// mayShut tells whether this import may set indexes aside, which takes tables away from everybody else:
// nobody comes in yet, or it was asked for. Then the login must own the tables.
func (i *importing) mayShut(ctx context.Context) (bool, error) {
	if !i.options.Bulk {
		return nobodyComesIn(ctx, i.tx)
	}
	owned, err := core.Value[bool](ctx, i.tx, `
		select bool_and(pg_has_role(relowner, 'usage'))
		from pg_class
		where oid in ('person'::regclass, 'evidence'::regclass)`)
	if err == nil && !owned {
		err = ErrNotOwner
	}
	return owned, err
}

// besideBulk says how many rows an import in bulk would find, up to the most that it may; -1 when
// it is not to be done in bulk. The table is locked when it is, and with it those that follow.
func (i *importing) besideBulk(ctx context.Context, table string, rows int, following string) (int, error) {
	if !i.aside || rows < bulk {
		return -1, nil
	}
	there, err := i.mayBulk(ctx, table, rows)
	if there < 0 || err != nil {
		return -1, err
	}
	// a table with checks still to come may not be altered
	if err := i.each(ctx, []string{`set constraints all immediate`}); err != nil {
		return -1, err
	}
	i.told(ImportStep{Doing: Shutting, Table: table, Rows: rows})
	if err := i.shut(ctx, table+following); err != nil {
		return -1, err
	}
	return i.mayBulk(ctx, table, rows)
}

// shut locks tables against everybody. It never holds one for long while it waits for another, or
// somebody who has that one and wants the first would be told of a deadlock: it lets go before the
// database looks for one (deadlock_timeout, a second), and tries again.
func (i *importing) shut(ctx context.Context, tables string) error {
	const tries = 120
	for n := 1; ; n++ {
		err := pgx.BeginFunc(ctx, i.tx, func(part pgx.Tx) error {
			for _, s := range []string{
				`set local lock_timeout = '500ms'`,
				`lock table ` + tables + ` in access exclusive mode`,
				`set local lock_timeout to default`,
			} {
				if _, err := part.Exec(ctx, s); err != nil {
					return err
				}
			}
			return nil
		})
		if n == tries || !inTheWay(err) {
			return err
		}
	}
}

func (i *importing) mayBulk(ctx context.Context, table string, rows int) (there int, err error) {
	err = i.tx.QueryRow(ctx, `
		select case when pg_has_role(relowner, 'usage') and found.n <= $1 / 2 then found.n else -1 end::int
		from pg_class
		cross join (select count(*) as n from (select from `+table+` limit $1 / 2 + 1) few) found
		where oid = '`+table+`'::regclass`, rows).Scan(&there)
	return there, err
}

// withoutIndexes runs fill while the table has no indexes and no foreign keys. They are made again from
// their own definitions within the transaction: whatever happens, nobody ever sees the table
// without them. The primary key goes too where few refer to it.
func (i *importing) withoutIndexes(ctx context.Context, table string, rows int, withKey bool, fill func() error) error {
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
	for n, p := range parts {
		i.told(ImportStep{Doing: Indexing, Table: table, Rows: rows, Done: n, Total: len(parts) + 1})
		if err := i.each(ctx, append(p.means(), p.Restore)); err != nil {
			return err
		}
	}
	i.told(ImportStep{Doing: Indexing, Table: table, Rows: rows, Done: len(parts), Total: len(parts) + 1})
	return i.each(ctx, []string{`analyze ` + table, `set constraints all deferred`})
}

// part is an index or a constraint that is set aside.
type part struct {
	Drop, Restore string
	Kind          string // a constraint's: p, u or f; i for an index
}

// means is what Postgres may use to bring it back. What is unique comes sorted already, by its id or
// mostly by whom it is about: it needs room, and no other process. For the others, many short runs
// that are merged fit the processor's memory better than a long one, and let a second process help;
// keys to other tables are held against a hash of those.
func (p part) means() []string {
	switch p.Kind {
	case "p", "u":
		return []string{`set local maintenance_work_mem = '256MB'`, `set local max_parallel_maintenance_workers = 0`}
	case "f":
		return []string{`set local maintenance_work_mem = '256MB'`}
	}
	return []string{`set local maintenance_work_mem = '64MB'`, `set local max_parallel_maintenance_workers to default`}
}

// setAside returns what is costly to keep up row by row, in the order in which to bring it back.
// (u, p, i, f). The primary key, when it goes, takes along what refers to it.
func (i *importing) setAside(ctx context.Context, table string, withKey bool) ([]part, error) {
	rows, _ := i.tx.Query(ctx, `
		select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
			format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore,
			contype::text as kind
		from pg_constraint
		where conrelid = $1::regclass and (contype in ('f', 'u') or contype = 'p' and $2)
			or confrelid = $1::regclass and contype = 'f' and $2
		union all
		select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 'i'
		from pg_index
		where indrelid = $1::regclass
			and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
		order by kind desc, 2`, table, withKey)
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
