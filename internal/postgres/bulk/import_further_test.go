package bulkdb_test

import (
	"strings"
	"testing"

	"skein/internal/folder"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
)

const furtherSQL = `select project_id || ' ' || circle_id from further_circle order by 1`

// Circles that must move with a project come in and go out with it: whoever leads it, also where its claims are open.
func TestFurtherCirclesComeAndGo(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	projects := func(header, led, free string) string {
		return folderOf(t, map[string]string{
			"circles.csv":  "id,name,parent\nport,Port,\nquay,Quay,port\nlab,Laboratory,port\n",
			"projects.csv": "id,title" + header + "\nled,Led" + led + "\nfree,Free" + free + "\n",
		})
	}
	stands := func(what string, loaded folder.Loaded, changed, restarted int, want string) {
		t.Helper()
		if loaded.Projects.Changed != changed || loaded.Restarted != restarted {
			t.Errorf("%s: %+v", what, loaded)
		}
		if got := strings.Join(pgtest.Texts(t, pool, furtherSQL), ", "); got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	version := func() string { return pgtest.Texts(t, pool, `select version::text from project where id = 'led'`)[0] }
	was := version()
	named := projects(",teams", ",lab|port|quay", ",port")
	stands("a dry run", load(t, db, named, bulkdb.ImportOptions{DryRun: true}), 2, 1, "")
	stands("named", load(t, db, named, bulkdb.ImportOptions{}), 2, 1, "free port, led lab, led port")
	if version() == was {
		t.Error("whoever has the form open is not told that it changed")
	}
	stands("the same again", load(t, db, named, bulkdb.ImportOptions{}), 0, 0, "free port, led lab, led port")

	one := save(t, db)
	if again := load(t, db, one, bulkdb.ImportOptions{}); !again.Nothing() {
		t.Errorf("what was exported: %+v", again)
	}
	elsewhere := postgres.New(pgtest.New(otherDatabase{t}))
	load(t, elsewhere, one, bulkdb.ImportOptions{})
	sameFiles(t, one, save(t, elsewhere))

	stands("not stated", load(t, db, projects("", "", ""), bulkdb.ImportOptions{}), 0, 0, "free port, led lab, led port")
	stands("moved into one of them", load(t, db, projects(",circle", ",port", ",quay"), bulkdb.ImportOptions{}), 1, 0, "free port, led lab")
	stands("blank", load(t, db, projects(",teams", ",", ",port"), bulkdb.ImportOptions{}), 1, 0, "free port")
}
