package peopledb

import (
	"context"
	"strings"

	"skein/internal/postgres/core"
)

// personColumn is a column that refers to a person, or to their account.
type personColumn struct {
	Table, Name string
	Project     bool // its table says which project its rows are of
}

// seenTo are the columns that statements of their own see to: see account and person. All others are another's from a
// merge on as they stand, once what cannot stand twice is gone.
var seenTo = map[[2]string]bool{
	{"account", "person_id"}: true, {"device", "person_id"}: true, {"person", "manager_id"}: true, {"sessions", "person_id"}: true,
}

// toOne are tables whose rows of a project are said to one person alone, or counted of a limit: no move of the project
// reads them.
var toOne = map[string]bool{"dismissal": true, "notice": true, "refusal": true}

// columnsOfPeople reads the columns of the schema: a new one is merged without being listed.
func columnsOfPeople(ctx context.Context, on core.Querier) ([]personColumn, error) {
	return core.All[personColumn](ctx, on, `
		select key.conrelid::regclass::text as "table", refers.attname::text as name, exists (
			select from pg_attribute
			where attrelid = key.conrelid and attname = 'project_id' and not attisdropped
		) as project
		from pg_constraint key
		join pg_attribute refers on refers.attrelid = key.conrelid and refers.attnum = any(key.conkey)
		where key.contype = 'f' and key.confrelid in ('person'::regclass, 'account'::regclass)
		order by key.conrelid::regclass::text, refers.attname`)
}

// projectsOf is a query of the projects in which one of the two has a part. Each is locked before anything moves: a move
// of it that goes on meanwhile would write by an id that is gone.
func projectsOf(columns []personColumn) string {
	parts := []string{
		`select id from project where proposed_by = any(@both)`,
		`select outcome.project_id
		from outcome
		join outcome_answer on outcome_answer.outcome_id = outcome.id
		where outcome_answer.person_id = any(@both) or outcome_answer.library_by = any(@both)`,
		`select outcome.project_id
		from outcome
		join outcome_naming on outcome_naming.outcome_id = outcome.id
		where outcome_naming.person_id = any(@both) or outcome_naming.named_by = any(@both)`,
	}
	for _, table := range []string{"need", "pick", "review"} {
		parts = append(parts, `select project_id from `+table+` where passed_on && @both`)
	}
	for _, c := range columns {
		if c.Project && !toOne[c.Table] {
			parts = append(parts, `select project_id from `+c.Table+` where `+c.Name+` = any(@both)`)
		}
	}
	return strings.Join(parts, "\nunion\n") + "\norder by 1"
}
