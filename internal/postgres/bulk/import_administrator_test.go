package bulkdb_test

import (
	"errors"
	"testing"
	"time"

	"skein/internal/exchange"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// An import that would end the last administrator who can come in is refused at the row that does it,
// and one after which none comes in from some day on says so.
func TestAnImportKeepsAnAdministrator(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		people string
		wrong  string // the place of what is refused
		until  string // the day that is noted
	}{
		"the only one has left":        {"id,name,active_until\nbo,Bo,\nana,Ana Lima,2026-06-30\n", "people.csv:3:14: active_until", ""},
		"the only one begins later":    {"id,name,active_from\nana,Ana Lima,2099-06-01\n", "people.csv:2:14: active_from", ""},
		"leaves today":                 {"id,name,active_until\nana,Ana Lima,2026-07-01\n", "", "2026-07-01"},
		"leaves later":                 {"id,name,active_until\nana,Ana Lima,2026-10-31\n", "", "2026-10-31"},
		"stays":                        {"id,name,active_until\nana,Ana L.,\n", "", ""},
		"is not in the file":           {"id,name,active_until\nbo,Bo,2026-06-30\n", "", ""},
		"no day is in the file":        {"id,name\nana,Ana L.\n", "", ""},
		"who cannot come in may leave": {"id,name,active_until\ncyd,Cyd,2026-06-30\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			db := postgres.New(pool)
			pgtest.Put(t, pool, `insert into person (id, name) values ('ana', 'Ana Lima'), ('bo', 'Bo'), ('cyd', 'Cyd')`)
			pgtest.Put(t, pool, `insert into account (person_id, email, password_hash, made_at) values ('ana', 'ana@x.example', 'x', now())`)
			pgtest.Put(t, pool, `insert into hat (person_id, kind, given_at) values ('ana', 'administrator', now()), ('cyd', 'administrator', now())`)
			known, err := db.Bulk.Known(t.Context(), skein.Day(time.Now()))
			if err != nil {
				t.Fatal(err)
			}
			f, report := exchange.Read(folderOf(t, map[string]string{"people.csv": c.people}), known, nil)
			if !report.OK() {
				t.Fatal(report)
			}
			loaded, err := db.Bulk.Import(t.Context(), skein.NewBy("", atImport, time.UTC), f, bulkdb.ImportOptions{})
			var last bulkdb.LastAdministratorError
			switch {
			case c.wrong == "" && err != nil:
				t.Fatal(err)
			case c.wrong != "" && !errors.As(err, &last):
				t.Fatalf("it is not refused: %v", err)
			case c.wrong != "":
				if got := last.Error()[:len(c.wrong)]; got != c.wrong || last.Name != "Ana Lima" {
					t.Errorf("refused at %q", last)
				}
				pgtest.Same(t, "who can come in", pgtest.Texts(t, pool, `select coalesce(active_from, active_until, '2000-01-01')::text from person where id = 'ana'`), "2000-01-01")
			}
			until := ""
			if !loaded.AdministratedUntil.IsZero() {
				until = loaded.AdministratedUntil.Format(time.DateOnly)
			}
			if until != c.until {
				t.Errorf("noted: %q, want %q", until, c.until)
			}
		})
	}
}
