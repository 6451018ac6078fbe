package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// bulk is from how many rows on an import of evidence sets the table's indexes aside, unless more
// than half as many are there already. Filling them row by row takes ten times as long as building
// them at the end.
const bulk = 20000

// besideBulk says how many rows an import in bulk would find, up to the most that it may; -1 when
// it is not to be done in bulk. The table is locked when it is.
func (i *importing) besideBulk(ctx context.Context, rows int) (int, error) {
	if rows < bulk {
		return -1, nil
	}
	there, err := i.mayBulk(ctx, rows)
	if there < 0 || err != nil {
		return -1, err
	}
	// a table with checks still to come may not be altered
	err = i.each(ctx, []string{`set constraints all immediate`, `lock table evidence in access exclusive mode`})
	if err != nil {
		return -1, err
	}
	return i.mayBulk(ctx, rows)
}

func (i *importing) mayBulk(ctx context.Context, rows int) (there int, err error) {
	err = i.tx.QueryRow(ctx, `
		select case when pg_has_role(relowner, 'usage') and found.n <= $1 / 2 then found.n else -1 end::int
		from pg_class
		cross join (select count(*) as n from (select from evidence limit $1 / 2 + 1) few) found
		where oid = 'evidence'::regclass`, rows).Scan(&there)
	return there, err
}

// firstEvidence loads evidence straight into the empty table.
func (i *importing) firstEvidence(ctx context.Context) error {
	return i.aside(ctx, func() error {
		sent, err := i.copyEvidence(ctx, "evidence")
		i.loaded.Evidence = skein.Tally{New: sent}
		return err
	})
}

// aside runs fill while the table has no indexes and no foreign keys. They are made again from
// their own definitions within the transaction: whatever happens, nobody ever sees the table
// without them.
func (i *importing) aside(ctx context.Context, fill func() error) error {
	drop, restore, err := i.setAside(ctx)
	if err != nil {
		return err
	}
	if err := i.each(ctx, drop); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	restore = append([]string{`set local maintenance_work_mem = '256MB'`}, restore...)
	return i.each(ctx, append(restore, `analyze evidence`))
}

// setAside returns the statements that take away what is costly to keep up row by row, and those
// that bring it back. The primary key stays: other tables refer to it.
func (i *importing) setAside(ctx context.Context) (drop, restore []string, err error) {
	rows, _ := i.tx.Query(ctx, `
		select format('alter table evidence drop constraint %I', conname) as drop,
			format('alter table evidence add constraint %I %s', conname, pg_get_constraintdef(oid)) as restore
		from pg_constraint
		where conrelid = 'evidence'::regclass
			and contype in ('f', 'u')
		union all
		select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
		from pg_index
		where indrelid = 'evidence'::regclass
			and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
		order by 2`)
	var d, r string
	_, err = pgx.ForEachRow(rows, []any{&d, &r}, func() error {
		drop, restore = append(drop, d), append(restore, r)
		return nil
	})
	return drop, restore, err
}

func (i *importing) each(ctx context.Context, statements []string) error {
	for _, s := range statements {
		if _, err := i.tx.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
