package homedb_test

import (
	"context"
	"testing"

	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

func TestSearchFindsNoForeignDraft(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, `
		insert into project (id, title, state, proposed_by) values
			('a', 'Reed beds', 'open', 'cyd'), ('b', 'Reed survey', 'draft', 'cyd')`)
	for viewer, want := range map[skein.PersonID]int{"ada": 1, "cyd": 2} {
		found, err := db.Home.Search(context.Background(), viewer, "reed", pgtest.Today)
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Projects) != want || len(found.People) != 1 || found.People[0].ID != "ada" {
			t.Errorf("%s finds %+v", viewer, found)
		}
	}
}
