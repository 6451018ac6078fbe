package bulkdb

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
)

// upsert brings rows of a folder into a table by their id. Columns that the folder does not state
// are not named, so they stay as they are, and new rows get the table's defaults. It comes in three
// steps, so that nobody waits for an import that is still reading: stage compares and locks nothing,
// add writes what nobody else can see yet, change writes rows that others may want.
type upsert struct {
	table   string
	columns []column
	// only for rows that are new
	initial []column
	// set, besides, on rows that change
	touch string
	// names of the attributes that the folder states: a blank one is taken away
	attributes []string
	// told what the rows that are there say otherwise; nil: nobody asks
	tell *differing
}

// column is one of the table's columns and its type.
type column struct{ name, kind string }

// staged says which rows of a folder are new and which differ from what stands. They are in the table
// of this transaction that upsert.differs names.
type staged struct {
	folder.Tally
	added, changed []string // ids, ascending
}

// differs names the table of this transaction that holds the rows that are to be written: there tells
// whether the id is known already.
func (u upsert) differs() string { return "import_" + u.table + "_differs" }

// stage copies n rows, each made by row (the id first, then the values of columns and initial, then the
// attributes), into a table of this transaction and compares them with those that stand. It locks none.
func (u upsert) stage(ctx context.Context, tx pgx.Tx, n int, row func(i int) []any) (staged, error) {
	if n == 0 {
		return staged{}, nil
	}
	_, definition := u.names()
	temp := "import_" + u.table
	if err := core.Exec(ctx, tx, fmt.Sprintf(`create temp table %s (%s) on commit drop`, temp, strings.Join(definition, ", "))); err != nil {
		return staged{}, err
	}
	if err := u.copy(ctx, tx, temp, n, row); err != nil {
		return staged{}, err
	}
	if err := core.Exec(ctx, tx, `analyze `+temp); err != nil {
		return staged{}, err
	}
	if err := core.Exec(ctx, tx, u.compareSQL(temp), u.attributes); err != nil {
		return staged{}, err
	}
	s, err := u.found(ctx, tx, n)
	if err == nil && u.tell != nil && len(s.changed) > 0 {
		err = u.count(ctx, tx)
	}
	return s, err
}

// compareSQL keeps the rows that are new or differ.
func (u upsert) compareSQL(temp string) string {
	before, after := []string{"old.attributes"}, []string{u.merged("$1")}
	for _, c := range u.columns {
		before = append(before, "old."+c.name)
		after = append(after, "new."+c.name)
	}
	return fmt.Sprintf(`
		create temp table %s on commit drop as
		select new.*, old.id is not null as there
		from %s new
		left join %s old on old.id = new.id
		where old.id is null
			or (%s) is distinct from (%s)`,
		u.differs(), temp, u.table, strings.Join(before, ", "), strings.Join(after, ", "))
}

// merged is what becomes of a row's attributes: those that the folder states, given by a parameter, are
// the folder's, the others stay.
func (u upsert) merged(stated string) string {
	return `(old.attributes - coalesce(` + stated + `::text[], '{}')) || new.attributes`
}

// found reads which rows are new and which differ.
func (u upsert) found(ctx context.Context, tx pgx.Tx, n int) (staged, error) {
	var s staged
	rows, _ := tx.Query(ctx, `select id, there from `+u.differs()+` order by id`)
	var id string
	var there bool
	_, err := pgx.ForEachRow(rows, []any{&id, &there}, func() error {
		if there {
			s.changed = append(s.changed, id)
		} else {
			s.added = append(s.added, id)
		}
		return nil
	})
	s.Tally = folder.Tally{New: len(s.added), Changed: len(s.changed), Same: n - len(s.added) - len(s.changed)}
	return s, err
}

// add writes the new rows, in the order of their ids.
func (u upsert) add(ctx context.Context, tx pgx.Tx, s staged) error {
	if len(s.added) == 0 {
		return nil // a statement without rows would still tell everybody of a change
	}
	names, _ := u.names()
	list := strings.Join(names, ", ")
	return core.Exec(ctx, tx, `
		insert into `+u.table+` (`+list+`)
		select `+list+`
		from `+u.differs()+`
		where not there
		order by id`)
}

// change writes the rows that differ, locked before in the order of their ids: two who change several
// rows never wait for each other. Columns of a key are not among them, so that whoever writes a row that
// refers to one of these does not wait.
func (u upsert) change(ctx context.Context, tx pgx.Tx, s staged) error {
	if len(s.changed) == 0 {
		return nil
	}
	if err := lockRows(ctx, tx, u.table, s.changed); err != nil {
		return err
	}
	set := []string{"attributes = " + u.merged("$1")}
	for _, c := range u.columns {
		set = append(set, c.name+" = new."+c.name)
	}
	if u.touch != "" {
		set = append(set, u.touch)
	}
	return core.Exec(ctx, tx, `
		update `+u.table+` old
		set `+strings.Join(set, ",\n\t\t\t")+`
		from `+u.differs()+` new
		where old.id = new.id and new.there`, u.attributes)
}

// lockRows locks rows against whoever would change them, but not against rows that refer to them.
func lockRows(ctx context.Context, tx pgx.Tx, table string, ids []string) error {
	return core.Exec(ctx, tx, `
		select count(*)
		from (select from `+table+` where id = any($1) order by id for no key update) locked`, ids)
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

// stated keeps the columns that a file has. Each pair is the file's name for it and the table's
// column; the values of a row are picked the same way.
type stated struct {
	columns []column
	files   []string // how the file calls them
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
			s.columns, s.files = append(s.columns, m.column), append(s.files, m.file)
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
