package peopledb_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
)

// A page of a long list of people is read in the order of its index, and a search goes by one: neither
// folds every name there is.
func TestListsOfPeopleAreReadByTheirIndexes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into person (id, name, about) select 'p' || n, 'Name ' || md5(n::text), md5((n+1)::text) from generate_series(1, 20000) n`, `analyze person`)
	for words, index := range map[string]string{"": "person_by_folded_name", "eva": "person_folded_name_words"} {
		q := peopledb.PeopleQuery{Words: words}
		rows, err := pool.Query(ctx, "explain "+peopledb.PeopleSQL(q), pgx.NamedArgs{
			"words": words, "prefixes": words + ":*", "circle": "", "skill": "", "name": "m", "id": "", "today": pgtest.Monday, "limit": 31,
		})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		if plan := strings.Join(lines, "\n"); !strings.Contains(plan, index) {
			t.Errorf("%q goes without %s:\n%s", words, index, plan)
		}
	}
}
