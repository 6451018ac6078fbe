package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// bulk is from how many rows on a first import of evidence sets the table's indexes aside. Filling
// them row by row takes ten times as long as building them at the end.
const bulk = 20000

// firstEvidence loads evidence into the table when it is empty and ours to alter, and tells whether
// it did. Indexes and foreign keys are dropped and made again from their own definitions within
// the transaction: whatever happens, nobody ever sees the table without them.
func (i *importing) firstEvidence(ctx context.Context) (bool, error) {
	may, err := i.mayBulk(ctx)
	if !may || err != nil {
		return false, err
	}
	// a table with checks still to come may not be altered
	if err := i.each(ctx, []string{`set constraints all immediate`, `lock table evidence in access exclusive mode`}); err != nil {
		return false, err
	}
	if may, err = i.mayBulk(ctx); !may || err != nil {
		return false, err
	}
	drop, restore, err := i.setAside(ctx)
	if err != nil {
		return false, err
	}
	if err := i.each(ctx, drop); err != nil {
		return false, err
	}
	sent, err := i.copyEvidence(ctx, "evidence", true)
	if err != nil {
		return false, err
	}
	i.loaded.Evidence = skein.Tally{New: sent}
	restore = append([]string{`set local maintenance_work_mem = '256MB'`}, restore...)
	return true, i.each(ctx, append(restore, `analyze evidence`))
}

func (i *importing) mayBulk(ctx context.Context) (may bool, err error) {
	err = i.tx.QueryRow(ctx, `
		select pg_has_role(relowner, 'usage') and not exists (select from evidence)
		from pg_class
		where oid = 'evidence'::regclass`).Scan(&may)
	return may, err
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
