package leaddb

import (
	"context"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

var firstLeadSQL = `
select exists (
	select from term
	where term.project_id = $1 and term.role = 'primary' and term.state in ` + core.TermHolds + `
		and not exists (
			select from term other
			where other.person_id = term.person_id and other.id <> term.id and other.role = 'primary' and other.state in ` + core.TermBegun + `
				and coalesce(lower(other.during) <= lower(term.during), true)
		)
)`

// FirstLead tells whether whoever leads a project had led nothing before that is known here.
func (db *Store) FirstLead(ctx context.Context, id skein.ProjectID) (bool, error) {
	var first bool
	err := db.pool.QueryRow(ctx, firstLeadSQL, id).Scan(&first)
	return first, core.Translate(err)
}
