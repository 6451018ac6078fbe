package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// A file that would bring somebody back who was erased is refused at its row, and nothing of it comes in; what a later
// export holds of them changes nothing.
func TestNoFileBringsBackWhoWasErased(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name, email) values ('noor', 'Noor Basri', 'noor@corriemere.example'), ('owen', 'Owen Pell', null)`,
		`insert into account (person_id, email, made_at) values ('owen', 'owen@corriemere.example', now())`,
		`insert into hat (person_id, kind, given_at) values ('owen', 'administrator', now())`,
		`insert into skill (id, name) values ('valve', 'Valve data')`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values ('owen', 'valve', 'peer', 3, '2026-01-01', 'noor')`,
		`update person set deactivated_at = now() where id = 'noor'`)
	url := "--database-url=" + pgtest.URL(t)
	before := filepath.Join(t.TempDir(), "before")
	if code, _, errs := typing("", "export", before, url); code != exitDone {
		t.Fatal(errs)
	}
	if err := postgres.New(pool).Keep.Erase(t.Context(), pgtest.By("owen"), "noor"); err != nil {
		t.Fatal(err)
	}
	after := filepath.Join(t.TempDir(), "after")
	if code, _, errs := typing("", "export", after, url); code != exitDone {
		t.Fatal(errs)
	}
	if code, out, errs := typing("", "import", after, url); code != exitDone || !strings.Contains(out, "nothing changed") {
		t.Errorf("an export of afterwards: %d %s %s", code, out, errs)
	}
	people, err := os.ReadFile(filepath.Join(before, "people.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(before, "people.csv"), append(people, "new,Somebody New\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := typing("", "import", before, url)
	said := out + errs
	if code != exitFailed || !strings.Contains(said, "people.csv:2:1: id: Whoever had this id was erased, and no file brings them back. Leave the row out; somebody else needs another id.") {
		t.Errorf("%d %s", code, said)
	}
	if strings.Contains(said, "Noor") {
		t.Errorf("it names whom it was: %s", said)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `select name from person order by name`), "Owen Pell", "Somebody who has left")
}
