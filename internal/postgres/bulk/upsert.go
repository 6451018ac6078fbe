package bulkdb

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
)

// upsert brings rows of a folder into a table by their id. Columns that the folder does not state
// are not named, so they stay as they are, and new rows get the table's defaults.
type upsert struct {
	table   string
	columns []column
	// only for rows that are new
	initial []column
	// set, besides, on rows that change
	touch string
	// names of the attributes that the folder states: a blank one is taken away
	attributes []string
}

// column is one of the table's columns and its type.
type column struct{ name, kind string }

// upserted says which rows are new and which have changed.
type upserted struct {
	folder.Tally
	added, changed []string
}

// run copies n rows, each made by row (the id first, then the values of columns and initial, then the attributes),
// into a table of this transaction, and from there into the real one.
func (u upsert) run(ctx context.Context, tx pgx.Tx, n int, row func(i int) []any) (upserted, error) {
	if n == 0 {
		return upserted{}, nil
	}
	names, definition := u.names()
	temp := "import_" + u.table
	if _, err := tx.Exec(ctx, fmt.Sprintf(`create temp table %s (%s) on commit drop`, temp, strings.Join(definition, ", "))); err != nil {
		return upserted{}, err
	}
	if err := u.copy(ctx, tx, temp, n, row); err != nil {
		return upserted{}, err
	}
	rows, _ := tx.Query(ctx, u.sql(temp, names), u.attributes)
	return u.result(rows, n)
}

// first copies the rows straight into the table, which has none.
func (u upsert) first(ctx context.Context, tx pgx.Tx, n int, row func(i int) []any) error {
	return u.copy(ctx, tx, u.table, n, row)
}

func (u upsert) copy(ctx context.Context, tx pgx.Tx, table string, n int, row func(i int) []any) error {
	names, _ := u.names()
	source := pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil })
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{table}, names, source); err != nil {
		return fmt.Errorf("copy into %s: %w", table, err)
	}
	return nil
}

// names are the columns that are copied, and how a table of this transaction defines them.
func (u upsert) names() (names, definition []string) {
	names = []string{"id"}
	definition = []string{"id text"}
	for _, c := range append(append([]column{}, u.columns...), u.initial...) {
		names = append(names, c.name)
		definition = append(definition, c.name+" "+c.kind)
	}
	return append(names, "attributes"), append(definition, "attributes jsonb")
}

// sql is the statement that brings the rows over.
func (u upsert) sql(temp string, names []string) string {
	const merged = `(old.attributes - coalesce($1::text[], '{}')) || excluded.attributes`
	set, before, after := []string{"attributes = " + merged}, []string{"old.attributes"}, []string{merged}
	for _, c := range u.columns {
		set = append(set, c.name+" = excluded."+c.name)
		before = append(before, "old."+c.name)
		after = append(after, "excluded."+c.name)
	}
	if u.touch != "" {
		set = append(set, u.touch)
	}
	list := strings.Join(names, ", ")
	return `
		insert into ` + u.table + ` as old (` + list + `)
		select ` + list + `
		from ` + temp + `
		on conflict (id) do update
		set ` + strings.Join(set, ",\n\t\t\t") + `
		where (` + strings.Join(before, ", ") + `)
			is distinct from (` + strings.Join(after, ", ") + `)
		returning id, xmax = 0`
}

// result reads which rows were new (nobody else's transaction stands on them) and which changed.
func (u upsert) result(rows pgx.Rows, n int) (upserted, error) {
	var r upserted
	var id string
	var added bool
	_, err := pgx.ForEachRow(rows, []any{&id, &added}, func() error {
		if added {
			r.added = append(r.added, id)
		} else {
			r.changed = append(r.changed, id)
		}
		return nil
	})
	r.Tally = folder.Tally{New: len(r.added), Changed: len(r.changed), Same: n - len(r.added) - len(r.changed)}
	return r, err
}

// stated keeps the columns that a file has. Each pair is the file's name for it and the table's
// column; the values of a row are picked the same way.
type stated struct {
	columns []column
	picks   []int
}

// mapped is a column of a file and what it is called in the table.
type mapped struct {
	file string
	column
}

// statedOf finds which of the mapped columns the file has.
func statedOf(file folder.File, all []mapped) stated {
	var s stated
	for i, m := range all {
		if file.States(m.file) {
			s.columns = append(s.columns, m.column)
			s.picks = append(s.picks, i)
		}
	}
	return s
}

// pick puts a row together: the id, the stated ones of values, what is for new rows, the attributes.
func (s stated) pick(id any, values []any, initial []any, attributes folder.Attributes) []any {
	row := make([]any, 0, len(s.picks)+len(initial)+2)
	row = append(row, id)
	for _, i := range s.picks {
		row = append(row, values[i])
	}
	row = append(row, initial...)
	return append(row, orNone(attributes))
}

// nullWhole turns nought, which no stated value is, into SQL's null.
func nullWhole(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
