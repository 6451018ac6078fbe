package main

import (
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

// Two who are one are merged by their ids; a file that still names the one that went makes nobody anew.
func TestWhoIsInTheFilesTwiceIsMergedAndStaysOne(t *testing.T) {
	t.Parallel()
	pool, url := pgtest.New(t), "--database-url="+pgtest.URL(t)
	files := folderWith(t,
		"people.csv", "id,name,email,manager\nann.lee,Ann Lee,ann@x.example,\nann,Ann L.,lee@x.example,bo\nbo,Bo,,ann\n",
		"evidence.csv", "person,skill,kind,level,observed_on,given_by\nann,knots,self,4,2026-05-03,\nann.lee,knots,self,3,2026-05-03,\nann,ropes,peer,4,2026-05-03,ann.lee\nbo,ropes,peer,2,2026-05-03,ann\n")
	if code, out, errs := runs(t, "import", files, url); code != exitDone {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	for _, c := range []struct {
		from, into, says string
		code             int
	}{
		{"nobody", "ann", `there is no person "nobody"`, exitFailed},
		{"ann", "nobody", `there is no person "nobody"`, exitFailed},
		{"ann", "ann", "That is the same person.", exitFailed},
		{"ann", "ann.lee", "ann (Ann L.) is ann.lee (Ann Lee) from now on\nlee@x.example leads to them too\n1 endorsement that one had given the other: dropped", exitDone},
		{"ann", "ann.lee", `there is no person "ann"`, exitFailed},
	} {
		code, out, errs := runs(t, "user", "merge", c.from, c.into, url)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s into %s: %d %q %q", c.from, c.into, code, out, errs)
		}
	}
	if code, _, _ := runs(t, "user", "merge", "ann", url); code != exitUsage {
		t.Errorf("without the other: %d", code)
	}
	known := `select person_id || ' ' || skill_id || ' ' || level || ' ' || coalesce(given_by, '-') from evidence order by 1`
	people := `select id || ' ' || email || ' ' || coalesce(manager_id, '-') from person where email is not null`
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, known), "ann.lee knots 3 -", "bo ropes 2 ann.lee")

	code, out, errs := runs(t, "import", files, url)
	if code != exitDone || !strings.Contains(out, `note: people.csv:3: "ann" is "ann.lee", who has a row of their own. This one is left out.`) ||
		!strings.Contains(out, `note: evidence.csv:4: "ann.lee" speaks for themselves`) {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	pgtest.Same(t, "evidence, at the highest", pgtest.Texts(t, pool, known), "ann.lee knots 4 -", "bo ropes 2 ann.lee")
	pgtest.Same(t, "people", pgtest.Texts(t, pool, people), "ann.lee ann@x.example -")

	alone := folderWith(t, "people.csv", "id,name,email\nann,Ann Lee-Marsh,lee@x.example\n")
	if code, out, errs := runs(t, "import", alone, url); code != exitDone || !strings.Contains(out, `note: people.csv:2: "ann" was here twice and is "ann.lee" now. The row is read so.`) {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, people), "ann.lee ann@x.example -")
	pgtest.Same(t, "name", pgtest.Texts(t, pool, `select name from person order by id`), "Ann Lee-Marsh", "Bo")

	other := folderWith(t, "people.csv", "id,name,email\ncy,Cy,lee@x.example\n")
	if code, out, errs := runs(t, "import", other, url); code != exitFailed || !strings.Contains(out+errs, `has this e-mail address in Skein, with the id "ann.lee"`) {
		t.Errorf("somebody else with an address that leads to her: %d %q %q", code, out, errs)
	}
	exported := t.TempDir()
	if code, _, errs := runs(t, "export", exported, url); code != exitDone {
		t.Fatal(errs)
	}
	if code, out, _ := runs(t, "import", exported, url); code != exitDone || !strings.Contains(out, "nothing changed") {
		t.Errorf("an export changes something: %q", out)
	}
}
