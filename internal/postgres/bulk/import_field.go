package bulkdb

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
)

// differing is who is told in which columns rows differ from what stands, and how their file calls the columns.
type differing struct {
	columns []string
	told    func(map[string]int)
}

func (i *importing) differs(file folder.File, s stated) *differing {
	if i.options.Differs == nil {
		return nil
	}
	return &differing{s.files, func(columns map[string]int) { i.options.Differs(file.Name, columns) }}
}

// count tells in how many rows that are there each column differs.
func (u upsert) count(ctx context.Context, tx pgx.Tx) error {
	if len(u.columns) == 0 {
		return nil
	}
	counts, into := make([]int, len(u.columns)), make([]any, len(u.columns))
	sums := make([]string, len(u.columns))
	for n, c := range u.columns {
		sums[n], into[n] = fmt.Sprintf("count(*) filter (where old.%[1]s is distinct from new.%[1]s)", c.name), &counts[n]
	}
	if err := tx.QueryRow(ctx, fmt.Sprintf(`
		select %s
		from %s new
		join %s old on old.id = new.id`, strings.Join(sums, ", "), u.differs(), u.table)).Scan(into...); err != nil {
		return err
	}
	columns := map[string]int{}
	for n, column := range u.tell.columns {
		columns[column] = counts[n]
	}
	u.tell.told(columns)
	return nil
}
