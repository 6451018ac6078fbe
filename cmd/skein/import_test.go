package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

// folderWith writes files into a folder of their own: a name, its text, a name, its text, ...
func folderWith(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestImportAndExportSayWhatTheyDid(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	dir := folderWith(t, "people.csv", "id,name,grade\np1,Ann,7\n",
		"projects.csv", "id,title,requirements\nq,Quay,go:5\n",
		"evidence.csv", "person,skill,kind,level,observed_on\np1,go,outcome,4,2026-01-02\n")
	other := folderWith(t, "projects.csv", "id,title,requirements\nq,Quay,go:4\n")
	out := filepath.Join(t.TempDir(), "out")
	for _, step := range []struct {
		args string
		want []string
	}{
		{"import --dry-run " + dir, []string{"note: people.csv: unknown columns", "grade", "people              1         0         0", "nothing was loaded"}},
		{"import " + dir, []string{"people              1         0         0", "Claims are open for 1 project", "Loaded."}},
		{"import " + dir, []string{"people              0         0         1", "nothing changed"}},
		{"export " + out, []string{"people.csv              1", "leads.csv               0"}},
		{"import " + out, []string{"evidence            0         0         1", "nothing changed"}},
		{"import --dry-run " + other, []string{"projects            0         1         0", "Claims would begin again for 1 project: what they are sent for has changed."}},
		{"import " + other, []string{"projects            0         1         0", "Claims begin again for 1 project: what they are sent for has changed.", "Loaded."}},
	} {
		code, said, errs := typing("", append(strings.Fields(step.args), url)...)
		if code != exitDone || errs != "" {
			t.Fatalf("%s: code %d, out %q, err %q", step.args, code, said, errs)
		}
		for _, words := range step.want {
			if !strings.Contains(said, words) {
				t.Errorf("%s does not say %q:\n%s", step.args, words, said)
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(out, "people.csv"))
	if want := "id,name,email,circle,hours_per_week,active_from,active_until,manager,grade\np1,Ann,,,,,,,7\n"; err != nil || string(text) != want {
		t.Errorf("%v\n%s", err, text)
	}
}

// TestAWorkbookGoesOutAndComesBackUnchanged: of an organisation that came in from one.
func TestAWorkbookGoesOutAndComesBackUnchanged(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	dir := folderWith(t, "people.csv", "id,name,grade\n00123,Ann,7\n=1+1,Ben,\n", "projects.csv", "id,title,requirements,start_date\nq,Quay,go:5,03.05.2026\n",
		"skills-matrix.csv", "id;go;tea\n00123;4;\n=1+1;;2\n")
	out := filepath.Join(t.TempDir(), "out")
	for _, step := range []struct {
		args string
		want []string
	}{
		{"import " + dir, []string{"people              2         0         0", "evidence            2         0         0"}},
		{"import " + dir, []string{"evidence            0         0         2", "nothing changed"}},
		{"export --xlsx " + out, []string{"people.csv              2", "evidence.csv            2"}},
		{"import " + out, []string{"note: skein.xlsx:people: unknown columns", "people              0         0         2", "nothing changed"}},
	} {
		code, said, errs := typing("", append(strings.Fields(step.args), url)...)
		if code != exitDone || errs != "" {
			t.Fatalf("%s: code %d, out %q, err %q", step.args, code, said, errs)
		}
		for _, words := range step.want {
			if !strings.Contains(said, words) {
				t.Errorf("%s does not say %q:\n%s", step.args, words, said)
			}
		}
	}
	if files, _ := filepath.Glob(filepath.Join(out, "*")); len(files) != 1 {
		t.Errorf("wrote %v", files)
	}
	for args, want := range map[string]int{"export " + out: exitFailed, "export --xlsx --for-spreadsheets " + out: exitUsage} {
		code, _, errs := typing("", append(strings.Fields(args), url)...)
		if onePlainLine(t, errs); code != want {
			t.Errorf("%s: code %d", args, code)
		}
	}
}

func TestAnImportThatEndsTheLastAdministratorIsRefused(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	if code, _, errs := typing("quay-and-cranes-7\n", "user", "add", "ana@x.example", "--name=Ana Lima", "--hat=administrator", "--password-stdin", url); code != exitDone {
		t.Fatal(errs)
	}
	id := pgtest.Texts(t, pgtest.New(t), `select id from person`)[0]
	for until, want := range map[string]string{
		"2020-10-31": "people.csv:2:", "2090-10-31": "note: people.csv: after 2090-10-31 no administrator can come in",
	} {
		dir := folderWith(t, "people.csv", "id,name,active_until\n"+id+",Ana Lima,"+until+"\n")
		code, out, errs := typing("", "import", "--dry-run", dir, url)
		if refused := code == exitFailed; refused != (until < "2026") || !strings.Contains(out, want) {
			t.Errorf("%s: code %d, out %q, err %q", until, code, out, errs)
		}
		if code == exitFailed {
			onePlainLine(t, errs)
		}
	}
}

func TestARefusedImportTellsEveryPlaceAndLoadsNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	url := "--database-url=" + pgtest.URL(t)
	dir := folderWith(t, "people.csv", "id,name\np1,Ann\np1,Ben\n",
		"evidence.csv", "person,skill,kind,level,observed_on\np1,go,outcome,9,2026-01-02\n")
	code, out, errs := typing("", "import", dir, url)
	if code != exitFailed {
		t.Errorf("code %d", code)
	}
	onePlainLine(t, errs)
	if !strings.Contains(errs, "nothing was loaded: 2 problems") {
		t.Errorf("err %q", errs)
	}
	for _, place := range []string{"people.csv:3:1: id: ", "evidence.csv:2:15: level: "} {
		if !strings.Contains(out, place) {
			t.Errorf("no %q in\n%s", place, out)
		}
	}
	var people int
	if err := pool.QueryRow(t.Context(), `select count(*) from person`).Scan(&people); err != nil || people != 0 {
		t.Errorf("%d people, %v", people, err)
	}
}

// TestAWrongRowOfEvidenceTakesBackWhatWasLoadedMeanwhile: people are loaded while evidence is read.
func TestAWrongRowOfEvidenceTakesBackWhatWasLoadedMeanwhile(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	dir := folderWith(t, "people.csv", "id,name\np1,Ann\n",
		"evidence.csv", "person,skill,kind,level,observed_on\np1,go,outcome,4,2026-01-02\np2,go,outcome,4,2026-01-02\np1,go,self,,2026-02-30\n")
	code, out, errs := typing("", "import", dir, "--database-url="+pgtest.URL(t))
	if code != exitFailed || errs != "skein: nothing was loaded: 3 problems to mend first\n" {
		t.Errorf("code %d, err %q", code, errs)
	}
	for _, place := range []string{"evidence.csv:3:1: person: ", "evidence.csv:4:12: level: ", "evidence.csv:4:13: observed_on: "} {
		if !strings.Contains(out, place) {
			t.Errorf("no %q in\n%s", place, out)
		}
	}
	var people int
	if err := pool.QueryRow(t.Context(), `select count(*) from person`).Scan(&people); err != nil || people != 0 {
		t.Errorf("%d people, %v", people, err)
	}
}

func TestImportAndExportRefuseWrongUse(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	file := filepath.Join(folderWith(t, "a", ""), "a")
	for args, want := range map[string]int{
		"import": exitUsage, "export": exitUsage, "import x --fast": exitUsage,
		"import " + file: exitFailed, "export " + file: exitFailed,
		"import " + filepath.Join(t.TempDir(), "none"): exitFailed, "import " + t.TempDir(): exitFailed,
	} {
		code, _, errs := typing("", append(strings.Fields(args), url)...)
		if code != want {
			t.Errorf("%s: code %d", args, code)
		}
		onePlainLine(t, errs)
	}
}

// What any command says that looks at the organisation is the same before somebody claims and after, while
// claims gather.
func TestNoCommandTellsWhetherSomebodyClaimed(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	url := "--database-url=" + pgtest.URL(t)
	dir := folderWith(t, "people.csv", "id,name\np1,Ann\np2,Ben\n", "projects.csv", "id,title,requirements,trust\nq,Quay,go:5,weighed\nr,Reef,go:4,open\n",
		"evidence.csv", "person,skill,kind,level,observed_on\np1,go,outcome,4,2026-01-02\np2,go,outcome,3,2026-01-02\n")
	if code, out, errs := typing("", "import", dir, url); code != exitDone {
		t.Fatal(out, errs)
	}
	pgtest.Put(t, pool, `update person set read_how_at = now()`)
	changed := folderWith(t, "projects.csv", "id,title,requirements\nq,Quay,go:4\nr,Reef,go:5\n")
	led := folderWith(t, "leads.csv", "project,person,from,until\nq,p1,,\nr,p2,2025-01-01,2025-12-31\n")
	left := folderWith(t, "people.csv", "id,name,active_until\np1,Ann,2026-01-01\n")
	says := func() string {
		var all strings.Builder
		out := filepath.Join(t.TempDir(), "out")
		for _, args := range []string{
			"match q", "match q --json", "match r --json", "match q --as-of=2026-06-01", "export " + out, "import --dry-run " + out,
			"import --dry-run " + dir, "import --dry-run " + changed, "import --dry-run " + led, "import --dry-run " + left,
		} {
			code, said, errs := typing("", append(strings.Fields(args), url)...)
			fmt.Fprintln(&all, strings.Fields(args)[0], code, strings.ReplaceAll(said, out, "DIR"), strings.ReplaceAll(errs, out, "DIR"))
		}
		files, err := os.ReadDir(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(filepath.Join(out, file.Name()))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&all, file.Name(), string(text))
		}
		return all.String()
	}
	before := says()
	for _, want := range []string{"Claims would begin again for 2 projects", "leads.csv:2:3: person: Claims are open", "leads.csv:3:3: person: Claims are open"} {
		if !strings.Contains(before, want) {
			t.Errorf("no %q in\n%s", want, before)
		}
	}
	for _, state := range []string{"draft", "submitted", "withdrawn"} {
		pgtest.Put(t, pool, `delete from claim`, `
			insert into claim (window_id, project_id, phase_id, person_id, with_person_id, coach_id, state, drafted_at, changed_at, submitted_at, withdrawn_at)
			select id, project_id, phase_id, 'p1', 'p2', null, '`+state+`', now(), now(), case when '`+state+`' <> 'draft' then now() end,
				case when '`+state+`' = 'withdrawn' then now() end
			from claim_window`)
		if after := says(); after != before {
			t.Errorf("%s: before:\n%s\nafter:\n%s", state, before, after)
		}
	}
}

// TestAnImportBesideAnotherIsRefused: the other holds the lock that each takes first.
func TestAnImportBesideAnotherIsRefused(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	if _, err := tx.Exec(t.Context(), `select pg_advisory_xact_lock(hashtextextended('import', 0))`); err != nil {
		t.Fatal(err)
	}
	code, _, errs := typing("", "import", folderWith(t, "people.csv", "id,name\np1,Ann\n"), "--database-url="+pgtest.URL(t))
	if code != exitFailed || errs != "skein: nothing was loaded: another import is under way; import again when it is done\n" {
		t.Errorf("code %d, err %q", code, errs)
	}
}

// TestAnImportInBulkSaysWhomItShutsOut: beside accounts only where that was asked for.
func TestAnImportInBulkSaysWhomItShutsOut(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	if code, _, errs := typing("quay-and-cranes-7\n", "user", "add", "ana@x.example", "--name=Ana Lima", "--hat=administrator", "--password-stdin", url); code != exitDone {
		t.Fatal(errs)
	}
	var people strings.Builder
	people.WriteString("id,name\n")
	for n := range 20_000 {
		fmt.Fprintf(&people, "p%d,Person %d\n", n, n)
	}
	dir := folderWith(t, "people.csv", people.String())
	for _, step := range []struct{ flag, err string }{
		{"--dry-run", ""},
		{"--bulk", "skein: indexes are set aside: whoever needs people or evidence waits until this import is done\n"},
	} {
		code, out, errs := typing("", "import", step.flag, dir, url, "--owner-database-url="+pgtest.OwnerURL(t))
		if code != exitDone || errs != step.err || !strings.Contains(out, "people          20000 ") {
			t.Errorf("%s: code %d, out %q, err %q", step.flag, code, out, errs)
		}
	}
}
