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

// Whoever looks after a circle is told that it must move with a project, or need not any more, where a file says so too:
// of one that is led and one under claims, once each; of one that is over or new, nobody.
func TestStewardsAreToldWhatAFileHasMoveWithAProject(t *testing.T) {
	t.Parallel()
	for name, lives := range map[string]bool{"somebody comes in": true, "nobody comes in yet": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			db := postgres.New(pool)
			load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
			if lives {
				pgtest.Put(t, pool, comesIn)
			}
			pgtest.Put(t, pool, `insert into circle (id, name, parent_id) values ('lab', 'Laboratory', 'port')`)
			pgtest.Put(t, pool, `insert into person (id, name, active_until) values ('gone', 'Gone', '2026-06-30')`)
			pgtest.Put(t, pool, `insert into hat (person_id, kind, circle_id, given_at) values ('cyd', 'steward', 'lab', now()), ('gone', 'steward', 'lab', now())`)
			pgtest.Put(t, pool, `update project set state = 'completed', ended_at = now() where id = 'rush'`)
			pgtest.Put(t, pool, `insert into project (id, title, proposed_by, state, made_at) values ('draft', 'draft', 'ben', 'draft', now())`)
			told := func(want ...string) {
				t.Helper()
				if !lives {
					want = nil
				}
				pgtest.Same(t, "told", pgtest.Texts(t, pool, `
					select concat_ws(' ', person_id, code, circle_id, project_id) from notice where kind = 'circle' order by 1`), want...)
			}
			moves := func(teams string) {
				t.Helper()
				rows := "id,title,teams,requirements\n"
				for id, asks := range map[string]string{"led": "cranes:5:4:must|night shift:2", "free": "cranes:3", "rush": "cranes:3", "fresh": "cranes:3", "draft": "cranes:3"} {
					rows += id + "," + id + "," + teams + "," + asks + "\n"
				}
				load(t, db, folderOf(t, map[string]string{"projects.csv": rows}), bulkdb.ImportOptions{})
			}
			moves("lab")
			told("cyd added lab free", "cyd added lab led")
			moves("lab")
			told("cyd added lab free", "cyd added lab led")
			moves("")
			told("cyd added lab free", "cyd added lab led", "cyd dropped lab free", "cyd dropped lab fresh", "cyd dropped lab led")
		})
	}
}
