package logdb_test

import (
	"slices"
	"testing"

	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
)

// Whom the log keeps by key in its details, pages name: but for a manager, whom no page of the log tells of,
// and whoever made a link, whose name comes with the row.
func TestWhoIsKeptByKeyIsNamed(t *testing.T) {
	t.Parallel()
	kept := pgtest.Texts(t, pgtest.New(t), `select unnest(audit_person_names()) order by 1`)
	named := append([]string{"manager", "link_made_by"}, logdb.PersonKeys...)
	slices.Sort(named)
	pgtest.Same(t, "names", kept, named...)
}
